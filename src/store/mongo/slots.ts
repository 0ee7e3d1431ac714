// Limits how many pieces of work run at once; the others wait for their turn.

/** Runs `work` when a slot is free. */
export type InSlot = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** @param count how many run at once. Waiting work starts in the order of the calls. */
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
