// Which way conditions on events are asked: what each would read is estimated from the sample of customers and their records,
// so that choosing costs no read of its own.
import { figureOfRecords } from "../../operators/encodings/figure.js";
import { type EventStrategy, strategiesOf } from "../../pipeline/compile.js";
import { figuresIn, joinedSets, type NamedFigure, sequencesIn } from "../../pipeline/figures.js";
import { fieldsOf, recordSourcesOf } from "../../plan/fields.js";
import type { PlanNode, RecordSet } from "../../plan/plan.js";
import type { SimplifiedPlan } from "../../plan/simplify.js";
import type { Slices } from "../../store/slices.js";
import { partOf, type StatisticsWithRecords } from "./statistics.js";

/** What the ways would read, in rows of the whole project. */
export interface EventEstimate {
  /** Customers whom the conditions without events leave. */
  readonly customers: number;
  /** All records of these customers. */
  readonly joined: number;
  /** Records within the windows of the conditions. */
  readonly records: number;
  /** Customers who have one. */
  readonly groups: number;
  /** Whether the customers behind the records have to be looked at, beside who they are. */
  readonly looksAtCustomers: boolean;
}

// What a row costs, in microseconds: measured by bench/events on DocumentDB; only their ratios matter.
const costs = { lookup: 30, joinedRecord: 4, groupedRecord: 0.7, group: 2, carriedCustomer: 4 } as const;

const costOf: Readonly<Record<EventStrategy, (estimate: EventEstimate) => number>> = {
  join: ({ customers, joined }) => customers * costs.lookup + joined * costs.joinedRecord,
  events_first: ({ records, groups, looksAtCustomers }) =>
    records * costs.groupedRecord + groups * (costs.group + (looksAtCustomers ? costs.lookup : 0)),
  both_sides: ({ customers, records, groups }) =>
    customers * costs.carriedCustomer + records * costs.groupedRecord + groups * costs.group,
};

/** What a way is estimated to cost, in microseconds on DocumentDB, of which only the ratio to the others matters. */
export interface StrategyCost {
  readonly way: EventStrategy;
  readonly cost: number;
}

/** What each way that the plan can take would cost; none where it has no condition on events. */
export function estimatedCosts(plan: SimplifiedPlan, estimate: EventEstimate): readonly StrategyCost[] {
  return strategiesOf(plan).map((way) => ({ way, cost: costOf[way](estimate) }));
}

/** The way that is estimated to cost least; undefined where the plan has no condition on events. */
export async function chooseStrategy(
  plan: SimplifiedPlan,
  statistics: StatisticsWithRecords,
  slices: Slices,
): Promise<EventStrategy | undefined> {
  const ways = strategiesOf(plan);
  if (ways.length <= 1) return ways[0];
  const costs = estimatedCosts(plan, await estimateEvents(plan, statistics, slices));
  return costs.reduce((best, each) => (each.cost < best.cost ? each : best)).way;
}

/** The estimate for a plan, from the sample; found in slices. */
export async function estimateEvents(
  { where }: SimplifiedPlan,
  { customers, sample }: StatisticsWithRecords,
  slices: Slices,
): Promise<EventEstimate> {
  const figures = figuresIn(where);
  const conjuncts = where.kind === "and" ? where.operands : [where];
  const hasFigure = (node: PlanNode): boolean => recordSourcesOf(node).length > 0;
  const sooner = { kind: "and" as const, operands: conjuncts.filter((node) => !hasFigure(node)) };
  const each = customers / Math.max(1, sample.length);
  const sets = joinedSets(figures, sequencesIn(where));
  const inWindow = figures.map(countInWindow);
  let [all, records, groups] = [0, 0, 0];
  for (const customer of sample) {
    for (const set of sets) all += customer.records[set]?.length ?? 0;
    // Windows may overlap: the widest tells the least that is read.
    const found = Math.max(0, ...inWindow.map((count) => count(customer.records)));
    records += found;
    if (found > 0) groups += 1;
    if (slices.isOver()) await slices.next();
  }
  // Where the sample has none, somebody out of it may be.
  const part = sooner.operands.length === 0 ? 1 : await partOf(sooner, sample, slices);
  const left = Math.max(part, 1 / (2 * Math.max(1, sample.length))) * customers;
  return {
    customers: left,
    joined: (left * all) / Math.max(1, sample.length),
    records: records * each,
    groups: groups * each,
    looksAtCustomers: conjuncts.some((node) => fieldsOf(node).some(({ figure }) => figure === undefined)),
  };
}

type Records = StatisticsWithRecords["sample"][number]["records"];

/** How many records of a customer stand in the window of a figure. */
function countInWindow({ figure }: NamedFigure): (records: Records) => number {
  const { where: _where, of: _of, calendar: _calendar, ...window } = figure;
  const set: RecordSet = figure.records;
  const count = figureOfRecords({ ...window, aggregate: "count" }, () => true);
  return (records) => Number(count(records[set] ?? []));
}
