// Wakes the listeners of this process when it has written transitions. Other processes' transitions are found by polling the
// store, so that nothing depends on being woken.
import type { Store } from "../store/port.js";

type Listener = (project: string) => void;

const listeners = new WeakMap<Store, Set<Listener>>();

/** Wakes the listeners; call it after writing transitions. */
export function transitionsWritten(store: Store, project: string): void {
  for (const listener of listeners.get(store) ?? []) listener(project);
}

/** Calls `listener` whenever this process has written transitions. @returns a function that unsubscribes it. */
export function onTransitions(store: Store, listener: Listener): () => void {
  const known = listeners.get(store) ?? new Set<Listener>();
  listeners.set(store, known);
  known.add(listener);
  return () => known.delete(listener);
}
