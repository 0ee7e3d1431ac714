// What erasing a customer does to the static segments that they are in: the one change that those see.
import type { CustomerDocument, SegmentDocument } from "../documents/documents.js";
import type { Transaction } from "../store/port.js";
import { membersClaim, segmentKey } from "./identity.js";
import { giveBack, takeFreeMembers } from "./keys.js";
import { withoutMembers } from "./members-hash.js";

/**
 * Takes a customer out of what static segments say of themselves, inside the transaction that removes the customer's
 * document. One that is left with the members of another stays all the same, without a claim to them.
 * @returns the segments.
 */
export async function leaveStaticSegments(
  transaction: Transaction,
  { _id, project, segments = [] }: CustomerDocument,
): Promise<readonly SegmentDocument[]> {
  const ids = segments.map((segmentId) => segmentKey(project, segmentId));
  const left: SegmentDocument[] = [];
  for (const segment of await transaction.getMany("segments", ids)) {
    if (segment?.members === undefined || segment.state === "removing") continue;
    const { segment_id: segmentId, members } = segment;
    const hash = withoutMembers(members.hash, [_id]);
    const size = members.size - 1;
    await giveBack(transaction, [membersClaim(project, members.hash)], segmentId);
    if (size > 0) await takeFreeMembers(transaction, project, hash, segmentId);
    await transaction.put("segments", [{ ...segment, members: { ...members, size, hash } }]);
    left.push(segment);
  }
  return left;
}
