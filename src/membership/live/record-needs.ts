// What of customers' records conditions on events may ask: only the types, and the longest windows, of the plans at hand.
import type { Engine } from "../../engine.js";
import type { RecordFacts } from "../../operators/encodings/figure.js";
import { fieldsOf } from "../../plan/fields.js";
import type { PlanNode, RecordSet } from "../../plan/plan.js";
import type { WithRecords } from "../../predicate/compile.js";

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
  const read = async (set: RecordSet, condition: object): Promise<void> => {
    const rows = await engine.store.aggregate<RecordFacts & { readonly customer: string }>(set, [
      { $match: { project, customer: { $in: customers }, ...condition } },
      { $unset: ["properties", "items", "metadata"] },
    ]);
    for (const row of rows) {
      const records = found.get(row.customer) ?? { events: [], orders: [] };
      found.set(row.customer, records);
      records[set].push(row);
    }
  };
  const { events, orders } = needs;
  if (events.size > 0) {
    await read("events", {
      type: { $in: [...events.keys()] },
      ...since(Math.min(...events.values())),
    });
  }
  if (orders !== undefined) await read("orders", since(orders));
  return found;
}

function since(instant: number): object {
  return Number.isFinite(instant) ? { at: { $gte: new Date(instant) } } : {};
}
