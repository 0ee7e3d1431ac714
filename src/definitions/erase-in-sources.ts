// Removes an erased person from what sources sent. The time of the erasure is kept under a hash of each record's id, so that an
// older change that arrives late does not bring the person back.
import type { Engine } from "../engine.js";
import { inBatches } from "../store/batches.js";

/** How many documents one transaction changes. */
const batchSize = 500;

/** Removes a customer (by `_id`) from the records of sources. */
export async function forgetInSources(
  { store, clock }: Engine,
  project: string,
  customer: string,
): Promise<void> {
  await inBatches(
    () => store.reads.sources.recordIds(project, { customer }, batchSize),
    (ids) =>
      store.write(async (transaction) => {
        const found = await transaction.getMany("source_records", ids);
        await transaction.put(
          "source_records",
          found.flatMap((record) => {
            if (record?.customer !== customer) return [];
            const { customer: _, stated: __, ...rest } = record;
            return [{ ...rest, at: new Date(Math.max(record.at.getTime(), clock())) }];
          }),
        );
      }),
  );
}
