// Random worlds, queries and changes of a customer: the index tells of every query whose truth differs, as all closures asked of
// the customer before and after say. SEGMENTQL_PROPERTY_RUNS is the number of worlds, each with 200 changes.
import fc from "fast-check";
import { expect, it } from "vitest";
import { catalogOf } from "../../src/catalog/catalog.js";
import { checkQuery } from "../../src/check/check.js";
import { fixedClock } from "../../src/clock.js";
import { predicateKey } from "../../src/plan/keys.js";
import type { PlanNode, PredicateNode } from "../../src/plan/plan.js";
import { simplifyNode } from "../../src/plan/simplify.js";
import { compilePredicate } from "../../src/predicate/compile.js";
import { indexPredicates } from "../../src/predicate/predicate-index.js";
import { findProject } from "../../src/projects/projects.js";
import { bindProducts } from "../../src/query/products.js";
import { draws, seedOfRun } from "../draws.js";
import { printQuery } from "../oracle/printing.js";
import { queryArbitrary } from "../oracle/query.js";
import type { Query } from "../oracle/tree.js";
import { worldArbitrary } from "../oracle/world.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { type CustomerWithRecords, customersWithRecords, type Written, writeWorld } from "./evaluators.js";

const embedded = everyStore.find(({ name }) => name === "embedded")!;
const store = storeOfSuite(embedded);

/** Of two customers at least: nothing flips where one changes into itself. */
const drawn = worldArbitrary()
  .filter(({ customers }) => customers.length > 1)
  .chain((world) =>
    fc.record({
      world: fc.constant(world),
      queries: fc.array(queryArbitrary(world), { minLength: 60, maxLength: 60 }),
      pairs: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { minLength: 40, maxLength: 40 }),
    }),
  );

it("the index returns every query that a change flips, joined queries included", {
  timeout: 1_200_000,
}, async () => {
  const totals = { asked: 0, flips: 0, candidates: 0 };
  const property = fc.asyncProperty(drawn, async ({ world, queries, pairs }) => {
    const now = Date.parse(world.project.asOf);
    const written = await writeWorld({ store, clock: fixedClock(now) }, world);
    const nodes = joined(await boundNodes(written, queries, now));
    const customers = await customersWithRecords(written);
    const closures = nodes.map(compilePredicate);
    const texts = (query: number): string => printQuery(queries[query % queries.length]!);
    const index = indexPredicates(nodes.map((where) => ({ where: simplifyNode(where) })));
    // Queries with time-dependent conditions need not be found by what changed.
    const wary = indexPredicates(nodes.map((where) => ({ where, isSteady })));
    for (const [before, after] of changes(customers, pairs)) {
      const flips = closures.flatMap((holds, query) => (holds(before) === holds(after) ? [] : [query]));
      for (const { mayFlip } of [index, wary]) {
        const candidates = mayFlip(before, after);
        const found = new Set(candidates);
        expect(found.size).toBe(candidates.length);
        const missed = flips.filter((query) => !found.has(query));
        if (missed.length > 0)
          throw new Error(
            `${texts(missed[0]!)}\nwhere ${JSON.stringify(nodes[missed[0]!])}\nbefore ${JSON.stringify(before)}\nafter ${JSON.stringify(after)}`,
          );
        totals.candidates += candidates.length;
      }
      totals.asked += 2 * nodes.length;
      totals.flips += flips.length;
    }
  });
  // A smaller world is seldom a smaller counterexample, which names the query and the two customers as it is.
  await fc.assert(property, {
    numRuns: draws(),
    endOnFailure: true,
    ...(seedOfRun === undefined ? {} : { seed: seedOfRun }),
  });
  // It leaves some out, although half of these queries are about records, which no document shows.
  expect(totals.flips).toBeGreaterThan(0);
  expect(totals.candidates).toBeLessThan(totals.asked * 0.85);
});

/** The queries by themselves, and each joined with the next: what both require is what they are found by. */
function joined(nodes: readonly PlanNode[]): readonly PlanNode[] {
  const pairs = nodes.map((node, place): PlanNode => {
    const other = nodes[(place + 1) % nodes.length]!;
    return { kind: place % 3 === 0 ? "or" : "and", operands: [node, other] };
  });
  return [...nodes, ...pairs];
}

function isSteady(leaf: PredicateNode): boolean {
  return predicateKey(leaf).length % 3 !== 0;
}

async function boundNodes(
  { engine, project }: Written,
  queries: readonly Query[],
  asOf: number,
): Promise<readonly PlanNode[]> {
  const catalog = catalogOf(await findProject(engine, project));
  const nodes: PlanNode[] = [];
  for (const query of queries) {
    const { plan, diagnostics } = checkQuery(printQuery(query), catalog, asOf);
    if (plan === undefined) throw new Error(JSON.stringify(diagnostics));
    nodes.push((await bindProducts(engine.store, plan)).where);
  }
  return nodes;
}

/**
 * Changes of a customer: into another one altogether, and in one part or two alone. Records change with the whole, and by
 * themselves.
 */
function* changes(
  customers: readonly CustomerWithRecords[],
  pairs: readonly (readonly [one: number, other: number, part: number])[],
): Generator<readonly [before: CustomerWithRecords, after: CustomerWithRecords]> {
  for (const [one, other, part] of pairs) {
    const before = customers[one % customers.length]!;
    const donor = customers[other % customers.length]!;
    yield [before, donor];
    yield [before, { ...before, records: donor.records }];
    const facts = { ...before.facts, metadata: { ...before.facts.metadata } };
    // Its dates' days of the year go with them: what has such a day is known to have the date.
    const yearly = { ...before.yearly };
    for (const names of [partOf(donor.facts, part), partOf(before.facts, part)]) {
      for (const name of names) {
        copy(facts, donor.facts, name);
        copy(yearly, donor.yearly, name);
      }
    }
    yield [before, { ...before, facts, yearly }];
    const activity = { ...before.activity };
    for (const name of partOf(donor.activity, part)) copy(activity, donor.activity, name);
    yield [before, { ...before, activity }];
    yield [donor, { ...donor, activity: { ...donor.activity, orders: before.activity.orders } }];
  }
}

function partOf(value: object, part: number): readonly string[] {
  const names = Object.keys(value);
  return names.length === 0 ? [] : [names[part % names.length]!];
}

/** What the donor lacks is removed. */
function copy(into: object, donor: object, name: string): void {
  const [target, source] = [into as Record<string, unknown>, donor as Record<string, unknown>];
  if (name in source) target[name] = source[name];
  else delete target[name];
}
