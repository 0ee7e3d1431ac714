// Cheap statistics of a project's customers: a fair sample of them, kept for a minute, from which follow how many there are
// and how large a part a condition is true of.
import type { Engine } from "../engine.js";
import type { Selectivity } from "../pipeline/order.js";
import type { PlanNode } from "../plan/plan.js";
import { compilePredicate } from "../predicate/compile.js";
import type { CustomerDocument } from "../store/documents.js";
import type { Store } from "../store/port.js";

const sampleSize = 1_000;
const keptMs = 60_000;

export interface Statistics {
  /** How many customers the project has: exact up to the sample's size, else estimated within some percent. */
  readonly customers: number;
  readonly sample: readonly CustomerDocument[];
}

interface Kept {
  readonly until: number;
  readonly statistics: Promise<Statistics>;
}

const kept = new WeakMap<Store, Map<string, Kept>>();

/** The statistics of a project, at most a minute old. */
export async function statisticsOf(engine: Engine, project: string): Promise<Statistics> {
  const ofStore = kept.get(engine.store) ?? new Map<string, Kept>();
  kept.set(engine.store, ofStore);
  const now = performance.now();
  const known = ofStore.get(project);
  if (known !== undefined && known.until > now) return known.statistics;
  const statistics = readStatistics(engine.store, project);
  ofStore.set(project, { until: now + keptMs, statistics });
  // A failed read must not be what the next minute is told.
  statistics.catch(() => ofStore.delete(project));
  return statistics;
}

/**
 * Customers by `sample`, which is spread evenly over 32 bits: the first thousand are a fair sample, and how far they reach
 * tells how many there are.
 */
async function readStatistics(store: Store, project: string): Promise<Statistics> {
  const sample = await store.aggregate<CustomerDocument>("customers", [
    { $match: { project } },
    { $sort: { sample: 1 } },
    { $limit: sampleSize },
    { $project: { facts: 1, yearly: 1, activity: 1, sample: 1, source_id: 1, segments: 1 } },
  ]);
  const last = sample.at(-1);
  if (sample.length < sampleSize || last === undefined) return { customers: sample.length, sample };
  return { customers: Math.round(sampleSize / ((last.sample + 1) / 2 ** 32)), sample };
}

/** How large a part of the sample a condition is true of. Where it is true of none, the least that a sample can tell. */
export function selectivityIn({ sample }: Statistics): Selectivity {
  return (node) => {
    if (sample.length === 0) return undefined;
    return Math.max(partOf(node, sample), 1 / (2 * sample.length));
  };
}

/** The part of the customers, from 0 to 1, whom a node means. */
export function partOf(node: PlanNode, sample: readonly CustomerDocument[]): number {
  const holds = compilePredicate(node);
  return sample.filter(holds).length / Math.max(1, sample.length);
}
