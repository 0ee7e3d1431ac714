// What makes a maintainer's work hard: transactions that conflict with others, and little work at once.
import type { Engine } from "../../src/engine.js";
import { maintainProject } from "../../src/membership/maintain/maintainer.js";
import type { Pace } from "../../src/membership/maintain/pace.js";
import { type Store, StoreError } from "../../src/store/port.js";

/** An engine, and how many transactions have conflicted so far. */
export interface AdverseEngine extends Engine {
  readonly conflicted: () => number;
}

/**
 * An engine whose transactions that wait only briefly, as a maintainer's do, conflict with others: they do their work, and are rolled
 * back. @param conflicts whether the next transaction does, and the next; later ones don't.
 */
export function adverseEngine({ store, clock }: Engine, conflicts: readonly boolean[]): AdverseEngine {
  let [next, conflicted] = [0, 0];
  const conflicting: Store = {
    ...store,
    write: (work, options) => {
      if (options?.maxWaitMs === undefined) return store.write(work, options);
      const isLost = conflicts[next] ?? false;
      next += 1;
      if (isLost) conflicted += 1;
      return store.write(async (transaction) => {
        const result = await work(transaction);
        if (isLost) throw new StoreError("TIMEOUT", "Another transaction holds the same documents.");
        return result;
      }, options);
    },
  };
  return { store: conflicting, clock, conflicted: () => conflicted };
}

/** Longer than a maintainer leaves alone what conflicts, and than a lease lasts, in milliseconds. */
const restMs = 15_000;

/**
 * Does all the work that is due at the clock's instant as a service does: failures are reported, and the work is tried again later.
 * @throws Error what was reported besides conflicts.
 */
export async function settleAtPace(
  engine: AdverseEngine,
  project: string,
  pace: Omit<Pace, "runningTime">,
): Promise<void> {
  let machine = 0;
  const reported: unknown[] = [];
  const maintainer = maintainProject(
    engine,
    project,
    () => machine,
    0,
    (error) => reported.push(error),
    { ...pace, runningTime: () => machine },
  );
  // Idle twice without conflicts, with a rest between: what was left alone is tried again after it.
  for (let [idle, round] = [0, 0]; idle < 2; round += 1) {
    if (round > 20_000) throw new Error("There is always more to do.");
    const before = engine.conflicted();
    const isDone = (await maintainer.round()) || engine.conflicted() > before;
    if (reported.length > 0) throw new AggregateError(reported, "A maintainer reported failures.");
    idle = isDone || !maintainer.holdsAll() ? 0 : idle + 1;
    if (!isDone || engine.conflicted() > before) machine += restMs;
  }
  await maintainer.release();
}
