// Explains the cost of a query: the chosen strategy with its estimates, and how the store runs the query.
import type { Engine } from "../../engine.js";
import type { ActivitySource, EventStrategy } from "../../pipeline/compile.js";
import type { Pipeline } from "../../pipeline/stage.js";
import { recordSetsOf } from "../../plan/fields.js";
import type { CustomerQuestion } from "../../store/customers.js";
import type { Explanation, ReadOptions } from "../../store/read-options.js";
import { slicesOf } from "../../store/slices.js";
import { type EventEstimate, estimatedCosts, estimateEvents, type StrategyCost } from "./event-strategy.js";
import { partOf, statisticsFor, statisticsWithRecords } from "./statistics.js";

/** How a query is put to the store. */
export interface AskedHow {
  readonly canonical: string;
  readonly pipeline: Pipeline;
  readonly activity: ActivitySource;
  /** The strategy for conditions on events, if the query has any. */
  readonly strategy: EventStrategy;
}

export interface QueryExplanation extends Explanation, Pick<AskedHow, "canonical" | "pipeline" | "activity"> {
  /** The estimated number of customers of the project, and of those that the query finds. */
  readonly customers: number;
  readonly estimatedMembers: number;
  /** Present if the query has conditions on events or other records. */
  readonly events?: {
    readonly strategy: EventStrategy;
    readonly estimate: EventEstimate;
    /** The estimated cost of each possible strategy. */
    readonly costs: readonly StrategyCost[];
  };
}

/** Runs a question, and returns how the store ran it together with the estimates. */
export async function explainQuestion(
  engine: Engine,
  question: CustomerQuestion,
  { canonical, pipeline, activity, strategy }: AskedHow,
  options?: ReadOptions,
): Promise<QueryExplanation> {
  const { plan } = question;
  const explanation = await engine.store.customers.explain(question, options);
  const slices = slicesOf(options);
  const { customers, sample } = await statisticsFor(engine, plan);
  const estimatedMembers = Math.round((await partOf(plan.where, sample, slices)) * customers);
  const base = { ...explanation, canonical, pipeline, activity, customers, estimatedMembers };
  const sets = recordSetsOf(plan.where);
  if (sets.size === 0) return base;
  const statistics = await statisticsWithRecords(engine, plan.project, sets);
  const estimate = await estimateEvents(plan, statistics, slices);
  return { ...base, events: { strategy, estimate, costs: estimatedCosts(plan, estimate) } };
}
