// Refuses a write inside a write: it would wait forever for the write that it is part of, or conflict with it.
import { AsyncLocalStorage } from "node:async_hooks";

export interface WriteNesting {
  /** @throws Error if the caller runs inside `inside`. */
  readonly refuseNested: () => void;
  /** Runs the work of one write. */
  readonly inside: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

interface Write {
  /** The store that is written to. */
  readonly nesting: WriteNesting;
  /** The write to another store that this one is part of. */
  readonly outer: Write | undefined;
  over: boolean;
}

/** One for all stores: every promise of the process gets slower with each AsyncLocalStorage that was ever used. */
const current = new AsyncLocalStorage<Write>();

/** Watches the writes of one store. */
export function watchNesting(): WriteNesting {
  const nesting: WriteNesting = {
    refuseNested: () => {
      let write = unfinished(current.getStore());
      while (write !== undefined && write.nesting !== nesting) write = unfinished(write.outer);
      if (write !== undefined)
        throw new Error("write() was called inside write(). Use the transaction at hand.");
    },
    inside: async (work) => {
      const write: Write = { nesting, outer: unfinished(current.getStore()), over: false };
      try {
        return await current.run(write, work);
      } finally {
        write.over = true;
      }
    },
  };
  return nesting;
}

/** The innermost write that is not over. Those that are over are passed by, so that none is kept in memory by a later one. */
function unfinished(write: Write | undefined): Write | undefined {
  let innermost = write;
  while (innermost?.over) innermost = innermost.outer;
  return innermost;
}
