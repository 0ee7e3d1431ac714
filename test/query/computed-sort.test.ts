// Customers in the order of a computed attribute, on every store.
import { beforeAll, describe, expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { findProject } from "../../src/projects/projects.js";
import { computedField } from "../../src/query/computed-values.js";
import { pageByComputed } from "../../src/query/page.js";
import { CursorError, type WindowRequest } from "../../src/query/pages/window.js";
import { type PreviewAnswer, previewSegment } from "../../src/query/preview.js";
import { movableEngine } from "../membership/live-shop.js";
import { everyEvaluatingStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";

const now = "2026-05-01T12:00:00Z";

/** For each computed attribute its expression, and the customers in its order, ascending and descending, a group of equal values at a time. */
const attributes: Readonly<Record<string, readonly [expression: string, up: string, down: string]>> = {
  logins: ["count of login", "2345-1", "1-2345"],
  "recent logins": ["count of login in the last 7 days", "2345-1", "1-2345"],
  "paid in all": ["sum of amount of order", "145-2-3", "3-2-145"],
  "average paid": ["average of amount of order", "145-2-3", "3-2-145"],
  "mugs paid": ["sum of amount of order where product contains mug", "1345-2", "2-1345"],
  "seconds spent": ["sum of seconds of login", "2345-1", "1-2345"],
  spent: ["total spent", "145-2-3", "3-2-145"],
  "yearly spent": ["total spent this year", "145-2-3", "3-2-145"],
  "last bought": ["last order", "145-3-2", "2-3-145"],
  place: ["city", "5-3-1-2-4", "4-2-1-3-5"],
  important: ["metadata.vip", "245-3-1", "1-3-245"],
  born: ["birthdate", "2345-1", "1-2345"],
  joined: ["created", "35-4-1-2", "2-1-4-35"],
  "long logins": ["count of login where seconds is more than customer's metadata.least", "2345-1", "1-2345"],
};

describe.each(everyEvaluatingStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);
  const engine = () => movableEngine(store, now);
  beforeAll(async () => {
    await defineProject(engine(), "shop", {
      currency: "USD",
      metadataSchema: { vip: "boolean", tags: "string[]", least: "number" },
      eventSchemas: { login: { seconds: "number" } },
      computed: {
        ...Object.fromEntries(Object.entries(attributes).map(([name, [expression]]) => [name, expression])),
        labels: "metadata.tags",
      },
    });
    await upsertCustomers(engine(), "shop", [
      {
        source_id: "1",
        created_at: "2026-03-01T00:00:00Z",
        birthdate: "1990-01-01",
        address: { city: "lyon" },
        metadata: { vip: true, least: 3 },
      },
      { source_id: "2", created_at: "2026-04-01T00:00:00Z", address: { city: "Lyons" } },
      { source_id: "3", address: { city: "Berlin" }, metadata: { vip: false, least: 1 } },
      { source_id: "4", created_at: "2026-02-01T00:00:00Z", address: { city: "Łódź" } },
      { source_id: "5" },
    ]);
    const mug = [{ name: "Mug", quantity: 1 }];
    await upsertRecords(engine(), "shop", "orders", [
      { source_id: "o1", customer: "2", created_at: "2026-04-02T00:00:00Z", amount: 10, items: mug },
      { source_id: "o2", customer: "2", created_at: "2026-04-03T00:00:00Z", amount: 5.01, items: mug },
      { source_id: "o3", customer: "3", created_at: "2026-03-03T00:00:00Z", amount: 99 },
    ]);
    const login = { customer: "1", type: "login", at: "2026-04-30T00:00:00Z" };
    await upsertRecords(engine(), "shop", "events", [
      { ...login, id: "e1", properties: { seconds: 0.1 } },
      { ...login, id: "e2", properties: { seconds: 4 } },
    ]);
  });

  const answerTo = async (query: string, asOf?: string): Promise<PreviewAnswer> =>
    (
      await previewSegment(engine(), "shop", {
        query,
        ...(asOf === undefined ? {} : { asOf: Date.parse(asOf) }),
      })
    ).answer!;

  /** The source ids of all pages, forwards. */
  async function walk(answer: PreviewAnswer, name: string, descending: boolean, size: number) {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await answer.customers({ first: size, after, computedSort: { name, descending } });
      seen.push(...page.customers.map(({ source_id }) => source_id));
      after = page.hasNextPage ? page.cursors.at(-1) : undefined;
    } while (after !== undefined && seen.length < 20);
    return seen.join("");
  }

  async function walkBack(answer: PreviewAnswer, name: string, descending: boolean, size: number) {
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await answer.customers({ last: size, before, computedSort: { name, descending } });
      seen.unshift(...page.customers.map(({ source_id }) => source_id));
      before = page.hasPreviousPage ? page.cursors[0] : undefined;
    } while (before !== undefined && seen.length < 20);
    return seen.join("");
  }

  it.each(Object.entries(attributes))(
    "customers are sorted by %s in pages of any size",
    async (name, orders) => {
      const [up, down] = orders.slice(1).map((order) => order.replaceAll("-", ""));
      const answer = await answerTo("everyone");
      for (const size of [1, 2, 5]) {
        expect(await walk(answer, name, false, size)).toBe(up);
        expect(await walk(answer, name, true, size)).toBe(down);
        expect(await walkBack(answer, name, false, size)).toBe(up);
        expect(await walkBack(answer, name, true, size)).toBe(down);
      }
    },
  );

  it("values and order are those of the answer's instant, whatever the query reads", async () => {
    const inMarch = "2026-04-02T12:00:00Z";
    for (const query of ["everyone", "total spent is at least 0", "performed login at most 9 times"]) {
      const answer = await answerTo(query, inMarch);
      for (const name of ["spent", "paid in all", "yearly spent"])
        expect([query, name, await walk(answer, name, true, 2)]).toEqual([query, name, "32145"]);
      expect(await walk(answer, "last bought", true, 2)).toBe("23145");
    }
    expect(await walk(await answerTo("everyone", "2026-03-31T00:00:00Z"), "spent", false, 3)).toBe("12453");
    expect(await walk(await answerTo("city is Lyons or vip is true"), "PAID in all", true, 1)).toBe("21");
  });

  it("a page whose customers are all erased while it is read is left out", async () => {
    const { customers } = store;
    const asked = await (await answerTo("everyone")).question();
    const definition = await findProject(engine(), "shop");
    const order = await computedField(engine(), definition, "place", Date.parse(now));
    const pageOf = (erased: string, request: WindowRequest) =>
      pageByComputed(
        {
          customers,
          getMany: async (collection, ids) => {
            const found = await store.getMany("customers", ids);
            expect(collection).toBe("customers");
            return found.map((customer) =>
              customer === undefined || erased.includes(customer.source_id) ? undefined : customer,
            ) as never;
          },
        },
        asked,
        "",
        request,
        { ...order, descending: false },
      );
    const shown = async (erased: string, request: WindowRequest) => {
      const page = await pageOf(erased, request);
      const found = page.customers.map(({ source_id }) => source_id).join("");
      return [found, page.cursors.length, page.hasPreviousPage, page.hasNextPage];
    };
    expect(await shown("53", { first: 2 })).toEqual(["12", 2, false, true]);
    expect(await shown("5312", { first: 2 })).toEqual(["4", 1, false, false]);
    expect(await shown("53124", { first: 2 })).toEqual(["", 0, false, false]);
    expect(await shown("24", { last: 2 })).toEqual(["31", 2, true, false]);
    expect(await shown("5", { first: 0 })).toEqual(["", 0, false, true]);
  });

  it("a cursor is refused once its attribute has another expression", async () => {
    const shop = (expression: string) =>
      defineProject(engine(), "redefined", { computed: { place: expression } });
    await shop("city");
    await upsertCustomers(engine(), "redefined", [{ source_id: "1" }, { source_id: "2" }]);
    const page = async (after?: string) => {
      const { answer } = await previewSegment(engine(), "redefined", { query: "everyone" });
      return answer!.customers({ first: 1, after, computedSort: { name: "place", descending: false } });
    };
    const { cursors } = await page();
    expect((await page(cursors[0])).customers.map(({ source_id }) => source_id)).toEqual(["2"]);
    await shop("country");
    await expect(page(cursors[0])).rejects.toThrow("a cursor of another query or order");
  });

  it("a cursor is of one order, and a list of values or an unknown name is refused", async () => {
    const answer = await answerTo("everyone");
    const sorted = (name: string, after?: string) =>
      answer.customers({ first: 1, after, computedSort: { name, descending: false } });
    const { cursors } = await sorted("place");
    await expect(sorted("born", cursors[0])).rejects.toThrow(CursorError);
    await expect(answer.customers({ first: 1, after: cursors[0] })).rejects.toThrow(CursorError);
    await expect(sorted("labels")).rejects.toThrow(
      "Customers are not sorted by `labels`, which is a list of values. Sort by another attribute.",
    );
    await expect(sorted("city")).rejects.toThrow("The project has no computed attribute `city`.");
  });
});
