// Four sequences of events, each with the pipeline that joins every customer and the best one that we can write by hand: the events
// of the steps grouped by customer, and one pass over each list.
import type { Document } from "mongodb";
import type { Question } from "./questions.js";

const project = "bench";
const hour = 60 * 60 * 1000;

interface Pass {
  readonly text: string;
  readonly types: readonly string[];
  /** The direction of time. */
  readonly direction: 1 | -1;
  readonly initial: Document;
  /** The state after the event `$$this`. */
  readonly next: (now: Date) => Document;
}

const isType = (type: string): Document => ({ $eq: ["$$this.type", type] });
const on = (type: string, value: unknown, other: unknown): Document => ({
  $cond: [isType(type), value, other],
});
const later = (at: unknown, hours: number): Document => ({ $add: [at, hours * hour] });

const passes: readonly Pass[] = [
  {
    text: "performed login then performed checkout within 72 hours",
    types: ["login", "checkout"],
    direction: 1,
    initial: { since: null, done: false },
    next: () => ({
      since: on("login", "$$this.at", "$$value.since"),
      done: on(
        "checkout",
        {
          $or: [
            "$$value.done",
            {
              $and: [{ $ne: ["$$value.since", null] }, { $lte: ["$$this.at", later("$$value.since", 72)] }],
            },
          ],
        },
        "$$value.done",
      ),
    }),
  },
  {
    text: 'performed login then not performed "page viewed" then performed checkout',
    types: ["login", "page viewed", "checkout"],
    direction: 1,
    initial: { since: null, done: false },
    next: () => ({
      since: on("login", "$$this.at", on("page viewed", null, "$$value.since")),
      done: on("checkout", { $or: ["$$value.done", { $ne: ["$$value.since", null] }] }, "$$value.done"),
    }),
  },
  {
    text: 'performed "page viewed" in the last 720 hours then not performed checkout within 24 hours',
    types: ["page viewed", "checkout"],
    direction: -1,
    initial: { next: null, done: false },
    next: (now) => ({
      next: on("checkout", "$$this.at", "$$value.next"),
      done: on(
        "page viewed",
        {
          $or: [
            "$$value.done",
            {
              $and: [
                { $gte: ["$$this.at", new Date(now.getTime() - 720 * hour)] },
                { $lte: [later("$$this.at", 24), now] },
                {
                  $or: [{ $eq: ["$$value.next", null] }, { $gt: ["$$value.next", later("$$this.at", 24)] }],
                },
              ],
            },
          ],
        },
        "$$value.done",
      ),
    }),
  },
  {
    text: "last performed checkout then not performed login within 168 hours",
    types: ["checkout", "login"],
    direction: -1,
    initial: { next: null, last: null, done: false },
    next: (now) => ({
      next: on("login", "$$this.at", "$$value.next"),
      last: on("checkout", { $ifNull: ["$$value.last", "$$this.at"] }, "$$value.last"),
      done: {
        $cond: [
          { $and: [isType("checkout"), { $eq: ["$$value.last", null] }] },
          {
            $and: [
              { $lte: [later("$$this.at", 168), now] },
              {
                $or: [{ $eq: ["$$value.next", null] }, { $gt: ["$$value.next", later("$$this.at", 168)] }],
              },
            ],
          },
          "$$value.done",
        ],
      },
    }),
  },
];

/** The stages that count the customers whose list `seen` passes. */
function counting({ direction, initial, next }: Pass, now: Date): readonly Document[] {
  // Of one instant the checkout comes first, since it does not follow the login.
  const input = { $sortArray: { input: "$seen", sortBy: { at: direction, type: direction } } };
  return [
    { $project: { state: { $reduce: { input, initialValue: initial, in: next(now) } } } },
    { $match: { "state.done": true } },
    { $count: "count" },
  ];
}

export const sequences: readonly Question[] = passes.map((pass) => ({
  text: pass.text,
  naive: (now) => [
    { $match: { project } },
    { $lookup: { from: "events", localField: "_id", foreignField: "customer", as: "events" } },
    {
      $set: {
        seen: {
          $filter: {
            input: "$events",
            as: "event",
            cond: { $and: [{ $in: ["$$event.type", pass.types] }, { $lte: ["$$event.at", now] }] },
          },
        },
      },
    },
    ...counting(pass, now),
  ],
  byHand: (now) => ({
    collection: "events",
    pipeline: [
      { $match: { project, type: { $in: pass.types }, at: { $lte: now } } },
      { $group: { _id: "$customer", seen: { $push: { at: "$at", type: "$type" } } } },
      ...counting(pass, now),
    ],
  }),
}));
