// Stages as MongoDB documents them, on every store; and that none of them changes what is stored.
import { beforeAll, describe, expect, it } from "vitest";
import type { CollectionName } from "../../src/documents/collections.js";
import type { Pipeline } from "../../src/pipeline/stage.js";
import { document, pipelineStores, put, rows } from "./every-store.js";
import { storeOfSuite } from "./store-of-suite.js";

const noon = new Date("2026-01-01T12:00:00Z");
const later = new Date("2026-02-01T12:00:00Z");

const customers = [
  document("customers", "c1", {
    source_id: "1",
    city: "łódź",
    spent: 10,
    at: later,
    activity: { orders: { count: 2 } },
    tags: ["b", "a"],
  }),
  document("customers", "c2", { source_id: "2", city: null, spent: 5, at: noon, tags: [] }),
  document("customers", "c3", { source_id: "3", spent: "x", tags: "z" }),
  document("customers", "c4", {
    source_id: "4",
    city: "lodz",
    spent: 7,
    at: noon,
    campaigns: [{ name: "s", n: 1 }, { name: "w" }, 5],
  }),
];
const elsewhere = [document("customers", "d1", { source_id: "1", city: "lodz" }, "other")];
const orders = [
  document("orders", "o1", { customer: "c1", amount: 3, at: noon }),
  document("orders", "o2", { customer: "c1", amount: 7, at: later }),
  document("orders", "o3", { customer: "c4", amount: 1 }),
  document("orders", "o4", { customer: "d1", amount: 100 }, "other"),
];

interface Case {
  readonly title: string;
  readonly from?: CollectionName;
  readonly pipeline: Pipeline;
  /** As MongoDB documents it. */
  readonly result: readonly unknown[];
  /** What DocumentDB answers, where it does otherwise: the product has to do with either. */
  readonly documentdb?: readonly unknown[];
}
const ids = { $project: { _id: 1 } };
const cases: readonly Case[] = [
  {
    title: "$project keeps named fields, dotted ones too, and _id",
    pipeline: [
      { $match: { _id: "c1" } },
      { $project: { city: 1, "activity.orders.count": 1, "missing.field": 1 } },
    ],
    result: [{ _id: "c1", city: "łódź", activity: { orders: { count: 2 } } }],
  },
  {
    title: "$project goes through arrays and drops what is no object there",
    pipeline: [{ $match: { _id: "c4" } }, { $project: { _id: 0, "campaigns.name": 1 } }],
    result: [{ campaigns: [{ name: "s" }, { name: "w" }] }],
  },
  {
    title: "$project computes, and leaves out what is missing",
    pipeline: [
      { $match: { _id: "c1" } },
      {
        $project: {
          _id: false,
          double: { $multiply: ["$spent", 2] },
          gone: "$missing",
          "deep.copy": "$city",
        },
      },
    ],
    result: [{ double: 20, deep: { copy: "łódź" } }],
  },
  {
    title: "$project without _id keeps the rest",
    pipeline: [{ $match: { _id: "c2" } }, { $project: { _id: 0 } }],
    result: [{ project: "shop", source_id: "2", city: null, spent: 5, at: noon, tags: [] }],
  },
  {
    title: "$project leaves dotted fields out",
    pipeline: [{ $match: { _id: "c4" } }, { $project: { "campaigns.n": 0, at: 0, project: 0 } }],
    result: [
      { _id: "c4", source_id: "4", city: "lodz", spent: 7, campaigns: [{ name: "s" }, { name: "w" }, 5] },
    ],
  },
  {
    title: "$set at a dotted path keeps the neighbours and makes what is not there",
    pipeline: [
      { $match: { _id: "c1" } },
      { $set: { "activity.orders.spent": "$spent", "asOf.orders.count": 1, city: "$missing" } },
      { $project: { _id: 0, activity: 1, asOf: 1, city: 1 } },
    ],
    result: [{ activity: { orders: { count: 2, spent: 10 } }, asOf: { orders: { count: 1 } } }],
  },
  {
    title: "$set of an object sets its fields, in each element of an array",
    pipeline: [
      { $match: { _id: "c4" } },
      { $addFields: { campaigns: { seen: true }, spent: { now: "$spent" } } },
      { $project: { campaigns: 1, spent: 1 } },
    ],
    result: [
      {
        _id: "c4",
        campaigns: [{ name: "s", n: 1, seen: true }, { name: "w", seen: true }, { seen: true }],
        spent: { now: 7 },
      },
    ],
  },
  {
    title: "$unset of one path and of several, there or not",
    pipeline: [
      { $match: { _id: "c1" } },
      { $unset: "activity.orders.count" },
      { $unset: ["city", "spent.none", "nothing.at.all", "tags", "at", "project", "source_id"] },
    ],
    result: [{ _id: "c1", spent: 10, activity: { orders: {} } }],
  },
  { title: "$count counts", pipeline: [{ $count: "n" }], result: [{ n: 4 }] },
  {
    title: "$count of nothing is no row",
    pipeline: [{ $match: { city: "Rome" } }, { $count: "n" }],
    result: [],
    documentdb: [{ n: 0 }],
  },
  {
    title: "$sort puts missing with null before numbers before text",
    pipeline: [{ $sort: { city: 1, _id: 1 } }, ids],
    result: [{ _id: "c2" }, { _id: "c3" }, { _id: "c4" }, { _id: "c1" }],
  },
  {
    title: "$sort of mixed types downwards",
    pipeline: [{ $sort: { spent: -1 } }, ids],
    result: [{ _id: "c3" }, { _id: "c1" }, { _id: "c4" }, { _id: "c2" }],
  },
  {
    title: "$sort by dates, ties by the next path",
    pipeline: [{ $sort: { at: -1, _id: -1 } }, ids],
    result: [{ _id: "c1" }, { _id: "c4" }, { _id: "c2" }, { _id: "c3" }],
  },
  {
    title: "$sort takes an array's least element, and an empty one before null",
    pipeline: [{ $sort: { tags: 1 } }, ids],
    result: [{ _id: "c2" }, { _id: "c4" }, { _id: "c1" }, { _id: "c3" }],
  },
  {
    title: "$skip and $limit",
    pipeline: [{ $sort: { _id: 1 } }, { $skip: 1 }, { $limit: 2 }, ids],
    result: [{ _id: "c2" }, { _id: "c3" }],
  },
  { title: "$skip past the end", pipeline: [{ $skip: 9 }, ids], result: [] },
  {
    title: "$group puts missing with null",
    pipeline: [{ $group: { _id: "$city", n: { $sum: 1 } } }, { $sort: { _id: 1 } }],
    result: [
      { _id: null, n: 2 },
      { _id: "lodz", n: 1 },
      { _id: "łódź", n: 1 },
    ],
  },
  {
    title: "$group of dates, and its accumulators",
    pipeline: [
      { $sort: { _id: 1 } },
      {
        $group: {
          _id: "$at",
          count: { $count: {} },
          spent: { $sum: "$spent" },
          most: { $max: "$spent" },
          least: { $min: "$spent" },
          cities: { $push: "$city" },
          first: { $first: "$_id" },
          last: { $last: "$_id" },
          tags: { $sum: { $size: { $ifNull: ["$campaigns", []] } } },
        },
      },
      { $sort: { _id: 1 } },
    ],
    result: [
      {
        _id: null,
        count: 1,
        spent: 0,
        most: "x",
        least: "x",
        cities: [],
        first: "c3",
        last: "c3",
        tags: 0,
      },
      {
        _id: noon,
        count: 2,
        spent: 12,
        most: 7,
        least: 5,
        cities: [null, "lodz"],
        first: "c2",
        last: "c4",
        tags: 3,
      },
      {
        _id: later,
        count: 1,
        spent: 10,
        most: 10,
        least: 10,
        cities: ["łódź"],
        first: "c1",
        last: "c1",
        tags: 0,
      },
    ],
  },
  {
    title: "$addToSet leaves out what is missing",
    pipeline: [
      { $group: { _id: "$at", places: { $addToSet: "$city" } } },
      { $set: { places: { $sortArray: { input: "$places", sortBy: 1 } } } },
      { $sort: { _id: 1 } },
    ],
    result: [
      { _id: null, places: [] },
      { _id: noon, places: [null, "lodz"] },
      { _id: later, places: ["łódź"] },
    ],
    documentdb: [
      { _id: null, places: [null] },
      { _id: noon, places: [null, "lodz"] },
      { _id: later, places: ["łódź"] },
    ],
  },
  {
    title: "$group of everything, and of nothing",
    pipeline: [{ $match: { city: "Rome" } }, { $group: { _id: null, n: { $sum: 1 } } }],
    result: [],
  },
  {
    title: "$group over the group of a group",
    from: "orders",
    pipeline: [
      { $group: { _id: "$customer", n: { $sum: 1 } } },
      { $group: { _id: null, most: { $max: "$n" }, all: { $avg: "$n" } } },
    ],
    result: [{ _id: null, most: 2, all: 1.5 }],
  },
  {
    title: "$lookup of records, into a dotted path",
    pipeline: [
      { $match: { _id: { $in: ["c1", "c2"] } } },
      { $sort: { _id: 1 } },
      { $lookup: { from: "orders", localField: "_id", foreignField: "customer", as: "activity.found" } },
      { $project: { "activity.orders": 1, "activity.found._id": 1 } },
    ],
    result: [
      { _id: "c1", activity: { orders: { count: 2 }, found: [{ _id: "o1" }, { _id: "o2" }] } },
      { _id: "c2", activity: { found: [] } },
    ],
  },
  {
    title: "$lookup by _id",
    from: "orders",
    pipeline: [
      { $sort: { _id: 1 } },
      { $lookup: { from: "customers", localField: "customer", foreignField: "_id", as: "who" } },
      { $project: { city: { $first: "$who.city" } } },
    ],
    result: [
      { _id: "o1", city: "łódź" },
      { _id: "o2", city: "łódź" },
      { _id: "o3", city: "lodz" },
    ],
  },
  {
    title: "$lookup with a pipeline joins first and filters then",
    pipeline: [
      { $match: { _id: { $in: ["c1", "c4"] } } },
      { $sort: { _id: 1 } },
      {
        $lookup: {
          from: "orders",
          localField: "_id",
          foreignField: "customer",
          pipeline: [
            { $match: { amount: { $gt: 2 } } },
            { $sort: { amount: -1 } },
            { $limit: 1 },
            { $project: { amount: 1 } },
          ],
          as: "most",
        },
      },
      { $project: { most: 1 } },
    ],
    result: [
      { _id: "c1", most: [{ _id: "o2", amount: 7 }] },
      { _id: "c4", most: [] },
    ],
  },
  {
    title: "$lookup by a list, each found once",
    pipeline: [
      { $match: { _id: "c1" } },
      { $set: { several: ["c1", "c4", "c1", "none"] } },
      { $lookup: { from: "customers", localField: "several", foreignField: "_id", as: "found" } },
      { $project: { "found._id": 1 } },
    ],
    result: [{ _id: "c1", found: [{ _id: "c1" }, { _id: "c4" }] }],
  },
  {
    title: "$unwind",
    pipeline: [{ $sort: { _id: 1 } }, { $unwind: "$tags" }, { $project: { tags: 1 } }],
    result: [
      { _id: "c1", tags: "b" },
      { _id: "c1", tags: "a" },
      { _id: "c3", tags: "z" },
    ],
  },
  {
    title: "$unwind that keeps what has nothing",
    pipeline: [
      { $sort: { _id: 1 } },
      { $unwind: { path: "$tags", includeArrayIndex: "at", preserveNullAndEmptyArrays: true } },
      { $project: { tags: 1, at: 1 } },
    ],
    result: [
      { _id: "c1", tags: "b", at: 0 },
      { _id: "c1", tags: "a", at: 1 },
      { _id: "c2", at: null },
      { _id: "c3", tags: "z", at: null },
      { _id: "c4", at: null },
    ],
  },
  {
    title: "$unwind of objects keeps their neighbours",
    pipeline: [
      { $match: { _id: "c4" } },
      { $unwind: "$campaigns" },
      { $match: { "campaigns.name": "s" } },
      { $replaceRoot: { newRoot: "$campaigns" } },
    ],
    result: [{ name: "s", n: 1 }],
  },
  {
    title: "$unionWith another collection of the project",
    from: "orders",
    pipeline: [
      { $project: { customer: 1 } },
      {
        $unionWith: {
          coll: "customers",
          pipeline: [{ $match: { project: "shop" } }, { $project: { customer: "$_id" } }],
        },
      },
      { $group: { _id: "$customer", n: { $sum: 1 } } },
      { $sort: { _id: 1 } },
    ],
    result: [
      { _id: "c1", n: 3 },
      { _id: "c2", n: 1 },
      { _id: "c3", n: 1 },
      { _id: "c4", n: 2 },
    ],
  },
];

describe.each(pipelineStores)("stages on $name", (tested) => {
  const store = storeOfSuite(tested);

  beforeAll(async () => {
    await put(store, "customers", [...customers, ...elsewhere]);
    await put(store, "orders", orders);
  });

  it.each(cases)("$title", async ({ from = "customers", pipeline, result, documentdb }) => {
    const expected = tested.isDocumentDb ? (documentdb ?? result) : result;
    expect(await rows(store, from, pipeline)).toStrictEqual(expected);
    // Whatever a stage made, the stored documents are as they were put.
    expect(await store.getMany("customers", ["c1", "c2", "c3", "c4"])).toStrictEqual(customers);
  });
});
