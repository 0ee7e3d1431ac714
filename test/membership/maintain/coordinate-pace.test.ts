// How often a maintainer reads the saved segments, on every store.
import { afterEach, describe, expect, it, vi } from "vitest";
import { defineProject } from "../../../src/definitions/define.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { readLiveSegments } from "../../../src/membership/live/live-set.js";
import { maintainProject } from "../../../src/membership/maintain/maintainer.js";
import { defaultPace } from "../../../src/membership/maintain/pace.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import { everyStore } from "../../store/every-store.js";
import { storeOfSuite } from "../../store/store-of-suite.js";
import { watchedStore } from "../../store/watched.js";
import { movableEngine } from "../live-shop.js";

afterEach(() => vi.restoreAllMocks());

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  it("new segments are followed in the next round, however long the last scan of time took", async () => {
    const project = "paced";
    const now = performance.now.bind(performance);
    let skipped = 0;
    vi.spyOn(performance, "now").mockImplementation(() => now() + skipped);
    let scanTakes = 0;
    const slow = watchedStore(store, (name) => {
      if (name !== "crossings.crossed") return;
      skipped += scanTakes;
      scanTakes = 0;
    });
    const engine = movableEngine(slow, "2026-05-01T10:00:00Z");
    await defineProject(engine, project, { eventSchemas: { login: {} } });
    await upsertCustomers(engine, project, [{ source_id: "c-1" }]);
    await createAutoUpdate(engine, project, { name: "First", query: "performed login in the last 1 minute" });
    const pace = { ...defaultPace, scanMs: Number.POSITIVE_INFINITY };
    const maintainer = maintainProject(engine, project, () => 0, 60_000, undefined, pace);
    while (await maintainer.round());
    skipped += 60_000;
    scanTakes = 50_000;
    engine.moveTo("2026-05-01T10:00:10Z");
    while (await maintainer.round());
    expect(scanTakes).toBe(0);
    await createAutoUpdate(engine, project, { name: "Second", query: "country is PL" });
    skipped += 10_000;
    while (await maintainer.round());
    expect(await readLiveSegments(engine, project)).toHaveLength(2);
    await maintainer.release();
  });
});
