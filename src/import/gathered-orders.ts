// Makes orders of the rows that an import has gathered on disk.
import { shorten } from "../customers/record-shape.js";
import type { Scratch, ScratchRow } from "./scratch.js";

const mostLines = 10_000;

/** An order made of its rows. */
export interface GatheredOrder {
  /** Of its first row. */
  readonly line: number;
  /** In the interchange folder's shape. */
  readonly record: Readonly<Record<string, unknown>>;
  /** Why it can't be taken, where it can't. */
  readonly problem?: string;
}

/** The orders of the rows that were gathered on disk, a customer's together; at most one order is held in memory. */
export function* gatheredOrders(scratch: Scratch): Generator<GatheredOrder> {
  let order: string | undefined;
  let rows: ScratchRow[] = [];
  let count = 0;
  for (const next of scratch.rows()) {
    if (order !== undefined && (next.order !== order || next.row.customer !== rows[0]!.customer)) {
      yield* gathered(order, rows, count, scratch.customersOf(order));
      [rows, count] = [[], 0];
    }
    order = next.order;
    count += 1;
    if (rows.length < mostLines) rows.push(next.row);
  }
  if (order !== undefined) yield* gathered(order, rows, count, scratch.customersOf(order));
}

function* gathered(
  order: string,
  rows: readonly ScratchRow[],
  count: number,
  customers: readonly string[],
): Generator<GatheredOrder> {
  const first = rows[0]!;
  // An order that several customers share is told of once, with the rows of the first.
  if (first.customer !== customers[0]) return;
  const record = {
    source_id: order,
    customer: first.customer,
    // An order's rows may differ by a minute or two: it was placed when the first of them was.
    created_at: new Date(rows.reduce((earliest, row) => Math.min(earliest, row.at), first.at)).toISOString(),
    status: rows.some((row) => row.cancelled) ? "CANCELED" : "FULFILLED",
    amount: rows.reduce((total, row) => total + row.amount, 0),
    items: rows.map(({ sku, name, quantity, price }) => ({ sku, name, quantity, price })),
  };
  const gatheredOrder = { line: first.line, record };
  if (customers.length > 1) {
    const names = customers.map((name) => `"${shorten(name)}"`).join(", ");
    yield { ...gatheredOrder, problem: `the order's rows name several customers: ${names}` };
  } else if (count > mostLines) {
    const problem = `the order has ${count} rows; ${mostLines} is the most that one may have`;
    yield { line: gatheredOrder.line, record: { source_id: order, customer: first.customer }, problem };
  } else yield gatheredOrder;
}
