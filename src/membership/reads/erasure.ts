// What is forgotten of a person's stays in segments when they are erased: who it was. That somebody was there stays, or sizes
// of the past would change. The one thing that still names the person is the word that they are gone, for those who are told.
import { randomUUID } from "node:crypto";
import type { Engine } from "../../engine.js";
import { inBatches } from "../../store/batches.js";
import { type Holder, type Lease, withLease } from "../maintain/lease.js";

/** How many stays or transitions are changed in one transaction. */
const batchSize = 500;

/**
 * Forgets who it was, of customers (by `_id`) who are marked as erased and have not been looked at since. It comes before their last
 * stays end, which end as nobody's; where it is stopped in the middle, the mark is still there, and the rest follows.
 * @throws LostLeaseError.
 */
export async function forgetTraces(
  engine: Engine,
  lease: Lease,
  holder: Holder,
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
          engine.store.write(async (transaction) => {
            await withLease(transaction, lease, holder);
            const found = await transaction.getMany(collection, ids);
            await transaction.put(
              collection,
              found.flatMap((each) => (each === undefined ? [] : [{ ...each, customer: nobody }])),
            );
          }),
      );
    }
  }
}
