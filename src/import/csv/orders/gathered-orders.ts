// Gathers the rows that an import has sorted on disk into orders.
import { attempt } from "../../../facts/record-error.js";
import { shorten } from "../../../facts/record-shape.js";
import { canceledStatus } from "../../../plan/counted.js";
import type { NewProfile, OrderRow, OrderRowReader } from "./order-rows.js";

const maxLines = 10_000;

/** The result of an order's rows: the order, why it is rejected, or the number of rows skipped because they name no customer. */
export type GatheredOrder =
  | (OrderOfRows & { readonly customer: string; readonly profile?: NewProfile })
  | (OrderOfRows & { readonly problem: string })
  | { readonly skippedRows: number };

interface OrderOfRows {
  /** The line of its first row. */
  readonly line: number;
  /** In the interchange folder's shape. */
  readonly record: Readonly<Record<string, unknown>>;
}

/** How the read rows are interpreted. */
export interface RowMeaning {
  readonly instant: OrderRowReader["instant"];
  readonly metadata: ReturnType<OrderRowReader["metadataReader"]>;
  /** Only an order's own row has a total: without such a row, the order's own row is missing; two such rows are two orders. */
  readonly totalled: boolean;
}

/** @param rows sorted by order and then by line. Memory holds one order at a time, and at most `maxLines` of its rows. */
export function* gatheredOrders(rows: Iterable<OrderRow>, meaning: RowMeaning): Generator<GatheredOrder> {
  let gathering: OrderRow[] = [];
  let count = 0;
  for (const row of rows) {
    if (gathering.length > 0 && row.order !== gathering[0]!.order) {
      yield gathered(gathering, count, meaning);
      [gathering, count] = [[], 0];
    }
    count += 1;
    if (gathering.length < maxLines) gathering.push(row);
  }
  if (gathering.length > 0) yield gathered(gathering, count, meaning);
}

function gathered(rows: readonly OrderRow[], count: number, meaning: RowMeaning): GatheredOrder {
  const { order, line } = rows[0]!;
  const customers = [
    ...new Set(rows.map((row) => row.customer).filter((customer) => customer !== undefined)),
  ];
  const [customer] = customers;
  // The order's own row: the first one that names its customer, or otherwise its date.
  const own = meaning.totalled ? rows.filter((row) => row.total !== undefined) : rows;
  const head = own.find((row) => row.customer !== undefined) ?? own.find((row) => row.date !== undefined);
  const known = { source_id: order, ...(customer === undefined ? {} : { customer }) };
  const refuse = (problem: string): GatheredOrder => ({ line, record: known, problem });
  if (head === undefined || rows.every((row) => row.date === undefined)) {
    return refuse("the order's first row, which says whose and when it is, is missing or was rejected");
  }
  if (customer === undefined) return { skippedRows: count };
  if (customers.length > 1) {
    const names = customers.slice(0, 3).map((name) => `"${shorten(name)}"`);
    return refuse(`the order's rows name several customers: ${names.join(", ")}`);
  }
  if (meaning.totalled && own.length > 1) {
    const lines = own.slice(0, 5).map((row) => row.line);
    return refuse(
      `the rows of lines ${lines.join(", ")} each name a total: several orders are called "${shorten(order)}"; ` +
        "name the column that tells them apart as `orderId` in the mapping",
    );
  }
  if (count > maxLines) {
    return refuse(`the order has ${count} rows; ${maxLines} is the most that one may have`);
  }
  const made = attempt(() => orderOf(rows, head, meaning));
  if ("reason" in made) return refuse(made.reason);
  return { line, record: { ...known, ...made.value }, customer, profile: head.profile };
}

function orderOf(rows: readonly OrderRow[], head: OrderRow, { instant, metadata }: RowMeaning) {
  // The times of an order's rows may differ by a minute or two: the earliest one is the order's.
  const dates = [...new Set(rows.flatMap(({ date }) => (date === undefined ? [] : [date])))];
  const times = dates.map((date) => instant(date));
  const statuses = rows.map((row) => row.status);
  const gross = head.total ?? rows.reduce((total, row) => total + row.amount, 0);
  const values = head.fields === undefined ? [] : metadata(head.fields).filter(([, value]) => value !== null);
  return {
    created_at: times.reduce((earliest, at) => (Date.parse(at) < Date.parse(earliest) ? at : earliest)),
    status: statuses.includes(canceledStatus) ? canceledStatus : head.status,
    // Less the refund.
    amount: gross - (head.refunded ?? 0),
    items: rows.flatMap((row) => row.items),
    ...(values.length === 0 ? {} : { metadata: Object.fromEntries(values) }),
  };
}
