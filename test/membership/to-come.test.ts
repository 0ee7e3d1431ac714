// Future records, several of one customer: each counts from its own instant on, however late the customer is evaluated, and is
// reported as such; and time-driven transitions follow the summary as it was at the time.
import { describe, expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { advanceSummaries } from "../../src/ingest/summaries.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { faults, type MovableEngine, movableEngine, reportedChanges, settle } from "./live-shop.js";

const start = "2026-10-24T21:59:59.999Z";

type Act = (engine: MovableEngine, project: string) => Promise<unknown>;

const order =
  (source_id: string, created_at: string, amount = 5_000, status = "PAID"): Act =>
  (engine, project) =>
    upsertRecords(engine, project, "orders", [{ source_id, customer: "c-1", created_at, amount, status }]);
const redemption =
  (id: string, at: string, result = "SUCCESS"): Act =>
  (engine, project) =>
    upsertRecords(engine, project, "redemptions", [{ id, customer: "c-1", at, campaign: "A", result }]);
const referral =
  (id: string, at: string): Act =>
  (engine, project) =>
    upsertRecords(engine, project, "referrals", [{ id, referrer: "c-1", at, campaign: "R", referee: "c-2" }]);
const country =
  (code: string): Act =>
  (engine, project) =>
    upsertCustomers(engine, project, [{ source_id: "c-1", address: { country: code } }]);
/** No maintainer evaluates anything. */
const leap =
  (instant: string): Act =>
  async (engine) =>
    engine.moveTo(instant);
/** As a preview does, and as a maintainer does that dies right after. */
const advance: Act = (engine, project) => advanceSummaries(engine, project, engine.clock());

interface Case {
  readonly name: string;
  /** What there is to come when the segments are made. */
  readonly given: readonly Act[];
  /** What happens from then until the next evaluation. */
  readonly meanwhile: readonly Act[];
  /** By query: the transitions of the customer in its segment. */
  readonly expected: Readonly<Record<string, readonly string[]>>;
}

const cases: readonly Case[] = [
  {
    name: "two orders bring a customer in at the second",
    given: [order("o-4", "2026-10-24T22:00:00.000Z", 3_000), order("o-1", "2026-10-25T01:00:00.000Z", 3_000)],
    meanwhile: [leap("2026-10-25T21:59:59.999Z"), leap("2026-10-25T22:00:00.000Z")],
    expected: {
      "number of orders is at least 2 and last order amount < 100": [
        "entered 2026-10-25T01:00:00.000Z ORDER",
      ],
    },
  },
  {
    name: "each of three orders is reported as the cause of what it changed last",
    given: [
      order("o-1", "2026-10-25T08:00:00Z", 3_000),
      order("o-2", "2026-10-25T09:00:00Z", 30_000),
      order("o-3", "2026-10-25T10:00:00Z", 4_000),
    ],
    meanwhile: [leap("2026-10-25T12:00:00Z")],
    expected: {
      "last order amount < 100": [
        "entered 2026-10-25T08:00:00.000Z ORDER",
        "left 2026-10-25T09:00:00.000Z ORDER",
        "entered 2026-10-25T10:00:00.000Z ORDER",
      ],
      "total spent is at least $330": ["entered 2026-10-25T09:00:00.000Z ORDER"],
      "number of orders is at least 3": ["entered 2026-10-25T10:00:00.000Z ORDER"],
    },
  },
  {
    name: "records of other kinds come at their own instants, for what they are",
    given: [
      redemption("r-1", "2026-10-25T08:00:00Z"),
      referral("f-1", "2026-10-25T09:00:00Z"),
      order("o-1", "2026-10-25T10:00:00Z"),
      redemption("r-2", "2026-10-25T11:00:00Z"),
      redemption("r-3", "2026-10-25T07:00:00Z", "FAILURE"),
      order("o-2", "2026-10-25T07:30:00Z", 9_000, "CANCELED"),
    ],
    meanwhile: [leap("2026-10-25T11:00:00Z")],
    expected: {
      "redemptions is at least 1": ["entered 2026-10-25T08:00:00.000Z REDEMPTION"],
      "redemptions is at least 2": ["entered 2026-10-25T11:00:00.000Z REDEMPTION"],
      "referred customers is at least 1": ["entered 2026-10-25T09:00:00.000Z REFERRAL"],
      "number of orders is 1": ["entered 2026-10-25T10:00:00.000Z ORDER"],
    },
  },
  {
    name: "time moves a customer by each of the orders that was the last",
    given: [
      order("o-0", "2026-10-20T12:00:00Z"),
      order("o-1", "2026-10-30T12:00:00Z"),
      order("o-2", "2026-11-10T12:00:00Z"),
    ],
    meanwhile: [leap("2026-11-20T00:00:00Z")],
    expected: {
      "last order in the last 7 days": [
        "entered 2026-10-24T21:59:59.999Z POPULATED",
        "left 2026-10-27T13:00:00.001Z TIME",
        "entered 2026-10-30T12:00:00.000Z ORDER",
        "left 2026-11-06T12:00:00.001Z TIME",
        "entered 2026-11-10T12:00:00.000Z ORDER",
        "left 2026-11-17T12:00:00.001Z TIME",
      ],
    },
  },
  {
    name: "a profile that is written before the evaluation has no effect on the time before it",
    given: [country("FR"), order("o-1", "2026-10-25T08:00:00Z"), order("o-2", "2026-10-25T09:00:00Z")],
    meanwhile: [leap("2026-10-25T10:00:00Z"), country("PL"), leap("2026-10-25T12:00:00Z")],
    expected: {
      "country is FR and number of orders is at least 2": [
        "entered 2026-10-25T09:00:00.000Z ORDER",
        "left 2026-10-25T12:00:00.000Z PROFILE",
      ],
      "country is PL and number of orders is at least 1": ["entered 2026-10-25T12:00:00.000Z PROFILE"],
    },
  },
  {
    name: "nor does one that is written after the summary was advanced",
    given: [country("FR"), order("o-1", "2026-10-25T08:00:00Z"), order("o-2", "2026-10-25T09:00:00Z")],
    meanwhile: [leap("2026-10-25T10:00:00Z"), advance, country("PL"), leap("2026-10-25T12:00:00Z")],
    expected: {
      "country is FR and number of orders is at least 2": [
        "entered 2026-10-25T09:00:00.000Z ORDER",
        "left 2026-10-25T12:00:00.000Z PROFILE",
      ],
      "country is PL and number of orders is at least 1": ["entered 2026-10-25T12:00:00.000Z PROFILE"],
    },
  },
  {
    name: "who writes an order finds what came before it",
    given: [order("o-1", "2026-10-25T08:00:00Z"), order("o-2", "2026-10-25T09:00:00Z")],
    meanwhile: [
      leap("2026-10-25T10:00:00Z"),
      order("o-3", "2026-10-25T10:00:00Z"),
      leap("2026-10-25T12:00:00Z"),
    ],
    expected: {
      "number of orders is 1": [
        "entered 2026-10-25T08:00:00.000Z ORDER",
        "left 2026-10-25T09:00:00.000Z ORDER",
      ],
      "number of orders is at least 2": ["entered 2026-10-25T09:00:00.000Z ORDER"],
      "number of orders is at least 3": ["entered 2026-10-25T10:00:00.000Z ORDER"],
    },
  },
  {
    name: "summaries that were advanced before the evaluation lead to the same transitions",
    given: [
      order("o-0", "2026-10-20T12:00:00Z"),
      order("o-1", "2026-10-30T12:00:00Z"),
      order("o-2", "2026-11-10T12:00:00Z"),
    ],
    meanwhile: [
      leap("2026-10-30T13:00:00Z"),
      advance,
      leap("2026-11-10T12:00:00Z"),
      advance,
      leap("2026-11-20T00:00:00Z"),
    ],
    expected: {
      "last order in the last 7 days": [
        "entered 2026-10-24T21:59:59.999Z POPULATED",
        "left 2026-10-27T13:00:00.001Z TIME",
        "entered 2026-10-30T12:00:00.000Z ORDER",
        "left 2026-11-06T12:00:00.001Z TIME",
        "entered 2026-11-10T12:00:00.000Z ORDER",
        "left 2026-11-17T12:00:00.001Z TIME",
      ],
      "number of orders is 2": [
        "entered 2026-10-30T12:00:00.000Z ORDER",
        "left 2026-11-10T12:00:00.000Z ORDER",
      ],
    },
  },
];

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  it.each(cases.map((each) => [each.name, each] as const))(
    "%s",
    async (name, { given, meanwhile, expected }) => {
      const project = `to-come-${cases.findIndex((each) => each.name === name)}`;
      const engine = movableEngine(store, start);
      await defineProject(engine, project, {
        timezone: "Europe/Warsaw",
        campaigns: { discounts: ["A"], referrals: ["R"] },
      });
      await upsertCustomers(engine, project, [{ source_id: "c-1" }]);
      for (const act of given) await act(engine, project);
      const segments = new Map<string, string>();
      for (const [index, query] of Object.keys(expected).entries())
        segments.set(
          query,
          (await createAutoUpdate(engine, project, { name: `s-${index}`, query })).segment_id,
        );
      await settle(engine, project);
      for (const act of meanwhile) await act(engine, project);
      await settle(engine, project);
      const histories: Record<string, readonly string[]> = {};
      for (const [query, segment] of segments)
        histories[query] = (await reportedChanges(engine, project, segment)).map((line) =>
          line.replace("c-1 ", ""),
        );
      expect(histories).toEqual(expected);
      expect(await faults(engine, project)).toBe("");
    },
  );
});
