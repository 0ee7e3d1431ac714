// Makes orders of the rows that an import has sorted on disk.
import { shorten } from "../../facts/record-shape.js";
import type { NewProfile, OrderRow } from "./order-rows.js";

const maxLines = 10_000;

/** What an order's rows come to: the order, why it can't be taken, or rows that are left out since they name no customer. */
export type GatheredOrder =
  | (OrderOfRows & { readonly customer: string; readonly profile?: NewProfile })
  | (OrderOfRows & { readonly problem: string })
  | { readonly skippedRows: number };

interface OrderOfRows {
  /** Of its first row. */
  readonly line: number;
  /** In the interchange folder's shape. */
  readonly record: Readonly<Record<string, unknown>>;
}

/**
 * @param rows by order and, in there, by line. At most one order is held in memory, and 10,000 lines of it.
 * @param totalled says that an order's own row names its total: without one that row is not there.
 */
export function* gatheredOrders(rows: Iterable<OrderRow>, totalled: boolean): Generator<GatheredOrder> {
  let gathering: OrderRow[] = [];
  let count = 0;
  for (const row of rows) {
    if (gathering.length > 0 && row.order !== gathering[0]!.order) {
      yield gathered(gathering, count, totalled);
      [gathering, count] = [[], 0];
    }
    count += 1;
    if (gathering.length < maxLines) gathering.push(row);
  }
  if (gathering.length > 0) yield gathered(gathering, count, totalled);
}

function gathered(rows: readonly OrderRow[], count: number, totalled: boolean): GatheredOrder {
  const { order, line } = rows[0]!;
  const customers = [
    ...new Set(rows.map((row) => row.customer).filter((customer) => customer !== undefined)),
  ];
  const times = rows.map((row) => row.at).filter((at) => at !== undefined);
  const [customer] = customers;
  // The order's own row: the first that says whose it is, or at least when it was.
  const own = totalled ? rows.filter((row) => row.total !== undefined) : rows;
  const head = own.find((row) => row.customer !== undefined) ?? own.find((row) => row.at !== undefined);
  const known = { source_id: order, ...(customer === undefined ? {} : { customer }) };
  if (head === undefined || times.length === 0) {
    const problem = "the order's first row, which says whose and when it is, is missing or was rejected";
    return { line, record: known, problem };
  }
  if (customer === undefined) return { skippedRows: count };
  if (customers.length > 1) {
    const names = customers.slice(0, 3).map((name) => `"${shorten(name)}"`);
    return { line, record: known, problem: `the order's rows name several customers: ${names.join(", ")}` };
  }
  if (count > maxLines) {
    const problem = `the order has ${count} rows; ${maxLines} is the most that one may have`;
    return { line, record: known, problem };
  }
  const statuses = rows.map((row) => row.status);
  const record = {
    source_id: order,
    customer,
    // An order's rows may differ by a minute or two: it was placed when the first of them was.
    created_at: new Date(times.reduce((earliest, at) => Math.min(earliest, at))).toISOString(),
    status: statuses.includes("CANCELED") ? "CANCELED" : head.status,
    amount: head.total ?? rows.reduce((total, row) => total + row.amount, 0),
    items: rows.map((row) => row.item).filter((item) => item !== undefined),
  };
  return { line, record, customer, profile: head.profile };
}
