// Chooses the strategy for conditions on events. The rows that each would read are estimated from the cached sample of customers
// and their records, so that the choice needs no read of its own.
import { figureOfRecords } from "../../operators/encodings/figure.js";
import { type EventStrategy, leadingSequence, strategiesOf } from "../../pipeline/compile.js";
import { figuresIn, joinedSets, sequencesIn } from "../../pipeline/figures.js";
import type { NamedSequence } from "../../pipeline/sequences.js";
import { fieldsOf, recordSourcesOf } from "../../plan/fields.js";
import type { Figure, PlanNode, RecordSet } from "../../plan/plan.js";
import type { SimplifiedPlan } from "../../plan/simplify.js";
import type { Slices } from "../../store/slices.js";
import { partOf, type StatisticsWithRecords } from "./statistics.js";

/** The numbers of rows that the strategies would read in the whole project. */
export interface EventEstimate {
  /** Customers that satisfy the conditions without events. */
  readonly customers: number;
  /** All records of these customers. */
  readonly joined: number;
  /** Records within the windows of the conditions. */
  readonly records: number;
  /** Customers with such a record. */
  readonly groups: number;
  /** Whether the customers of the records have to be read, and not only their ids. */
  readonly readsCustomers: boolean;
}

// The cost of a row, in microseconds, measured by bench/events on DocumentDB; only the ratios matter.
const costs = { lookup: 30, joinedRecord: 4, groupedRecord: 0.7, group: 2, carriedCustomer: 4 } as const;

const costOf: Readonly<Record<EventStrategy, (estimate: EventEstimate) => number>> = {
  join: ({ customers, joined }) => customers * costs.lookup + joined * costs.joinedRecord,
  events_first: ({ records, groups, readsCustomers }) =>
    records * costs.groupedRecord + groups * (costs.group + (readsCustomers ? costs.lookup : 0)),
  both_sides: ({ customers, records, groups }) =>
    customers * costs.carriedCustomer + records * costs.groupedRecord + groups * costs.group,
};

/** The estimated cost of a strategy, in microseconds on DocumentDB; only the ratio to the others matters. */
export interface StrategyCost {
  readonly strategy: EventStrategy;
  readonly cost: number;
}

/** The estimated cost of each strategy that the plan can use; none if it has no condition on events. */
export function estimatedCosts(plan: SimplifiedPlan, estimate: EventEstimate): readonly StrategyCost[] {
  return strategiesOf(plan).map((strategy) => ({ strategy, cost: costOf[strategy](estimate) }));
}

/** The strategy with the least estimated cost; undefined if the plan has no condition on events. */
export async function chooseStrategy(
  plan: SimplifiedPlan,
  statistics: StatisticsWithRecords,
  slices: Slices,
): Promise<EventStrategy | undefined> {
  const strategies = strategiesOf(plan);
  if (strategies.length <= 1) return strategies[0];
  const costs = estimatedCosts(plan, await estimateEvents(plan, statistics, slices));
  return costs.reduce((best, each) => (each.cost < best.cost ? each : best)).strategy;
}

/** The estimate for a plan, computed from the sample in slices. */
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
  const inWindow = [
    ...figures.map(({ figure }) => figure),
    ...sequencesIn(where).flatMap(figuresOfSteps),
  ].map(countInWindow);
  let [all, records, groups] = [0, 0, 0];
  for (const customer of sample) {
    for (const set of sets) all += customer.records[set]?.length ?? 0;
    // Windows may overlap, so the largest count is a lower bound of the records read.
    const found = Math.max(0, ...inWindow.map((count) => count(customer.records)));
    records += found;
    if (found > 0) groups += 1;
    if (slices.isOver()) await slices.next();
  }
  // Customers outside the sample may match even if none in the sample does.
  const part = sooner.operands.length === 0 ? 1 : await partOf(sooner, sample, slices);
  const left = Math.max(part, 1 / (2 * Math.max(1, sample.length))) * customers;
  // Of a leading sequence no more than its customers' ids is read.
  const lead = leadingSequence(where);
  const others = conjuncts.filter((node) => node !== lead);
  return {
    customers: left,
    joined: (left * all) / Math.max(1, sample.length),
    records: records * each,
    groups: groups * each,
    readsCustomers: others.some(
      (node) => lead !== undefined || fieldsOf(node).some(({ figure }) => figure === undefined),
    ),
  };
}

type Records = StatisticsWithRecords["sample"][number]["records"];

/** The records that each step of a sequence has read, as figures: those since the beginning of the first step's window. */
function figuresOfSteps({ sequence }: NamedSequence): readonly Figure[] {
  const from = sequence.steps[0]?.from;
  return sequence.steps.map(({ records, type, to }) => ({
    aggregate: "count",
    records,
    ...(from === undefined ? {} : { from }),
    to,
    ...(type === undefined ? {} : { type }),
  }));
}

/** A function that counts a customer's records in the window of a figure. */
function countInWindow(figure: Figure): (records: Records) => number {
  const { where: _where, of: _of, calendar: _calendar, ...window } = figure;
  const set: RecordSet = figure.records;
  const count = figureOfRecords({ ...window, aggregate: "count" }, () => true);
  return (records) => Number(count(records[set] ?? []));
}
