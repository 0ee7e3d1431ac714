// Reads one customer.

import type { CustomerDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { customerId } from "../facts/identity.js";

/** A customer by the document's `_id`, or by the id that it has where it comes from. */
export type CustomerKey = { readonly id: string } | { readonly sourceId: string };

/** The customer; undefined where the project has none such, whatever other projects have. */
export async function findCustomer(
  engine: Engine,
  project: string,
  key: CustomerKey,
): Promise<CustomerDocument | undefined> {
  const id = "id" in key ? key.id : customerId(project, key.sourceId);
  const [found] = await engine.store.getMany("customers", [id]);
  return found?.project === project ? found : undefined;
}
