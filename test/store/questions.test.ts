// Questions over customers on every store: a plan with a page, counts, ids, regions, and how it was found.
import { beforeAll, describe, expect, it } from "vitest";
import type { PlanNode, ValueSpan } from "../../src/plan/plan.js";
import { simplifyPlan } from "../../src/plan/simplify.js";
import {
  type CustomerPageRequest,
  type CustomerQuestion,
  type SortKey,
  sortKeys,
} from "../../src/store/customers.js";
import { questionsByPipelines } from "../../src/store/mongo/questions.js";
import type { PipelineRunner } from "../../src/store/mongo/run.js";
import { firstOf } from "../../src/store/pages.js";
import { everyStore } from "./every-store.js";
import { customer, may, of, putWorld } from "./reads/world.js";
import { storeOfSuite } from "./store-of-suite.js";

const asked = (where: PlanNode, project = "shop"): CustomerQuestion => ({
  plan: simplifyPlan({ version: 1, project, asOf: may(20).getTime(), where }),
  activity: "summary",
});
const one = (value: string): ValueSpan => ({ from: value, to: value });

const everyone: PlanNode = { kind: "constant", value: true };
const noOne: PlanNode = { kind: "constant", value: false };
const cityIs = (city: string): PlanNode => ({
  kind: "predicate",
  field: { attribute: "city", scope: "profile", path: "facts.city", reversedPath: "reversed.city" },
  test: { kind: "oneOf", values: [city] },
});
const consented = (consent: string): PlanNode => ({
  kind: "predicate",
  field: { attribute: "consents", scope: "profile", path: "facts.consents", set: true },
  test: { kind: "hasAny", values: [one(consent)] },
});
const inSegment = (segment: string): PlanNode => ({
  kind: "predicate",
  field: { attribute: "segments", scope: "profile", path: "segments", set: true },
  test: { kind: "hasAny", values: [one(segment)] },
});
const not = (operand: PlanNode): PlanNode => ({ kind: "not", operand });

const sets: readonly (readonly [name: string, where: PlanNode, members: readonly string[]])[] = [
  ["everyone", everyone, ["Cyd", "ann", "bob", "dan"]],
  ["no one", noOne, []],
  ["a city", cityIs("paris"), ["ann", "bob"]],
  ["all but a city", not(cityIs("paris")), ["Cyd", "dan"]],
  ["a consent", consented("email"), ["Cyd", "ann"]],
  ["no such consent", not(consented("email")), ["bob", "dan"]],
  ["a segment", inSegment("vips"), ["Cyd", "ann"]],
  ["all but a segment", not(inSegment("poles")), ["ann", "bob", "dan"]],
  ["one or the other", { kind: "or", operands: [cityIs("patras"), consented("sms")] }, ["Cyd", "ann"]],
];

const ascending: Readonly<Record<SortKey, readonly string[]>> = {
  source_id: ["Cyd", "ann", "bob", "dan"],
  name: ["Cyd", "ann", "bob", "dan"],
  email: ["Cyd", "ann", "bob", "dan"],
  country: ["Cyd", "ann", "bob", "dan"],
  created_at: ["Cyd", "dan", "ann", "bob"],
  "orders.total_amount": ["bob", "Cyd", "dan", "ann"],
  "orders.count": ["bob", "Cyd", "ann", "dan"],
  "orders.last_at": ["Cyd", "ann", "bob", "dan"],
};

const descending: Readonly<Record<SortKey, readonly string[]>> = {
  source_id: ["dan", "bob", "ann", "Cyd"],
  name: ["Cyd", "ann", "bob", "dan"],
  email: ["Cyd", "ann", "bob", "dan"],
  country: ["Cyd", "ann", "bob", "dan"],
  created_at: ["bob", "ann", "Cyd", "dan"],
  "orders.total_amount": ["ann", "dan", "Cyd", "bob"],
  "orders.count": ["Cyd", "ann", "dan", "bob"],
  "orders.last_at": ["Cyd", "ann", "bob", "dan"],
};

const orders = (Object.keys(sortKeys) as SortKey[]).flatMap((by) => [
  [by, false, ascending[by]] as const,
  [by, true, descending[by]] as const,
]);

describe.each(everyStore)("questions on $name", (underTest) => {
  const store = storeOfSuite(underTest);
  beforeAll(() => putWorld(store));

  it.each(sets)("of %s are counted, named and listed", async (_, where, members) => {
    const question = asked(where);
    expect(await store.customers.count(question)).toBe(members.length);
    expect((await store.customers.ids(question)).toSorted()).toEqual(members.map((id) => `shop/${id}`));
    expect(await firstOf(store.customers.sourceIds(question))).toEqual(members);
    const page = await store.customers.page(question, {
      sort: { by: "source_id", descending: false },
      limit: 10,
    });
    expect(page).toEqual(members.map((id) => of("customers", `shop/${id}`)));
  });

  it("are counted up to a bound, and named up to a limit", async () => {
    const question = asked(everyone);
    expect(await store.customers.countUpTo(question, 3)).toBe(3);
    expect(await store.customers.countUpTo(question, 4)).toBe(4);
    expect(await store.customers.countUpTo(question, 9)).toBe(4);
    expect(await store.customers.ids(question, { limit: 2 })).toHaveLength(2);
  });

  it.each(orders)("by %s, descending: %s, page by page", async (by, isDescending, expected) => {
    const found: string[] = [];
    let after: CustomerPageRequest["after"];
    for (;;) {
      const [next, ...more] = await store.customers.page(asked(everyone), {
        sort: { by, descending: isDescending },
        limit: 1,
        ...(after === undefined ? {} : { after }),
      });
      expect(more).toEqual([]);
      if (next === undefined) break;
      found.push(next.source_id);
      const value = sortKeys[by]
        .split(".")
        .reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], next);
      after = { value: (value ?? null) as string | number | Date | null, sourceId: next.source_id };
    }
    expect(found).toEqual(expected);
  });

  it("overlap in regions", async () => {
    const regions = async (...wheres: readonly PlanNode[]) =>
      (await store.customers.regions(wheres.map((where) => asked(where)))).toSorted(
        (first, second) => first.bits - second.bits,
      );
    expect(await regions(cityIs("paris"), consented("email"), inSegment("poles"))).toEqual([
      { bits: 1, count: 1 },
      { bits: 3, count: 1 },
      { bits: 6, count: 1 },
    ]);
    expect(await regions(noOne, everyone)).toEqual([{ bits: 2, count: 4 }]);
    expect(await regions(noOne, noOne)).toEqual([]);
  });

  it("are explained with the rows that were returned", async () => {
    const explanation = await store.customers.explain(asked(cityIs("paris")));
    expect(explanation.rowsReturned).toBe(2);
    expect(explanation.steps.length).toBeGreaterThan(0);
    if (underTest.name === "embedded") expect(explanation.sql).toContain("c.city = 'paris'");
    else expect(explanation.sql).toBeUndefined();
  });

  it("see what is written between two of them", async () => {
    const question = asked(cityIs("oslo"));
    expect(await store.customers.count(question)).toBe(0);
    await store.write((transaction) =>
      transaction.put("customers", [customer("shop", "fay", { sample: 500, city: "oslo" })]),
    );
    expect(await store.customers.count(question)).toBe(1);
    await store.write((transaction) => transaction.remove("customers", ["shop/fay"]));
    expect(await store.customers.count(question)).toBe(0);
  });

  it("ask for estimates once at most, and again after these failed", async () => {
    let calls = 0;
    const estimates = async () => {
      calls += 1;
      if (calls === 1) throw new Error("no estimates");
      return {};
    };
    const question: CustomerQuestion = { ...asked(cityIs("paris")), estimates };
    const first = await store.customers.count(question).catch((error: unknown) => String(error));
    expect([2, "Error: no estimates"]).toContain(first);
    expect(await store.customers.count(question)).toBe(2);
    await store.customers.ids(question);
    await store.customers.page(question, { sort: { by: "source_id", descending: false }, limit: 1 });
    expect(calls).toBeLessThanOrEqual(2);
  });

  it("stop when they are aborted", async () => {
    const options = { signal: AbortSignal.abort(new Error("gone")) };
    const question = asked(everyone);
    await expect(store.customers.count(question, options)).rejects.toThrow("gone");
    await expect(store.customers.ids(question, options)).rejects.toThrow("gone");
    await expect(firstOf(store.customers.sourceIds(question, options))).rejects.toThrow("gone");
  });
});

it("no tally is negative when customers are erased between its reads", async () => {
  const runner: PipelineRunner = {
    sortedPageSize: 1,
    run: async (_collection, pipeline) => [
      (JSON.stringify(pipeline).includes("$count") ? { count: 2 } : { bits: 1, count: 3 }) as never,
    ],
    explain: () => Promise.reject(new Error("Nothing is explained.")),
  };
  const none = { kind: "not", of: { kind: "answer", index: 0 } } as const;
  const counts = await questionsByPipelines(runner).tallies([asked(cityIs("paris"))], [none]);
  expect(counts).toEqual([0]);
});
