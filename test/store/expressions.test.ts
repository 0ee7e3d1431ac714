// Expressions as MongoDB documents them, on every store: each is computed over one document.
import { beforeAll, describe, expect, it } from "vitest";
import type { MongoExpression } from "../../src/operators/encodings/encoding.js";
import { document, pipelineStores, pipelinesOf, put } from "./every-store.js";
import { storeOfSuite } from "./store-of-suite.js";

const early = new Date("2026-01-01T00:00:00Z");
const late = new Date("2026-03-01T00:00:00Z");

const fields = {
  n: 5,
  zero: 0,
  text: "b",
  blank: "",
  nothing: null,
  flag: false,
  at: late,
  list: [3, 1, 2],
  none: [],
  mixed: [2, null, "x", 7],
  pairs: [[1, 2], [3]],
  orders: [
    { id: "o2", at: late, amount: 700, status: "PAID", items: ["b"] },
    { id: "o1", at: early, amount: 300, status: "CANCELED", items: ["a", "b"] },
    { id: "o3", at: late, amount: null, items: [] },
  ],
};

const paid = { $filter: { input: "$orders", as: "order", cond: { $ne: ["$$order.status", "CANCELED"] } } };

// Written by JSON: in an object literal a field `then` looks like a promise to linters.
const when = (test: MongoExpression, result: MongoExpression): MongoExpression =>
  JSON.parse(`{"case": ${JSON.stringify(test)}, "then": ${JSON.stringify(result)}}`);
const choice = (test: MongoExpression, yes: MongoExpression, no: MongoExpression): MongoExpression =>
  JSON.parse(
    `{"if": ${JSON.stringify(test)}, "then": ${JSON.stringify(yes)}, "else": ${JSON.stringify(no)}}`,
  );

const cases: readonly (readonly [expression: MongoExpression, result: unknown])[] = [
  // Comparisons order all types: missing, null, numbers, text, objects, arrays, true/false, dates.
  [{ $eq: ["$n", 5] }, true],
  [{ $eq: ["$missing", null] }, false],
  [{ $eq: ["$nothing", null] }, true],
  [{ $eq: ["$list", 3] }, false],
  [{ $eq: ["$list", [3, 1, 2]] }, true],
  [{ $ne: ["$missing", null] }, true],
  [{ $lt: ["$missing", null] }, true],
  [{ $lte: ["$missing", "$at"] }, true],
  [{ $gte: ["$missing", 0] }, false],
  [{ $lt: ["$nothing", 0] }, true],
  [{ $gt: ["$text", "$n"] }, true],
  [{ $gt: ["$at", "$text"] }, true],
  [{ $gt: ["$list", "$text"] }, true],
  [{ $gt: ["$flag", "$list"] }, true],
  [{ $gt: ["$at", early] }, true],
  [{ $lte: ["$at", late] }, true],
  [{ $eq: ["$at", late] }, true],
  [{ $cmp: ["$n", 9] }, -1],
  [{ $cmp: ["$text", "a"] }, 1],
  // What counts as true.
  [{ $and: ["$n", "$text", "$blank", "$none"] }, true],
  [{ $and: ["$n", "$zero"] }, false],
  [{ $and: [] }, true],
  [{ $or: ["$missing", "$nothing", "$flag", "$zero"] }, false],
  [{ $or: [] }, false],
  [{ $not: ["$missing"] }, true],
  [{ $not: ["$blank"] }, false],
  [{ $not: "$flag" }, true],
  // Choices.
  [{ $cond: ["$missing", "yes", "no"] }, "no"],
  [{ $cond: choice({ $gte: ["$n", 5] }, "$text", 0) }, "b"],
  [{ $ifNull: ["$missing", "$nothing", "$n"] }, 5],
  [{ $ifNull: ["$zero", 1] }, 0],
  [{ $switch: { branches: [when({ $gt: ["$n", 9] }, "a"), when(true, "b")], default: "c" } }, "b"],
  [{ $switch: { branches: [when(false, "a")], default: "c" } }, "c"],
  // Arithmetic.
  [{ $divide: ["$n", 2] }, 2.5],
  [{ $divide: ["$missing", 2] }, null],
  [{ $add: ["$n", 1] }, 6],
  [{ $add: ["$n", "$nothing"] }, null],
  [{ $subtract: ["$at", early] }, 59 * 86_400_000],
  [{ $multiply: ["$n", 3] }, 15],
  [{ $mod: ["$n", 3] }, 2],
  // Over arrays and arguments.
  [{ $sum: "$list" }, 6],
  [{ $sum: ["$list"] }, 6],
  [{ $sum: ["$n", 1, "$missing", "x"] }, 6],
  [{ $sum: ["$list", 1] }, 1],
  [{ $sum: "$n" }, 5],
  [{ $sum: "$missing" }, 0],
  [{ $sum: "$mixed" }, 9],
  [{ $sum: "$orders.amount" }, 1000],
  [{ $avg: "$orders.amount" }, 500],
  [{ $avg: "$none" }, null],
  [{ $max: "$orders.at" }, late],
  [{ $min: "$orders.at" }, early],
  [{ $max: "$orders.amount" }, 700],
  [{ $min: "$mixed" }, 2],
  [{ $max: "$mixed" }, "x"],
  [{ $max: ["$n", "$missing"] }, 5],
  [{ $min: ["$nothing", "$n", 9] }, 5],
  [{ $max: "$none" }, null],
  [{ $max: "$n" }, 5],
  [{ $size: "$list" }, 3],
  [{ $size: ["$orders.items"] }, 3],
  [{ $size: { $ifNull: ["$missing", []] } }, 0],
  [{ $first: "$list" }, 3],
  [{ $last: "$list" }, 2],
  [{ $first: "$pairs" }, [1, 2]],
  [{ $last: "$pairs" }, [3]],
  [{ $first: "$none" }, undefined],
  [{ $last: "$none" }, undefined],
  [{ $first: "$missing" }, null],
  [{ $arrayElemAt: ["$list", -1] }, 2],
  [{ $arrayElemAt: ["$list", 9] }, undefined],
  [{ $slice: ["$list", 2] }, [3, 1]],
  [{ $concatArrays: ["$list", [9]] }, [3, 1, 2, 9]],
  [{ $isArray: "$list" }, true],
  [{ $in: ["b", { $first: "$orders.items" }] }, true],
  [{ $in: ["$missing", [null]] }, false],
  [{ $in: ["$at", "$orders.at"] }, true],
  // $filter, $map, $reduce, one inside another.
  [{ $size: paid }, 2],
  [{ $filter: { input: "$list", cond: { $gte: ["$$this", 2] } } }, [3, 2]],
  [{ $filter: { input: "$list", as: "x", cond: { $lt: ["$$x", "$n"] }, limit: 2 } }, [3, 1]],
  [{ $filter: { input: "$missing", cond: true } }, null],
  [{ $map: { input: "$list", as: "x", in: { $multiply: ["$$x", "$n"] } } }, [15, 5, 10]],
  [{ $map: { input: "$orders", as: "o", in: "$$o.status" } }, ["PAID", "CANCELED", null]],
  [{ $map: { input: "$nothing", in: "$$this" } }, null],
  [{ $reduce: { input: "$list", initialValue: 0, in: { $add: ["$$value", "$$this", "$n"] } } }, 21],
  [{ $reduce: { input: "$none", initialValue: "x", in: "$$this" } }, "x"],
  [{ $reduce: { input: "$missing", initialValue: 0, in: 1 } }, null],
  [
    { $reduce: { input: "$pairs", initialValue: [], in: { $concatArrays: ["$$value", "$$this"] } } },
    [1, 2, 3],
  ],
  [{ $reduce: { input: "$pairs", initialValue: 0, in: { $max: ["$$value", { $max: "$$this" }] } } }, 3],
  [
    {
      $map: {
        input: [[1, 2], [3]],
        in: { $reduce: { input: "$$this", initialValue: 0, in: { $add: ["$$value", "$$this"] } } },
      },
    },
    [3, 3],
  ],
  [{ $let: { vars: { x: "$n" }, in: { $add: ["$$x", 1] } } }, 6],
  [{ $let: { vars: { x: { $first: "$none" } }, in: "$$x.amount" } }, undefined],
  [
    { $reduce: { input: "$orders.items", initialValue: [], in: { $setUnion: ["$$value", "$$this"] } } },
    ["b", "a"],
  ],
  [{ $literal: "$n" }, "$n"],
  // Order: dates, missing and ties.
  [
    { $map: { input: { $sortArray: { input: "$orders", sortBy: { at: 1, id: -1 } } }, in: "$$this.id" } },
    ["o1", "o3", "o2"],
  ],
  [
    { $map: { input: { $sortArray: { input: "$orders", sortBy: { amount: 1 } } }, in: "$$this.id" } },
    ["o3", "o1", "o2"],
  ],
  [{ $sortArray: { input: "$mixed", sortBy: 1 } }, [null, 2, 7, "x"]],
  [{ $sortArray: { input: "$list", sortBy: -1 } }, [3, 2, 1]],
  [{ $last: { $sortArray: { input: paid, sortBy: { at: 1, id: 1 } } } }, fields.orders[2]],
  // Sets and objects.
  [{ $sortArray: { input: { $setUnion: ["$list", [3, 9]] }, sortBy: 1 } }, [1, 2, 3, 9]],
  [{ $setUnion: ["$list", "$missing"] }, null],
  [{ $size: { $setUnion: [{ $ifNull: ["$orders.at", []] }, []] } }, 2],
  [{ $setIntersection: ["$list", [2, 8]] }, [2]],
  [{ $setDifference: ["$list", [2, 8]] }, [3, 1]],
  [{ $setIsSubset: [[1, 2], "$list"] }, true],
  [
    {
      $arrayToObject: [
        [
          { k: "a", v: [1, [2]] },
          { k: "b", v: "$n" },
        ],
      ],
    },
    { a: [1, [2]], b: 5 },
  ],
  [{ $arrayToObject: { $literal: [["a", [1, [2]]]] } }, { a: [1, [2]] }],
  [{ $mergeObjects: [{ a: 1 }, "$missing", { b: "$n" }] }, { a: 1, b: 5 }],
];

describe.each(pipelineStores)("expressions on $name", (tested) => {
  const store = storeOfSuite(tested);

  beforeAll(async () => {
    await put(store, "products", [document("products", "one", fields)]);
  });

  it.each(cases)("%j", async (expression, result) => {
    const [row] = await pipelinesOf(store).run<{ result?: unknown }>("products", [
      { $match: { project: "shop" } },
      { $set: { result: expression } },
    ]);
    expect(row?.result).toEqual(result);
  });

  it("names an operator that it has not", async () => {
    const pipeline = [{ $match: { project: "shop" } }, { $set: { result: { $function: { body: "1" } } } }];
    await expect(pipelinesOf(store).run("products", pipeline)).rejects.toThrow("$function");
  });
});
