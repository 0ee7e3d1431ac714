// The kinds of rows of a CSV file, and the mapping of each kind.
import type { CustomersMapping } from "./mapping-of-customers.js";
import type { OrdersMapping } from "./mapping-of-orders.js";

export const mappedKinds = ["orders", "customers"] as const;
export type MappedKind = (typeof mappedKinds)[number];

export interface MappingOf {
  readonly orders: OrdersMapping;
  readonly customers: CustomersMapping;
}
