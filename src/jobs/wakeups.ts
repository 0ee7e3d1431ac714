// Wakes what waits for jobs in this process when it has written one: the runner, and those who follow a job. Changes by other
// processes are found by polling the store, so that nothing depends on being woken.
import type { Store } from "../store/port.js";

const listeners = new WeakMap<Store, Set<() => void>>();

/** Wakes the listeners; call it after a job was created, became ready, or changed its state or progress. */
export function jobsChanged(store: Store): void {
  for (const listener of listeners.get(store) ?? []) listener();
}

/** Calls `listener` whenever this process has changed a job. @returns a function that unsubscribes it. */
export function onJobsChanged(store: Store, listener: () => void): () => void {
  const known = listeners.get(store) ?? new Set<() => void>();
  listeners.set(store, known);
  known.add(listener);
  return () => known.delete(listener);
}
