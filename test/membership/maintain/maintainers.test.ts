// Several maintainers of one project, on every store: they share the work, and one that was paused while another took its leases
// over writes nothing when it comes back.
import { describe, expect, it, onTestFinished } from "vitest";
import { defineProject } from "../../../src/definitions/define.js";
import type { StoredDocument } from "../../../src/documents/documents.js";
import { customerId } from "../../../src/facts/identity.js";
import { partitionCount, partitionOf } from "../../../src/ingest/dirty-marks.js";
import { coordinatorOf } from "../../../src/membership/live/live-set.js";
import { leaseId, partitionId } from "../../../src/membership/maintain/lease.js";
import { maintainProject } from "../../../src/membership/maintain/maintainer.js";
import { defaultPace } from "../../../src/membership/maintain/pace.js";
import { leftMs } from "../../../src/membership/maintain/quarantine.js";
import { runMaintainers } from "../../../src/membership/maintain/run.js";
import { verifyMembership } from "../../../src/membership/reads/verify.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import { type Store, StoreError } from "../../../src/store/port.js";
import { everyStore } from "../../store/every-store.js";
import { storeOfSuite } from "../../store/store-of-suite.js";
import { documentsIn, holdersIn, watchedStore } from "../../store/watched.js";
import { movableClock } from "../../support/movable-clock.js";
import { faults, movableEngine, reportedChanges, settle, stored, upsertFrom } from "../live-shop.js";

let shops = 0;

/** The store, whose writes wait at a gate while it is shut. */
function gatedStore(store: Store) {
  let open = (): void => undefined;
  let reached = (): void => undefined;
  let gate: Promise<void> = Promise.resolve();
  const write: Store["write"] = async (work, options) => {
    reached();
    await gate;
    return store.write(work, options);
  };
  return {
    store: { ...store, write },
    /** Shuts the gate; resolves when a write waits at it. */
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

/** The store, whose puts fail if `check` throws. */
function checkingPuts(store: Store, check: (documents: readonly StoredDocument[]) => void): Store {
  const write: Store["write"] = (work, options) =>
    store.write(
      (transaction) =>
        work({
          ...transaction,
          put: async (collection, documents) => {
            check(documents);
            await transaction.put(collection, documents);
          },
        }),
      options,
    );
  return { ...store, write };
}

/** The store, in which customers, by `_id`, are read without a part that every evaluation needs. */
function withoutSummaries(store: Store, customers: ReadonlySet<string>): Store {
  const getMany = (async (collection: "customers", ids: readonly string[]) => {
    const found = await store.getMany(collection, ids);
    return found.map((each) => (each && customers.has(each._id) ? { ...each, activity: undefined } : each));
  }) as Store["getMany"];
  return { ...store, getMany };
}

/**
 * The store, in which leases are held by transactions that don't end. On the embedded store, where an open transaction of this
 * process would block everyone, a writer of such a lease receives MongoDB's error.
 */
function contendedStore(store: Store) {
  const held = new Set<string>();
  const isOneAtATime = store.capabilities.concurrentWrites === 1;
  return {
    store: checkingPuts(store, (documents) => {
      if (isOneAtATime && documents.some(({ _id }) => held.has(_id)))
        throw new StoreError("TIMEOUT", "Another transaction has it.");
    }),
    /** Has a lease be held. @returns what ends that. */
    hold: async (id: string): Promise<() => Promise<void>> => {
      held.add(id);
      if (isOneAtATime) return async () => void held.delete(id);
      let end = (): void => undefined;
      const ending = new Promise<void>((resolve) => {
        end = resolve;
      });
      let transaction: Promise<void> = Promise.resolve();
      await new Promise<void>((begun) => {
        transaction = store.write(async (open) => {
          const [lease] = await open.getMany("maintenance", [id]);
          await open.put("maintenance", [lease!]);
          begun();
          await ending;
        });
      });
      return async () => {
        end();
        await transaction;
      };
    },
  };
}

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  async function shop() {
    shops += 1;
    const project = `shared-${shops}`;
    const engine = movableEngine(store, "2026-05-01T10:00:00Z");
    await defineProject(engine, project, {});
    const { segment_id } = await createAutoUpdate(engine, project, { name: "Poles", query: "country is PL" });
    await settle(engine, project);
    const join = (country: string, ...digits: number[]) => upsertFrom(engine, project, country, digits);
    return { project, engine, segment: segment_id, join };
  }

  async function owners(project: string): Promise<readonly (string | undefined)[]> {
    const documents = await documentsIn(store, "maintenance", project);
    return documents.flatMap((document) =>
      document.kind === "lease" && document._id.includes("/partition/") ? [document.owner] : [],
    );
  }

  it("a maintainer that was paused in the middle writes nothing after another took over", async () => {
    const { project, engine, segment, join } = await shop();
    const gated = gatedStore(store);
    const machine = movableClock(0);
    const paused = maintainProject({ ...engine, store: gated.store }, project, () => 0);
    const other = maintainProject(engine, project, machine.clock);
    await paused.round();
    await join("PL", 1, 2, 3, 4, 5);
    const stopped = gated.shut();
    const round = paused.round();
    await stopped;
    // The other finds all of it taken, until the leases are over.
    await other.round();
    expect(await stored(engine, project, segment)).toBe("");
    machine.moveTo(60_000);
    while (await other.round());
    expect(await stored(engine, project, segment)).toBe("12345");
    await join("FR", 2);
    const before = await reportedChanges(engine, project, segment);
    gated.open();
    await round;
    expect(await reportedChanges(engine, project, segment)).toEqual(before);
    expect(paused.holdsAll()).toBe(false);
    while (await other.round());
    expect(await stored(engine, project, segment)).toBe("1345");
    expect(await reportedChanges(engine, project, segment)).toHaveLength(6);
    expect(await faults(engine, project)).toBe("");
    await other.release();
  });

  it("a lease that an open transaction holds is left, and every other is taken and renewed", async () => {
    const { project, engine, segment, join } = await shop();
    const contended = contendedStore(store);
    const gone = maintainProject(engine, project, () => 0);
    await gone.round();
    // The maintainer that is gone was suspended in the middle of renewing its partition 3.
    const ending = await contended.hold(leaseId(partitionId(project, 3)));
    onTestFinished(ending);
    const machine = movableClock(60_000);
    const maintainer = maintainProject({ ...engine, store: contended.store }, project, machine.clock);
    /** Goes on until it holds just these: a server that is slow for a moment keeps others from it, too, until the next turn. */
    const untilHeld = async (wanted: readonly number[]) => {
      const held = () => maintainer.partitions().map(({ partition }) => partition);
      for (let turn = 0; turn < 20; turn += 1) {
        while (await maintainer.round());
        if (String(held()) === String(wanted)) return;
        machine.moveBy(5_000);
      }
      expect(held()).toEqual(wanted);
    };
    await join("PL", 1, 2, 3, 4, 5, 6, 7, 8, 9);
    await untilHeld([0, 1, 2, 4, 5, 6, 7]);
    const waiting = await documentsIn(store, "changes", project);
    expect(waiting.map(({ partition }) => partition)).toEqual([3, 3]);
    expect(await stored(engine, project, segment)).toHaveLength(7);
    await ending();
    machine.moveBy(5_000);
    await untilHeld([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(maintainer.holdsAll()).toBe(true);
    expect(await stored(engine, project, segment)).toBe("123456789");
    // Another one sleeps in the middle of taking partition 5, and the others are renewed nevertheless.
    const ended = await contended.hold(leaseId(partitionId(project, 5)));
    onTestFinished(ended);
    machine.moveBy(5_000);
    await untilHeld([0, 1, 2, 3, 4, 6, 7]);
    await ended();
    machine.moveBy(5_000);
    await untilHeld([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(maintainer.holdsAll()).toBe(true);
    await maintainer.release();
  });

  it("work that an open transaction holds is left, and the rest goes on under leases that are all renewed", async () => {
    const { project, engine, segment, join } = await shop();
    const contended = contendedStore(store);
    const gone = maintainProject(engine, project, () => 0);
    await gone.round();
    // The maintainer that is gone was suspended in the middle of evaluating its partition 3.
    const ending = await contended.hold(partitionId(project, 3));
    onTestFinished(ending);
    const machine = movableClock(60_000);
    const failures: unknown[] = [];
    const maintainer = maintainProject(
      { ...engine, store: contended.store },
      project,
      machine.clock,
      0,
      (error) => failures.push(error),
    );
    await join("PL", 1, 2, 3, 4, 5, 6, 7, 8, 9);
    await expect
      .poll(
        async () => {
          machine.moveBy(5_000);
          await maintainer.round();
          return [maintainer.holdsAll(), (await stored(engine, project, segment)).length];
        },
        { timeout: 60_000 },
      )
      .toEqual([true, 7]);
    const waiting = await documentsIn(store, "changes", project);
    expect(waiting.map(({ partition }) => partition)).toEqual([3, 3]);
    await ending();
    const settled = async () => {
      await maintainer.round();
      return stored(engine, project, segment);
    };
    await expect.poll(settled, { timeout: 60_000 }).toBe("123456789");
    expect(failures).toEqual([]);
    expect(await faults(engine, project)).toBe("");
    await maintainer.release();
  });

  it("a segment is populated but for a customer that a transaction keeps locked, and time is followed meanwhile", async () => {
    const { project, engine, join } = await shop();
    await join("PL", 1, 2, 3, 4, 5, 6, 7, 8, 9);
    await settle(engine, project);
    let isLocked = true;
    const locked = checkingPuts(store, (documents) => {
      if (isLocked && documents.some(({ _id }) => _id === `${project}/c-3`))
        throw new StoreError("TIMEOUT", "Another transaction has it.");
    });
    const failures: unknown[] = [];
    const maintainer = maintainProject(
      { ...engine, store: locked },
      project,
      () => 0,
      0,
      (error) => failures.push(error),
    );
    const { segment_id } = await createAutoUpdate(engine, project, {
      name: "Old",
      query: "country is PL or created more than 1 hour ago",
    });
    await expect
      .poll(
        async () => {
          await maintainer.round();
          return stored(engine, project, segment_id);
        },
        { timeout: 60_000 },
      )
      .toBe("12456789");
    engine.moveTo(engine.clock() + 3_600_000);
    await maintainer.round();
    expect((await coordinatorOf(engine, project))?.cursor?.getTime()).toBe(engine.clock());
    isLocked = false;
    while (await maintainer.round());
    expect(await stored(engine, project, segment_id)).toBe("123456789");
    expect(failures).toEqual([]);
    expect(await faults(engine, project)).toBe("");
    await maintainer.release();
  });

  it("leases are renewed in the middle of a round, and none is taken that was given back or lost", async () => {
    const { project, engine } = await shop();
    const machine = movableClock(0);
    const one = maintainProject(engine, project, machine.clock);
    const other = maintainProject(engine, project, machine.clock);
    while (await one.round());
    machine.moveTo(9_000);
    await one.renewHeld();
    machine.moveTo(18_000);
    await other.round();
    expect([one.holdsAll(), other.partitions()]).toEqual([true, []]);
    machine.moveTo(30_000);
    while (await other.round());
    expect(other.holdsAll()).toBe(true);
    await one.renewHeld();
    expect([one.partitions(), other.holdsAll()]).toEqual([[], true]);
    await other.release();
    await other.renewHeld();
    expect(await owners(project)).toEqual(Array.from({ length: 8 }, () => undefined));
  });

  it("a failure in one project does not delay the others", async () => {
    const broken = await shop();
    const whole = await shop();
    const breaking = checkingPuts(store, (documents) => {
      if (documents.some(({ project }) => project === broken.project)) throw new Error("broken");
    });
    const reported: unknown[] = [];
    const running = runMaintainers(
      { ...whole.engine, store: breaking },
      { project: broken.project, idleMs: 20, report: (error) => reported.push(error) },
    );
    onTestFinished(running.stop);
    await whole.join("PL", 1, 2);
    const members = () => stored(whole.engine, whole.project, whole.segment);
    await expect.poll(members, { timeout: 60_000 }).toBe("12");
    expect(reported).toContainEqual(new Error("broken"));
  });

  it("a customer whose evaluation fails delays no other, and is evaluated again after a while", async () => {
    const { project, engine, segment, join } = await shop();
    const wrong = new Set([customerId(project, "c-2")]);
    const reported: unknown[] = [];
    const machine = movableClock(0);
    const failing = { ...engine, store: withoutSummaries(store, wrong) };
    const maintainer = maintainProject(failing, project, machine.clock, 0, (error) => reported.push(error));
    await join("PL", 1, 2, 3, 4);
    while (await maintainer.round());
    expect(await stored(engine, project, segment)).toBe("134");
    const problem = new Error(`Customer ${project}/c-2 could not be evaluated.`);
    expect(reported).toEqual([problem]);
    expect((await verifyMembership(engine, project)).pending).toBe(1);
    machine.moveBy(leftMs);
    while (await maintainer.round());
    expect(reported).toEqual([problem, problem]);
    wrong.clear();
    await join("PL", 5);
    // After the second failure in a row, the customer is left for twice as long.
    machine.moveBy(leftMs);
    while (await maintainer.round());
    expect(await stored(engine, project, segment)).toBe("1345");
    machine.moveBy(leftMs);
    while (await maintainer.round());
    expect(await stored(engine, project, segment)).toBe("12345");
    expect(await faults(engine, project)).toBe("");
    await maintainer.release();
  });

  it("more customers than one batch holds, whose evaluation fails, delay no other", async () => {
    const { project, engine, segment } = await shop();
    const everybody = Array.from({ length: 2_000 }, (_, index) => index);
    await upsertFrom(engine, project, "FR", everybody);
    const rows = await documentsIn(store, "customers", project);
    const ofOne = rows.filter((row) => partitionOf(row) === 3).map(({ _id }) => _id);
    const wrong = new Set(ofOne.toSorted().slice(0, defaultPace.markedAtOnce + 1));
    expect(ofOne.length).toBeGreaterThan(wrong.size);
    await settle(engine, project);
    await upsertFrom(engine, project, "PL", everybody);
    const reported: unknown[] = [];
    const failing = { ...engine, store: withoutSummaries(store, wrong) };
    const maintainer = maintainProject(
      failing,
      project,
      () => 0,
      0,
      (error) => reported.push(error),
    );
    while (await maintainer.round());
    const members = await holdersIn(store, project, segment);
    expect(members).toHaveLength(2_000 - wrong.size);
    expect(reported).toHaveLength(wrong.size);
    await maintainer.release();
  });

  it("changed customers are evaluated between the turns of segments and the clock", async () => {
    const { project, engine, segment, join } = await shop();
    let queried = 0;
    const watched = watchedStore(store, (read) => {
      if (read.startsWith("segments.")) queried += 1;
    });
    const counting = { ...engine, store: watched };
    const maintainer = maintainProject(counting, project, () => 0, Number.POSITIVE_INFINITY);
    await join("PL", 1);
    while (await maintainer.round());
    expect(await stored(engine, project, segment)).toBe("1");
    const before = queried;
    const fresh = await createAutoUpdate(engine, project, { name: "French", query: "country is FR" });
    await join("FR", 1, 2);
    await join("PL", 3);
    while (await maintainer.round());
    expect(await stored(engine, project, segment)).toBe("3");
    expect(await stored(engine, project, fresh.segment_id)).toBe("");
    expect(queried).toBe(before);
    await maintainer.release();
    await settle(engine, project);
    expect(await stored(engine, project, fresh.segment_id)).toBe("12");
    expect(await faults(engine, project)).toBe("");
  });

  it("two maintainers divide the partitions, and one takes what the other gives back", async () => {
    const { project, engine, segment, join } = await shop();
    const machine = movableClock(0);
    const one = maintainProject(engine, project, machine.clock);
    const two = maintainProject(engine, project, machine.clock);
    await one.round();
    expect(new Set(await owners(project)).size).toBe(1);
    for (let round = 0; round < 3; round += 1) {
      machine.moveBy(5_000);
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
    machine.moveBy(5_000);
    await join("FR", 1, 2, 3, 4, 5, 6, 7, 8);
    while (await two.round());
    expect(await stored(engine, project, segment)).toBe("9");
    expect(await faults(engine, project)).toBe("");
    await two.release();
  });
});
