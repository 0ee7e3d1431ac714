// What every store promises by its port: transactions, projects kept apart, limits of a read.
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { simplifyPlan } from "../../src/plan/simplify.js";
import type { CustomerQuestion } from "../../src/store/customers.js";
import { firstOf } from "../../src/store/pages.js";
import type { Store } from "../../src/store/port.js";
import { document, everyStore, mongoLeftOut, put } from "./every-store.js";
import { storeOfTest } from "./store-of-suite.js";
import { documentsIn } from "./watched.js";

if (mongoLeftOut !== undefined) console.warn(mongoLeftOut);

const noon = new Date("1969-07-20T20:17:40.123Z");

const everyone = simplifyPlan({
  version: 1,
  project: "shop",
  asOf: noon.getTime(),
  where: { kind: "constant", value: true },
});

/** The ids of what is in a collection: of all, or of one customer's records. */
async function idsIn(store: Store, collection: "customers" | "orders", customer?: string) {
  const found: readonly { readonly _id: string; readonly customer?: string }[] = await documentsIn(
    store,
    collection,
  );
  return found.filter((each) => customer === undefined || each.customer === customer).map(({ _id }) => _id);
}

describe.each(everyStore)("a $name store", (tested) => {
  const store = storeOfTest(tested);

  it("returns documents in the order of the ids, undefined if there is none", async () => {
    await put(store, "customers", [document("customers", "a"), document("customers", "b")]);
    expect(await store.getMany("customers", ["b", "x", "a", "b"])).toEqual([
      document("customers", "b"),
      undefined,
      document("customers", "a"),
      document("customers", "b"),
    ]);
  });

  it("keeps documents as they were put, dates as dates, through closing and opening", async () => {
    const kept = {
      at: noon,
      deep: { list: [new Date(0), 1.5, -3, 2 ** 52, "zażółć 😀", true, null, [], {}] },
      "s_is%20vip": "",
    };
    await put(store, "customers", [document("customers", "a/zażółć", { ...kept, gone: undefined })]);
    await put(store, "orders", [document("orders", "o", { customer: "a/zażółć", at: noon })]);
    const expected = [document("customers", "a/zażółć", kept)];
    expect(await store.getMany("customers", ["a/zażółć"])).toStrictEqual(expected);
    await store.reopen();
    expect(await store.getMany("customers", ["a/zażółć"])).toStrictEqual(expected);
    await store.write(async (transaction) => {
      expect((await transaction.recordsOf("orders", ["a/zażółć"])).get("a/zażółć")).toHaveLength(1);
    });
  });

  it("is not affected by later changes of the objects that were put", async () => {
    const profile = { name: "Ann" };
    const list = ["a"];
    await put(store, "customers", [document("customers", "a", { profile, list })]);
    profile.name = "Eve";
    list.push("b");
    expect(await store.getMany("customers", ["a"])).toEqual([
      document("customers", "a", { profile: { name: "Ann" }, list: ["a"] }),
    ]);
  });

  it("replaces and removes", async () => {
    await put(store, "customers", [document("customers", "a", { old: 1 }), document("customers", "b")]);
    expect(await idsIn(store, "customers")).toEqual(["a", "b"]);
    await put(store, "customers", [document("customers", "c")]);
    expect(await idsIn(store, "customers")).toEqual(["a", "b", "c"]);
    await store.write(async (transaction) => {
      await transaction.put("customers", [document("customers", "a", { new: 2 })]);
      await transaction.remove("customers", ["b", "c", "never there"]);
    });
    expect(await store.getMany("customers", ["a", "b"])).toEqual([
      document("customers", "a", { new: 2 }),
      undefined,
    ]);
    expect(await documentsIn(store, "customers")).toEqual([document("customers", "a", { new: 2 })]);
  });

  it("shows a transaction its own writes, and others nothing before it is committed", async () => {
    await put(store, "customers", [document("customers", "a", { n: 1 })]);
    await put(store, "orders", [
      document("orders", "o1", { customer: "a" }),
      document("orders", "o2", { customer: "a" }),
    ]);
    const result = await store.write(async (transaction) => {
      await transaction.put("customers", [document("customers", "a", { n: 2 })]);
      await transaction.put("orders", [
        document("orders", "o2", { customer: "b" }),
        document("orders", "o3", { customer: "a" }),
        document("orders", "o4", { customer: "a" }),
        document("orders", "o5", { customer: "a" }),
      ]);
      await transaction.put("orders", [document("orders", "o5", { customer: "b" })]);
      await transaction.remove("orders", ["o4"]);
      expect(await transaction.getMany("customers", ["a"])).toEqual([document("customers", "a", { n: 2 })]);
      expect(await transaction.getMany("orders", ["o4"])).toEqual([undefined]);
      const records = await transaction.recordsOf("orders", ["a", "b", "c"]);
      expect([...records].map(([customer, found]) => [customer, found.map(({ _id }) => _id).sort()])).toEqual(
        [
          ["a", ["o1", "o3"]],
          ["b", ["o2", "o5"]],
        ],
      );
      expect(await store.getMany("customers", ["a"])).toEqual([document("customers", "a", { n: 1 })]);
      expect(await idsIn(store, "orders", "a")).toEqual(["o1", "o2"]);
      return "done";
    });
    expect(result).toBe("done");
    expect(await idsIn(store, "orders", "a")).toEqual(["o1", "o3"]);
    expect(await idsIn(store, "orders", "b")).toEqual(["o2", "o5"]);
  });

  it("keeps nothing of a transaction whose work fails", async () => {
    await put(store, "customers", [document("customers", "a", { n: 1 })]);
    const failing = store.write(async (transaction) => {
      await transaction.put("customers", [document("customers", "a", { n: 2 }), document("customers", "b")]);
      await transaction.put("orders", [document("orders", "o", { customer: "a" })]);
      throw new Error("second thoughts");
    });
    await expect(failing).rejects.toThrow("second thoughts");
    expect(await documentsIn(store, "customers")).toEqual([document("customers", "a", { n: 1 })]);
    expect(await documentsIn(store, "orders")).toEqual([]);
    await store.reopen();
    expect(await documentsIn(store, "customers")).toEqual([document("customers", "a", { n: 1 })]);
  });

  it("runs transactions as if one after the other", async () => {
    await put(store, "customers", [document("customers", "a", { n: 0 })]);
    const increment = () =>
      store.write(async (transaction) => {
        const [customer] = await transaction.getMany("customers", ["a"]);
        const { n } = customer as unknown as { n: number };
        await turn();
        await transaction.put("customers", [document("customers", "a", { n: n + 1 })]);
      });
    const failing = store.write(() => Promise.reject(new Error("no")));
    await Promise.all([
      increment(),
      increment(),
      expect(failing).rejects.toThrow("no"),
      increment(),
      increment(),
    ]);
    expect(await store.getMany("customers", ["a"])).toEqual([document("customers", "a", { n: 4 })]);
  });

  it("moves a record from one customer to another, and deletes removed ones", async () => {
    await put(store, "events", [
      document("events", "e1", { customer: "a" }),
      document("events", "e2", { customer: "a" }),
    ]);
    await put(store, "events", [document("events", "e1", { customer: "b" })]);
    await store.write((transaction) => transaction.remove("events", ["e2"]));
    await store.write(async (transaction) => {
      const records = await transaction.recordsOf("events", ["a", "b"]);
      expect([...records.keys()]).toEqual(["b"]);
    });
    expect(await documentsIn(store, "events")).toEqual([document("events", "e1", { customer: "b" })]);
  });

  it("keeps field names that only look like paths or operators", async () => {
    const odd = { properties: { "a.b": 1, $set: 2, "": 3, ключ: [{ "$a.b": 4 }] } };
    await put(store, "events", [document("events", "e", { customer: "a", ...odd })]);
    expect(await store.getMany("events", ["e"])).toStrictEqual([
      document("events", "e", { customer: "a", ...odd }),
    ]);
  });

  it("finds many by id, more than fit in one command", async () => {
    const ids = Array.from({ length: 6_001 }, (_, n) => `c${n}`);
    await put(
      store,
      "customers",
      ids.slice(0, -1).map((id) => document("customers", id)),
    );
    const found = await store.getMany("customers", ids);
    expect(found.slice(0, -1).map((customer) => customer?._id)).toEqual(ids.slice(0, -1));
    expect(found.at(-1)).toBeUndefined();
  });

  it.each([3, 5, 10, 11])("returns ten source ids in order, %i at a time", async (size) => {
    const names = ["é", "a", "j", "Z", "c", "d", "zz", "b", "z", "\u{1F600}"];
    await put(
      store,
      "customers",
      names.map((source_id) => document("customers", `shop/${source_id}`, { source_id })),
    );
    const pages: (readonly string[])[] = [];
    const all: CustomerQuestion = { plan: everyone, activity: "summary" };
    for await (const page of store.customers.sourceIds(all, { size })) pages.push(page);
    expect(pages.flat()).toEqual(["Z", "a", "b", "c", "d", "j", "z", "zz", "é", "\u{1F600}"]);
    expect(pages).toHaveLength(Math.ceil(10 / size));
    const first = (limit?: number) => firstOf(store.customers.sourceIds(all, { size }), limit);
    expect(await first(4)).toEqual(["Z", "a", "b", "c"]);
    expect(await first(0)).toEqual([]);
    expect(await first()).toEqual(pages.flat());
  });

  it("accepts concurrent reads and writes of one transaction, in their order", async () => {
    const seen = await store.write(async (transaction) => {
      const steps = [
        transaction.put("customers", [document("customers", "a", { n: 1 })]),
        transaction.getMany("customers", ["a"]),
        transaction.put("customers", [document("customers", "a", { n: 2 })]),
        transaction.getMany("customers", ["a"]),
      ] as const;
      const [, first, , second] = await Promise.all(steps);
      return [first, second];
    });
    expect(seen).toEqual([[document("customers", "a", { n: 1 })], [document("customers", "a", { n: 2 })]]);
  });

  it("keeps the last of equal ids in one put, new or known", async () => {
    for (const round of [1, 2]) {
      await store.write(async (transaction) => {
        await transaction.getMany("customers", ["a"]);
        await transaction.put("customers", [
          document("customers", "a", { n: 0 }),
          document("customers", "a", { n: round }),
        ]);
      });
      expect(await store.getMany("customers", ["a"])).toEqual([document("customers", "a", { n: round })]);
    }
  });

  it("runs one of two transactions that both found nothing after the other", async () => {
    const insert = (name: string) =>
      store.write(async (transaction) => {
        const [before] = await transaction.getMany("customers", ["a"]);
        await turn();
        const names = [...((before as unknown as { names?: string[] })?.names ?? []), name];
        await transaction.put("customers", [document("customers", "a", { names })]);
      });
    await Promise.all(["x", "y", "z"].map(insert));
    const [customer] = await store.getMany("customers", ["a"]);
    expect([...(customer as unknown as { names: string[] }).names].sort()).toEqual(["x", "y", "z"]);
  });

  it("accepts the same documents from several concurrent writes, each in its own order", async () => {
    const ids = Array.from({ length: 300 }, (_, n) => `alike/${n}`);
    const orders = [ids, ids.toReversed(), [...ids.slice(150), ...ids.slice(0, 150)], ids.toSorted()];
    await Promise.all(
      orders.map((order) =>
        store.write(async (transaction) => {
          const found = await transaction.getMany("products", order);
          const missing = order.filter((_, index) => found[index] === undefined);
          await transaction.put(
            "products",
            missing.map((id) => document("products", id)),
          );
        }),
      ),
    );
    expect(await store.getMany("products", ids)).toEqual(ids.map((id) => document("products", id)));
  });

  it("refuses a transaction inside another, and the use of one that is over", async () => {
    await expect(store.write(() => store.write(async () => 1))).rejects.toThrow(
      "write() was called inside write()",
    );
    const transaction = await store.write(async (own) => own);
    await expect(transaction.getMany("orders", ["o"])).rejects.toThrow("The transaction is over.");
  });

  const circular: Record<string, unknown> = {};
  circular.self = circular;
  const unstorable: readonly (readonly [string, Record<string, unknown>, string])[] = [
    ["a function", { f: () => 1 }, "can't be stored"],
    ["a class's instance", { m: new Map() }, "can't be stored"],
    ["an invalid date", { at: new Date("never") }, "invalid Date"],
    ["a circle", circular, "nested deeper"],
    ["a null character in a name", { metadata: { "a\0b": 1 } }, "null character"],
    ["__proto__", JSON.parse('{"metadata": {"__proto__": 1}}'), "__proto__"],
    ["no id", { _id: "" }, "_id"],
    ["too long an id", { _id: "é".repeat(1_000) }, "1900 bytes"],
    ["no project", { project: "" }, "names no project"],
    ["no customer", { customer: 5 }, "names no customer"],
  ];
  it.each(unstorable)("refuses %s", async (_, fields, message) => {
    const good = document("orders", "good", { customer: "a" });
    const bad = document("orders", "bad", { customer: "a", ...fields });
    await expect(put(store, "orders", [good, bad])).rejects.toThrow(message);
    expect(await documentsIn(store, "orders")).toEqual([]);
  });

  it("refuses everything once it is closed, and closes twice", async () => {
    await store.close();
    await store.close();
    await expect(store.getMany("customers", ["a"])).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(documentsIn(store, "customers")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(store.write(async () => 1)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  it("finishes pending writes before it closes", async () => {
    const writing = put(store, "customers", [document("customers", "a")]);
    await Promise.all([writing, store.close()]);
    await store.reopen();
    expect(await documentsIn(store, "customers")).toHaveLength(1);
  });
});
