// A write inside a write would wait for the one that it is part of, or conflict with it, for ever: it is refused.
import { AsyncLocalStorage } from "node:async_hooks";

export interface WriteNesting {
  /** @throws Error where the caller is inside `inside`. */
  readonly refuseNested: () => void;
  /** Runs the work of one write. */
  readonly inside: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

/** The watch over one store's writes. */
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
