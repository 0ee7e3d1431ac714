// Anonymises the membership history of an erased person: intervals and transitions are kept, so that past sizes do not change,
// but no longer name the person. Only the erasure transitions still do, for the readers that receive them.
import { randomUUID } from "node:crypto";
import type {
  Cause,
  ChangeDocument,
  MembershipDocument,
  TransitionDocument,
} from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { inBatches } from "../../store/batches.js";
import { type Lease, withLease, writeBriefly } from "../maintain/lease.js";
import { audiencesOf } from "./erasure-transitions.js";

/** How many intervals or transitions are changed in one transaction. */
const batchSize = 500;
/** The most transitions of one person that are read for audiences, and the most audiences of one segment that are stored. */
const [maxTransitions, maxAudiences] = [100_000, 100];

/**
 * Anonymises the intervals and transitions of customers (by `_id`) that are marked as erased, and removes their outgoing events. It
 * runs before the mark is evaluated; if it is interrupted, the mark is still there, and the next run does the rest.
 * @throws LostLeaseError.
 */
export async function forgetTraces(
  engine: Engine,
  lease: Lease,
  customers: readonly string[],
): Promise<void> {
  const { project } = lease;
  for (const customer of customers) {
    const replacement = `${project}/erased-${randomUUID()}`;
    const { intervals, transitions, outgoing } = engine.store.reads;
    await inBatches(
      () => outgoing.idsOfCustomer(project, customer, batchSize),
      (ids) =>
        writeBriefly(engine, async (transaction) => {
          await withLease(transaction, lease);
          await transaction.remove("outgoing_events", ids);
        }),
    );
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
              found.flatMap((each) => (each === undefined ? [] : [forgotten(each, replacement)])),
            );
          }),
      );
    }
  }
}

/** The interval or transition without the customer, and without what a cause may name besides its kind and instant. */
function forgotten<Document extends MembershipDocument | TransitionDocument>(
  document: Document,
  replacement: string,
): Document {
  const each: MembershipDocument | TransitionDocument = document;
  if (!("sequence" in each)) {
    const { left_by } = each;
    const left = left_by === undefined ? {} : { left_by: plain(left_by) };
    return { ...document, customer: replacement, entered_by: plain(each.entered_by), ...left };
  }
  const { audience: _audience, ...rest } = each;
  const kept = { ...rest, customer: replacement, erased: true, cause: plain(each.cause) };
  return kept as unknown as Document;
}

function plain({ kind, at }: Cause): Cause {
  return { kind, at };
}

/**
 * Stores on the marks of erased customers the audiences of their exits. It runs before their transitions are anonymised.
 * @returns the marks, with their audiences.
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
