// A query's answer, before anybody saves it: is it right, how many, who, and how it is found.
import type { Diagnostic } from "../../grammar/diagnostic.js";
import { checkQuery } from "../check/check.js";
import type { Engine } from "../engine.js";
import { advanceSummaries, summariesAt } from "../ingest/summaries.js";
import {
  type ActivitySource,
  type CompiledQuery,
  compileQuery,
  type EventStrategy,
  strategiesOf,
} from "../pipeline/compile.js";
import type { Selectivity } from "../pipeline/order.js";
import { datedFields } from "../pipeline/records.js";
import type { Pipeline } from "../pipeline/stage.js";
import { recordSetsOf } from "../plan/fields.js";
import type { Plan } from "../plan/plan.js";
import { recentProject } from "../projects/projects.js";
import { countRows } from "../store/count.js";
import { firstInOrder } from "../store/ordered.js";
import type { ReadOptions } from "../store/port.js";
import { catalogFor } from "./catalog.js";
import { explainPlan, type QueryExplanation } from "./cost.js";
import { chooseStrategy } from "./event-strategy.js";
import { inOrder, missingValues } from "./missing-values.js";
import { type CustomerPage, type PageRequest, pageOfCustomers } from "./page.js";
import { bindProducts } from "./products.js";
import { bindSamples } from "./samples.js";
import { partOf, selectivityIn, statisticsFor, statisticsWithRecords } from "./statistics.js";

export interface PreviewRequest {
  /** A sentence of the segment language. */
  readonly query: string;
  /** The instant to answer for, in milliseconds since the epoch; now where it is left out. */
  readonly asOf?: number;
  /**
   * Where activity is read from: the summary on the customer, or the records. By default the summary where it is true
   * of `asOf`, else the records; both give the same answer there.
   */
  readonly activity?: ActivitySource;
  /**
   * How conditions on events are asked; by default the way that is estimated to cost least. All give the same answer.
   * A way that the query can't take is refused with a RangeError.
   */
  readonly way?: EventStrategy;
}

export interface Preview {
  readonly diagnostics: readonly Diagnostic[];
  /** The same with warnings of values that no customer has, which asks the store. */
  readonly withValues: () => Promise<readonly Diagnostic[]>;
  /** Milliseconds since the epoch. */
  readonly asOf: number;
  /** Undefined where the query has errors. */
  readonly answer?: PreviewAnswer;
}

/** How many customers there are; past a bound, about how many. */
export interface TotalCount {
  readonly count: number;
  readonly isEstimate: boolean;
}

export interface PreviewAnswer {
  /** The query in its one canonical form. */
  readonly canonical: string;
  /** Runs on the collection `customers`. */
  readonly pipeline: () => Promise<Pipeline>;
  readonly count: (options?: ReadOptions) => Promise<number>;
  /** Exact up to `bound` customers, and never slower than counting so many. */
  readonly countUpTo: (bound: number, options?: ReadOptions) => Promise<TotalCount>;
  /** @throws CursorError where `after` is no cursor of such a page. */
  readonly customers: (request: PageRequest, options?: ReadOptions) => Promise<CustomerPage>;
  /** Every member's source id, ascending; at most `limit`. */
  readonly sourceIds: (limit?: number, options?: ReadOptions) => Promise<readonly string[]>;
  /** What it costs: how the store finds them, and what was expected of that. */
  readonly explain: (options?: ReadOptions) => Promise<QueryExplanation>;
}

/** Checks a query against a project's catalogue and, where it is right, compiles it. Asks nobody yet who is in. */
export async function previewSegment(
  engine: Engine,
  project: string,
  request: PreviewRequest,
): Promise<Preview> {
  const now = engine.clock();
  const asOf = request.asOf ?? now;
  const definition = await recentProject(engine, project);
  const checked = checkQuery(request.query, await catalogFor(engine, definition, request.query), asOf);
  const { plan, canonical, diagnostics, asked } = checked;
  const withValues = async () =>
    inOrder([...diagnostics, ...(await missingValues(engine, project, asked, diagnostics))]);
  if (plan === undefined) return { diagnostics, withValues, asOf };
  return {
    diagnostics,
    withValues,
    asOf,
    answer: await answerPlan(engine, plan, canonical, { ...request, now }),
  };
}

/** How a plan is answered, where that is not left to estimates, as in `PreviewRequest`. */
export interface AnswerOptions extends Pick<PreviewRequest, "activity" | "way"> {
  /** The present, in milliseconds since the epoch. */
  readonly now?: number;
}

/** The answer of a plan, which was checked. `canonical` is what it means, in words. */
export async function answerPlan(
  engine: Engine,
  checked: Plan,
  canonical: string,
  { activity: forced, way: forcedWay, now = engine.clock() }: AnswerOptions = {},
): Promise<PreviewAnswer> {
  const plan = await bindSamples(engine.store, await bindProducts(engine.store, checked));
  const [selectivity, way] = await Promise.all([
    selectivityFor(engine, plan),
    forcedWay ?? wayFor(engine, plan),
  ]);
  const compiled = (activity: ActivitySource): CompiledQuery =>
    compileQuery(plan, { activity, selectivity, way });
  return answerOf(engine, plan, canonical, now, compiled, forced, way ?? "join");
}

function answerOf(
  engine: Engine,
  plan: Plan,
  canonical: string,
  now: number,
  compiled: (activity: ActivitySource) => CompiledQuery,
  forced: ActivitySource | undefined,
  way: EventStrategy,
): PreviewAnswer {
  const { store } = engine;
  let found: Promise<FoundSource> | undefined;
  const source = (): Promise<FoundSource> => {
    found ??=
      forced === undefined ? findSource(engine, plan, now) : Promise.resolve({ source: forced, held: true });
    return found;
  };
  /**
   * Runs the pipeline. Of the present the summaries nearly always hold, so it is asked of them while that is made sure of,
   * and asked again where they did not.
   */
  const run = async <Result>(use: (query: CompiledQuery) => Promise<Result>): Promise<Result> => {
    const guess = forced === undefined && plan.asOf === now ? use(compiled("summary")) : undefined;
    // Its failure is told where it is waited for.
    guess?.catch(() => undefined);
    const { source: wanted, held } = await source();
    return guess !== undefined && wanted === "summary" && held ? guess : use(compiled(wanted));
  };
  const counted = (find: Pipeline, options?: ReadOptions): Promise<number> =>
    countRows(store, "customers", find, options);
  return {
    canonical,
    pipeline: async () => whole(compiled((await source()).source)),
    count: (options) => run(({ find }) => counted(find, options)),
    countUpTo: async (bound, options) => {
      const count = await run(({ find }) => counted([...find, { $limit: bound + 1 }], options));
      if (count <= bound) return { count, isEstimate: false };
      const { customers, sample } = await statisticsFor(engine, plan);
      return { count: Math.max(count, Math.round(partOf(plan.where, sample) * customers)), isEstimate: true };
    },
    customers: (page, options) =>
      run((query) =>
        pageOfCustomers(store, whole(query), JSON.stringify([plan.project, canonical]), page, options),
      ),
    sourceIds: (limit, options) =>
      run((query) => firstInOrder(store, "customers", whole(query), "source_id", limit, options)),
    explain: async (options) => {
      const activity = (await source()).source;
      const pipeline = whole(compiled(activity));
      return explainPlan(engine, plan, { canonical, pipeline, activity, way }, options);
    },
  };
}

/** What is known of how large a part each condition is true of; only a conjunction has an order that matters. */
async function selectivityFor(engine: Engine, plan: Plan): Promise<Selectivity | undefined> {
  if (plan.where.kind !== "and") return undefined;
  return selectivityIn(await statisticsFor(engine, plan));
}

async function wayFor(engine: Engine, plan: Plan): Promise<EventStrategy | undefined> {
  const sets = recordSetsOf(plan.where);
  if (sets.size === 0 || strategiesOf(plan).length <= 1) return undefined;
  return chooseStrategy(plan, await statisticsWithRecords(engine, plan.project, sets));
}

function whole({ find, fetch }: CompiledQuery): Pipeline {
  return [...find, ...fetch];
}

interface FoundSource {
  readonly source: ActivitySource;
  /** False where the summaries had to be made anew first, so that what was read of them before is not true. */
  readonly held: boolean;
}

/**
 * Which source of activity is true of as-of. A summary holds every dated record up to now and none after, so it is true of
 * every instant from the latest record it counts to just before the next that it does not.
 */
async function findSource(engine: Engine, plan: Plan, now: number): Promise<FoundSource> {
  if (datedFields(plan.where).length === 0) return { source: "summary", held: true };
  const { beyond, behind } = await summariesAt(engine, plan.project, plan.asOf);
  if (beyond) return { source: "records", held: true };
  if (!behind) return { source: "summary", held: true };
  if (plan.asOf !== now) return { source: "records", held: true };
  await advanceSummaries(engine, plan.project, now);
  return { source: "summary", held: false };
}
