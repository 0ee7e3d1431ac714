// What remains of an erased customer in promotions: nothing but the counts of their redemptions.
import type { CodeDocument } from "../documents/promotion-documents.js";
import type { Engine } from "../engine.js";
import { inBatches } from "../store/batches.js";
import type { CustomersPromotions } from "../store/reads/promotions.js";

/** How many documents one transaction changes. */
const batchSize = 500;

/** Removes a customer (by `_id`) from promotions. Codes that were published to the customer can't be redeemed any more. */
export async function forgetInPromotions(engine: Engine, project: string, customer: string): Promise<void> {
  const { store } = engine;
  const ids = (collection: CustomersPromotions) => async () =>
    (await store.reads.promotions.ofCustomer(project, collection, customer, batchSize)).map(({ _id }) => _id);
  for (const collection of ["code_redemptions", "redemption_counts", "loyalty_accounts"] as const) {
    await inBatches(ids(collection), (found) =>
      store.write((transaction) => transaction.remove(collection, found)),
    );
  }
  await inBatches(ids("codes"), (found) =>
    store.write(async (transaction) => {
      const codes = await transaction.getMany("codes", found);
      await transaction.put(
        "codes",
        codes.flatMap((code) => (code?.customer === customer ? [withoutCustomer(code)] : [])),
      );
    }),
  );
}

function withoutCustomer({ customer: _, published_at: __, card: ___, ...code }: CodeDocument): CodeDocument {
  return code;
}
