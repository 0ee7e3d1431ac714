// Which segments are analysed again when the set of live segments is read in a later epoch.
import { expect, it } from "vitest";
import { defineProject } from "../../../src/definitions/define.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { readLiveSet } from "../../../src/membership/live/live-set.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import { updateSegment } from "../../../src/segments/change.js";
import { everyStore } from "../../store/every-store.js";
import { storeOfSuite } from "../../store/store-of-suite.js";
import { type MovableEngine, movableEngine, settle } from "../live-shop.js";

const project = "analysed";
const store = storeOfSuite(everyStore[0]!);

type Change = (engine: MovableEngine, ids: Readonly<Record<string, string>>) => Promise<unknown>;

it.each<[change: string, change: Change, analysed: readonly string[]]>([
  ["nothing changed", async () => undefined, ["Nesting"]],
  [
    "a query changed",
    (engine, ids) => updateSegment(engine, project, ids.Poles!, { query: "country is FR" }),
    ["Nesting", "Poles"],
  ],
  [
    "the definition changed",
    (engine) => defineProject(engine, project, { metadataSchema: { age: "number", size: "number" } }),
    ["Adults", "Nesting", "Poles"],
  ],
  [
    "an hour has passed",
    async (engine) => engine.moveTo("2026-05-01T11:00:00.001Z"),
    ["Adults", "Nesting", "Poles"],
  ],
  [
    "the clock was put back",
    async (engine) => engine.moveTo("2026-05-01T09:59:59Z"),
    ["Adults", "Nesting", "Poles"],
  ],
])("if %s, only segments that may mean something else are analysed again", async (_, change, analysed) => {
  await store.renew();
  const engine = movableEngine(store, "2026-05-01T10:00:00Z");
  await defineProject(engine, project, { metadataSchema: { age: "number" } });
  await upsertCustomers(engine, project, [{ source_id: "c-1", address: { country: "PL" } }]);
  const ids: Record<string, string> = {};
  for (const [name, query] of [
    ["Poles", "country is PL"],
    ["Adults", "age >= 18 or created in the last 7 days"],
    ["Nesting", 'in segment "Poles"'],
  ] as const)
    ids[name] = (await createAutoUpdate(engine, project, { name, query })).segment_id;
  await settle(engine, project);
  const former = await readLiveSet(engine, project);
  await change(engine, ids);
  await settle(engine, project);
  const later = await readLiveSet(engine, project, former);
  const again = Object.entries(ids).filter(
    ([, id]) => later.segments.get(id)!.planAt !== former.segments.get(id)!.planAt,
  );
  expect(again.map(([name]) => name).sort()).toEqual(analysed);
  const fresh = await readLiveSet(engine, project);
  for (const [id, segment] of fresh.segments) {
    expect(later.segments.get(id)!.indexed?.where).toEqual(segment.indexed?.where);
    expect(later.segments.get(id)).toMatchObject({
      document: segment.document,
      dependencies: segment.dependencies,
      timed: segment.timed,
    });
  }
});
