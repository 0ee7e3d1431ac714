// Pages on every store: in every order, under writes, with cursors that know what they are of.
import { beforeAll, describe, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import type { Profile } from "../../src/documents/documents.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import {
  recordCountOfProject,
  recordPageOfProject,
  recordPagesOf,
} from "../../src/query/pages/record-page.js";
import { CursorError } from "../../src/query/pages/window.js";
import { type PreviewAnswer, previewSegment } from "../../src/query/preview.js";
import { type Sort, type SortKey, sortKeys } from "../../src/store/customers.js";
import { wantedIndexesOf } from "../../src/store/mongo/indexes.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";

const people: readonly Profile[] = [
  {
    source_id: "c-1",
    name: "Ann",
    email: "z@a.uk",
    address: { country: "PL" },
    created_at: "2026-01-01T00:00:00Z",
  },
  {
    source_id: "c-2",
    name: "bob",
    email: "y@a.uk",
    address: { country: "FR" },
    created_at: "2026-01-03T00:00:00Z",
  },
  { source_id: "c-3", email: "x@a.uk", address: { country: "PL" } },
  { source_id: "c-4", name: "Ann", email: "w@a.uk", created_at: "2026-01-03T00:00:00Z" },
  { source_id: "c-5", name: "", email: "v@a.uk", created_at: "2026-01-02T00:00:00Z" },
  {
    source_id: "c-6",
    name: "Éva",
    email: "u@a.uk",
    address: { country: "DE" },
    created_at: "2026-01-03T00:00:00Z",
  },
];

const orders = [
  { source_id: "o-1", customer: "c-2", created_at: "2026-02-01T00:00:00Z", status: "PAID", amount: 500 },
  { source_id: "o-2", customer: "c-2", created_at: "2026-02-02T00:00:00Z", status: "PAID", amount: 500 },
  { source_id: "o-3", customer: "c-4", created_at: "2026-02-03T00:00:00Z", status: "PAID", amount: 5000 },
  { source_id: "o-4", customer: "c-6", created_at: "2026-02-01T00:00:00Z", status: "PAID", amount: 1000 },
];

// Unknown values come first, equal ones by source id; descending, unknown ones last and equal ones still by source id.
const orderings: Readonly<Record<SortKey, readonly [ascending: string, descending: string]>> = {
  source_id: ["123456", "654321"],
  name: ["351426", "621435"],
  email: ["654321", "123456"],
  country: ["456213", "132645"],
  created_at: ["315246", "246513"],
  "orders.total_amount": ["135264", "426135"],
  "orders.count": ["135462", "246135"],
  "orders.last_at": ["135624", "426135"],
};

const everyone = "source_id has any value";

it("every order has an index of MongoDB's that ends with the source id", () => {
  const keys = wantedIndexesOf("customers").map(({ key }) => Object.keys(key).join());
  for (const path of Object.values(sortKeys)) {
    expect(keys).toContain(path === "source_id" ? "project,source_id" : `project,${path},source_id`);
  }
});

describe.each(everyStore)("pages on $name", (tested) => {
  const store = storeOfSuite(tested);
  let engine: Engine;

  beforeAll(async () => {
    engine = { store, clock: fixedClock(Date.parse("2026-11-23T12:00:00Z")) };
    await upsertCustomers(engine, "default", people);
    await upsertRecords(engine, "default", "orders", orders);
  });

  async function answerTo(query: string): Promise<PreviewAnswer> {
    const { answer } = await previewSegment(engine, "default", { query });
    if (answer === undefined) throw new Error(`${query} is wrong`);
    return answer;
  }

  /** The numbers of everybody on all pages of a size, in their order. */
  async function walk(query: string, sort: Sort | undefined, size: number): Promise<string> {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const answer = await answerTo(query);
      const page = await answer.customers({ first: size, after, sort });
      expect(page.hasPreviousPage).toBe(after !== undefined);
      expect(page.customers.length <= size).toBe(true);
      seen.push(...page.customers.map((customer) => customer.source_id.slice(2)));
      after = page.hasNextPage ? page.cursors.at(-1) : undefined;
    } while (after !== undefined && seen.length < 100);
    return seen.join("");
  }

  it.each(Object.entries(orderings))("by %s, up and down, in pages of any size", async (by, [up, down]) => {
    for (const size of [1, 2, 4, 6, 7]) {
      expect(await walk(everyone, { by: by as SortKey, descending: false }, size)).toBe(up);
      expect(await walk(everyone, { by: by as SortKey, descending: true }, size)).toBe(down);
    }
  });

  it.each(Object.entries(orderings))("by %s, backwards from the end", async (by, [up, down]) => {
    for (const [descending, order] of [
      [false, up],
      [true, down],
    ] as const) {
      for (const size of [1, 2, 4]) {
        const seen: string[] = [];
        let before: string | undefined;
        for (let page = 0; page < 10; page += 1) {
          const sort = { by: by as SortKey, descending };
          const found = await (await answerTo(everyone)).customers({ last: size, before, sort });
          expect(found.hasNextPage).toBe(before !== undefined);
          seen.unshift(...found.customers.map((customer) => customer.source_id.slice(2)));
          before = found.cursors[0];
          if (!found.hasPreviousPage) break;
        }
        expect(seen.join("")).toBe(order);
      }
    }
  });

  it("of records, of many customers in one read, and of the project, in both directions", async () => {
    const ids = ["c-1", "c-2", "c-4", "c-6"].map((id) => `default/${id}`);
    const namesOf = (page: { readonly nodes: readonly { readonly source_id: string }[] }) =>
      page.nodes.map(({ source_id }) => source_id).join();
    const latest = await recordPagesOf(engine, "default", "orders", ids, { first: 1 });
    expect(ids.map((id) => [namesOf(latest.get(id)!), latest.get(id)!.hasNextPage])).toEqual([
      ["", false],
      ["o-2", true],
      ["o-3", false],
      ["o-4", false],
    ]);
    const after = latest.get("default/c-2")!.cursors[0];
    const rest = await recordPagesOf(engine, "default", "orders", ["default/c-2"], { first: 5, after });
    expect(namesOf(rest.get("default/c-2")!)).toBe("o-1");
    const project = await recordPageOfProject(engine, "default", "orders", { first: 3 });
    expect([namesOf(project), project.hasNextPage]).toEqual(["o-3,o-2,o-4", true]);
    const last = await recordPageOfProject(engine, "default", "orders", { last: 3 });
    expect([namesOf(last), last.hasPreviousPage]).toEqual(["o-2,o-4,o-1", true]);
    const before = await recordPageOfProject(engine, "default", "orders", {
      last: 3,
      before: last.cursors[0],
    });
    expect([namesOf(before), before.hasPreviousPage]).toEqual(["o-3", false]);
    expect(await recordCountOfProject(engine, "default", "orders", undefined, 3)).toEqual({
      count: 3,
      isEstimate: true,
    });
    const counts = await store.reads.records.countsOfCustomers("default", "orders", ids);
    expect([...counts].sort()).toEqual([
      ["default/c-2", 2],
      ["default/c-4", 1],
      ["default/c-6", 1],
    ]);
  });

  it("has every sort key's order written out", () => {
    expect(Object.keys(orderings)).toEqual(Object.keys(sortKeys));
  });

  it("is in the order of source ids by default, also within a query's result", async () => {
    expect(await walk("email ends with .uk and not name is Ann", undefined, 2)).toBe("2356");
  });

  it("a page is not moved by customers who are added before it", async () => {
    const first = await (await answerTo(everyone)).customers({ first: 3 });
    await upsertCustomers(engine, "default", [{ source_id: "c-0", name: "New" }]);
    const second = await (await answerTo(everyone)).customers({ first: 10, after: first.cursors.at(-1) });
    expect(second.customers.map(({ source_id }) => source_id)).toEqual(["c-4", "c-5", "c-6"]);
    await store.write((transaction) => transaction.remove("customers", ["default/c-0"]));
  });

  it("refuses a cursor of another query or order, and pages that are too large", async () => {
    const answer = await answerTo(everyone);
    const { cursors } = await answer.customers({ first: 1 });
    const other = await answerTo("name is Ann");
    const byName: Sort = { by: "name", descending: false };
    await expect(other.customers({ first: 1, after: cursors[0] })).rejects.toThrow(CursorError);
    await expect(answer.customers({ first: 1, after: cursors[0], sort: byName })).rejects.toThrow(
      /another query or order/,
    );
    const forged = Buffer.from('{"mark":"x","id":{"$ne":1},"value":null}').toString("base64url");
    for (const after of ["", "nonsense", forged]) {
      await expect(answer.customers({ first: 1, after })).rejects.toThrow(/is not a cursor/);
    }
    for (const first of [-1, 1_001, 1.5])
      await expect(answer.customers({ first })).rejects.toThrow(CursorError);
  });

  it("counts exactly up to a bound, and says when it estimates", async () => {
    const answer = await answerTo(everyone);
    expect(await answer.count()).toBe(6);
    expect(await answer.countUpTo(6)).toEqual({ count: 6, isEstimate: false });
    expect(await answer.countUpTo(5)).toEqual({ count: 6, isEstimate: true });
    expect(await (await answerTo("name is Ann")).countUpTo(1)).toEqual({ count: 2, isEstimate: true });
  });

  it("explains how the customers were found", async () => {
    const explanation = await (await answerTo("name is Ann")).explain();
    expect(explanation.rowsReturned).toBe(2);
    expect(explanation.steps.length).toBeGreaterThan(0);
  });
});
