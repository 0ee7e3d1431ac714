// A maintainer: keeps the membership of live segments true in one project. Several share the work, each with the leases that it
// holds; if one dies, its leases end, and the others take them.

import { type Clock, stopwatch, systemClock } from "../../clock.js";
import type { ChangeDocument } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { StoreError } from "../../store/port.js";
import { coordinatorOf, type LiveSet, readLiveSet } from "../live/live-set.js";
import { TimeScan } from "../live/time-scan.js";
import { advance, type CoordinatorWork, type Synced, syncSegments } from "./coordinator.js";
import { putAside, SegmentFailure } from "./failures.js";
import { HeldLeases, type HeldPartition } from "./held-leases.js";
import { ContendedError, coordinatorId, type Lease, LostLeaseError, partitionId } from "./lease.js";
import {
  type BatchResult,
  evaluateBatch,
  markedAtOnce,
  type PartitionWork,
  readMarked,
} from "./partition.js";
import { populateSegments } from "./populate.js";
import { emptyQuarantine, type Quarantine } from "./quarantine.js";

/** For how long marked customers are evaluated before segments and the clock get their turn, in milliseconds. */
const drainMs = 1_000;

/** For how long a partition is left that another transaction holds, in milliseconds. */
const contendedMs = 2_000;

/** One maintainer's work on one project. */
export class ProjectMaintainer {
  readonly #engine: Engine;
  readonly #project: string;
  readonly #coordinateMs: number;
  readonly #report: ((error: unknown) => void) | undefined;
  readonly #leases: HeldLeases;
  readonly #quarantine: Quarantine;
  /** Partitions that a transaction holds which does not end, and until when they are left, by the machine's running time. */
  readonly #contendedUntil = new Map<number, number>();
  /** Quarantined customers whose evaluation a segment made fail, by segment. */
  readonly #blamed = new Map<string, Set<string>>();
  readonly #scan = new TimeScan();
  #set: LiveSet | undefined;
  #synced: Synced | undefined;
  #isMoreToCoordinate = true;
  #sinceCoordinated = stopwatch();

  /** As `maintainProject` says. */
  constructor(
    engine: Engine,
    project: string,
    clock: Clock,
    coordinateMs: number,
    report: ((error: unknown) => void) | undefined,
  ) {
    this.#engine = engine;
    this.#project = project;
    this.#coordinateMs = coordinateMs;
    this.#report = report;
    this.#leases = new HeldLeases(engine, project, clock);
    this.#quarantine = emptyQuarantine(clock);
  }

  /**
   * Does what there is to do: the segments, the clock, and every marked customer of the partitions that are held.
   * @returns whether anything was done.
   */
  async round(): Promise<boolean> {
    await this.#leases.renew();
    // Customers who changed do not wait until all segments are looked through.
    const drained = await this.#drain();
    if (!this.#isMoreToCoordinate && this.#sinceCoordinated() < this.#coordinateMs) return drained;
    this.#sinceCoordinated = stopwatch();
    this.#isMoreToCoordinate = false;
    await this.#unlessContended(() =>
      this.#leases.withHeld(coordinatorId(this.#project), async (lease) => {
        this.#isMoreToCoordinate = await this.#coordinate(lease);
      }),
    );
    return (await this.#drain()) || this.#isMoreToCoordinate || drained;
  }

  /** Renews the leases that are held, which a long round does not. */
  renewHeld(): Promise<void> {
    return this.#leases.renewHeld();
  }

  /** Gives all leases back. */
  release(): Promise<void> {
    return this.#leases.release();
  }

  /** Does a part of the work. @returns false if another transaction is in the way of it, without a `report` it throws then. */
  async #unlessContended(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (this.#report === undefined || !(error instanceof ContendedError)) throw error;
      return false;
    }
  }

  /** Whether all of the project's work is this maintainer's. */
  holdsAll(): boolean {
    return this.#leases.holdsAll();
  }

  /** The partitions that are held at this moment, as far as the maintainer knows. */
  partitions(): readonly HeldPartition[] {
    return this.#leases.partitions();
  }

  /** @returns whether there may be more to do at once. */
  async #coordinate(lease: Lease): Promise<boolean> {
    const work: CoordinatorWork = { engine: this.#engine, holder: this.#leases.holder, lease };
    const isSynced = await this.#attempt(async () => {
      this.#synced = await syncSegments(work, this.#synced);
      return this.#synced === undefined;
    });
    // Time is scanned as far as the summaries are true, and no further.
    const now = this.#engine.clock();
    const advanced = await advance(work, now, this.#report === undefined ? undefined : this.#leftOut);
    const set = await this.#presentSet();
    const populated = await this.#attempt(() => populateSegments(work, set, this.#report));
    const { marked, isBehind } = await this.#scan.tick(work, set, now, this.#report);
    return isSynced || advanced || populated || marked > 0 || isBehind;
  }

  /** Does one part of the work; if it fails, that is reported, and the other parts go on. */
  async #attempt(work: () => Promise<boolean>): Promise<boolean> {
    try {
      return await work();
    } catch (error) {
      if (this.#report === undefined || isOfLeases(error)) throw error;
      this.#report(error);
      return false;
    }
  }

  async #presentSet(): Promise<LiveSet> {
    const epoch = (await coordinatorOf(this.#engine, this.#project))?.epoch ?? 0;
    if (this.#set?.epoch !== epoch) this.#set = await readLiveSet(this.#engine, this.#project);
    return this.#set;
  }

  /**
   * Evaluates the marked customers of the partitions that are held, of all partitions at once: each has a lease of its own. Few marks
   * are read by one read; many by one for each partition, so that none waits for those before it.
   * @returns whether anyone was evaluated.
   */
  async #drain(): Promise<boolean> {
    const elapsed = stopwatch();
    let [done, areMany] = [false, false];
    do {
      const mine = this.partitions().map(({ partition }) => partition);
      const together = areMany ? undefined : await this.#readMarked(mine);
      const seen = await allOf(mine, async (partition) => {
        const marked =
          together?.filter((change) => change.partition === partition) ??
          (await this.#readMarked([partition]));
        return this.#evaluatePartition(partition, marked);
      });
      const mayBeMore = together?.length === markedAtOnce;
      if (!seen.includes(true) && !mayBeMore) return done;
      areMany = areMany || mayBeMore;
      done = done || seen.includes(true);
    } while (elapsed() < drainMs);
    return done;
  }

  #readMarked(partitions: readonly number[]): Promise<readonly ChangeDocument[]> {
    return readMarked(this.#engine, this.#project, partitions, this.#quarantine.left());
  }

  readonly #leftOut = {
    left: () => this.#quarantine.left(),
    add: (customer: string, error: unknown) => this.#leave(customer, error),
  };

  /** How many customers are left for a while, since their evaluation failed. */
  quarantined(): number {
    return this.#quarantine.left().length;
  }

  /** Evaluates marked customers of one partition. @returns whether any were. */
  async #evaluatePartition(partition: number, marked: readonly ChangeDocument[]): Promise<boolean> {
    let done = false;
    if (marked.length === 0 || (this.#contendedUntil.get(partition) ?? 0) > performance.now()) return done;
    const isWritten = await this.#unlessContended(() =>
      this.#leases.withHeld(partitionId(this.#project, partition), async (lease) => {
        const work = { engine: this.#engine, holder: this.#leases.holder, lease, partition };
        const result = await this.#evaluate(work, this.#set ?? (await this.#presentSet()), marked);
        if (result === "stale") await this.#presentSet();
        done = result !== "waiting";
      }),
    );
    if (!isWritten) this.#contendedUntil.set(partition, performance.now() + contendedMs);
    return done;
  }

  /** Evaluates marked customers, and each by itself if something is wrong with one of them. */
  async #evaluate(
    work: PartitionWork,
    set: LiveSet,
    marked: readonly ChangeDocument[],
  ): Promise<BatchResult> {
    try {
      return await evaluateBatch(work, set, marked);
    } catch (error) {
      const report = this.#report;
      if (report === undefined || isOfLeases(error) || error instanceof StoreError) throw error;
      const [only, ...others] = marked;
      const segment = error instanceof SegmentFailure ? error.segment : undefined;
      if (segment !== undefined && this.#isSegmentsFault(segment, marked)) {
        await putAside(this.#engine, this.#project, segment, error, work.holder.clock());
        report(error);
        return "stale";
      }
      if (others.length === 0) {
        this.#leave(only!._id, error);
        return "done";
      }
      const results: BatchResult[] = [];
      for (const change of marked) {
        const result = await this.#evaluate(work, set, [change]);
        if (result === "stale") return result;
        results.push(result);
      }
      return results.includes("done") ? "done" : "waiting";
    }
  }

  /** Whether a segment fails for one customer after the other, so that they are not to blame. */
  #isSegmentsFault(segment: string, marked: readonly ChangeDocument[]): boolean {
    if (marked.length > 1) return true;
    const blamed = this.#blamed.get(segment) ?? new Set();
    for (const { _id } of marked) blamed.add(_id);
    if (blamed.size >= maxBlamed) this.#blamed.delete(segment);
    else this.#blamed.set(segment, blamed);
    return blamed.size >= maxBlamed;
  }

  #leave(customer: string, error: unknown): void {
    this.#quarantine.add(customer, error);
    this.#report?.(new Error(`Customer ${customer} could not be evaluated.`, { cause: error }));
  }
}

/** True of an error that says whose turn it is, and nothing of the work. */
function isOfLeases(error: unknown): boolean {
  return error instanceof LostLeaseError || error instanceof ContendedError;
}

/** From how many customers on, each failing by itself, the segment that fails is put aside. */
const maxBlamed = 3;

/**
 * A maintainer of a project. It takes leases as they are free, its share of them if others are at work.
 * @param clock by which leases end: the machine's, whatever the engine's says.
 * @param coordinateMs how often segments and the clock are looked after if there was nothing to do the last time, in milliseconds;
 *   each round does if it is 0.
 * @param report receives what goes wrong with single customers, who stay marked and are left for a while; without it, it is thrown.
 */
export function maintainProject(
  engine: Engine,
  project: string,
  clock: Clock = systemClock,
  coordinateMs = 0,
  report?: (error: unknown) => void,
): ProjectMaintainer {
  return new ProjectMaintainer(engine, project, clock, coordinateMs, report);
}

/** Does work for each item, all at once, and fails with the first failure when all have ended. */
async function allOf<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const ended = await Promise.allSettled(items.map(work));
  return ended.map((each) => {
    if (each.status === "rejected") throw each.reason;
    return each.value;
  });
}
