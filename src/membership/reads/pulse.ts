// How far a project's transitions are, asked of the store now and then, once for all in this process who wait for more of them.
import { setTimeout as pause } from "node:timers/promises";
import type { Engine } from "../../engine.js";
import type { Store } from "../../store/port.js";
import { onTransitions } from "../wakeups.js";
import { type Position, presentPosition } from "./feed.js";

/** How often the store is asked while somebody waits, in milliseconds. What this process writes is told at once. */
const everyMs = 250;

interface Waiter {
  readonly passed: Position;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Those who wait, of one project. */
type Waiters = Set<Waiter>;

const waiting = new WeakMap<Store, Map<string, Waiters>>();

/**
 * Waits until there is something behind a position, or the signal is aborted.
 * @throws StoreError where the store can't be asked.
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

/** Asks for as long as somebody waits; `over` is called when nobody does. */
async function ask(engine: Engine, project: string, waiters: Waiters, over: () => void): Promise<void> {
  let wake = new AbortController();
  const quiet = onTransitions(engine.store, (changed) => {
    if (changed === project) wake.abort();
  });
  try {
    while (waiters.size > 0) {
      // Renewed first: what is written while the store is asked is asked for once more.
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
