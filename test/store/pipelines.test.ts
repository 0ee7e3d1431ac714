// What is promised of pipelines on every store that runs them: projects kept apart, how they are explained, limits of a read.
import { setImmediate as turn } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import type { Pipeline } from "../../src/pipeline/stage.js";
import { StoreError } from "../../src/store/port.js";
import { document, pipelineStores, pipelinesOf, put, rows } from "./every-store.js";
import { storeOfSuite, storeOfTest } from "./store-of-suite.js";

describe.each(pipelineStores)("pipelines on a $name store", (tested) => {
  const store = storeOfTest(tested);

  it("finds by id and by customer within the project only", async () => {
    await put(store, "orders", [
      document("orders", "o1", { customer: "a" }),
      document("orders", "o2", { customer: "a" }, "other"),
    ]);
    const match = (condition: object) =>
      pipelinesOf(store).run("orders", [{ $match: { project: "shop", ...condition } }]);
    expect(await match({})).toEqual([document("orders", "o1", { customer: "a" })]);
    expect(await match({ _id: "o2" })).toEqual([]);
    expect(await match({ _id: { $in: ["o2", "o1", "o1"] } })).toHaveLength(1);
    expect(await match({ customer: "a" })).toHaveLength(1);
    expect(await match({ customer: { $in: ["a", "b"] }, _id: { $ne: "o1" } })).toEqual([]);
    expect(await match({ $or: [{ project: "other" }, { _id: "o2" }] })).toEqual([]);
  });

  const unscoped: readonly (readonly [Pipeline])[] = [
    [[]],
    [[{ $limit: 1 }]],
    [[{ $match: {} }]],
    [[{ $match: { project: { $exists: true } } }]],
    [[{ $match: { project: { $in: ["shop", "other"] } } }]],
    [[{ $match: { $or: [{ project: "shop" }] } }]],
    [[{ $set: { x: 1 } }, { $match: { project: "shop" } }]],
    [[{ $match: { project: "shop" } }, { $unionWith: "orders" }]],
    [[{ $match: { project: "shop" } }, { $unionWith: { coll: "orders", pipeline: [] } }]],
    [
      [
        { $match: { project: "shop" } },
        { $unionWith: { coll: "orders", pipeline: [{ $match: { project: "other" } }] } },
      ],
    ],
    [
      [
        { $match: { project: "shop" } },
        {
          $lookup: {
            from: "orders",
            localField: "_id",
            foreignField: "customer",
            pipeline: [{ $unionWith: "customers" }],
            as: "x",
          },
        },
      ],
    ],
  ];
  it.each(unscoped)("refuses %j, which fixes no project", async (pipeline) => {
    const read = pipelinesOf(store).run("customers", pipeline);
    await expect(read).rejects.toBeInstanceOf(StoreError);
    await expect(read).rejects.toMatchObject({ code: "UNSCOPED" });
  });

  const refused: readonly (readonly [object, string])[] = [
    [
      { $lookup: { from: "orders", localField: "_id", foreignField: "status", as: "x" } },
      "rewrite this $lookup",
    ],
    [{ $lookup: { from: "orders", let: { id: "$_id" }, pipeline: [], as: "x" } }, "rewrite this $lookup"],
    [
      { $lookup: { from: "secrets", localField: "_id", foreignField: "_id", as: "x" } },
      'no collection "secrets"',
    ],
    [
      { $lookup: { from: "products", localField: "_id", foreignField: "customer", as: "x" } },
      "no field customer",
    ],
    [{ $unionWith: { coll: "meta", pipeline: [{ $match: { project: "shop" } }] } }, 'no collection "meta"'],
    [{ $out: "customers" }, "$out is not for a read"],
    [{ $merge: { into: "customers" } }, "$merge is not for a read"],
    [{ $facet: { a: [{ $merge: { into: "customers" } }] } }, "$merge is not for a read"],
  ];
  it.each(refused)("refuses %j, which reads or writes elsewhere", async (stage, message) => {
    await put(store, "customers", [document("customers", "a")]);
    await expect(rows(store, "customers", [stage as never])).rejects.toThrow(message);
  });

  it("explains: which index, how many rows read and returned", async () => {
    await put(store, "customers", [document("customers", "a"), document("customers", "b", { n: 1 })]);
    await put(store, "orders", [document("orders", "o1", { customer: "b" })]);
    const byId = await pipelinesOf(store).explain("customers", [{ $match: { project: "shop", _id: "a" } }]);
    expect(byId.indexes).toEqual([expect.stringMatching(/^_id/)]);
    expect(byId).toMatchObject({ rowsRead: 1, rowsReturned: 1 });
    expect(byId.steps[0]).toMatchObject({ collection: "customers", index: byId.indexes[0], rowsRead: 1 });
    const scan = await pipelinesOf(store).explain("customers", [{ $match: { project: "shop", n: 1 } }]);
    expect(scan).toMatchObject({ rowsRead: 2, rowsReturned: 1 });
    const joined = await pipelinesOf(store).explain("customers", [
      { $match: { project: "shop", n: 1 } },
      { $lookup: { from: "orders", localField: "_id", foreignField: "customer", as: "orders" } },
    ]);
    expect(joined.steps.map(({ collection }) => collection)).toEqual(
      expect.arrayContaining(["customers", "orders"]),
    );
    expect(joined.rowsReturned).toBe(1);
    await expect(pipelinesOf(store).explain("customers", [{ $match: {} }])).rejects.toMatchObject({
      code: "UNSCOPED",
    });
    const aborted = pipelinesOf(store).explain("customers", [{ $match: { project: "shop" } }], {
      signal: AbortSignal.abort(new Error("gone")),
    });
    await expect(aborted).rejects.toThrow("gone");
  });

  it("gives a long sorted answer whole", async () => {
    const list = Array.from({ length: 6_000 }, (_, n) => n);
    await put(store, "customers", [
      document("customers", "a", { list: list.map((n) => 2 * n) }),
      document("customers", "b", { list: list.map((n) => 2 * n + 1) }),
    ]);
    const found = await rows(store, "customers", [
      { $unwind: "$list" },
      { $sort: { list: 1 } },
      { $project: { _id: 0, list: 1 } },
    ]);
    expect(found).toEqual(Array.from({ length: 12_000 }, (_, n) => ({ list: n })));
  });
});

describe.each(pipelineStores)("a read of many on a $name store", (tested) => {
  const { name } = tested;
  const store = storeOfSuite(tested);
  const count = 20_000;

  beforeAll(async () => {
    const documents = Array.from({ length: count }, (_, n) =>
      document("customers", `c${n}`, { n, list: [n, n + 1] }),
    );
    await put(store, "customers", documents);
  });

  it("gives every row, whatever stages are in the pipeline", async () => {
    expect(await rows(store, "customers", [{ $match: { n: { $gte: 5 } } }, { $count: "n" }])).toEqual([
      { n: count - 5 },
    ]);
    const page = [{ $unwind: "$list" }, { $skip: 30_000 }, { $limit: 3 }, { $project: { list: 1 } }];
    expect(await rows(store, "customers", [{ $sort: { n: 1 } }, ...page])).toEqual([
      { _id: "c15000", list: 15_000 },
      { _id: "c15000", list: 15_001 },
      { _id: "c15001", list: 15_001 },
    ]);
  });

  it("lets other work have its turn", async () => {
    let reading = true;
    let turns = 0;
    const read = rows(store, "customers", [{ $match: { n: -1 } }]).finally(() => {
      reading = false;
    });
    while (reading) {
      await turn();
      turns++;
    }
    expect(await read).toEqual([]);
    // What reads in this process has to let go again and again; elsewhere it is another process that works.
    expect(turns).toBeGreaterThanOrEqual(name === "embedded" ? 10 : 1);
  });

  it("stops with TIMEOUT when its time is over, also inside a stage that needs all rows", async () => {
    const slow = {
      $set: { x: { $reduce: { input: "$list", initialValue: 0, in: { $add: ["$$value", "$$this"] } } } },
    };
    for (const pipeline of [[slow], [{ $group: { _id: "$n", x: { $sum: "$n" } } }]]) {
      const read = rows(store, "customers", pipeline, { maxTimeMs: 0.5 });
      await expect(read).rejects.toBeInstanceOf(StoreError);
      await expect(read).rejects.toMatchObject({ code: "TIMEOUT" });
    }
  });

  it("stops with the signal's reason when it is aborted, before or on the way", async () => {
    const reason = new Error("the client went away");
    const before = rows(store, "customers", [], { signal: AbortSignal.abort(reason) });
    await expect(before).rejects.toBe(reason);
    const controller = new AbortController();
    const read = rows(store, "customers", [{ $match: { n: -1 } }], { signal: controller.signal });
    setImmediate(() => controller.abort(reason));
    await expect(read).rejects.toBe(reason);
  });

  it("goes straight to the documents of given ids", async () => {
    const ids = ["c7", "c19999", "nobody"];
    const explained = await pipelinesOf(store).explain("customers", [
      { $match: { project: "shop", _id: { $in: ids } } },
    ]);
    expect(explained).toMatchObject({
      indexes: [expect.stringMatching(/^_id_?$/)],
      rowsRead: 2,
      rowsReturned: 2,
    });
  });
});
