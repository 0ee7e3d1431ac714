// What is written at the very moment at which the project's definition changes, on every store: it is known under the new one,
// and live segments are told.
import { describe, expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import type { Engine } from "../../src/engine.js";
import { setConsents } from "../../src/ingest/consents.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import type { Store } from "../../src/store/port.js";
import { faults, type MovableEngine, movableEngine, settle, stored } from "../membership/live-shop.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";

const definition = {
  metadataSchema: { vip: "boolean" },
  orderMetadataSchema: { gift: "boolean" },
  eventSchemas: { login: { mobile: "boolean" } },
};

const at = "2026-05-01T09:00:00Z";

/** What is written, and the query that it makes true of c-1 under the new definition. */
const cases: readonly (readonly [
  what: string,
  write: (engine: Engine, project: string) => Promise<unknown>,
  query: string,
])[] = [
  [
    "a customer",
    (engine, project) => upsertCustomers(engine, project, [{ source_id: "c-1", metadata: { vip: true } }]),
    "vip",
  ],
  [
    "consents",
    (engine, project) => setConsents(engine, project, [{ customer: "c-1", consents: ["news"] }]),
    "consents contains news and fan",
  ],
  [
    "an order",
    (engine, project) =>
      upsertRecords(engine, project, "orders", [
        { source_id: "o-1", customer: "c-1", created_at: at, amount: 1, metadata: { gift: true } },
      ]),
    "placed order where gift is true",
  ],
  [
    "an event",
    (engine, project) =>
      upsertRecords(engine, project, "events", [
        { id: "e-1", customer: "c-1", type: "login", at, properties: { mobile: true } },
      ]),
    "performed login where mobile is true",
  ],
];

let shops = 0;

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  async function shop(): Promise<{ readonly project: string; readonly engine: MovableEngine }> {
    shops += 1;
    const project = `redefined-${shops}`;
    const engine = movableEngine(store, "2026-05-01T10:00:00Z");
    await defineProject(engine, project, { eventSchemas: { login: {} }, consents: ["news"] });
    await upsertCustomers(engine, project, [
      { source_id: "c-1", metadata: { fan: true } },
      { source_id: "c-2" },
    ]);
    return { project, engine };
  }

  const change = { ...definition, metadataSchema: { vip: "boolean", fan: "boolean" } };

  it.each(cases)("%s, written while it is defined", async (_what, write, query) => {
    const { project, engine } = await shop();
    // After all existing records have been derived again, and before the definition is stored.
    const writeDefinition: Store["writeDefinition"] = async (after) => {
      await write(engine, project);
      await store.writeDefinition(after);
    };
    await defineProject({ ...engine, store: { ...store, writeDefinition } }, project, change);
    expect(await membersOf(engine, project, query)).toBe("1");
  });

  it.each(cases)("%s, defined while it is written", async (_what, write, query) => {
    const { project, engine } = await shop();
    let segment = "";
    // The segment is there, and populated, before what was read under the old definition is written.
    let pending: (() => Promise<void>) | undefined = async () => {
      await defineProject(engine, project, change);
      ({ segment_id: segment } = await createAutoUpdate(engine, project, { name: "Found", query }));
      await settle(engine, project);
    };
    const late: Store["write"] = async (work, options) => {
      const first = pending;
      pending = undefined;
      await first?.();
      return store.write(work, options);
    };
    await write({ ...engine, store: { ...store, write: late } }, project);
    await settle(engine, project);
    expect(await stored(engine, project, segment)).toBe("1");
    expect(await faults(engine, project)).toBe("");
  });

  it("a record that does not fit a definition made meanwhile is not changed", async () => {
    const { project, engine } = await shop();
    const writeDefinition: Store["writeDefinition"] = async (after) => {
      await upsertCustomers(engine, project, [
        { source_id: "c-2", metadata: { vip: "perhaps" } },
        { source_id: "c-3", metadata: { vip: true } },
      ]);
      await store.writeDefinition(after);
    };
    await defineProject({ ...engine, store: { ...store, writeDefinition } }, project, definition);
    expect(await membersOf(engine, project, "vip is known")).toBe("3");
  });
});

async function membersOf(engine: Engine, project: string, query: string): Promise<string> {
  const { segment_id } = await createAutoUpdate(engine, project, { name: "Found", query });
  await settle(engine, project);
  return stored(engine, project, segment_id);
}
