// Listeners of one process that are called when it has written something to a store. What other processes write is found by polling,
// so that nothing depends on being called.
import type { Store } from "./port.js";

interface StoreListeners<Parameters extends readonly unknown[]> {
  readonly call: (store: Store, ...parameters: Parameters) => void;
  /** @returns a function that unsubscribes the listener. */
  readonly subscribe: (store: Store, listener: (...parameters: Parameters) => void) => () => void;
}

/** Listeners of one kind, by store. */
export function storeListeners<Parameters extends readonly unknown[]>(): StoreListeners<Parameters> {
  const listeners = new WeakMap<Store, Set<(...parameters: Parameters) => void>>();
  return {
    call: (store, ...parameters) => {
      for (const listener of listeners.get(store) ?? []) listener(...parameters);
    },
    subscribe: (store, listener) => {
      const known = listeners.get(store) ?? new Set();
      listeners.set(store, known);
      known.add(listener);
      return () => known.delete(listener);
    },
  };
}
