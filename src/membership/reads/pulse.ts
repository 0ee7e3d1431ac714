// Waits for new transitions of a project: the store is polled, once for all waiters of this process.
import { setTimeout as pause } from "node:timers/promises";
import type { Engine } from "../../engine.js";
import type { Store } from "../../store/port.js";
import { onTransitions } from "../wakeups.js";
import { type Position, presentPosition } from "./feed.js";

/** How often the store is polled while there are waiters, in milliseconds. Writes of this process wake them at once. */
const everyMs = 250;

interface Waiter {
  readonly passed: Position;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** The waiters of one project. */
type Waiters = Set<Waiter>;

const waiting = new WeakMap<Store, Map<string, Waiters>>();

/**
 * Waits until there is a transition after a position, or the signal is aborted.
 * @throws StoreError if the store can't be read.
 */
export async function waitForTransitionsAfter(
  engine: Engine,
  project: string,
  passed: Position,
  signal: AbortSignal,
): Promise<void> {
  const projects = waiting.get(engine.store) ?? new Map<string, Waiters>();
  waiting.set(engine.store, projects);
  const known = projects.get(project);
  const waiters: Waiters = known ?? new Set();
  projects.set(project, waiters);
  let leave = (): void => undefined;
  const beyond = new Promise<void>((resolve, reject) => {
    const waiter = { passed, resolve, reject };
    waiters.add(waiter);
    leave = () => {
      waiters.delete(waiter);
      resolve();
    };
    if (signal.aborted) leave();
    signal.addEventListener("abort", leave);
  });
  if (known === undefined) {
    ask(engine, project, waiters, () => projects.delete(project));
  }
  try {
    await beyond;
  } finally {
    leave();
    signal.removeEventListener("abort", leave);
  }
}

/** Polls while there are waiters, then calls `over`. */
async function ask(engine: Engine, project: string, waiters: Waiters, over: () => void): Promise<void> {
  let wake = new AbortController();
  const quiet = onTransitions(engine.store, (changed) => {
    if (changed === project) wake.abort();
  });
  try {
    while (waiters.size > 0) {
      // Renewed before the read, so that a write during it causes another read.
      wake = new AbortController();
      const present = await presentPosition(engine, project);
      for (const waiter of waiters) {
        const isBeyond = present.some((last, partition) => last > waiter.passed[partition]!);
        if (!isBeyond) continue;
        waiters.delete(waiter);
        waiter.resolve();
      }
      if (waiters.size > 0) await pause(everyMs, undefined, { signal: wake.signal }).catch(() => undefined);
    }
    over();
  } catch (error) {
    over();
    for (const waiter of waiters) waiter.reject(error);
  } finally {
    quiet();
  }
}
