// A hash of a set of members that does not depend on their order and, unlike a hash of the sorted list, is updated in one step
// when a member is removed.
//
// AdHash of M. Bellare and D. Micciancio, "A New Paradigm for Collision-Free Hashing: Incrementality at Reduced Cost"
// (EUROCRYPT 1997): the sum of the members' hashes.
import { createHash } from "node:crypto";

const modulus = 1n << 256n;

function hashOf(member: string): bigint {
  return BigInt(`0x${createHash("sha256").update(member, "utf8").digest("hex")}`);
}

function written(sum: bigint): string {
  return sum.toString(16).padStart(64, "0");
}

/** The hash of distinct members (customers' `_id`s): 64 hexadecimal digits. */
export function membersHash(members: Iterable<string>): string {
  let sum = 0n;
  for (const member of members) sum = (sum + hashOf(member)) % modulus;
  return written(sum);
}

/** The hash after removing these members, all of which have to be in the set. */
export function withoutMembers(hash: string, members: Iterable<string>): string {
  const taken = BigInt(`0x${membersHash(members)}`);
  return written((BigInt(`0x${hash}`) - taken + modulus) % modulus);
}
