// How many things may be under way at once; what comes beyond waits its turn.

/** Runs `work` when there is room for it. */
export type InSlot = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** @param count how many at once. Those that wait begin in their order. */
export function slots(count: number): InSlot {
  const waiting: (() => void)[] = [];
  let free = count;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
