// Segments of sequences and of spans of the calendar, maintained live: which of them an event asks, and the instants at which time
// alone moves customers.
import { describe, expect, it } from "vitest";
import { defineProject } from "../../../src/definitions/define.js";
import { customerId } from "../../../src/facts/identity.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { upsertRecords } from "../../../src/ingest/records.js";
import { evaluate } from "../../../src/membership/live/evaluate.js";
import { readLiveSet } from "../../../src/membership/live/live-set.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import { everyStore } from "../../store/every-store.js";
import { storeOfSuite } from "../../store/store-of-suite.js";
import { documentsIn } from "../../store/watched.js";
import { faults, type MovableEngine, movableEngine, reportedChanges, settle, stored } from "../live-shop.js";

let shops = 0;

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  async function openShop(
    start: string,
  ): Promise<{ readonly engine: MovableEngine; readonly project: string }> {
    shops += 1;
    const project = `sequences-${shops}`;
    const engine = movableEngine(store, start);
    await defineProject(engine, project, {
      timezone: "Europe/Warsaw",
      eventSchemas: { view: {}, buy: {}, login: {} },
    });
    await upsertCustomers(
      engine,
      project,
      ["c-1", "c-2"].map((source_id) => ({ source_id })),
    );
    return { engine, project };
  }

  let ids = 0;
  const write = (engine: MovableEngine, project: string, customer: string, type: string, at?: string) => {
    ids += 1;
    const instant = at ?? new Date(engine.clock()).toISOString();
    return upsertRecords(engine, project, "events", [
      { id: `e-${ids}`, customer, type, at: instant, properties: {} },
    ]);
  };

  it("an event asks only the segments that read its type", async () => {
    const { engine, project } = await openShop("2026-05-01T12:00:00Z");
    const queries = {
      both: "performed view then performed buy",
      without: "performed buy then not performed login within 2 days",
      logins: "performed login at least 2 times",
      country: "country is Poland",
      mixed: "country is Poland or performed view",
    };
    const names = new Map<string, string>();
    for (const [name, query] of Object.entries(queries))
      names.set((await createAutoUpdate(engine, project, { name, query })).segment_id, name);
    await settle(engine, project);
    const asked = async (): Promise<string> => {
      const set = await readLiveSet(engine, project);
      const [change] = await documentsIn(store, "changes", project);
      const [customer] = await store.getMany("customers", [customerId(project, "c-1")]);
      const cases = [{ change: change!, customer: customer!, asOf: engine.clock() }];
      const found = await evaluate(engine, set, cases, engine.clock());
      const evaluated = [...found.values()].flat().flatMap(({ members }) => [...members.keys()]);
      return [...new Set(evaluated)]
        .map((id) => names.get(id))
        .sort()
        .join(" ");
    };
    engine.moveTo("2026-05-01T13:00:00Z");
    await write(engine, project, "c-1", "view");
    expect(await asked()).toBe("both mixed");
    await write(engine, project, "c-1", "login");
    expect(await asked()).toBe("both logins mixed without");
    await settle(engine, project);
    await write(engine, project, "c-1", "buy");
    expect(await asked()).toBe("both without");
    // The customer's own facts changed as well.
    await upsertCustomers(engine, project, [{ source_id: "c-1", address: { country: "PL" } }]);
    expect(await asked()).toBe("both country logins mixed without");
    await settle(engine, project);
    expect(await faults(engine, project)).toBe("");
  });

  it("a step that did not follow is true at the instant at which its time is up", async () => {
    const { engine, project } = await openShop("2026-05-01T12:00:00Z");
    const { segment_id: cold } = await createAutoUpdate(engine, project, {
      name: "Cold",
      query: "last performed view then not performed buy within 2 hours",
    });
    await settle(engine, project);
    await write(engine, project, "c-1", "view");
    await write(engine, project, "c-2", "view");
    engine.moveTo("2026-05-01T13:00:00Z");
    await write(engine, project, "c-2", "buy");
    await settle(engine, project);
    expect(await stored(engine, project, cold)).toBe("");
    engine.moveTo("2026-05-01T15:00:00Z");
    await settle(engine, project);
    expect(await stored(engine, project, cold)).toBe("1");
    await write(engine, project, "c-1", "view");
    await settle(engine, project);
    expect(await reportedChanges(engine, project, cold)).toEqual([
      "c-1 entered 2026-05-01T14:00:00.000Z TIME",
      "c-1 left 2026-05-01T15:00:00.000Z EVENT",
    ]);
    expect(await faults(engine, project)).toBe("");
  });

  it("a window of a step slides past its record, and a calendar day ends at midnight", async () => {
    const { engine, project } = await openShop("2026-05-01T12:00:00Z");
    const { segment_id: recent } = await createAutoUpdate(engine, project, {
      name: "Recent",
      query: "performed view in the last 3 days then performed buy within 1 day",
    });
    const { segment_id: today } = await createAutoUpdate(engine, project, {
      name: "Today",
      query: "performed view today then performed buy",
    });
    await settle(engine, project);
    await write(engine, project, "c-1", "view");
    engine.moveTo("2026-05-01T13:00:00Z");
    await write(engine, project, "c-1", "buy");
    await settle(engine, project);
    expect(await stored(engine, project, recent)).toBe("1");
    engine.moveTo("2026-05-05T09:00:00Z");
    await settle(engine, project);
    expect(await reportedChanges(engine, project, recent)).toEqual([
      "c-1 entered 2026-05-01T13:00:00.000Z EVENT",
      "c-1 left 2026-05-04T12:00:00.001Z TIME",
    ]);
    expect(await reportedChanges(engine, project, today)).toEqual([
      "c-1 entered 2026-05-01T13:00:00.000Z EVENT",
      "c-1 left 2026-05-01T22:00:00.000Z TIME",
    ]);
    expect(await faults(engine, project)).toBe("");
  });
});
