// Records without an id that are equal, on every store: one rule for requests and files. The n-th of several equal records in one is the
// same record as the n-th in any other.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import { defineProject } from "../../src/definitions/define.js";
import type { Engine } from "../../src/engine.js";
import { importFolder } from "../../src/import/folder.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn } from "../store/watched.js";

const event = { customer: "a", type: "login", at: "2026-05-01T00:00:00Z", properties: { page: "home" } };
const other = { ...event, properties: { page: "basket" } };

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  async function shop(project: string) {
    const engine: Engine = { store, clock: fixedClock(Date.parse("2026-06-01T00:00:00Z")) };
    await defineProject(engine, project, { eventSchemas: { login: { page: "string" } } });
    await upsertCustomers(engine, project, [{ source_id: "a" }]);
    return {
      track: async (...events: readonly object[]): Promise<string> => {
        const results = await upsertRecords(engine, project, "events", events);
        return results.map(({ status }) => status).join();
      },
      importFile: async (...events: readonly object[]) => {
        const folder = await mkdtemp(join(tmpdir(), "segmentql-twins-"));
        try {
          await writeFile(
            join(folder, "events.ndjson"),
            events.map((each) => `${JSON.stringify(each)}\n`).join(""),
          );
          const { written, unchanged } = (await importFolder(engine, project, folder)).events;
          return [written, unchanged];
        } finally {
          await rm(folder, { recursive: true, force: true });
        }
      },
      stored: async () => (await documentsIn(store, "events", project)).length,
    };
  }

  it("two equal events of a request are two, and sending them again in a request or a file adds none", async () => {
    const { track, importFile, stored } = await shop("twins-request");
    expect(await track(event, event)).toBe("written,written");
    expect(await track(event, event)).toBe("unchanged,unchanged");
    expect(await track(event)).toBe("unchanged");
    expect(await importFile(event, other, event)).toEqual([1, 2]);
    expect(await stored()).toBe(3);
  });

  it("two equal lines of a file are two events, and a third in a request is one more", async () => {
    const { track, importFile, stored } = await shop("twins-file");
    expect(await importFile(event, event)).toEqual([2, 0]);
    expect(await importFile(event, event)).toEqual([0, 2]);
    expect(await track(event, other, event, event)).toBe("unchanged,written,unchanged,written");
    expect(await stored()).toBe(4);
  });
});
