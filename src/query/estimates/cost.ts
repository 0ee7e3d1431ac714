// What a query costs: how it is asked and why so, by estimates, and how the store then runs it.
import type { Engine } from "../../engine.js";
import type { ActivitySource, EventStrategy } from "../../pipeline/compile.js";
import type { Pipeline } from "../../pipeline/stage.js";
import { recordSetsOf } from "../../plan/fields.js";
import type { CustomerQuestion } from "../../store/customers.js";
import type { Explanation, ReadOptions } from "../../store/read-options.js";
import { slicesOf } from "../../store/slices.js";
import { type EventEstimate, estimatedCosts, estimateEvents, type StrategyCost } from "./event-strategy.js";
import { partOf, statisticsFor, statisticsWithRecords } from "./statistics.js";

/** How a query is asked. */
export interface AskedHow {
  readonly canonical: string;
  readonly pipeline: Pipeline;
  readonly activity: ActivitySource;
  /** How conditions on events are asked, if it has some. */
  readonly way: EventStrategy;
}

export interface QueryExplanation extends Explanation, Pick<AskedHow, "canonical" | "pipeline" | "activity"> {
  /** About how many customers the project has, and how many of them the query finds. */
  readonly customers: number;
  readonly estimatedMembers: number;
  /** If the query has conditions on events. */
  readonly events?: {
    readonly way: EventStrategy;
    readonly estimate: EventEstimate;
    /** What each way that the query can take would cost. */
    readonly costs: readonly StrategyCost[];
  };
}

/** Runs a question for how the store runs it, and returns that with what was expected of it. */
export async function explainQuestion(
  engine: Engine,
  question: CustomerQuestion,
  { canonical, pipeline, activity, way }: AskedHow,
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
  return { ...base, events: { way, estimate, costs: estimatedCosts(plan, estimate) } };
}
