// Verification during maintenance, on every store: a few segments a turn, by the process that maintains them.
import { describe, expect, it } from "vitest";
import { defineProject } from "../../../src/definitions/define.js";
import { customerId } from "../../../src/facts/identity.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { maintainProject } from "../../../src/membership/maintain/maintainer.js";
import { type VerifiedTurn, verifySchedule } from "../../../src/membership/maintain/verify-schedule.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import { deleteSegment } from "../../../src/segments/change.js";
import { everyStore } from "../../store/every-store.js";
import { storeOfSuite } from "../../store/store-of-suite.js";
import { movableEngine } from "../live-shop.js";

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  it("reports differences, a few segments a turn, until they are repaired", async () => {
    const project = "verified";
    const engine = movableEngine(store, "2026-05-01T10:00:00Z");
    await defineProject(engine, project, {});
    await upsertCustomers(engine, project, [
      { source_id: "c-1", address: { country: "PL" } },
      { source_id: "c-2" },
    ]);
    const ids: string[] = [];
    for (const name of ["a", "b", "c"])
      ids.push((await createAutoUpdate(engine, project, { name, query: "country is PL" })).segment_id);
    const turns: VerifiedTurn[] = [];
    const { turn } = verifySchedule(engine, {
      project,
      everyMs: 1,
      segmentsATurn: 2,
      confirmMs: 1,
      noted: (each) => turns.push(each),
      report: (error) => expect(error).toBeUndefined(),
    });
    // Without a maintainer, nothing is verified.
    await turn();
    expect(turns).toEqual([]);
    const maintainer = maintainProject(engine, project);
    while (await maintainer.round());
    const seen = async () => {
      turns.length = 0;
      await turn();
      await turn();
      return turns.map(({ segments, differing }) => `${segments}: ${differing}`);
    };
    expect(await seen()).toEqual(["2: 0", "2: 0"]);
    // The store was changed without the product's knowledge: one is in none of the three, and one is in the last.
    const spoil = (segmentsOf: (source: string) => readonly string[]) =>
      store.write(async (transaction) => {
        const found = await transaction.getMany(
          "customers",
          ["c-1", "c-2"].map((id) => customerId(project, id)),
        );
        await transaction.put(
          "customers",
          found.flatMap((each) =>
            each === undefined ? [] : [{ ...each, segments: segmentsOf(each.source_id) }],
          ),
        );
      });
    const [last] = ids.toSorted().slice(-1) as [string];
    await spoil((source) => (source === "c-2" ? [last] : []));
    await seen();
    // Of the first two one differs each, of the third two; each counts as it was verified last.
    expect(turns.at(-1)!.differing).toBe(4);
    expect(
      turns.flatMap(({ differences }) => differences.map(({ segment }) => segment)).length,
    ).toBeGreaterThan(2);
    await deleteSegment(engine, project, last);
    while (await maintainer.round());
    await spoil((source) => (source === "c-1" ? ids.filter((id) => id !== last) : []));
    await seen();
    expect(turns.at(-1)!).toMatchObject({ segments: 2, differing: 0, differences: [] });
    // A customer who is still to be evaluated is no difference.
    await upsertCustomers(engine, project, [{ source_id: "c-1", address: { country: "FR" } }]);
    expect(await seen()).toEqual(["2: 0", "2: 0"]);
    await maintainer.release();
  });
});
