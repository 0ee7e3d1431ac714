// Questions about events, each with the pipeline that joins everything and the best one that we can write by hand.
import type { Document } from "mongodb";

interface ByHand {
  readonly collection: "customers" | "events";
  /** Ends with `$count` of `count`. */
  readonly pipeline: readonly Document[];
}

export interface Question {
  readonly text: string;
  /** The first pipeline that comes to mind: every customer is joined with its events, which are then filtered. */
  readonly naive: (now: Date) => readonly Document[];
  readonly byHand: (now: Date) => ByHand;
}

const project = "bench";
const day = 24 * 60 * 60 * 1000;
const ago = (now: Date, days: number): Date => new Date(now.getTime() - days * day);
const counted: Document = { $count: "count" };

/** Every customer with `seen`: those of its events for which `condition` (on `$$event`) is true. */
function joined(condition: Document, filter: Document = {}): readonly Document[] {
  return [
    { $match: { project, ...filter } },
    { $lookup: { from: "events", localField: "_id", foreignField: "customer", as: "events" } },
    { $set: { seen: { $filter: { input: "$events", as: "event", cond: condition } } } },
  ];
}

const of = (type: string, now: Date, days?: number): Document => ({
  $and: [
    { $eq: ["$$event.type", type] },
    ...(days === undefined ? [] : [{ $gte: ["$$event.at", ago(now, days)] }]),
    { $lte: ["$$event.at", now] },
  ],
});
const within = (type: string, now: Date, days?: number): Document => ({
  project,
  type,
  at: { ...(days === undefined ? {} : { $gte: ago(now, days) }), $lte: now },
});

/**
 * The customers of `match` united with groups of events, by customer: those that pass `passes`, whether they have a group or not.
 */
function beside(match: Document, events: Document, count: Document, passes: Document): ByHand {
  return {
    collection: "customers",
    pipeline: [
      { $match: { project, ...match } },
      { $project: { is_customer: { $literal: true } } },
      {
        $unionWith: {
          coll: "events",
          pipeline: [{ $match: events }, { $group: { _id: "$customer", ...count } }],
        },
      },
      { $group: { _id: "$_id", is_customer: { $max: "$is_customer" }, ...maxima(count) } },
      { $match: { is_customer: true, ...passes } },
      counted,
    ],
  };
}

function maxima(count: Document): Document {
  return Object.fromEntries(Object.keys(count).map((name) => [name, { $max: `$${name}` }]));
}

export const questions: readonly Question[] = [
  {
    text: "performed checkout in the last 168 hours",
    naive: (now) => [...joined(of("checkout", now, 7)), { $match: { "seen.0": { $exists: true } } }, counted],
    byHand: (now) => ({
      collection: "events",
      pipeline: [{ $match: within("checkout", now, 7) }, { $group: { _id: "$customer" } }, counted],
    }),
  },
  {
    text: 'performed "page viewed" at least 3 times in the last 720 hours where url starts with /pricing',
    naive: (now) => [
      ...joined({
        $and: [
          of("page viewed", now, 30),
          { $regexMatch: { input: "$$event.facts.s_url", regex: "^/pricing" } },
        ],
      }),
      { $match: { "seen.2": { $exists: true } } },
      counted,
    ],
    byHand: (now) => ({
      collection: "events",
      pipeline: [
        { $match: { ...within("page viewed", now, 30), "facts.s_url": { $regex: "^/pricing" } } },
        { $group: { _id: "$customer", times: { $sum: 1 } } },
        { $match: { times: { $gte: 3 } } },
        counted,
      ],
    }),
  },
  {
    text: "sum of value of checkout in the last 2160 hours is more than 500",
    naive: (now) => [
      ...joined(of("checkout", now, 90)),
      { $set: { sum: { $sum: "$seen.facts.n_value" } } },
      { $match: { sum: { $gt: 500 } } },
      counted,
    ],
    byHand: (now) => ({
      collection: "events",
      pipeline: [
        { $match: within("checkout", now, 90) },
        { $group: { _id: "$customer", sum: { $sum: "$facts.n_value" } } },
        { $match: { sum: { $gt: 500 } } },
        counted,
      ],
    }),
  },
  {
    text: "last performed login more than 2160 hours ago",
    naive: (now) => [
      ...joined(of("login", now)),
      { $set: { last: { $max: "$seen.at" } } },
      { $match: { last: { $lt: ago(now, 90), $ne: null } } },
      counted,
    ],
    byHand: (now) => ({
      collection: "events",
      pipeline: [
        { $match: within("login", now) },
        { $group: { _id: "$customer", last: { $max: "$at" } } },
        { $match: { last: { $lt: ago(now, 90) } } },
        counted,
      ],
    }),
  },
  {
    text: "country is Poland and has not performed login in the last 720 hours",
    naive: (now) => [
      ...joined(of("login", now, 30), { "facts.country": "PL" }),
      { $match: { "seen.0": { $exists: false } } },
      counted,
    ],
    byHand: (now) =>
      beside({ "facts.country": "PL" }, within("login", now, 30), { times: { $sum: 1 } }, { times: null }),
  },
  {
    text: "never performed checkout",
    naive: (now) => [...joined(of("checkout", now)), { $match: { "seen.0": { $exists: false } } }, counted],
    byHand: (now) => beside({}, within("checkout", now), { times: { $sum: 1 } }, { times: null }),
  },
  {
    text: "email starts with ann and performed login at least twice in the last 2160 hours",
    naive: (now) => [
      ...joined(of("login", now, 90)),
      { $match: { "facts.email": { $regex: "^ann" }, "seen.1": { $exists: true } } },
      counted,
    ],
    byHand: (now) => ({
      collection: "customers",
      pipeline: [
        ...joined(of("login", now, 90), { "facts.email": { $regex: "^ann" } }),
        { $match: { "seen.1": { $exists: true } } },
        counted,
      ],
    }),
  },
  {
    text: "performed checkout in the last 720 hours or has not performed login in the last 4320 hours",
    naive: (now) => [
      ...joined({ $or: [of("checkout", now, 30), of("login", now, 180)] }),
      { $match: { $or: [{ "seen.type": "checkout" }, { "seen.type": { $ne: "login" } }] } },
      counted,
    ],
    byHand: (now) =>
      beside(
        {},
        {
          project,
          $or: [
            { type: "checkout", at: { $gte: ago(now, 30), $lte: now } },
            { type: "login", at: { $gte: ago(now, 180), $lte: now } },
          ],
        },
        {
          checkouts: { $sum: { $cond: [{ $eq: ["$type", "checkout"] }, 1, 0] } },
          logins: { $sum: { $cond: [{ $eq: ["$type", "login"] }, 1, 0] } },
        },
        { $or: [{ checkouts: { $gt: 0 } }, { logins: null }, { logins: 0 }] },
      ),
  },
];
