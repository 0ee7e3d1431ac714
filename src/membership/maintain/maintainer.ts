// A maintainer: keeps the membership of live segments true in the projects of a store. Several share the work, each with the
// leases that it holds; one that dies loses them, and the others go on.
import { type Clock, stopwatch, systemClock } from "../../clock.js";
import type { ChangeDocument } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { partitionCount } from "../../ingest/dirty-marks.js";
import { StoreError } from "../../store/port.js";
import { coordinatorOf, type LiveSet, readLiveSet } from "../live/live-set.js";
import { type TimeWindow, tick } from "../live/time-scan.js";
import { advance, type CoordinatorWork, populateSegments, type Synced, syncSegments } from "./coordinator.js";
import {
  coordinatorId,
  type Holder,
  type Lease,
  LostLeaseError,
  leaseMs,
  newOwner,
  partitionId,
  register,
  retire,
  takeLeases,
  type WantedLease,
} from "./lease.js";
import {
  type BatchResult,
  evaluateBatch,
  markedAtOnce,
  type PartitionWork,
  readMarked,
} from "./partition.js";
import { emptyQuarantine } from "./quarantine.js";

/** One maintainer's work on one project. */
export interface ProjectMaintainer {
  /**
   * Does what there is to do: sees to the segments, the clock, and every marked customer of its partitions.
   * @returns whether anything was done.
   */
  readonly round: () => Promise<boolean>;
  /** Gives all leases back. */
  readonly release: () => Promise<void>;
  /** Whether all of the project's work is its own. */
  readonly holdsAll: () => boolean;
  /** The partitions that it holds at this moment, as far as it knows. */
  readonly partitions: () => readonly HeldPartition[];
}

export interface HeldPartition {
  readonly partition: number;
  readonly lease: Lease;
}

/** For how long marked customers are looked at before segments and the clock get their turn, in milliseconds. */
const drainMs = 1_000;

const partitions = Array.from({ length: partitionCount }, (_, partition) => partition);

/**
 * A maintainer of a project. It takes leases as they are free, its share of them where others are at work.
 * @param clock by which leases end: the machine's, whatever the engine's says.
 * @param coordinateMs how often segments and the clock are seen to where there was nothing to do the last time, in milliseconds; each
 *   round does where it is 0.
 * @param report told of what went wrong with single customers, who stay marked and are left for a while; without it, it is thrown.
 */
export function maintainProject(
  engine: Engine,
  project: string,
  clock: Clock = systemClock,
  coordinateMs = 0,
  report?: (error: unknown) => void,
): ProjectMaintainer {
  const holder: Holder = { owner: newOwner(), clock };
  const failing = emptyQuarantine(clock);
  const held = new Map<string, Lease>();
  let stuck: readonly string[] = [];
  const wanted: readonly WantedLease[] = [
    { _id: coordinatorId(project), kind: "coordinator" },
    ...partitions.map(
      (partition): WantedLease => ({ _id: partitionId(project, partition), kind: "partition" }),
    ),
  ];
  let renewed = Number.NEGATIVE_INFINITY;
  let set: LiveSet | undefined;
  let stretch: TimeWindow | undefined;
  let synced: Synced | undefined;
  let isMoreToCoordinate = true;
  let sinceCoordinated = stopwatch();

  const renew = async (): Promise<void> => {
    if (clock() - renewed < leaseMs / 3) return;
    const share = Math.ceil(partitionCount / (await register(engine, project, holder)));
    const most = { coordinator: 1, partition: share };
    const rank = ({ _id }: WantedLease) => (stuck.includes(_id) ? 2 : held.has(_id) ? 0 : 1);
    const preferred = wanted.toSorted((one, other) => rank(one) - rank(other));
    const taken = await takeLeases(engine, project, preferred, most, holder);
    stuck = taken.stuck;
    held.clear();
    for (const lease of taken.held) held.set(lease._id, lease);
    renewed = clock();
  };

  /** Runs what needs a lease; where that is lost, it is forgotten, and what was to be done is another's. */
  const withHeld = async (id: string, work: (lease: Lease) => Promise<void>): Promise<void> => {
    const lease = held.get(id);
    if (lease === undefined) return;
    try {
      await work(lease);
    } catch (error) {
      if (!(error instanceof LostLeaseError)) throw error;
      held.delete(id);
    }
  };

  const coordinate = async (lease: Lease): Promise<boolean> => {
    const work: CoordinatorWork = { engine, holder, lease };
    synced = await syncSegments(work, synced);
    // Time is seen to as far as the summaries are true, and no further.
    const now = engine.clock();
    const advanced = await advance(work, now);
    const present = await presentSet();
    const populated = await populateSegments(work, present);
    const ticked = await tick(work, present, now, stretch);
    stretch = ticked.stretch;
    return synced === undefined || advanced || populated || ticked.marked > 0;
  };

  const presentSet = async (): Promise<LiveSet> => {
    const epoch = (await coordinatorOf(engine, project))?.epoch ?? 0;
    if (set?.epoch !== epoch) set = await readLiveSet(engine, project);
    return set;
  };

  const heldPartitions = (): readonly HeldPartition[] =>
    partitions.flatMap((partition) => {
      const lease = held.get(partitionId(project, partition));
      return lease === undefined ? [] : [{ partition, lease }];
    });

  /** Looks at marked customers, and at each by itself where something is wrong with one of them. */
  const lookAtAll = async (
    work: PartitionWork,
    present: LiveSet,
    marked: readonly ChangeDocument[],
  ): Promise<BatchResult> => {
    try {
      return await evaluateBatch(work, present, marked);
    } catch (error) {
      if (report === undefined || error instanceof LostLeaseError || error instanceof StoreError) throw error;
      const [only, ...others] = marked;
      if (others.length === 0) {
        failing.add(only!._id, error);
        report(new Error(`Looking at customer ${only!._id} failed.`, { cause: error }));
        return "done";
      }
      const results: BatchResult[] = [];
      for (const change of marked) {
        const result = await lookAtAll(work, present, [change]);
        if (result === "stale") return result;
        results.push(result);
      }
      return results.includes("done") ? "done" : "waiting";
    }
  };

  /** Looks at marked customers of one partition. @returns whether any were seen to. */
  const look = async (partition: number, marked: readonly ChangeDocument[]): Promise<boolean> => {
    let done = false;
    if (marked.length === 0) return done;
    await withHeld(partitionId(project, partition), async (lease) => {
      const work = { engine, holder, lease, partition };
      const result = await lookAtAll(work, set ?? (await presentSet()), marked);
      if (result === "stale") await presentSet();
      done = result !== "waiting";
    });
    return done;
  };

  /**
   * Looks at whoever is marked in the partitions that are held, at all of them together: each has a lease of its own. Few are read by
   * one question; many by one for each partition, so that none waits for those before it.
   */
  const drain = async (): Promise<boolean> => {
    const elapsed = stopwatch();
    let [done, areMany] = [false, false];
    do {
      const mine = heldPartitions().map(({ partition }) => partition);
      const together = areMany ? undefined : await readMarked(engine, project, mine, failing.left());
      const seen = await allOf(mine, async (partition) => {
        const marked =
          together?.filter((change) => change.partition === partition) ??
          (await readMarked(engine, project, [partition], failing.left()));
        return look(partition, marked);
      });
      const mayBeMore = together?.length === markedAtOnce;
      if (!seen.includes(true) && !mayBeMore) return done;
      areMany = areMany || mayBeMore;
      done = done || seen.includes(true);
    } while (elapsed() < drainMs);
    return done;
  };

  return {
    round: async () => {
      await renew();
      // Who changed does not wait until all segments have been looked through.
      const drained = await drain();
      if (!isMoreToCoordinate && sinceCoordinated() < coordinateMs) return drained;
      sinceCoordinated = stopwatch();
      isMoreToCoordinate = false;
      await withHeld(coordinatorId(project), async (lease) => {
        isMoreToCoordinate = await coordinate(lease);
      });
      return (await drain()) || isMoreToCoordinate || drained;
    },
    release: async () => {
      await retire(engine, project, [...held.values()], holder);
      held.clear();
      renewed = Number.NEGATIVE_INFINITY;
    },
    holdsAll: () => held.size === wanted.length,
    partitions: heldPartitions,
  };
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
