// Transitions by time are reported as of their scheduled instants, however late the round that finds them is, and whatever is
// written meanwhile.
import { describe, expect, it } from "vitest";
import { defineProject } from "../../../src/definitions/define.js";
import { recordId } from "../../../src/facts/record-id.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { deleteRecords } from "../../../src/ingest/delete-records.js";
import { upsertRecords } from "../../../src/ingest/records.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import { everyStore } from "../../store/every-store.js";
import { storeOfSuite } from "../../store/store-of-suite.js";
import { faults, type MovableEngine, movableEngine, reportedChanges, testMaintainer } from "../live-shop.js";

const start = Date.parse("2026-05-01T10:00:00Z");
const at = (minutes: number): string => new Date(start + minutes * 60_000).toISOString();

type Write = (engine: MovableEngine, project: string) => Promise<unknown>;

const login = (id: string, minutes: number) => ({ id, customer: "c-1", type: "login", at: at(minutes) });
const order = (source_id: string, minutes: number) => ({
  ...{ source_id, customer: "c-1", status: "PAID", amount: 100 },
  created_at: at(minutes),
});
const logIn =
  (...logins: readonly object[]): Write =>
  (engine, project) =>
    upsertRecords(engine, project, "events", logins);
const purchase =
  (...orders: readonly object[]): Write =>
  (engine, project) =>
    upsertRecords(engine, project, "orders", orders);

const often = "performed login at least twice in the last 30 minutes";
const buying = "placed order at least twice in the last 30 minutes";

/** Two logins and two orders of 09:55: the customer leaves at 10:25. A round comes half a minute later, after the writes. */
const cases: readonly (readonly [title: string, query: string, writes: readonly Write[], left: string])[] = [
  ["nothing is written", often, [], "10:25:00.001Z TIME"],
  ["an event of the same type is added", often, [logIn(login("new", 25.2))], "10:25:00.001Z TIME"],
  [
    "several events are added",
    often,
    [logIn(login("new", 25.2)), logIn({ ...login("other", 25.3), type: "view" })],
    "10:25:00.001Z TIME",
  ],
  // Until they arrive, they do not count.
  [
    "events of before are added late",
    often,
    [logIn(login("late-1", -4.9), login("late-2", -4.8))],
    "10:25:00.001Z TIME",
  ],
  ["an order is added", buying, [purchase(order("new", 25.2))], "10:25:00.001Z TIME"],
  [
    "the customer changes as well",
    often,
    [
      logIn(login("new", 25.2)),
      (engine, project) => upsertCustomers(engine, project, [{ source_id: "c-1", name: "Ann" }]),
    ],
    "10:25:00.001Z TIME",
  ],
  // What was before such a write is not known.
  ["an event is replaced", often, [logIn({ ...login("e-1", 25.2) })], "10:25:30.000Z EVENT"],
  [
    "an event is deleted",
    often,
    [(engine, project) => deleteRecords(engine, project, "events", [recordId(project, "e-1")])],
    "10:25:30.000Z EVENT",
  ],
];

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);
  let shops = 0;

  it.each(cases)(
    "the instant of a transition is exact if %s before the round",
    async (_, query, writes, left) => {
      shops += 1;
      const project = `instants-${shops}`;
      const engine = movableEngine(store, at(0));
      await defineProject(engine, project, { eventSchemas: { login: {}, view: {} } });
      await upsertCustomers(engine, project, [{ source_id: "c-1" }]);
      await logIn(login("e-1", -5), login("e-2", -5))(engine, project);
      await purchase(order("o-1", -5), order("o-2", -5))(engine, project);
      const { segment_id } = await createAutoUpdate(engine, project, { name: "Lately", query });
      // With every lease held, what is written is evaluated before time is followed.
      const { keep, release } = testMaintainer(engine, project);
      await keep();
      engine.moveTo(at(25.4));
      for (const write of writes) await write(engine, project);
      engine.moveTo(at(25.5));
      await keep();
      await release();
      expect(await reportedChanges(engine, project, segment_id)).toEqual([
        "c-1 entered 2026-05-01T10:00:00.000Z POPULATED",
        `c-1 left 2026-05-01T${left}`,
      ]);
      expect(await faults(engine, project)).toBe("");
    },
  );
});
