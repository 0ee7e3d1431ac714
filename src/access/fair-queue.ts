// Turns for requests: a bounded number runs at once, and callers take turns, so that one with many expensive requests does not
// delay the others.

/** Too many requests of one caller wait already. */
export class QueueFullError extends Error {
  override readonly name = "QueueFullError";
}

export interface FairQueue {
  /**
   * Waits for a turn.
   * @returns what ends the turn; called more than once, it counts once.
   * @throws QueueFullError; the signal's reason if it is aborted meanwhile.
   */
  readonly enter: (caller: string, signal: AbortSignal) => Promise<() => void>;
}

export interface FairQueueLimits {
  /** How many run at once, of all callers and of one. */
  readonly running: number;
  readonly runningOfOne: number;
  /** How many of one caller wait. */
  readonly waitingOfOne: number;
}

interface Lane {
  running: number;
  readonly waiting: (() => void)[];
}

export function fairQueue({ running, runningOfOne, waitingOfOne }: FairQueueLimits): FairQueue {
  /** In the order of turns: a lane that got one goes to the end. */
  const lanes = new Map<string, Lane>();
  let total = 0;

  const admit = (): void => {
    for (;;) {
      if (total >= running) return;
      const next = [...lanes].find(([, lane]) => lane.waiting.length > 0 && lane.running < runningOfOne);
      if (next === undefined) return;
      const [caller, lane] = next;
      lanes.delete(caller);
      lanes.set(caller, lane);
      lane.running += 1;
      total += 1;
      lane.waiting.shift()!();
    }
  };

  const leave = (caller: string, lane: Lane): void => {
    lane.running -= 1;
    total -= 1;
    if (lane.running === 0 && lane.waiting.length === 0) lanes.delete(caller);
    admit();
  };

  return {
    enter: (caller, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const lane = lanes.get(caller) ?? { running: 0, waiting: [] };
        lanes.set(caller, lane);
        if (lane.waiting.length >= waitingOfOne) return reject(new QueueFullError("Too many requests wait."));
        const abort = (): void => {
          const at = lane.waiting.indexOf(start);
          if (at >= 0) lane.waiting.splice(at, 1);
          if (lane.running === 0 && lane.waiting.length === 0) lanes.delete(caller);
          reject(signal.reason);
        };
        const start = (): void => {
          signal.removeEventListener("abort", abort);
          let ended = false;
          resolve(() => {
            if (ended) return;
            ended = true;
            leave(caller, lane);
          });
        };
        signal.addEventListener("abort", abort, { once: true });
        lane.waiting.push(start);
        admit();
      }),
  };
}
