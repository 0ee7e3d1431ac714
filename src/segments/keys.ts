// Unique names and sets of members within a project. A key is a document whose `_id` is what it claims: two concurrent
// transactions that claim the same key conflict, and the second one finds it taken.
import type { SegmentDocument } from "../documents/documents.js";
import type { Transaction } from "../store/port.js";
import { membersClaim, nameClaim, segmentKey } from "./identity.js";
import { SegmentError } from "./segment-error.js";

const maxNameLength = 200;

/**
 * Validates and trims a name.
 * @throws SegmentError `INVALID_NAME`.
 */
export function readName(written: string): string {
  const name = written.trim();
  const problem =
    name === ""
      ? "is blank"
      : name.length > maxNameLength
        ? `has ${name.length} characters, and ${maxNameLength} is the most`
        : /[\p{Cc}\p{Cs}]/u.test(name)
          ? "holds a control character or half of one"
          : undefined;
  if (problem === undefined) return name;
  throw new SegmentError("INVALID_NAME", "name", `The name ${problem}. Choose another one.`);
}

/** Claims a name for a segment, inside its transaction. @throws SegmentError `NAME_TAKEN`. */
export async function takeName(
  transaction: Transaction,
  project: string,
  name: string,
  segmentId: string,
): Promise<void> {
  const holder = await take(transaction, project, nameClaim(project, name), segmentId);
  if (holder === undefined) return;
  throw new SegmentError(
    "NAME_TAKEN",
    "name",
    holder.state === "building"
      ? `A segment "${holder.name}" is being made at this moment. Choose another name, or wait for it.`
      : `There is a segment "${holder.name}"${inArchive(holder)} already. Choose another name, or change that one.`,
  );
}

/**
 * Claims a set of members for a static segment, inside its transaction.
 * @param field the field of the request that chose them.
 * @throws SegmentError `MEMBERS_TAKEN`.
 */
export async function takeMembers(
  transaction: Transaction,
  project: string,
  hash: string,
  segmentId: string,
  field: string,
): Promise<void> {
  const holder = await take(transaction, project, membersClaim(project, hash), segmentId);
  if (holder === undefined) return;
  throw new SegmentError(
    "MEMBERS_TAKEN",
    field,
    `The static segment "${holder.name}"${inArchive(holder)} has just these customers already. Use that one, or choose others.`,
  );
}

/** Claims a set of members unless another segment has it, inside the transaction. */
export async function takeFreeMembers(
  transaction: Transaction,
  project: string,
  hash: string,
  segmentId: string,
): Promise<void> {
  await take(transaction, project, membersClaim(project, hash), segmentId);
}

/** Releases the keys that this segment has, inside the transaction. */
export async function giveBack(
  transaction: Transaction,
  ids: readonly string[],
  segmentId: string,
): Promise<void> {
  const keys = await transaction.getMany("segment_keys", ids);
  await transaction.remove(
    "segment_keys",
    keys.flatMap((key) => (key?.segment === segmentId ? [key._id] : [])),
  );
}

/** Every key that a segment may have. */
export function keysOf({ project, name, members }: SegmentDocument): readonly string[] {
  return [nameClaim(project, name), ...(members === undefined ? [] : [membersClaim(project, members.hash)])];
}

/** Claims a key; if another segment has it, returns that segment instead. */
async function take(
  transaction: Transaction,
  project: string,
  id: string,
  segment: string,
): Promise<SegmentDocument | undefined> {
  const [key] = await transaction.getMany("segment_keys", [id]);
  if (key !== undefined && key.segment !== segment) {
    const [holder] = await transaction.getMany("segments", [segmentKey(project, key.segment)]);
    if (holder !== undefined) return holder;
  }
  await transaction.put("segment_keys", [{ _id: id, project, segment }]);
  return undefined;
}

function inArchive({ archived }: SegmentDocument): string {
  return archived ? " in the archive" : "";
}
