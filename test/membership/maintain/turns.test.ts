// Marked customers take turns, on every store: some who change again before each evaluation hold up no other.
import { describe, expect, it } from "vitest";
import { defineProject } from "../../../src/definitions/define.js";
import { sampleNumber } from "../../../src/facts/sample.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { partitionOf } from "../../../src/ingest/dirty-marks.js";
import { maintainProject } from "../../../src/membership/maintain/maintainer.js";
import { defaultPace } from "../../../src/membership/maintain/pace.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import { everyStore } from "../../store/every-store.js";
import { storeOfSuite } from "../../store/store-of-suite.js";
import { holdersIn } from "../../store/watched.js";
import { faults, movableEngine } from "../live-shop.js";

const project = "turns";
/** One partition's customers, in the order of their ids; three are evaluated at once. */
const [first, second, third, ...others] = ["c-a", "c-b", "c-c", "c-d", "c-e", "c-f", "c-g", "c-h"].map(
  (start) => {
    for (let number = 0; ; number += 1) {
      const source_id = `${start}${number}`;
      if (partitionOf({ sample: sampleNumber("", source_id) }) === 5) return source_id;
    }
  },
);
const busy = [first!, second!, third!];

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  it("customers who change again before each evaluation hold up no other", async () => {
    const engine = movableEngine(store, "2026-05-01T10:00:00Z");
    await defineProject(engine, project, {});
    const { segment_id } = await createAutoUpdate(engine, project, { name: "Poles", query: "country is PL" });
    const pace = { ...defaultPace, markedAtOnce: 3, drainMs: 0 };
    // After its first rounds, each evaluates one batch.
    const maintainer = maintainProject(engine, project, () => 0, Number.POSITIVE_INFINITY, undefined, pace);
    while (await maintainer.round());

    const write = (customers: readonly string[], country: string) =>
      upsertCustomers(
        engine,
        project,
        customers.map((source_id) => ({ source_id, address: { country } })),
      );
    await write([...busy, ...others], "PL");
    for (let round = 0; round < 4; round += 1) {
      await maintainer.round();
      await write(busy, round % 2 === 0 ? "FR" : "PL");
    }
    const members = (await holdersIn(store, project, segment_id)).map(({ source_id }) => source_id);
    expect(members).toEqual(expect.arrayContaining(others));
    while (await maintainer.round());
    expect(await faults(engine, project)).toBe("");
    await maintainer.release();
  });
});
