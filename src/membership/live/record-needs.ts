// What of customers' records conditions on events may ask: only the types, and the longest windows, of the plans at hand.
import type { Engine } from "../../engine.js";
import type { RecordFacts } from "../../operators/encodings/figure.js";
import { fieldsOf } from "../../plan/fields.js";
import type { PlanNode } from "../../plan/plan.js";
import type { WithRecords } from "../../predicate/compile.js";
import type { RecordFilter } from "../../store/reads/documents.js";

/** The earliest instant of a record that is asked for, by type of event; orders are one. Minus infinity is all of them. */
export interface RecordNeeds {
  readonly events: ReadonlyMap<string, number>;
  readonly orders: number | undefined;
}

/** What plans ask of records. */
export function recordNeeds(nodes: readonly PlanNode[]): RecordNeeds {
  const events = new Map<string, number>();
  let orders: number | undefined;
  for (const { figure } of nodes.flatMap(fieldsOf)) {
    if (figure === undefined) continue;
    const value = figure.from?.value;
    const from = typeof value === "object" ? value.instant : Number.NEGATIVE_INFINITY;
    if (figure.type === undefined) orders = Math.min(orders ?? from, from);
    else events.set(figure.type, Math.min(events.get(figure.type) ?? from, from));
  }
  return { events, orders };
}

export type Records = WithRecords["records"];

export const noRecordsOf: Records = { events: [], orders: [] };

/** The records of these customers that are asked for, by customer; one without any has no entry. */
export async function readRecords(
  engine: Engine,
  project: string,
  customers: readonly string[],
  needs: RecordNeeds,
): Promise<ReadonlyMap<string, Records>> {
  const found = new Map<string, { events: RecordFacts[]; orders: RecordFacts[] }>();
  if (customers.length === 0) return found;
  const recordsOf = (customer: string) => {
    const records = found.get(customer) ?? { events: [], orders: [] };
    found.set(customer, records);
    return records;
  };
  const { records } = engine.store.reads;
  const { events, orders } = needs;
  if (events.size > 0) {
    const filter = { types: [...events.keys()], ...since(Math.min(...events.values())) };
    for (const event of await records.briefOfCustomers(project, "events", customers, filter))
      recordsOf(event.customer).events.push(event);
  }
  if (orders !== undefined) {
    for (const order of await records.briefOfCustomers(project, "orders", customers, since(orders)))
      recordsOf(order.customer).orders.push(order);
  }
  return found;
}

function since(instant: number): RecordFilter {
  return Number.isFinite(instant) ? { from: new Date(instant) } : {};
}
