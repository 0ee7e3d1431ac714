// Reads the status of an order, by the rules of a mapping.

import { canceledStatus } from "../../../plan/counted.js";
import { normaliseText } from "../../../plan/text.js";
import type { Columns } from "../columns.js";
import type { OrdersMapping } from "../mapping-of-orders.js";

type Condition = (order: string, fields: readonly string[]) => boolean;

/** Reads the status of a row's order. */
export function statusReader(mapping: OrdersMapping, { reader }: Columns) {
  const written = mapping.cancelled ?? [];
  const cancels = (Array.isArray(written) ? written : [written]).map((condition): Condition => {
    if ("orderPrefix" in condition) return (order) => order.startsWith(condition.orderPrefix);
    const read = reader(condition.column);
    if ("anyValue" in condition) return (_, fields) => read(fields) !== "";
    return isOneOf(read, condition.values);
  });
  const others = (mapping.statuses ?? []).map(({ column, values, status }) => ({
    status,
    fits: isOneOf(reader(column), values),
  }));
  return (order: string, fields: readonly string[]): string => {
    if (cancels.some((condition) => condition(order, fields))) return canceledStatus;
    return others.find(({ fits }) => fits(order, fields))?.status ?? mapping.otherStatus ?? "FULFILLED";
  };
}

function isOneOf(read: (fields: readonly string[]) => string, values: readonly string[]): Condition {
  const wanted = new Set(values.map(normaliseText));
  return (_, fields) => wanted.has(normaliseText(read(fields)));
}
