// Cheap statistics of a project's customers: a fair sample, cached for a minute, from which the number of customers and the
// selectivity of conditions are estimated.

import type { Engine } from "../../engine.js";
import type { RecordFacts } from "../../operators/encodings/figure.js";
import type { Selectivity } from "../../pipeline/order.js";
import { recordSetsOf } from "../../plan/fields.js";
import type { Plan, PlanNode, RecordSet } from "../../plan/plan.js";
import { compilePredicate, type WithRecords } from "../../predicate/compile.js";
import { recentAnswers } from "../../recent.js";
import { inChunks } from "../../store/batches.js";
import type { Store } from "../../store/port.js";
import type { SampledCustomer } from "../../store/reads/customers.js";
import type { Slices } from "../../store/slices.js";

const sampleSize = 1_000;
/** How long statistics are cached, in milliseconds. */
const recentMs = 60_000;

export interface Statistics {
  /** The number of the project's customers: exact below the sample's size, else estimated within a few percent. */
  readonly customers: number;
  readonly sample: readonly SampledCustomer[];
}

/** The statistics with the records of the sampled customers, for conditions on events. */
export interface StatisticsWithRecords extends Statistics {
  readonly sample: readonly (SampledCustomer & WithRecords)[];
}

const recentStatistics = recentAnswers<Statistics>({ ttl: recentMs });

/** The statistics of a project, at most a minute old. */
export function statisticsOf(engine: Engine, project: string): Promise<Statistics> {
  return recentStatistics.get(engine.store, project, () => readStatistics(engine.store, project));
}

/**
 * Reads the first thousand customers by `sample`, which is distributed evenly over 32 bits: they are a fair sample, and the last
 * one's number gives an estimate of the total.
 */
async function readStatistics({ reads }: Store, project: string): Promise<Statistics> {
  const sample = await reads.customers.sample(project, sampleSize);
  const last = sample.at(-1);
  if (sample.length < sampleSize || last === undefined) return { customers: sample.length, sample };
  return { customers: Math.round(sampleSize / ((last.sample + 1) / 2 ** 32)), sample };
}

/** For how many of the sampled customers records are read: the first ones are a fair sample, too. */
const sampleWithRecords = 400;
/** For how many customers records are read at once, and how many records at most: an estimate needs no more. */
const [customersAtOnce, maxRecords] = [50, 6_000] as const;

/** The records of a sample, cached as long as the sample: by collection, and joined with the customers by set of collections. */
interface KeptRecords {
  readonly read: Map<RecordSet, Promise<RecordsByCustomer>>;
  readonly joined: Map<string, Promise<StatisticsWithRecords>>;
}

const keptRecords = new WeakMap<Statistics, KeptRecords>();

type RecordsByCustomer = ReadonlyMap<string, readonly RecordFacts[]>;

/** The statistics of a project with the records of these collections, which are cached as long as the sample. */
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
  const [events, orders, redemptions, referrals] = await Promise.all([
    read("events"),
    read("orders"),
    read("redemptions"),
    read("referrals"),
  ]);
  const sample = sampled.map((customer) => ({
    ...customer,
    records: {
      events: events.get(customer._id) ?? [],
      orders: orders.get(customer._id) ?? [],
      redemptions: redemptions.get(customer._id) ?? [],
      referrals: referrals.get(customer._id) ?? [],
    },
  }));
  return { ...statistics, sample };
}

async function readRecords(
  store: Store,
  project: string,
  collection: RecordSet,
  customers: readonly string[],
): Promise<RecordsByCustomer> {
  const byCustomer = new Map<string, RecordFacts[]>();
  for (const some of inChunks(customers, customersAtOnce)) {
    const rows = await store.reads.records.briefOfCustomers(project, collection, some, { limit: maxRecords });
    for (const row of rows) {
      const records = byCustomer.get(row.customer);
      if (records === undefined) byCustomer.set(row.customer, [row]);
      else records.push(row);
    }
  }
  return byCustomer;
}

/** The statistics that a plan's conditions need: with records if it has conditions on records. */
export function statisticsFor(engine: Engine, plan: Plan): Promise<Statistics> {
  const sets = recordSetsOf(plan.where);
  return sets.size === 0
    ? statisticsOf(engine, plan.project)
    : statisticsWithRecords(engine, plan.project, sets);
}

/**
 * The share of the sample that satisfies each condition of a conjunction, computed in slices. A condition that no sampled
 * customer satisfies counts as half a customer.
 */
export async function selectivityIn(
  where: PlanNode,
  { sample }: Statistics,
  slices: Slices,
): Promise<Selectivity> {
  const parts = new Map<PlanNode, number>();
  const measure = async (node: PlanNode): Promise<void> => {
    if (node.kind !== "and" && node.kind !== "or") return;
    for (const operand of node.operands) {
      if (node.kind === "and") {
        const part = await partOf(operand, sample, slices);
        parts.set(operand, Math.max(part, 1 / (2 * sample.length)));
      }
      await measure(operand);
    }
  };
  if (sample.length > 0) await measure(where);
  return (node) => parts.get(node);
}

/** The share of the sample, from 0 to 1, that satisfies a node; computed in slices. */
export async function partOf(
  node: PlanNode,
  sample: readonly SampledCustomer[],
  slices: Slices,
): Promise<number> {
  const isTrue = compilePredicate(node);
  let count = 0;
  for (const customer of sample) {
    if (isTrue(customer)) count += 1;
    if (slices.isOver()) await slices.next();
  }
  return count / Math.max(1, sample.length);
}
