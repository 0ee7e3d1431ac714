// Answers a query without saving it: its diagnostics, the count, the customers, and how the store finds them.
import type { Diagnostic } from "../../grammar/diagnostic.js";
import { checkQuery } from "../check/check.js";
import type { Engine } from "../engine.js";
import { advanceSummaries, type LeftOut } from "../ingest/summaries.js";
import { type ActivitySource, compileQuery, type EventStrategy, strategiesOf } from "../pipeline/compile.js";
import { datedFields } from "../pipeline/records.js";
import type { Pipeline } from "../pipeline/stage.js";
import { recordSetsOf } from "../plan/fields.js";
import type { Plan, PlanNode } from "../plan/plan.js";
import { type SimplifiedPlan, simplifyPlan } from "../plan/simplify.js";
import { recentProject } from "../projects/projects.js";
import type { Combination, CustomerQuestion, Estimates } from "../store/customers.js";
import type { CustomerOverview } from "../store/overview.js";
import { firstOf } from "../store/pages.js";
import type { Store } from "../store/port.js";
import type { ReadOptions } from "../store/read-options.js";
import { slicesOf } from "../store/slices.js";
import { catalogFor } from "./catalog.js";
import { type ClauseCounts, clauseCounts } from "./clause-counts.js";
import { computedField } from "./computed-values.js";
import { explainQuestion, type QueryExplanation } from "./estimates/cost.js";
import { chooseStrategy } from "./estimates/event-strategy.js";
import { partOf, selectivityIn, statisticsFor, statisticsWithRecords } from "./estimates/statistics.js";
import { reportedDiagnostics } from "./missing-values.js";
import { once } from "./once.js";
import {
  type ComputedSort,
  type CustomerPage,
  type PageRequest,
  pageByComputed,
  pageOfCustomers,
  pageOfOverviews,
} from "./page.js";
import { bindProducts } from "./products.js";
import { bindSamples } from "./samples.js";

export interface PreviewRequest {
  /** A sentence of the segment language. */
  readonly query: string;
  /** The instant to answer for, in milliseconds since the epoch; by default now. */
  readonly asOf?: number;
  /**
   * Where activity is read from: the summary on the customer, or the records. By default the summary if it is valid at `asOf`,
   * else the records; while the summary is valid, both give the same answer.
   */
  readonly activity?: ActivitySource;
  /**
   * The strategy for conditions on events; by default the one with the least estimated cost. All give the same answer. A strategy
   * that the query can't use is refused with a RangeError.
   */
  readonly strategy?: EventStrategy;
}

export interface Preview {
  readonly diagnostics: readonly Diagnostic[];
  /** The same, with warnings about values that no customer has, which reads the store. */
  readonly withValues: () => Promise<readonly Diagnostic[]>;
  /** Milliseconds since the epoch. */
  readonly asOf: number;
  /** Undefined if the query has errors. */
  readonly answer?: QueryAnswer;
}

/** A count that is exact up to a bound, and an estimate above it. */
export interface TotalCount {
  readonly count: number;
  readonly isEstimate: boolean;
}

export interface PreviewAnswer {
  /** The query in canonical form. */
  readonly canonical: string;
  /** The question for the store. */
  readonly question: (options?: ReadOptions) => Promise<CustomerQuestion>;
  /** MongoDB's pipeline on the collection `customers`, whatever the store. */
  readonly pipeline: (options?: ReadOptions) => Promise<Pipeline>;
  readonly count: (options?: ReadOptions) => Promise<number>;
  /** The count, exact up to `bound`, and otherwise an estimate. */
  readonly countUpTo: (bound: number, options?: ReadOptions) => Promise<TotalCount>;
  /** @throws CursorError if the request is invalid, or its cursor is not of this query and order. */
  readonly customers: (request: PageRequest, options?: ReadOptions) => Promise<CustomerPage>;
  /** The same page with the customers' overviews alone. */
  readonly overviews: (
    request: PageRequest,
    options?: ReadOptions,
  ) => Promise<CustomerPage<CustomerOverview>>;
  /** Every member's `_id`, in no order. */
  readonly ids: (options?: ReadOptions) => Promise<readonly string[]>;
  /** Every member's source id, ascending; at most `limit`. */
  readonly sourceIds: (limit?: number, options?: ReadOptions) => Promise<readonly string[]>;
  /** The cost: how the store finds the members, and the estimates. */
  readonly explain: (options?: ReadOptions) => Promise<QueryExplanation>;
}

/** The answer to a query, which has clauses. */
interface QueryAnswer extends PreviewAnswer {
  /** The query's clauses with their counts. @throws TooManyClausesError */
  readonly clauses: () => readonly ClauseCounts[];
}

/** Checks a query against a project's catalogue. Nothing else is read until the answer is used. */
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
    answer: {
      ...answerPlan(engine, plan, canonical, { ...request, now }),
      clauses: () =>
        clauseCounts(checked.checked, plan, (parts, combinations, options) =>
          tallyOf(engine, parts, combinations, { ...request, now }, options),
        ),
    },
  };
}

/** The numbers of customers in combinations of the answers to some plans of one project and instant. */
async function tallyOf(
  engine: Engine,
  plans: readonly Plan[],
  combinations: readonly Combination[],
  { activity: forced, now = engine.clock() }: AnswerOptions,
  options?: ReadOptions,
): Promise<readonly number[]> {
  const bound: SimplifiedPlan[] = [];
  for (const plan of plans) bound.push(await bindPlan(engine.store, plan, options));
  const all: Plan = { ...plans[0]!, where: { kind: "and", operands: bound.map(({ where }) => where) } };
  const activity = forced ?? (await findSource(engine, all, now, options)).source;
  const questions = bound.map((plan) => ({
    plan,
    activity,
    estimates: () => estimatesOf(engine, plan, undefined, options),
  }));
  return engine.store.customers.tallies(questions, combinations, options);
}

/** Options that override the choices by estimates, as in `PreviewRequest`. */
export interface AnswerOptions extends Pick<PreviewRequest, "activity" | "strategy"> {
  /** The present, in milliseconds since the epoch. */
  readonly now?: number;
  /** Identifies the answer in cursors; by default the project and the canonical query do. */
  readonly identity?: string;
}

/**
 * The answer to a checked plan. Nothing is read until it is used, and binding, estimating and choosing the source are done once
 * for all uses.
 * @param canonical identifies the plan in explanations, and in cursors without an `identity`: the canonical query, or words of the same meaning.
 */
export function answerPlan(
  engine: Engine,
  checked: Plan,
  canonical: string,
  {
    activity: forced,
    strategy: forcedStrategy,
    now = engine.clock(),
    identity = JSON.stringify([checked.project, canonical]),
  }: AnswerOptions = {},
): PreviewAnswer {
  const { store } = engine;
  const bound = once((options?: ReadOptions) => bindPlan(store, checked, options));
  const estimates = once((options?: ReadOptions) =>
    bound(options).then((plan) => estimatesOf(engine, plan, forcedStrategy, options)),
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
    const { find, fetch } = compileQuery(await bound(options), { activity, selectivity, strategy });
    return [...find, ...fetch];
  };
  /**
   * Asks the store. For the present, the summaries are nearly always valid, so the question is asked of them while that is being
   * checked, and asked again if they were not.
   */
  const ask = async <Result>(
    use: (question: CustomerQuestion) => Promise<Result>,
    options?: ReadOptions,
  ): Promise<Result> => {
    const isPresent = forced === undefined && checked.asOf === now;
    const guess = isPresent ? questionOf("summary", options).then(use) : undefined;
    // A failure is reported where the promise is awaited.
    guess?.catch(() => undefined);
    const { source: wanted, isCurrent } = await source(options);
    return guess !== undefined && wanted === "summary" && isCurrent
      ? guess
      : use(await questionOf(wanted, options));
  };
  /** A page in the order of a computed attribute, whose value may depend on the records where the query does not. */
  const sorted = async (
    page: PageRequest,
    { name, descending }: ComputedSort,
    options?: ReadOptions,
  ): Promise<CustomerPage> => {
    const definition = await recentProject(engine, checked.project);
    const order = await computedField(engine, definition, name, checked.asOf);
    const plan = await bound(options);
    const known: PlanNode = { kind: "predicate", field: order.field, test: { kind: "known" } };
    const both: Plan = { ...plan, where: { kind: "and", operands: [plan.where, known] } };
    const activity = forced ?? (await findSource(engine, both, now, options)).source;
    const asked = await questionOf(activity, options);
    return pageByComputed(store, asked, identity, page, { ...order, descending }, options);
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
    customers: (page, options) =>
      page.computedSort === undefined
        ? ask((asked) => pageOfCustomers(store, asked, identity, page, options), options)
        : sorted(page, page.computedSort, options),
    overviews: (page, options) =>
      page.computedSort === undefined
        ? ask((asked) => pageOfOverviews(store, asked, identity, page, options), options)
        : sorted(page, page.computedSort, options),
    ids: (options) => ask((asked) => store.customers.ids(asked, options), options),
    sourceIds: (limit, options) =>
      ask((asked) => firstOf(store.customers.sourceIds(asked, options), limit), options),
    explain: async (options) => {
      const { source: activity } = await source(options);
      const { strategy = "join" } = await estimates(options);
      const pipeline = await compiled(activity, options);
      const asked = await questionOf(activity, options);
      return explainQuestion(engine, asked, { canonical, pipeline, activity, strategy }, options);
    },
  };
}

/** The plan, simplified, with tests of products and named samples bound. */
async function bindPlan(store: Store, plan: Plan, options?: ReadOptions): Promise<SimplifiedPlan> {
  return simplifyPlan(await bindSamples(store, await bindProducts(store, plan), options));
}

/** The selectivity of conditions, if their order matters, and the cheapest strategy for conditions on events. */
async function estimatesOf(
  engine: Engine,
  plan: SimplifiedPlan,
  forcedStrategy: EventStrategy | undefined,
  options?: ReadOptions,
): Promise<Estimates> {
  const slices = slicesOf(options);
  const { where } = plan;
  const selectivity =
    where.kind === "and"
      ? await selectivityIn(where, await slices.wait(statisticsFor(engine, plan)), slices)
      : undefined;
  if (forcedStrategy !== undefined) return { selectivity, strategy: forcedStrategy };
  const sets = recordSetsOf(where);
  if (sets.size === 0 || strategiesOf(plan).length <= 1) return { selectivity };
  const statistics = await slices.wait(statisticsWithRecords(engine, plan.project, sets));
  return { selectivity, strategy: await chooseStrategy(plan, statistics, slices) };
}

interface FoundSource {
  readonly source: ActivitySource;
  /** False if the summaries had to be advanced first, so that an earlier read of them is invalid. */
  readonly isCurrent: boolean;
}

/**
 * The source of activity that is valid at the plan's instant. A summary counts every dated record up to now and none after, so it
 * is valid at every instant from the latest record that it counts until just before the next one.
 */
async function findSource(
  engine: Engine,
  plan: Plan,
  now: number,
  options?: ReadOptions,
): Promise<FoundSource> {
  if (datedFields(plan.where).length === 0) return { source: "summary", isCurrent: true };
  const { customers } = engine.store.reads;
  const { beyond, behind } = await customers.summaryState(plan.project, new Date(plan.asOf), options);
  if (beyond) return { source: "records", isCurrent: true };
  if (!behind) return { source: "summary", isCurrent: true };
  if (plan.asOf !== now) return { source: "records", isCurrent: true };
  await advanceSummaries(engine, plan.project, now, summariesLeftBehind());
  return { source: "summary", isCurrent: false };
}

/** Customers whose summary can't be computed are asked with the last one that could be, and all others are answered right. */
function summariesLeftBehind(): LeftOut {
  const left: string[] = [];
  return { left: () => left, add: (customer) => left.push(customer) };
}
