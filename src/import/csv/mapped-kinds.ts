// What a row of a CSV file may be, and the mapping of each.
import type { CustomersMapping } from "./mapping-of-customers.js";
import type { OrdersMapping } from "./mapping-of-orders.js";

export const mappedKinds = ["orders", "customers"] as const;
export type MappedKind = (typeof mappedKinds)[number];

export interface MappingOf {
  readonly orders: OrdersMapping;
  readonly customers: CustomersMapping;
}
