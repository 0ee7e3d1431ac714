// Wakes those in this process who wait for transitions. Other processes' are found by asking the store now and then, so that
// nothing depends on being woken.
import type { Store } from "../store/port.js";

type Listener = (project: string) => void;

const listeners = new WeakMap<Store, Set<Listener>>();

/** To be said by whoever has written transitions. */
export function transitionsWritten(store: Store, project: string): void {
  for (const listener of listeners.get(store) ?? []) listener(project);
}

/** Calls `listener` whenever transitions were written in this process. @returns what ends that. */
export function onTransitions(store: Store, listener: Listener): () => void {
  const known = listeners.get(store) ?? new Set<Listener>();
  listeners.set(store, known);
  known.add(listener);
  return () => known.delete(listener);
}
