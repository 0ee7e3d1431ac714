// A customer changes, and is evaluated by one maintainer, while another scans time, on every store.
import { describe, expect, it } from "vitest";
import { defineProject } from "../../../src/definitions/define.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { partitionOf } from "../../../src/ingest/dirty-marks.js";
import { upsertRecords } from "../../../src/ingest/records.js";
import { maintainProject } from "../../../src/membership/maintain/maintainer.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import { everyStore } from "../../store/every-store.js";
import { storeOfSuite } from "../../store/store-of-suite.js";
import { documentsIn, watchedStore } from "../../store/watched.js";
import { faults, movableEngine, reportedChanges } from "../live-shop.js";

const project = "raced";

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  it("an entry that is evaluated during a scan is not undone as of the instant that was scanned", async () => {
    const engine = movableEngine(store, "2026-05-01T10:00:00Z");
    await defineProject(engine, project, { eventSchemas: { login: {} } });
    const customers = Array.from({ length: 16 }, (_, number) => ({ source_id: `c-${number}` }));
    await upsertCustomers(engine, project, customers);
    const query = "performed login at least 2 times";
    const { segment_id } = await createAutoUpdate(engine, project, { name: "Often", query });

    const during: (() => Promise<void>)[] = [];
    const scanned = watchedStore(store, async (name) => {
      if (name === "crossings.crossed") await during.pop()?.();
    });
    let machine = 0;
    const coordinator = maintainProject({ ...engine, store: scanned }, project, () => machine);
    const other = maintainProject(engine, project, () => machine);
    while (await coordinator.round());
    // The other becomes known, then gets its half of the partitions.
    for (let turn = 0; turn < 3; turn += 1) {
      await coordinator.round();
      await other.round();
      machine += 5_000;
    }
    const theirs = new Set(other.partitions().map(({ partition }) => partition));
    expect(theirs.size).toBe(4);
    const found = await documentsIn(store, "customers", project);
    const { source_id: customer } = found.find((each) => theirs.has(partitionOf(each)))!;
    const track = async (at: string): Promise<void> => {
      await upsertRecords(engine, project, "events", [{ customer, type: "login", at }]);
      await other.round();
    };

    engine.moveTo("2026-05-01T10:00:05Z");
    await track("2026-05-01T10:00:05Z");
    engine.moveTo("2026-05-01T10:00:10Z");
    during.push(async () => {
      engine.moveTo("2026-05-01T10:00:12Z");
      await track("2026-05-01T10:00:11Z");
    });
    // This scan is up to 10:00:10, and finds the first event.
    await coordinator.round();
    await other.round();
    engine.moveTo("2026-05-01T10:00:20Z");
    await coordinator.round();
    await other.round();
    expect(during).toEqual([]);
    expect(await reportedChanges(engine, project, segment_id)).toEqual([
      `${customer} entered 2026-05-01T10:00:12.000Z EVENT`,
    ]);
    expect(await faults(engine, project)).toBe("");
  });
});
