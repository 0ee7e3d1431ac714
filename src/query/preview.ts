// A query's answer, before anybody saves it: is it right, how many, who, and how it is found.
import type { Diagnostic } from "../../grammar/diagnostic.js";
import { checkQuery } from "../check/check.js";
import type { Engine } from "../engine.js";
import { advanceSummaries } from "../ingest/summaries.js";
import { type ActivitySource, compileQuery, type EventStrategy, strategiesOf } from "../pipeline/compile.js";
import { datedFields } from "../pipeline/records.js";
import type { Pipeline } from "../pipeline/stage.js";
import { recordSetsOf } from "../plan/fields.js";
import type { Plan } from "../plan/plan.js";
import { type SimplifiedPlan, simplifyPlan } from "../plan/simplify.js";
import { recentProject } from "../projects/projects.js";
import type { CustomerQuestion, Estimates } from "../store/customers.js";
import { firstOf } from "../store/pages.js";
import type { Store } from "../store/port.js";
import type { ReadOptions } from "../store/read-options.js";
import { slicesOf } from "../store/slices.js";
import { catalogFor } from "./catalog.js";
import { explainQuestion, type QueryExplanation } from "./estimates/cost.js";
import { chooseStrategy } from "./estimates/event-strategy.js";
import { partOf, selectivityIn, statisticsFor, statisticsWithRecords } from "./estimates/statistics.js";
import { reportedDiagnostics } from "./missing-values.js";
import { type CustomerPage, type PageRequest, pageOfCustomers } from "./page.js";
import { bindProducts } from "./products.js";
import { bindSamples } from "./samples.js";

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
  /** The question that it asks the store. */
  readonly question: (options?: ReadOptions) => Promise<CustomerQuestion>;
  /** MongoDB's pipeline on the collection `customers`, whatever the store. */
  readonly pipeline: (options?: ReadOptions) => Promise<Pipeline>;
  readonly count: (options?: ReadOptions) => Promise<number>;
  /** Exact up to `bound` customers, and never slower than counting so many. */
  readonly countUpTo: (bound: number, options?: ReadOptions) => Promise<TotalCount>;
  /** @throws CursorError where `after` is no cursor of such a page. */
  readonly customers: (request: PageRequest, options?: ReadOptions) => Promise<CustomerPage>;
  /** Every member's `_id`, in no order. */
  readonly ids: (options?: ReadOptions) => Promise<readonly string[]>;
  /** Every member's source id, ascending; at most `limit`. */
  readonly sourceIds: (limit?: number, options?: ReadOptions) => Promise<readonly string[]>;
  /** What it costs: how the store finds them, and what was expected of that. */
  readonly explain: (options?: ReadOptions) => Promise<QueryExplanation>;
}

/** Checks a query against a project's catalogue. Nothing else is read before something is asked of the answer. */
export async function previewSegment(
  engine: Engine,
  project: string,
  request: PreviewRequest,
): Promise<Preview> {
  const now = engine.clock();
  const asOf = request.asOf ?? now;
  const definition = await recentProject(engine, project);
  const checked = checkQuery(request.query, await catalogFor(engine, definition, request.query), asOf);
  const { plan, canonical, diagnostics } = checked;
  const withValues = () => reportedDiagnostics(engine, project, checked);
  if (plan === undefined) return { diagnostics, withValues, asOf };
  return {
    diagnostics,
    withValues,
    asOf,
    answer: answerPlan(engine, plan, canonical, { ...request, now }),
  };
}

/** How a plan is answered, where that is not left to estimates, as in `PreviewRequest`. */
export interface AnswerOptions extends Pick<PreviewRequest, "activity" | "way"> {
  /** The present, in milliseconds since the epoch. */
  readonly now?: number;
}

/**
 * The answer of a checked plan. Nothing is read before something is asked of it, and each part of the work is done once for all that
 * is asked: the plan bound and simplified, estimated, compiled.
 * @param canonical what the plan means, in words.
 */
export function answerPlan(
  engine: Engine,
  checked: Plan,
  canonical: string,
  { activity: forced, way, now = engine.clock() }: AnswerOptions = {},
): PreviewAnswer {
  const { store } = engine;
  const bound = once((options?: ReadOptions) => bindPlan(store, checked, options));
  const estimates = once((options?: ReadOptions) =>
    bound(options).then((plan) => estimatesOf(engine, plan, way, options)),
  );
  const source = once(
    async (options?: ReadOptions): Promise<FoundSource> =>
      forced === undefined
        ? findSource(engine, await bound(options), now, options)
        : { source: forced, isCurrent: true },
  );
  const questions = new Map<ActivitySource, CustomerQuestion>();
  const questionOf = async (activity: ActivitySource, options?: ReadOptions): Promise<CustomerQuestion> => {
    const plan = await bound(options);
    const question = questions.get(activity) ?? { plan, activity, estimates: () => estimates(options) };
    questions.set(activity, question);
    return question;
  };
  const question = async (options?: ReadOptions) => questionOf((await source(options)).source, options);
  const compiled = async (activity: ActivitySource, options?: ReadOptions): Promise<Pipeline> => {
    const { selectivity, strategy } = await estimates(options);
    const { find, fetch } = compileQuery(await bound(options), { activity, selectivity, way: strategy });
    return [...find, ...fetch];
  };
  /**
   * Asks the store. Of the present, the summaries are nearly always true: they are asked while that is made sure of, and once more
   * if they were not.
   */
  const ask = async <Result>(
    use: (question: CustomerQuestion) => Promise<Result>,
    options?: ReadOptions,
  ): Promise<Result> => {
    const isPresent = forced === undefined && checked.asOf === now;
    const guess = isPresent ? questionOf("summary", options).then(use) : undefined;
    // Its failure is reported where it is awaited.
    guess?.catch(() => undefined);
    const { source: wanted, isCurrent } = await source(options);
    return guess !== undefined && wanted === "summary" && isCurrent
      ? guess
      : use(await questionOf(wanted, options));
  };
  return {
    canonical,
    question,
    pipeline: async (options) => compiled((await source(options)).source, options),
    count: (options) => ask((asked) => store.customers.count(asked, options), options),
    countUpTo: async (bound, options) => {
      const count = await ask((asked) => store.customers.countUpTo(asked, bound + 1, options), options);
      if (count <= bound) return { count, isEstimate: false };
      const { plan } = await question(options);
      const slices = slicesOf(options);
      const { customers, sample } = await slices.wait(statisticsFor(engine, plan));
      const part = await partOf(plan.where, sample, slices);
      return { count: Math.max(count, Math.round(part * customers)), isEstimate: true };
    },
    customers: (page, options) => {
      const identity = JSON.stringify([checked.project, canonical]);
      return ask((asked) => pageOfCustomers(store, asked, identity, page, options), options);
    },
    ids: (options) => ask((asked) => store.customers.ids(asked, options), options),
    sourceIds: (limit, options) =>
      ask((asked) => firstOf(store.customers.sourceIds(asked, options), limit), options),
    explain: async (options) => {
      const { source: activity } = await source(options);
      const { strategy = "join" } = await estimates(options);
      const pipeline = await compiled(activity, options);
      const asked = await questionOf(activity, options);
      return explainQuestion(engine, asked, { canonical, pipeline, activity, way: strategy }, options);
    },
  };
}

/** The work is done at the first call, for all of them; again after it failed. */
function once<Result>(
  work: (options?: ReadOptions) => Promise<Result>,
): (options?: ReadOptions) => Promise<Result> {
  let done: Promise<Result> | undefined;
  return (options) => {
    if (done !== undefined) return done;
    const begun = work(options);
    done = begun;
    begun.catch(() => {
      if (done === begun) done = undefined;
    });
    return begun;
  };
}

/** The plan without tests that no store can make, simplified. */
async function bindPlan(store: Store, plan: Plan, options?: ReadOptions): Promise<SimplifiedPlan> {
  return simplifyPlan(await bindSamples(store, await bindProducts(store, plan), options));
}

/** How large a part each condition is true of, if the order of conditions matters, and the cheapest way to ask events. */
async function estimatesOf(
  engine: Engine,
  plan: SimplifiedPlan,
  forcedWay: EventStrategy | undefined,
  options?: ReadOptions,
): Promise<Estimates> {
  const slices = slicesOf(options);
  const { where } = plan;
  const selectivity =
    where.kind === "and"
      ? await selectivityIn(where, await slices.wait(statisticsFor(engine, plan)), slices)
      : undefined;
  if (forcedWay !== undefined) return { selectivity, strategy: forcedWay };
  const sets = recordSetsOf(where);
  if (sets.size === 0 || strategiesOf(plan).length <= 1) return { selectivity };
  const statistics = await slices.wait(statisticsWithRecords(engine, plan.project, sets));
  return { selectivity, strategy: await chooseStrategy(plan, statistics, slices) };
}

interface FoundSource {
  readonly source: ActivitySource;
  /** False if the summaries had to be advanced first, so that what was read of them before is not true. */
  readonly isCurrent: boolean;
}

/**
 * Which source of activity is true of as-of. A summary holds every dated record up to now and none after, so it is true of every
 * instant from the latest record it counts to just before the next that it does not.
 */
async function findSource(
  engine: Engine,
  plan: SimplifiedPlan,
  now: number,
  options?: ReadOptions,
): Promise<FoundSource> {
  if (datedFields(plan.where).length === 0) return { source: "summary", isCurrent: true };
  const { customers } = engine.store.reads;
  const { beyond, behind } = await customers.summaryState(plan.project, new Date(plan.asOf), options);
  if (beyond) return { source: "records", isCurrent: true };
  if (!behind) return { source: "summary", isCurrent: true };
  if (plan.asOf !== now) return { source: "records", isCurrent: true };
  await advanceSummaries(engine, plan.project, now);
  return { source: "summary", isCurrent: false };
}
