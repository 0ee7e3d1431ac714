// Wakes the work on distributions in this process when it has changed one. Changes by other processes are found by polling the store,
// so that nothing depends on being woken.
import type { Store } from "../store/port.js";

const listeners = new WeakMap<Store, Set<() => void>>();

/** Wakes the listeners; call it after a distribution was started, resumed or canceled, and after a message was planned again. */
export function distributionsChanged(store: Store): void {
  for (const listener of listeners.get(store) ?? []) listener();
}

/** Calls `listener` whenever this process has changed a distribution. @returns a function that unsubscribes it. */
export function onDistributionsChanged(store: Store, listener: () => void): () => void {
  const known = listeners.get(store) ?? new Set<() => void>();
  listeners.set(store, known);
  known.add(listener);
  return () => known.delete(listener);
}
