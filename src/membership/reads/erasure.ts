// What is forgotten of a person's stays in segments when they are erased: who it was. That somebody was there stays, or sizes
// of the past would change. The one thing that still names the person is the word that they are gone, for those who are told.
import { randomUUID } from "node:crypto";
import type {
  ChangeDocument,
  MembershipDocument,
  TransitionDocument,
} from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { inBatches } from "../../store/batches.js";
import { type Lease, withLease, writeBriefly } from "../maintain/lease.js";
import { audiencesOf } from "./erasure-transitions.js";

/** How many stays or transitions are changed in one transaction. */
const batchSize = 500;
/** The most transitions of one person that are looked through for readers, and the most entries of one segment that count. */
const [maxTransitions, maxAudiences] = [100_000, 100];

/**
 * Forgets who it was, of customers (by `_id`) who are marked as erased and have not been looked at since. It comes before their last
 * stays end, which end as nobody's; where it is stopped in the middle, the mark is still there, and the rest follows.
 * @throws LostLeaseError.
 */
export async function forgetTraces(
  engine: Engine,
  lease: Lease,
  customers: readonly string[],
): Promise<void> {
  const { project } = lease;
  for (const customer of customers) {
    const nobody = `${project}/erased-${randomUUID()}`;
    const { intervals, transitions } = engine.store.reads;
    for (const [collection, reads] of [
      ["memberships", intervals],
      ["transitions", transitions],
    ] as const) {
      await inBatches(
        () => reads.idsOfCustomer(project, customer, batchSize),
        (ids) =>
          writeBriefly(engine, async (transaction) => {
            await withLease(transaction, lease);
            const found = await transaction.getMany(collection, ids);
            await transaction.put(
              collection,
              found.flatMap((each) => (each === undefined ? [] : [forgotten(each, nobody)])),
            );
          }),
      );
    }
  }
}

/** An interval or a transition of no one. */
function forgotten<Document extends MembershipDocument | TransitionDocument>(
  document: Document,
  nobody: string,
): Document {
  if (!("sequence" in document)) return { ...document, customer: nobody };
  const { audience: _told, ...rest } = document as TransitionDocument;
  return { ...rest, customer: nobody, erased: true } as unknown as Document;
}

/**
 * Notes on the marks of erased customers which readers their exits are for, while the transitions still say so. It comes before
 * their traces are forgotten.
 * @returns the marks, with what was noted.
 * @throws LostLeaseError.
 */
export async function noteAudiences(
  engine: Engine,
  lease: Lease,
  changes: readonly ChangeDocument[],
  isLive: (segment: string) => boolean,
): Promise<readonly ChangeDocument[]> {
  const { project } = lease;
  const noted: ChangeDocument[] = [];
  for (const change of changes) {
    if (change.erased === undefined || change.audiences !== undefined) {
      noted.push(change);
      continue;
    }
    const ids = await engine.store.reads.transitions.idsOfCustomer(project, change._id, maxTransitions);
    const found = await engine.store.getMany("transitions", ids);
    const kept = found.filter((each) => each !== undefined);
    const audiences = [...audiencesOf(kept, change.erased.filter(isLive))].map(([segment, audience]) => ({
      segment,
      audience: audience.slice(-maxAudiences),
    }));
    await writeBriefly(engine, async (transaction) => {
      await withLease(transaction, lease);
      const [known] = await transaction.getMany("changes", [change._id]);
      if (known?.version === change.version) await transaction.put("changes", [{ ...known, audiences }]);
    });
    noted.push({ ...change, audiences });
  }
  return noted;
}
