// Refuses a write inside a write: it would wait forever for the write that it is part of, or conflict with it.
import { AsyncLocalStorage } from "node:async_hooks";

export interface WriteNesting {
  /** @throws Error if the caller runs inside `inside`. */
  readonly refuseNested: () => void;
  /** Runs the work of one write. */
  readonly inside: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

/** Watches the writes of one store. */
export function watchNesting(): WriteNesting {
  const current = new AsyncLocalStorage<{ over: boolean }>();
  return {
    refuseNested: () => {
      if (current.getStore()?.over === false)
        throw new Error("write() was called inside write(). Use the transaction at hand.");
    },
    inside: async (work) => {
      const state = { over: false };
      try {
        return await current.run(state, work);
      } finally {
        state.over = true;
      }
    },
  };
}
