// Reads one customer.

import type { CustomerDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { customerId } from "../facts/identity.js";

/** Identifies a customer by the document's `_id`, or by the source id. */
export type CustomerKey = { readonly id: string } | { readonly sourceId: string };

/** The customer; undefined if the project has no such customer, even if another project has. */
export async function findCustomer(
  engine: Engine,
  project: string,
  key: CustomerKey,
): Promise<CustomerDocument | undefined> {
  const id = "id" in key ? key.id : customerId(project, key.sourceId);
  const [found] = await engine.store.getMany("customers", [id]);
  return found?.project === project ? found : undefined;
}
