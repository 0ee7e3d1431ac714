// The keys that lists of customers can be sorted by, and the attribute of each.
import type { CustomerSortKey as SortKey } from "./generated.js";

export type CustomerSortKey = SortKey;

/** Attributes by which lists can be sorted, with the API's key of each. */
export const sortKeys: Readonly<Record<string, SortKey>> = {
  source_id: "SOURCE_ID",
  name: "NAME",
  email: "EMAIL",
  country: "COUNTRY",
  created_at: "CREATED_AT",
  "orders.total_amount": "ORDERS_TOTAL_AMOUNT",
  "orders.count": "ORDERS_COUNT",
  "orders.last_at": "ORDERS_LAST_AT",
};

export const CustomerSortKey: readonly SortKey[] = Object.values(sortKeys);
