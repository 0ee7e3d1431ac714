// Several maintainers of one project, on every store: they share the work, and one that was paused while another took its leases
// over writes nothing when it comes back.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { partitionCount } from "../../src/customers/changes.js";
import { upsertCustomers } from "../../src/customers/write.js";
import { maintainProject } from "../../src/membership/maintainer.js";
import { defineProject } from "../../src/projects/define.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import type { LeaseDocument } from "../../src/store/membership-documents.js";
import type { Store, Transaction } from "../../src/store/port.js";
import { everyStore } from "../store/every-store.js";
import { faults, movableEngine, settle, stored, told } from "./live-shop.js";

let shops = 0;

/** The store, whose writes wait at a gate while it is shut. */
function gatedStore(store: Store) {
  let open = (): void => undefined;
  let reached = (): void => undefined;
  let gate: Promise<void> = Promise.resolve();
  return {
    store: {
      ...store,
      write: async <Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> => {
        reached();
        await gate;
        return store.write(work);
      },
    },
    /** Shuts the gate; resolves when a write stands before it. */
    shut: (): Promise<void> => {
      gate = new Promise((resolve) => {
        open = resolve;
      });
      return new Promise((resolve) => {
        reached = resolve;
      });
    },
    open: () => open(),
  };
}

describe.each(everyStore)("on $name", ({ place, open, destroy }) => {
  let at: string;
  let store: Store;

  beforeAll(async () => {
    at = place();
    store = await open(at);
  });
  afterAll(async () => {
    await store.close();
    await destroy(at);
  });

  async function shop() {
    shops += 1;
    const project = `shared-${shops}`;
    const engine = movableEngine(store, "2026-05-01T10:00:00Z");
    await defineProject(engine, project, {});
    const { segment_id } = await createAutoUpdate(engine, project, { name: "Poles", query: "country is PL" });
    await settle(engine, project);
    const join = (country: string, ...digits: number[]) =>
      upsertCustomers(
        engine,
        project,
        digits.map((digit) => ({ source_id: `c-${digit}`, address: { country } })),
      );
    return { project, engine, segment: segment_id, join };
  }

  async function owners(project: string): Promise<readonly (string | undefined)[]> {
    const rows = await store.aggregate<LeaseDocument>("maintenance", [
      { $match: { project, kind: "partition" } },
      { $sort: { _id: 1 } },
    ]);
    return rows.map(({ owner }) => owner);
  }

  test("one that was paused in the middle writes nothing after another took over", async () => {
    const { project, engine, segment, join } = await shop();
    const gated = gatedStore(store);
    let now = 0;
    const paused = maintainProject({ ...engine, store: gated.store }, project, () => 0);
    const other = maintainProject(engine, project, () => now);
    await paused.round();
    await join("PL", 1, 2, 3, 4, 5);
    const stopped = gated.shut();
    const round = paused.round();
    await stopped;
    // The other finds all of it taken, until the leases are over.
    await other.round();
    expect(await stored(engine, project, segment)).toBe("");
    now = 60_000;
    while (await other.round());
    expect(await stored(engine, project, segment)).toBe("12345");
    await join("FR", 2);
    const before = await told(engine, project, segment);
    gated.open();
    await round;
    expect(await told(engine, project, segment)).toEqual(before);
    expect(paused.holdsAll()).toBe(false);
    while (await other.round());
    expect(await stored(engine, project, segment)).toBe("1345");
    expect(await told(engine, project, segment)).toHaveLength(6);
    expect(await faults(engine, project)).toBe("");
    await other.release();
  });

  test("two divide the partitions, and what one gives back the other takes", async () => {
    const { project, engine, segment, join } = await shop();
    let now = 0;
    const one = maintainProject(engine, project, () => now);
    const two = maintainProject(engine, project, () => now);
    await one.round();
    expect(new Set(await owners(project)).size).toBe(1);
    for (let round = 0; round < 3; round += 1) {
      now += 5_000;
      await two.round();
      await one.round();
    }
    const held = await owners(project);
    const counts = [...new Set(held)].map((owner) => held.filter((each) => each === owner).length);
    expect(counts).toEqual([partitionCount / 2, partitionCount / 2]);
    await join("PL", 1, 2, 3, 4, 5, 6, 7, 8, 9);
    while ((await one.round()) || (await two.round()));
    expect(await stored(engine, project, segment)).toBe("123456789");
    await one.release();
    now += 5_000;
    await join("FR", 1, 2, 3, 4, 5, 6, 7, 8);
    while (await two.round());
    expect(await stored(engine, project, segment)).toBe("9");
    expect(await faults(engine, project)).toBe("");
    await two.release();
  });
});
