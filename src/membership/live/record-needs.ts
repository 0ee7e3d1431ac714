// What of customers' records conditions on events may ask: only the types, and the longest windows, of the plans at hand.
import type { Engine } from "../../engine.js";
import type { RecordFacts } from "../../operators/encodings/figure.js";
import { recordSourcesOf } from "../../plan/fields.js";
import { type PlanNode, type RecordSet, recordSets } from "../../plan/plan.js";
import type { WithRecords } from "../../predicate/compile.js";

/** The earliest instant of a record that is asked for, by collection and, of events, by type. Minus infinity is all of them. */
export interface RecordNeeds {
  readonly events: ReadonlyMap<string, number>;
  readonly others: ReadonlyMap<Exclude<RecordSet, "events">, number>;
}

/** What plans ask of records. */
export function recordNeeds(nodes: readonly PlanNode[]): RecordNeeds {
  const events = new Map<string, number>();
  const others = new Map<Exclude<RecordSet, "events">, number>();
  for (const { records, type, from: bound } of nodes.flatMap(recordSourcesOf)) {
    const value = bound?.value;
    const from = typeof value === "object" ? value.instant : Number.NEGATIVE_INFINITY;
    if (records !== "events") others.set(records, Math.min(others.get(records) ?? from, from));
    else if (type !== undefined) events.set(type, Math.min(events.get(type) ?? from, from));
  }
  return { events, others };
}

/** True where records of some kind are asked for. */
export function asksRecords({ events, others }: RecordNeeds): boolean {
  return events.size + others.size > 0;
}

export type Records = WithRecords["records"];

export const noRecordsOf: Records = { events: [], orders: [], redemptions: [], referrals: [] };

/** The records of these customers that are asked for, by customer; one without any has no entry. */
export async function readRecords(
  engine: Engine,
  project: string,
  customers: readonly string[],
  needs: RecordNeeds,
): Promise<ReadonlyMap<string, Records>> {
  const found = new Map<string, Record<RecordSet, RecordFacts[]>>();
  if (customers.length === 0) return found;
  const read = async (set: RecordSet, condition: object): Promise<void> => {
    const rows = await engine.store.aggregate<RecordFacts & { readonly customer: string }>(set, [
      { $match: { project, customer: { $in: customers }, ...condition } },
      { $unset: ["properties", "items", "metadata"] },
    ]);
    for (const row of rows) {
      const records = found.get(row.customer) ?? { events: [], orders: [], redemptions: [], referrals: [] };
      found.set(row.customer, records);
      records[set].push(row);
    }
  };
  const { events, others } = needs;
  for (const set of recordSets) {
    const from = set === "events" ? undefined : others.get(set);
    if (from !== undefined) await read(set, since(from));
    if (set === "events" && events.size > 0)
      await read(set, { type: { $in: [...events.keys()] }, ...since(Math.min(...events.values())) });
  }
  return found;
}

function since(instant: number): object {
  return Number.isFinite(instant) ? { at: { $gte: new Date(instant) } } : {};
}
