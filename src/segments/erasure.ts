// The effect of erasing a customer on static segments: the only change of their members.
import type { CustomerDocument, SegmentDocument } from "../documents/documents.js";
import type { Transaction } from "../store/port.js";
import { membersClaim, segmentKey } from "./identity.js";
import { giveBack, takeFreeMembers } from "./keys.js";
import { withoutMembers } from "./members-hash.js";

/**
 * Removes a customer from the size and the hash of their static segments, inside the transaction that removes the customer's
 * document. A segment that is left with the same members as another remains, without a claim to them.
 * @returns the segments, in their state before.
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
