// Cheap statistics of a project's customers: a fair sample of them, kept for a minute, from which follow how many there are
// and how large a part a condition is true of.

import type { CustomerDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import type { RecordFacts } from "../operators/encodings/figure.js";
import type { Selectivity } from "../pipeline/order.js";
import { recordSetsOf } from "../plan/fields.js";
import type { Plan, PlanNode, RecordSet } from "../plan/plan.js";
import { compilePredicate, type WithRecords } from "../predicate/compile.js";
import type { Store } from "../store/port.js";

const sampleSize = 1_000;
const keptMs = 60_000;

export interface Statistics {
  /** How many customers the project has: exact up to the sample's size, else estimated within some percent. */
  readonly customers: number;
  readonly sample: readonly CustomerDocument[];
}

/** The statistics with the records of the sampled customers, for conditions on events. */
export interface StatisticsWithRecords extends Statistics {
  readonly sample: readonly (CustomerDocument & WithRecords)[];
}

interface CachedStatistics {
  readonly until: number;
  readonly statistics: Promise<Statistics>;
}

const kept = new WeakMap<Store, Map<string, CachedStatistics>>();

/** The statistics of a project, at most a minute old. */
export async function statisticsOf(engine: Engine, project: string): Promise<Statistics> {
  const ofStore = kept.get(engine.store) ?? new Map<string, CachedStatistics>();
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

/** How many of the sampled customers have their records read: the first are a fair sample, too. */
const sampleWithRecords = 400;
// A sampled customer with more records than this is cut short: an estimate needs no more.
const maxRecords = 50_000;

/** What was read of the records of a sample, which is kept as long as the sample: each collection, and the customers with both. */
interface KeptRecords {
  readonly read: Map<RecordSet, Promise<RecordsByCustomer>>;
  readonly joined: Map<string, Promise<StatisticsWithRecords>>;
}

const keptRecords = new WeakMap<Statistics, KeptRecords>();

type RecordsByCustomer = ReadonlyMap<string, readonly RecordFacts[]>;

/** The statistics of a project with the records of these collections; they are kept as long as the sample. */
export async function statisticsWithRecords(
  engine: Engine,
  project: string,
  sets: ReadonlySet<RecordSet>,
): Promise<StatisticsWithRecords> {
  const statistics = await statisticsOf(engine, project);
  const kept: KeptRecords = keptRecords.get(statistics) ?? { read: new Map(), joined: new Map() };
  keptRecords.set(statistics, kept);
  const key = [...sets].sort().join(" ");
  const joined = kept.joined.get(key) ?? joinSample(engine.store, project, statistics, sets, kept.read);
  kept.joined.set(key, joined);
  joined.catch(() => kept.joined.delete(key));
  return joined;
}

async function joinSample(
  store: Store,
  project: string,
  statistics: Statistics,
  sets: ReadonlySet<RecordSet>,
  known: Map<RecordSet, Promise<RecordsByCustomer>>,
): Promise<StatisticsWithRecords> {
  const sampled = statistics.sample.slice(0, sampleWithRecords);
  const ids = sampled.map(({ _id }) => _id);
  const read = async (collection: RecordSet): Promise<RecordsByCustomer> => {
    if (!sets.has(collection)) return new Map();
    const reading = known.get(collection) ?? readRecords(store, project, collection, ids);
    known.set(collection, reading);
    reading.catch(() => known.delete(collection));
    return reading;
  };
  const [events, orders] = await Promise.all([read("events"), read("orders")]);
  const sample = sampled.map((customer) => ({
    ...customer,
    records: { events: events.get(customer._id) ?? [], orders: orders.get(customer._id) ?? [] },
  }));
  return { ...statistics, sample };
}

async function readRecords(
  store: Store,
  project: string,
  collection: RecordSet,
  customers: readonly string[],
): Promise<RecordsByCustomer> {
  const rows = await store.aggregate<RecordFacts & { readonly customer: string }>(collection, [
    { $match: { project, customer: { $in: customers } } },
    { $limit: maxRecords },
    { $unset: ["properties", "items", "metadata"] },
  ]);
  const byCustomer = new Map<string, RecordFacts[]>();
  for (const row of rows) {
    const records = byCustomer.get(row.customer);
    if (records === undefined) byCustomer.set(row.customer, [row]);
    else records.push(row);
  }
  return byCustomer;
}

/** The statistics that tell of a plan's conditions: with records where it has some on events. */
export function statisticsFor(engine: Engine, plan: Plan): Promise<Statistics> {
  const sets = recordSetsOf(plan.where);
  return sets.size === 0
    ? statisticsOf(engine, plan.project)
    : statisticsWithRecords(engine, plan.project, sets);
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
