// Conditions on events as pipelines: each way of asking them, as small as a person would write it.
import { describe, expect, it } from "vitest";
import { compileQuery, type EventStrategy, strategiesOf } from "../../src/pipeline/compile.js";
import type { Plan } from "../../src/plan/plan.js";
import { simplifyPlan } from "../../src/plan/simplify.js";
import { check } from "../check/world.js";

function planOf(text: string): Plan {
  const { plan, diagnostics } = check(text, { eventSchemas: { login: { url: "string", value: "number" } } });
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics));
  return plan;
}

const compiled = (text: string, strategy: EventStrategy, activity: "summary" | "records" = "summary") =>
  compileQuery(simplifyPlan(planOf(text)), { activity, strategy });

const now = new Date("2026-11-23T12:00:00Z");
const twoDaysAgo = new Date("2026-11-21T12:00:00Z");
const matchesNone = { $match: { project: "shop", _id: { $in: [] } } };
const lookUp = { $lookup: { from: "customers", localField: "_id", foreignField: "_id", as: "customer" } };
const withFigures = { $replaceRoot: { newRoot: { $mergeObjects: [{ $first: "$customer" }, "$$ROOT"] } } };

describe("joined", () => {
  it("after the conditions that need no events, with figures computed from the list", () => {
    const text =
      "city is Paris and performed login at least twice in the last 2 days where url starts with /a";
    expect(compiled(text, "join")).toEqual({
      find: [
        { $match: { project: "shop", "facts.city": { $eq: "paris" } } },
        {
          $lookup: {
            from: "events",
            localField: "_id",
            foreignField: "customer",
            as: "events_of_customer",
          },
        },
        {
          $set: {
            figure_0: {
              $size: {
                $filter: {
                  input: "$events_of_customer",
                  as: "record",
                  cond: {
                    $and: [
                      { $eq: ["$$record.type", { $literal: "login" }] },
                      { $gte: ["$$record.at", { $literal: twoDaysAgo }] },
                      { $lte: ["$$record.at", { $literal: now }] },
                      {
                        $regexMatch: { input: { $ifNull: ["$$record.facts.s_url", ""] }, regex: "^\\/a" },
                      },
                    ],
                  },
                },
              },
            },
          },
        },
        { $match: { figure_0: { $gte: 2 } } },
      ],
      fetch: [{ $unset: ["events_of_customer", "figure_0"] }],
    });
  });
});

describe("events first", () => {
  it("alone, its conditions are in the match that an index serves, and a count reads no customer", () => {
    const text = "performed login at least twice in the last 2 days where url starts with /a";
    expect(compiled(text, "events_first")).toEqual({
      find: [
        matchesNone,
        {
          $unionWith: {
            coll: "events",
            pipeline: [
              {
                $match: {
                  project: "shop",
                  type: "login",
                  at: { $gte: twoDaysAgo, $lte: now },
                  "facts.s_url": { $regex: "^\\/a" },
                },
              },
              { $group: { _id: "$customer", figure_0: { $sum: 1 } } },
              { $match: { figure_0: { $gte: 2 } } },
            ],
          },
        },
      ],
      fetch: [lookUp, withFigures, { $unset: ["customer", "figure_0"] }],
    });
  });

  it("several conditions are counted in one pass", () => {
    const text = "performed login in the last 2 days and performed login where url is /a";
    const [, union] = compiled(text, "events_first").find;
    const isLogin = { $eq: ["$type", { $literal: "login" }] };
    const upToNow = { $lte: ["$at", { $literal: now }] };
    expect(union).toEqual({
      $unionWith: {
        coll: "events",
        pipeline: [
          { $match: { project: "shop", type: "login", at: { $lte: now } } },
          {
            $group: {
              _id: "$customer",
              figure_0: {
                $sum: {
                  $cond: [{ $and: [isLogin, { $gte: ["$at", { $literal: twoDaysAgo }] }, upToNow] }, 1, 0],
                },
              },
              figure_1: {
                $sum: {
                  $cond: [
                    {
                      $and: [
                        isLogin,
                        upToNow,
                        { $in: [{ $ifNull: ["$facts.s_url", null] }, { $literal: ["/a"] }] },
                      ],
                    },
                    1,
                    0,
                  ],
                },
              },
            },
          },
          { $match: { figure_0: { $gte: 1 }, figure_1: { $gte: 1 } } },
        ],
      },
    });
  });

  it("customers who can't pass are left out before sums are rounded", () => {
    const [, union] = compiled("sum of value of login > 5", "events_first").find as readonly {
      $unionWith?: { pipeline: readonly object[] };
    }[];
    const stages = union?.$unionWith?.pipeline ?? [];
    expect(stages.map((stage) => Object.keys(stage)[0])).toEqual([
      "$match",
      "$group",
      "$match",
      "$set",
      "$match",
    ]);
    expect(stages[2]).toEqual({ $match: { figure_0: { $gte: 5 - 5e-6 } } });
    expect(stages[4]).toEqual({ $match: { figure_0: { $gt: 5 } } });
  });
});

describe("both sides", () => {
  it("carry what the conditions read, and meet in one grouping", () => {
    const text = "vip and (age > 3 or has not performed login in the last 2 days)";
    expect(compiled(text, "both_sides")).toEqual({
      find: [
        { $match: { project: "shop", "facts.metadata.b_vip": { $eq: true } } },
        { $project: { is_customer: { $literal: true }, carried_0: "$facts.metadata.n_age" } },
        {
          $unionWith: {
            coll: "events",
            pipeline: [
              { $match: { project: "shop", type: "login", at: { $gte: twoDaysAgo, $lte: now } } },
              { $group: { _id: "$customer", figure_0: { $sum: 1 } } },
            ],
          },
        },
        {
          $group: {
            _id: "$_id",
            is_customer: { $max: "$is_customer" },
            carried_0: { $max: "$carried_0" },
            figure_0: { $sum: "$figure_0" },
          },
        },
        {
          $match: {
            is_customer: true,
            $or: [{ carried_0: { $gt: 3 } }, { figure_0: { $not: { $gte: 1 } } }],
          },
        },
      ],
      fetch: [lookUp, { $replaceRoot: { newRoot: { $first: "$customer" } } }],
    });
  });

  it("cancelled orders, and records later than as-of, count nowhere", () => {
    const stages = compiled("placed order twice or performed login", "both_sides").find;
    expect(stages[2]).toEqual({
      $unionWith: {
        coll: "orders",
        pipeline: [
          { $match: { project: "shop", at: { $lte: now }, status: { $ne: "CANCELED" } } },
          { $group: { _id: "$customer", figure_0: { $sum: 1 } } },
        ],
      },
    });
  });
});

describe("the strategies of a query", () => {
  it.each<readonly [text: string, strategies: readonly EventStrategy[]]>([
    ["city is Paris", []],
    ["performed login", ["join", "events_first", "both_sides"]],
    ["has not performed login", ["join", "both_sides"]],
    ["performed login at most twice", ["join", "both_sides"]],
    ["not performed login at most twice", ["join", "events_first", "both_sides"]],
    ["performed login or city is Paris", ["join", "both_sides"]],
    ["performed login or placed order", ["join", "both_sides"]],
    [
      "(performed login or last performed login before today) and vip",
      ["join", "events_first", "both_sides"],
    ],
    ["sum of value of login is at least 0", ["join", "both_sides"]],
    ["sum of value of login is less than -1", ["join", "events_first", "both_sides"]],
    ["average of value of login is at least 0", ["join", "events_first", "both_sides"]],
    ["average of value of login is not 5", ["join", "both_sides"]],
    ["performed login then performed login", ["join", "events_first", "both_sides"]],
    ["performed login then not performed login within 1 day and vip", ["join", "events_first", "both_sides"]],
    ["not (performed login then performed login)", ["join", "both_sides"]],
    ["performed login then performed login or vip", ["join", "both_sides"]],
    ["performed login then placed order", ["join"]],
    ["performed login then performed login with the same value", ["join"]],
    ["performed login then performed login where value is customer's age", ["join"]],
  ])("%s", (text, strategies) => {
    expect(strategiesOf(simplifyPlan(planOf(text)))).toEqual(strategies);
  });

  it("another strategy is refused", () => {
    expect(() => compiled("has not performed login", "events_first")).toThrow(RangeError);
    expect(() => compiled("performed login then placed order", "both_sides")).toThrow(RangeError);
    expect(() => compiled("not (performed login then performed login)", "events_first")).toThrow(RangeError);
  });
});

it("a grouped sequence reads no record before the window of its first step", () => {
  const read = (text: string) => JSON.stringify(compiled(text, "both_sides"));
  const window = (from: string) => `"at":{${from}"$lte":"2026-11-23T12:00:00.000Z"}`;
  expect(read("performed login in the last 2 days then not performed login within 1 day")).toContain(
    window('"$gte":"2026-11-21T12:00:00.000Z",'),
  );
  expect(read("performed login then performed login in the last 2 days")).toContain(window(""));
});

it("a sequence leads to its customers, who are read only for further conditions", () => {
  const stages = (text: string) => {
    const { find, fetch } = compiled(text, "events_first");
    return { find: find.map(namesOf), fetch: fetch.map(namesOf) };
  };
  const customer = ["$lookup customers", "$replaceRoot"];
  expect(stages("performed login then performed login")).toEqual({
    find: ["$match", "$unionWith events: $match, $group, $project, $match"],
    fetch: [...customer, "$unset"],
  });
  expect(stages("performed login then performed login and vip and performed login")).toEqual({
    find: [
      "$match",
      `$unionWith events: $match, $group, $project, $match, ${customer.join(", ")}`,
      "$lookup events",
      "$set",
      "$match",
    ],
    fetch: ["$unset"],
  });
});

it("of steps of different types, each record is looked at once, those of later steps first", () => {
  const eventSchemas = { login: {}, checkout: {}, search: {} };
  const stagesOf = (text: string) => {
    const plan = simplifyPlan(check(text, { eventSchemas }).plan!);
    const { find } = compileQuery(plan, { activity: "summary", strategy: "events_first" });
    return (find[1] as { $unionWith: { pipeline: readonly object[] } }).$unionWith.pipeline;
  };
  const types = ["login", "search", "checkout"];
  const isStep = (step: number) => ({ $eq: ["$$this.step", step] });
  const input = { $sortArray: { input: "$seen", sortBy: { at: 1, step: -1 } } };
  const text = "performed login then not performed search then performed checkout within 2 hours";
  expect(stagesOf(text)).toEqual([
    { $match: { project: "shop", type: { $in: types }, at: { $lte: now } } },
    {
      $group: {
        _id: "$customer",
        seen: { $push: { at: "$at", step: { $indexOfArray: [{ $literal: types }, "$type"] } } },
      },
    },
    {
      $project: {
        sequence_0: {
          $let: {
            vars: {
              passed: {
                $reduce: {
                  input,
                  initialValue: { at_0: null, done: false },
                  in: {
                    at_0: {
                      $cond: [
                        isStep(0),
                        "$$this.at",
                        { $cond: [{ $in: ["$$this.step", [1]] }, null, "$$value.at_0"] },
                      ],
                    },
                    done: {
                      $or: [
                        "$$value.done",
                        {
                          $and: [
                            isStep(2),
                            { $ne: ["$$value.at_0", null] },
                            { $lte: ["$$this.at", { $add: ["$$value.at_0", 7_200_000] }] },
                          ],
                        },
                      ],
                    },
                  },
                },
              },
            },
            in: "$$passed.done",
          },
        },
      },
    },
    { $match: { sequence_0: true } },
  ]);
  const several =
    "performed login then not performed search within 1 hour then not performed checkout within 1 hour";
  expect(JSON.stringify(stagesOf(several))).not.toContain('"step"');
  expect(JSON.stringify(stagesOf("performed login then performed login"))).not.toContain('"step"');
});

/** A stage's name, with the collection that it reads and the stages over that. */
function namesOf(stage: object): string {
  const [[name, value]] = Object.entries(stage) as [
    [string, { from?: string; coll?: string; pipeline?: object[] }],
  ];
  const from = value.from ?? value.coll;
  const inner = value.pipeline === undefined ? "" : `: ${value.pipeline.map(namesOf).join(", ")}`;
  return from === undefined ? name : `${name} ${from}${inner}`;
}
