// What a query costs: how it is asked and why so, by estimates, and how the store then runs it.
import type { Engine } from "../engine.js";
import type { ActivitySource, EventStrategy } from "../pipeline/compile.js";
import type { Pipeline } from "../pipeline/stage.js";
import { recordSetsOf } from "../plan/fields.js";
import type { Plan } from "../plan/plan.js";
import type { Explanation, ReadOptions } from "../store/port.js";
import { type EventEstimate, estimatedCosts, estimateEvents, type StrategyCost } from "./event-strategy.js";
import { partOf, statisticsFor, statisticsWithRecords } from "./statistics.js";

/** How a query is asked. */
export interface AskedHow {
  readonly canonical: string;
  readonly pipeline: Pipeline;
  readonly activity: ActivitySource;
  /** How conditions on events are asked, where it has some. */
  readonly way: EventStrategy;
}

export interface QueryExplanation extends Explanation, Pick<AskedHow, "canonical" | "pipeline" | "activity"> {
  /** About how many customers the project has, and how many of them the query finds. */
  readonly customers: number;
  readonly estimatedMembers: number;
  /** Where the query has conditions on events. */
  readonly events?: {
    readonly way: EventStrategy;
    readonly estimate: EventEstimate;
    /** What each way that the query can take would cost. */
    readonly costs: readonly StrategyCost[];
  };
}

/** Runs a pipeline for how it runs, and tells what was expected of it. Tests of products and samples of the plan are bound. */
export async function explainPlan(
  engine: Engine,
  plan: Plan,
  { canonical, pipeline, activity, way }: AskedHow,
  options?: ReadOptions,
): Promise<QueryExplanation> {
  const explanation = await engine.store.explain("customers", pipeline, options);
  const { customers, sample } = await statisticsFor(engine, plan);
  const estimatedMembers = Math.round(partOf(plan.where, sample) * customers);
  const base = { ...explanation, canonical, pipeline, activity, customers, estimatedMembers };
  const sets = recordSetsOf(plan.where);
  if (sets.size === 0) return base;
  const statistics = await statisticsWithRecords(engine, plan.project, sets);
  const events = {
    way,
    estimate: estimateEvents(plan, statistics),
    costs: estimatedCosts(plan, statistics),
  };
  return { ...base, events };
}
