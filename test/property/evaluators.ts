// Everything of the product that evaluates a query, each forced: the pipeline from either source of activity in every way of
// asking events, the predicate, the canonical form of the query, and what is chosen where nothing is forced.
import { upsertRecords } from "../../src/activity/write.js";
import { catalogOf } from "../../src/catalog/catalog.js";
import { checkQuery } from "../../src/check/check.js";
import { upsertCustomers } from "../../src/customers/write.js";
import type { Engine } from "../../src/engine.js";
import { type ActivitySource, type EventWay, waysOf } from "../../src/pipeline/compile.js";
import { bindProducts } from "../../src/pipeline/products.js";
import { datedFields } from "../../src/pipeline/records.js";
import type { Plan } from "../../src/plan/plan.js";
import { simplifyPlan } from "../../src/plan/simplify.js";
import { compilePredicate } from "../../src/predicate/compile.js";
import { defineProject } from "../../src/projects/define.js";
import { findProject } from "../../src/projects/projects.js";
import { type PreviewRequest, previewSegment } from "../../src/segments/preview.js";
import type {
  CollectionName,
  CustomerDocument,
  EventDocument,
  OrderDocument,
} from "../../src/store/documents.js";
import type { Evaluator } from "../oracle/disagreement.js";
import type { World } from "../oracle/world.js";

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
  return [
    ...inEveryWay(written, "summary"),
    ...inEveryWay(written, "records"),
    predicate(written, () => true),
    asPreviewed(written),
    canonical(written),
  ];
}

/** The evaluators that answer for any instant. */
export function evaluatorsAtAnyTime(written: Written): Evaluator[] {
  return [
    ...inEveryWay(written, "records"),
    // Summaries are of the present.
    predicate(written, (plan) => datedFields(plan.where).length === 0),
    asPreviewed(written),
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

async function planOf({ engine, project }: Written, query: string, asOf: number): Promise<Plan> {
  const { plan, diagnostics } = checkQuery(query, catalogOf(await findProject(engine, project)), asOf);
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics));
  return plan;
}

const everyWay: readonly EventWay[] = ["join", "events_first", "both_sides"];

/** Of a query without events there is one way, which goes as the first. */
function inEveryWay(written: Written, activity: ActivitySource): Evaluator[] {
  return everyWay.map((way, index) => ({
    name: `${way} from the ${activity}`,
    members: async (query, asOf) => {
      const plan = await planOf(written, query, asOf);
      // What has no date is the same from either.
      if (activity === "records" && index > 0 && datedFields(plan.where).length === 0) return undefined;
      const ways = waysOf(plan);
      if (!ways.includes(way) && (ways.length > 0 || index > 0)) return undefined;
      return preview(written, { query, asOf, activity, ...(ways.length === 0 ? {} : { way }) });
    },
  }));
}

function asPreviewed(written: Written): Evaluator {
  return { name: "the preview", members: (query, asOf) => preview(written, { query, asOf }) };
}

function canonical(written: Written): Evaluator {
  return {
    name: "the canonical form",
    members: async (query, asOf) => {
      const { engine, project } = written;
      const first = await previewSegment(engine, project, { query, asOf });
      const again = await previewSegment(engine, project, { query: first.answer?.canonical ?? "", asOf });
      if (again.answer === undefined)
        throw new Error(`${first.answer?.canonical} is refused: ${JSON.stringify(again.diagnostics)}`);
      if (again.answer.canonical !== first.answer?.canonical)
        throw new Error(`${first.answer?.canonical} is itself printed as ${again.answer.canonical}`);
      return again.answer.sourceIds();
    },
  };
}

type CustomerWithRecords = CustomerDocument & {
  readonly records: { readonly events: readonly EventDocument[]; readonly orders: readonly OrderDocument[] };
};

/** Asks the closure of each customer with its records by itself. */
function predicate(written: Written, applies: (plan: Plan) => boolean): Evaluator {
  let customers: Promise<readonly CustomerWithRecords[]> | undefined;
  return {
    name: "the predicate",
    members: async (query, asOf) => {
      const plan = await planOf(written, query, asOf);
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

async function customersWithRecords({ engine, project }: Written): Promise<readonly CustomerWithRecords[]> {
  const all = <Row>(collection: CollectionName) =>
    engine.store.aggregate<Row>(collection, [{ $match: { project } }, { $sort: { _id: 1 } }]);
  const [events, orders] = [await all<EventDocument>("events"), await all<OrderDocument>("orders")];
  return (await all<CustomerDocument>("customers")).map((customer) => ({
    ...customer,
    records: {
      events: events.filter((event) => event.customer === customer._id),
      orders: orders.filter((order) => order.customer === customer._id),
    },
  }));
}
