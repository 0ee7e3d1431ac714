// The records that conditions may read: only the types, and the longest windows, of the given plans.
import type { Engine } from "../engine.js";
import type { RecordFacts } from "../operators/encodings/figure.js";
import { isGiven } from "../operators/encodings/given.js";
import { comparisonsOf, recordSourcesOf } from "../plan/fields.js";
import type { PlanNode, RecordSet } from "../plan/plan.js";
import type { WithRecords } from "../predicate/compile.js";
import type { RecordFilter } from "../store/reads/documents.js";

/**
 * The earliest instant of the records that are needed, by collection and, for events, by type. Minus infinity means all of them.
 */
export interface RecordNeeds {
  readonly events: ReadonlyMap<string, number>;
  readonly others: ReadonlyMap<Exclude<RecordSet, "events">, number>;
  /** True if texts of records are compared as they were given, which facts don't hold. */
  readonly given: boolean;
}

/** The records that plans need. */
export function recordNeeds(nodes: readonly PlanNode[]): RecordNeeds {
  const { add, needs } = collectNeeds();
  for (const node of nodes) add(node);
  return needs();
}

/** Collects the records that plans need, one plan after the other. */
export function collectNeeds(): {
  readonly add: (node: PlanNode) => void;
  readonly needs: () => RecordNeeds;
} {
  const events = new Map<string, number>();
  const others = new Map<Exclude<RecordSet, "events">, number>();
  let given = false;
  return {
    add: (node) => {
      for (const { records, type, from: bound } of recordSourcesOf(node)) {
        const value = bound?.value;
        const from = typeof value === "object" ? value.instant : Number.NEGATIVE_INFINITY;
        if (records !== "events") others.set(records, Math.min(others.get(records) ?? from, from));
        else if (type !== undefined) events.set(type, Math.min(events.get(type) ?? from, from));
      }
      given ||= readsGivenRecords(node);
    },
    needs: () => ({ events, others, given }),
  };
}

function readsGivenRecords(node: PlanNode): boolean {
  return comparisonsOf(node).some(({ left, right }) =>
    [left, right].some(({ as, field }) => isGiven(as) && field.scope !== "profile"),
  );
}

export type Records = WithRecords["records"];

export const noRecordsOf: Records = { events: [], orders: [], redemptions: [], referrals: [] };

/** The needed records of these customers, by customer; a customer without any has no entry. */
export async function readRecords(
  engine: Engine,
  project: string,
  customers: readonly string[],
  needs: RecordNeeds,
): Promise<ReadonlyMap<string, Records>> {
  const found = new Map<string, Record<RecordSet, RecordFacts[]>>();
  if (customers.length === 0) return found;
  const recordsOf = (customer: string) => {
    const records = found.get(customer) ?? { events: [], orders: [], redemptions: [], referrals: [] };
    found.set(customer, records);
    return records;
  };
  const { records } = engine.store.reads;
  const read = async (set: RecordSet, filter: RecordFilter): Promise<void> => {
    const read = needs.given
      ? await records.ofCustomers(project, set, customers, filter)
      : await records.briefOfCustomers(project, set, customers, filter);
    for (const record of read) recordsOf(record.customer)[set].push(record);
  };
  const { events, others } = needs;
  if (events.size > 0)
    await read("events", { types: [...events.keys()], ...since(Math.min(...events.values())) });
  for (const [set, from] of others) await read(set, since(from));
  return found;
}

function since(instant: number): RecordFilter {
  return Number.isFinite(instant) ? { from: new Date(instant) } : {};
}
