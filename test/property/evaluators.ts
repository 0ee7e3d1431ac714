// Everything of the product that evaluates a query, each forced: from either source of activity the pipeline in every way of asking
// events, or SQL in every strategy; the predicate, the canonical form of the query, and what is chosen where nothing is forced.

import { catalogOf } from "../../src/catalog/catalog.js";
import { checkQuery } from "../../src/check/check.js";
import { defineProject } from "../../src/definitions/define.js";
import type {
  CustomerDocument,
  EventDocument,
  OrderDocument,
  RedemptionDocument,
  ReferralDocument,
} from "../../src/documents/documents.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { sql } from "../../src/operators/encodings/sql.js";
import { type ActivitySource, type EventStrategy, strategiesOf } from "../../src/pipeline/compile.js";
import { datedFields } from "../../src/pipeline/records.js";
import type { Plan } from "../../src/plan/plan.js";
import { simplifyPlan } from "../../src/plan/simplify.js";
import { compilePredicate } from "../../src/predicate/compile.js";
import { findProject } from "../../src/projects/projects.js";
import { type PreviewRequest, previewSegment } from "../../src/query/preview.js";
import { bindProducts } from "../../src/query/products.js";
import { bindSamples } from "../../src/query/samples.js";
import { compileSql, countSql, keysSql } from "../../src/sql/compile.js";
import { strategies } from "../../src/sql/places.js";
import type { QueryRunner } from "../../src/store/embedded/run.js";
import type { EmbeddedStore } from "../../src/store/embedded/store.js";
import { firstOf } from "../../src/store/pages.js";
import type { Evaluator } from "../oracle/disagreement.js";
import type { World } from "../oracle/folder.js";
import { documentsIn } from "../store/watched.js";

/** Where a world was written to. */
export interface Written {
  readonly engine: Engine;
  readonly project: string;
}

let worlds = 0;

/** Writes a world into a project of its own, at the clock's time. */
export async function writeWorld(engine: Engine, world: World): Promise<Written> {
  worlds += 1;
  const project = `world-${worlds}`;
  const { asOf: _, ...definition } = world.project;
  await defineProject(engine, project, definition);
  const results = [
    await upsertCustomers(engine, project, world.customers),
    await upsertRecords(engine, project, "orders", world.orders),
    await upsertRecords(engine, project, "events", world.events),
    await upsertRecords(engine, project, "redemptions", world.redemptions),
    await upsertRecords(engine, project, "gift_cards", world.gift_cards),
    await upsertRecords(engine, project, "loyalty", world.loyalty),
    await upsertRecords(engine, project, "referrals", world.referrals),
  ].flat();
  const rejected = results.find((result) => result.status === "rejected");
  if (rejected !== undefined)
    throw new Error(`A record of a world was rejected: ${JSON.stringify(rejected)}`);
  return { engine, project };
}

/** The evaluators that answer for the clock's own instant. */
export function evaluatorsAtPresent(written: Written): Evaluator[] {
  const prepared = preparing(written);
  return [
    ...byStore(written, prepared, "summary"),
    ...byStore(written, prepared, "records"),
    predicate(written, prepared, () => true),
    asPreviewed(written),
    canonicalForm(written, prepared),
  ];
}

/** The evaluators that answer for any instant. */
export function evaluatorsAtAnyTime(written: Written): Evaluator[] {
  const prepared = preparing(written);
  return [
    ...byStore(written, prepared, "records"),
    // Summaries are of the present.
    predicate(written, prepared, (plan) => datedFields(plan.where).length === 0),
    asPreviewed(written),
  ];
}

/** The evaluators for many queries of one world: the predicate for each, and for one in three what the store chooses. */
export function cheapEvaluators(written: Written): Evaluator[] {
  const previewed = asPreviewed(written);
  let asked = 0;
  return [
    predicate(written, preparing(written), () => true),
    {
      name: previewed.name,
      members: async (query, asOf) => {
        asked += 1;
        return asked % 3 === 1 ? previewed.members(query, asOf) : undefined;
      },
    },
  ];
}

/** The evaluator that is given no instant and takes the clock's. */
export function evaluatorByClock(written: Written): Evaluator {
  return {
    name: "the clock's present",
    members: (query) => preview(written, { query }),
  };
}

async function preview({ engine, project }: Written, request: PreviewRequest): Promise<readonly string[]> {
  const { answer, diagnostics } = await previewSegment(engine, project, request);
  if (answer === undefined) throw new Error(JSON.stringify(diagnostics));
  return answer.sourceIds();
}

interface Prepared {
  readonly canonical: string;
  /** As checked, and with products and samples bound for a pipeline. */
  readonly plan: Plan;
  readonly bound: Plan;
}

type Prepare = (query: string, asOf: number) => Promise<Prepared>;

/** Checks a query for all evaluators that are asked it one after the other. */
function preparing({ engine, project }: Written): Prepare {
  let last: { readonly key: string; readonly prepared: Promise<Prepared> } | undefined;
  return async (query, asOf) => {
    const key = `${asOf} ${query}`;
    if (last?.key !== key) last = { key, prepared: prepare(engine, project, query, asOf) };
    return last.prepared;
  };
}

async function prepare(engine: Engine, project: string, query: string, asOf: number): Promise<Prepared> {
  const checked = checkQuery(query, catalogOf(await findProject(engine, project)), asOf);
  const { plan, canonical, diagnostics } = checked;
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics));
  const bound = await bindSamples(engine.store, await bindProducts(engine.store, plan));
  return { canonical, plan, bound };
}

/** What the store itself evaluates plans by. */
function byStore(written: Written, prepared: Prepare, activity: ActivitySource): Evaluator[] {
  const { queries } = written.engine.store as Partial<EmbeddedStore>;
  return queries === undefined
    ? byEveryStrategy(written, prepared, activity)
    : inEveryStrategy(queries, prepared, activity);
}

function inEveryStrategy(queries: QueryRunner, prepared: Prepare, activity: ActivitySource): Evaluator[] {
  return strategies.map((strategy) => ({
    name: `${strategy} from the ${activity}`,
    members: async (query, asOf) => {
      const plan = simplifyPlan((await prepared(query, asOf)).bound);
      const layout = queries.layout(plan.project);
      const keys = keysSql(compileSql(plan, layout, { activity, strategy }));
      const found = await queries.rows(
        sql`SELECT c.source_id FROM (${keys}) AS found JOIN customers AS c ON c.customer = found.customer`,
      );
      const [[count] = []] = await queries.rows(countSql(compileSql(plan, layout, { activity, strategy })));
      if (count !== found.length) throw new Error(`${count} are counted, and ${found.length} found`);
      return found.map(([sourceId]) => String(sourceId));
    },
  }));
}

const allStrategies: readonly EventStrategy[] = ["join", "events_first", "both_sides"];

/** Of a query without events there is one way, which goes as the first. */
function byEveryStrategy({ engine }: Written, prepared: Prepare, activity: ActivitySource): Evaluator[] {
  return allStrategies.map((strategy, index) => ({
    name: `${strategy} from the ${activity}`,
    members: async (query, asOf) => {
      const { bound } = await prepared(query, asOf);
      // What has no date is the same from either.
      if (activity === "records" && index > 0 && datedFields(bound.where).length === 0) return undefined;
      const plan = simplifyPlan(bound);
      const allowed = strategiesOf(plan);
      if (!allowed.includes(strategy) && (allowed.length > 0 || index > 0)) return undefined;
      const question = { plan, activity, estimates: async () => ({ strategy }) };
      return firstOf(engine.store.customers.sourceIds(question));
    },
  }));
}

function asPreviewed(written: Written): Evaluator {
  return { name: "the preview", members: (query, asOf) => preview(written, { query, asOf }) };
}

function canonicalForm(written: Written, prepared: Prepare): Evaluator {
  return {
    name: "the canonical form",
    members: async (query, asOf) => {
      const { engine, project } = written;
      const { canonical } = await prepared(query, asOf);
      const { answer, diagnostics } = await previewSegment(engine, project, { query: canonical, asOf });
      if (answer === undefined) throw new Error(`${canonical} is refused: ${JSON.stringify(diagnostics)}`);
      if (answer.canonical !== canonical)
        throw new Error(`${canonical} is itself printed as ${answer.canonical}`);
      return answer.sourceIds();
    },
  };
}

export type CustomerWithRecords = CustomerDocument & {
  readonly records: {
    readonly events: readonly EventDocument[];
    readonly orders: readonly OrderDocument[];
    readonly redemptions: readonly RedemptionDocument[];
    readonly referrals: readonly ReferralDocument[];
  };
};

/** Asks the closure of each customer with its records by itself. */
function predicate(written: Written, prepared: Prepare, applies: (plan: Plan) => boolean): Evaluator {
  let customers: Promise<readonly CustomerWithRecords[]> | undefined;
  return {
    name: "the predicate",
    members: async (query, asOf) => {
      const { plan } = await prepared(query, asOf);
      if (!applies(plan)) return undefined;
      const bound = await bindProducts(written.engine.store, plan);
      const holds = compilePredicate(bound.where);
      const simplified = compilePredicate(simplifyPlan(bound).where);
      customers ??= customersWithRecords(written);
      const members: string[] = [];
      for (const customer of await customers) {
        if (holds(customer) !== simplified(customer))
          throw new Error(`simplified otherwise for ${customer._id}`);
        if (holds(customer)) members.push(customer.source_id);
      }
      return members;
    },
  };
}

/** Every customer of a world, with all of their records. */
export async function customersWithRecords({
  engine,
  project,
}: Written): Promise<readonly CustomerWithRecords[]> {
  const events = await documentsIn(engine.store, "events", project);
  const orders = await documentsIn(engine.store, "orders", project);
  const redemptions = await documentsIn(engine.store, "redemptions", project);
  const referrals = await documentsIn(engine.store, "referrals", project);
  return (await documentsIn(engine.store, "customers", project)).map((customer) => ({
    ...customer,
    records: {
      events: events.filter((event) => event.customer === customer._id),
      orders: orders.filter((order) => order.customer === customer._id),
      redemptions: redemptions.filter((redemption) => redemption.customer === customer._id),
      referrals: referrals.filter((referral) => referral.customer === customer._id),
    },
  }));
}
