// Twenty queries evaluated for 200,000 customers in this process, on one core: the product's closures, compared with the same
// conditions compiled by mingo and by sift, from the very `$match` documents that MongoDB gets. Once over all of them, where most
// of the time goes into reading each customer from memory, whatever the contender; and once over the first 500 repeatedly, as
// many segments evaluate one customer's facts. `--toy` runs on 500 customers, to see that it works; its figures mean nothing.
import { parseArgs } from "node:util";
import { Query } from "mingo";
import { Context } from "mingo/core";
import * as booleanOperators from "mingo/operators/expression/boolean";
import * as queryOperators from "mingo/operators/query";
import siftModule from "sift";
import { catalogOf } from "../../src/catalog/catalog.js";
import { checkQuery } from "../../src/check/check.js";
import { systemClock } from "../../src/clock.js";
import type { CustomerDocument, ProductDocument, ProjectDocument } from "../../src/documents/documents.js";
import { productDocuments } from "../../src/facts/products.js";
import { type MadeUpCustomer, madeUpCustomers } from "../../src/generate/shop.js";
import { shopProject } from "../../src/generate/stock.js";
import { compilePlan } from "../../src/pipeline/compile.js";
import { mapPredicates } from "../../src/plan/fields.js";
import type { Plan, ValueSpan } from "../../src/plan/plan.js";
import { simplifyPlan } from "../../src/plan/simplify.js";
import { compilePredicate } from "../../src/predicate/compile.js";
import { documentsOf } from "../preview/load.js";
import { median } from "../race.js";
import { queries } from "./queries.js";

const { toy, customers: asked } = parseArgs({
  options: { toy: { type: "boolean", default: false }, customers: { type: "string" } },
}).values;
const customers = Number(asked ?? (toy ? 500 : 200_000));
const rounds = toy ? 1 : 3;
const project = "bench";
const now = systemClock();
const definition: ProjectDocument = { _id: project, project, orderMetadataSchema: {}, ...shopProject };

type Test = (customer: object) => boolean;

interface Contender {
  readonly name: string;
  readonly compile: (plan: Plan) => Test;
}

// Its types declare another shape of module than Node sees.
const sift = siftModule as unknown as (filter: Readonly<Record<string, unknown>>) => Test;
const context = Context.init({ query: { ...queryOperators }, expression: { ...booleanOperators } });

function filterOf(plan: Plan): Record<string, unknown> {
  return (compilePlan(plan, "summary")[0] as { readonly $match: Record<string, unknown> }).$match;
}

const contenders: readonly Contender[] = [
  { name: "product", compile: (plan) => compilePredicate(simplifyPlan(plan).where) },
  {
    name: "mingo",
    compile: (plan) => {
      const query = new Query(filterOf(plan), { context });
      return (customer) => query.test(customer as Record<string, unknown>);
    },
  },
  {
    name: "sift",
    compile: (plan) => sift(filterOf(plan)),
  },
];

function main(): void {
  const products = new Map<string, ProductDocument>();
  const all = [...madeUpCustomers({ customers, seed: 1, now })].map((made) => customerOf(made, products));
  const plans = queries.map((text) => ({ text, plan: withProducts(planOf(text), [...products.values()]) }));
  const conditions = `${queries.length} queries, ${rounds} rounds, medians in ns a customer${toy ? "; a toy run" : ""}`;
  console.log(`${customers.toLocaleString("en")} customers, ${conditions}`);
  compare(plans, all, 1);
  const few = all.slice(0, 500);
  console.log(`\n${few.length} customers again and again, ${conditions}`);
  compare(plans, few, Math.max(1, Math.round(customers / few.length)));
}

function planOf(text: string): Plan {
  const { plan, diagnostics } = checkQuery(text, catalogOf(definition), now);
  if (plan === undefined) throw new Error(`${text}: ${diagnostics[0]?.message}`);
  return plan;
}

/** Times all contenders on every plan, each over all customers several times. */
function compare(
  plans: readonly { readonly text: string; readonly plan: Plan }[],
  all: readonly object[],
  passes: number,
): void {
  console.log("\n  product    mingo     sift  × mingo   × sift  members  query");
  const gains: (readonly [mingo: number, sift: number])[] = [];
  for (const { text, plan } of plans) {
    const tests = contenders.map(({ compile }) => compile(plan));
    const members = tests.map((test) => countMembers(all, test));
    if (new Set(members).size !== 1) throw new Error(`${text}: ${members.join(", ")}`);
    const times = tests.map((test) => timesOf(all, test, passes));
    const [own = [], mingo = [], others = []] = times;
    const over = (other: readonly number[]): number =>
      median(other.map((taken, round) => taken / (own[round] ?? Number.NaN)));
    gains.push([over(mingo), over(others)]);
    const asked = all.length * passes;
    const nanoseconds = times.map((each) => ((median(each) * 1e6) / asked).toFixed(0).padStart(9));
    const ratios = [over(mingo), over(others)].map((gain) => gain.toFixed(1).padStart(8)).join(" ");
    console.log(`${nanoseconds.join("")} ${ratios}  ${String(members[0]).padStart(7)}  ${text}`);
  }
  for (const [index, name] of ["mingo", "sift"].entries()) {
    const of = gains.map((gain) => gain[index] ?? Number.NaN);
    console.log(
      `against ${name}: least ${Math.min(...of).toFixed(1)} times as fast, median ${median(of).toFixed(1)} (goal at least 10)`,
    );
  }
}

function countMembers(all: readonly object[], test: Test): number {
  let members = 0;
  for (const customer of all) if (test(customer)) members += 1;
  return members;
}

/** How long `passes` passes over all customers take, in milliseconds, round by round. */
function timesOf(all: readonly object[], test: Test, passes: number): readonly number[] {
  const pass = (): void => {
    for (let done = 0; done < passes; done += 1) countMembers(all, test);
  };
  // One untimed pass, so that the code is compiled.
  pass();
  return Array.from({ length: rounds }, () => {
    const started = performance.now();
    pass();
    return performance.now() - started;
  });
}

function customerOf(made: MadeUpCustomer, products: Map<string, ProductDocument>): CustomerDocument {
  const { document, orders } = documentsOf(made, definition, now);
  const items = orders.flatMap((order) => order.items);
  for (const product of productDocuments(project, items)) products.set(product._id, product);
  return document;
}

/** Resolves tests of products, as the product does, to the keys of the products that a text names. */
function withProducts(plan: Plan, products: readonly ProductDocument[]): Plan {
  const where = mapPredicates(plan.where, (predicate) => {
    if (predicate.test.kind !== "bought") return predicate;
    const { texts } = predicate.test;
    const values = products
      .filter(({ text }) => texts.some((wanted) => text.name?.includes(wanted) || text.sku === wanted))
      .map(({ key }): ValueSpan => ({ from: key, to: key }));
    return { ...predicate, test: { kind: "hasAny", values } };
  });
  return { ...plan, where };
}

main();
