// Work that this process repeats in the background until it is stopped.

export interface BackgroundWork {
  /** Ends the wait before the next step. During a step, the next one follows without a wait. */
  readonly wake: () => void;
  /** Begins no further step, and resolves when the one under way has ended. */
  readonly stop: () => Promise<void>;
}

export interface BackgroundOptions {
  /** Receives what a step throws; the work continues. */
  readonly report: (error: unknown) => void;
  /** The wait after a step that threw, in milliseconds. */
  readonly afterErrorMs: number;
  /** The wait before the first step, in milliseconds; 0 if it is left out. */
  readonly firstAfterMs?: number;
}

/**
 * Repeats a step, one at a time.
 * @param step does a part of the work and returns the wait before the next, in milliseconds. Its signal is aborted when the
 * work is stopped.
 */
export function runInBackground(
  step: (stopping: AbortSignal) => Promise<number>,
  { report, afterErrorMs, firstAfterMs = 0 }: BackgroundOptions,
): BackgroundWork {
  const stopping = new AbortController();
  let isWoken = false;
  let endWait: (() => void) | undefined;

  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        endWait = undefined;
        isWoken = false;
        resolve();
      };
      const timer = setTimeout(end, ms);
      endWait = end;
      if (isWoken) end();
    });

  const wake = (): void => {
    isWoken = true;
    endWait?.();
  };

  const work = async (): Promise<void> => {
    await wait(firstAfterMs);
    while (!stopping.signal.aborted) {
      let ms = afterErrorMs;
      try {
        ms = await step(stopping.signal);
      } catch (error) {
        report(error);
      }
      if (!stopping.signal.aborted) await wait(ms);
    }
  };

  const working = work();
  return {
    wake,
    stop: async () => {
      stopping.abort(new Error("The process stops."));
      wake();
      await working;
    },
  };
}
