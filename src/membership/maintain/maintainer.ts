// A maintainer: maintains the membership of live segments in one project. Several maintainers share the work by leases; if one
// dies, its leases expire, and the others take them.

import { type Clock, stopwatch, systemClock } from "../../clock.js";
import type { ChangeDocument } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { StoreError } from "../../store/port.js";
import { coordinatorOf, type LiveSet, readLiveSet } from "../live/live-set.js";
import { TimeScan } from "../live/time-scan.js";
import { Contention } from "./contention.js";
import { advance, type CoordinatorWork, type Synced, syncSegments } from "./coordinator.js";
import { putAside, SegmentFailure } from "./failures.js";
import { HeldLeases, type HeldPartition } from "./held-leases.js";
import { ContendedError, coordinatorId, LostLeaseError, partitionId } from "./lease.js";
import { MarkedCustomers } from "./marked-customers.js";
import { defaultPace, type Pace } from "./pace.js";
import { type BatchResult, evaluateBatch, type PartitionWork } from "./partition.js";
import { populateSegments, putInvalidAside } from "./populate.js";
import { emptyQuarantine, type Quarantine } from "./quarantine.js";

/** One maintainer's work on one project. */
export class ProjectMaintainer {
  readonly #engine: Engine;
  readonly #project: string;
  readonly #coordinateMs: number;
  readonly #report: ((error: unknown) => void) | undefined;
  readonly #leases: HeldLeases;
  readonly #quarantine: Quarantine;
  readonly #marked: MarkedCustomers;
  readonly #pace: Pace;
  readonly #contention: Contention;
  /** Quarantined customers whose evaluation failed in a segment, by segment. */
  readonly #blamed = new Map<string, Set<string>>();
  readonly #scan: TimeScan;
  #set: LiveSet | undefined;
  #synced: Synced | undefined;
  #isMoreToCoordinate = true;
  #sinceCoordinated = stopwatch();
  #sinceSynced = stopwatch();

  /** See `maintainProject`. */
  constructor(
    engine: Engine,
    project: string,
    clock: Clock,
    coordinateMs: number,
    report: ((error: unknown) => void) | undefined,
    pace: Pace,
  ) {
    this.#engine = engine;
    this.#project = project;
    this.#coordinateMs = coordinateMs;
    this.#report = report;
    this.#pace = pace;
    this.#marked = new MarkedCustomers(engine, project, pace.markedAtOnce);
    this.#contention = new Contention(pace);
    this.#scan = new TimeScan(pace.scanMs);
    this.#leases = new HeldLeases(engine, project, clock);
    this.#quarantine = emptyQuarantine(clock);
  }

  /**
   * Does the work that is due: syncs segments, scans time, and evaluates every marked customer of the held partitions.
   * @returns whether anything was done.
   */
  async round(): Promise<boolean> {
    await this.#leases.renew();
    // First, so that changed customers do not wait for the work on segments.
    const drained = await this.#drain();
    if (!this.#isMoreToCoordinate && this.#sinceCoordinated() < this.#coordinateMs) return drained;
    const isContinued = this.#isMoreToCoordinate;
    this.#sinceCoordinated = stopwatch();
    this.#isMoreToCoordinate = false;
    let isMoved = false;
    try {
      // Customers whom time moves do not wait for the work on segments, either.
      isMoved = (await this.#coordinate((work) => this.#followTime(work))) && (await this.#drain());
    } finally {
      await this.#coordinate((work) => this.#keepSegments(work, isContinued));
    }
    return (await this.#drain()) || this.#isMoreToCoordinate || isMoved || drained;
  }

  /** Renews the leases that are held, which a long round does not. */
  renewHeld(): Promise<void> {
    return this.#leases.renewHeld();
  }

  /** Gives all leases back. */
  release(): Promise<void> {
    return this.#leases.release();
  }

  /** Does a part of the work. @returns false if another transaction blocks it; without `report`, it throws instead. */
  async #unlessContended(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (this.#report === undefined || !(error instanceof ContendedError)) throw error;
      return false;
    }
  }

  /** Whether this maintainer holds every lease of the project. */
  holdsAll(): boolean {
    return this.#leases.holdsAll();
  }

  /** The partitions that are held at this moment, as far as the maintainer knows. */
  partitions(): readonly HeldPartition[] {
    return this.#leases.partitions();
  }

  /** Does a part of the coordinator's work, if its lease is held. @returns whether there may be more to do at once. */
  async #coordinate(part: (work: CoordinatorWork) => Promise<boolean>): Promise<boolean> {
    let isMore = false;
    await this.#unlessContended(() =>
      this.#leases.withHeld(coordinatorId(this.#project), async (lease) => {
        isMore = await part({ engine: this.#engine, holder: this.#leases.holder, lease });
      }),
    );
    this.#isMoreToCoordinate ||= isMore;
    return isMore;
  }

  /** Counts the records whose time has come, and marks the customers whom time may have moved. */
  async #followTime(work: CoordinatorWork): Promise<boolean> {
    // Time is scanned only as far as the summaries are true.
    const now = this.#engine.clock();
    const advanced = await advance(work, now, this.#report === undefined ? undefined : this.#leftOut);
    const { marked, isBehind } = await this.#scan.tick(work, await this.#presentSet(), now, this.#report);
    return advanced || marked > 0 || isBehind;
  }

  /**
   * Syncs the live segments with the saved ones, and populates those that are new or changed.
   * @param isContinued whether the last round left more to do.
   */
  async #keepSegments(work: CoordinatorWork, isContinued: boolean): Promise<boolean> {
    const isSynced = await this.#attempt(async () => {
      // While many segments are populated, every part of which is a round, not all of them are read in each.
      if (isContinued && this.#synced !== undefined && this.#sinceSynced() < this.#coordinateMs) return false;
      this.#sinceSynced = stopwatch();
      this.#synced = await syncSegments(work, this.#synced);
      return this.#synced === undefined;
    });
    const set = await this.#presentSet();
    // Only by segments that are in step with the definition: not where syncing failed, or another has changed something since.
    const isInStep = this.#synced !== undefined && (this.#synced.epoch ?? 0) === set.epoch;
    if (isInStep && (await this.#attempt(() => putInvalidAside(work, set)))) return true;
    const { drainMs } = this.#pace;
    return (await this.#attempt(() => populateSegments(work, set, this.#report, drainMs))) || isSynced;
  }

  /** Does one part of the work; if it fails, that is reported, and the other parts go on. What is locked is tried again later. */
  async #attempt(work: () => Promise<boolean>): Promise<boolean> {
    try {
      return await work();
    } catch (error) {
      if (this.#report === undefined || error instanceof LostLeaseError) throw error;
      if (!(error instanceof ContendedError)) this.#report(error);
      return false;
    }
  }

  async #presentSet(): Promise<LiveSet> {
    const epoch = (await coordinatorOf(this.#engine, this.#project))?.epoch ?? 0;
    if (this.#set?.epoch !== epoch) this.#set = await readLiveSet(this.#engine, this.#project, this.#set);
    return this.#set;
  }

  /**
   * Evaluates the marked customers of all held partitions; each partition has its own lease.
   * @returns whether any customer was evaluated.
   */
  async #drain(): Promise<boolean> {
    const elapsed = stopwatch();
    let done = false;
    do {
      const { results, mayBeMore } = await this.#marked.each(
        this.partitions().map(({ partition }) => partition),
        this.#quarantine.left(),
        (partition, marked) => this.#evaluatePartition(partition, marked),
      );
      const isEvaluated = results.includes(true);
      if (!isEvaluated && !mayBeMore) return done;
      done = done || isEvaluated;
    } while (elapsed() < this.#pace.drainMs);
    return done;
  }

  readonly #leftOut = {
    left: () => this.#quarantine.left(),
    add: (customer: string, error: unknown) => this.#leave(customer, error),
  };

  /** How many customers are in quarantine. */
  quarantined(): number {
    return this.#quarantine.left().length;
  }

  /** Evaluates marked customers of one partition. @returns whether any were. */
  async #evaluatePartition(partition: number, marked: readonly ChangeDocument[]): Promise<boolean> {
    const { batch, isMore } = this.#contention.batchOf(partition, marked);
    let done = false;
    if (batch.length === 0) return done;
    this.#marked.note(partition, batch.at(-1)!._id);
    const isWritten = await this.#unlessContended(() =>
      this.#leases.withHeld(partitionId(this.#project, partition), async (lease) => {
        const work = { engine: this.#engine, holder: this.#leases.holder, lease, partition };
        const result = await this.#evaluate(work, this.#set ?? (await this.#presentSet()), batch);
        if (result === "stale") await this.#presentSet();
        done = result !== "waiting";
      }),
    );
    this.#contention.note(partition, batch, isWritten);
    return done || isMore;
  }

  /** Evaluates marked customers together, or one by one if that fails. */
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

  /** Whether a segment fails for so many customers, one after the other, that the segment is at fault. */
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

/** True of an error about leases and locks, which says nothing about the work itself. */
function isOfLeases(error: unknown): boolean {
  return error instanceof LostLeaseError || error instanceof ContendedError;
}

/** A segment that fails for this many customers, evaluated one by one, is put aside. */
const maxBlamed = 3;

/**
 * A maintainer of a project. It takes free leases, its share of them if other maintainers are at work.
 * @param clock decides when leases end: the machine's clock, whatever the engine's is.
 * @param coordinateMs how often segments and time are checked if the last check found no work, in milliseconds; 0 checks in every
 *   round.
 * @param report receives failures of single customers, who remain marked and are quarantined; without it, failures are thrown.
 * @param pace how much is done at once.
 */
export function maintainProject(
  engine: Engine,
  project: string,
  clock: Clock = systemClock,
  coordinateMs = 0,
  report?: (error: unknown) => void,
  pace: Pace = defaultPace,
): ProjectMaintainer {
  return new ProjectMaintainer(engine, project, clock, coordinateMs, report, pace);
}
