// A fair queue: a bounded number of pieces of work runs at once, and clients take turns, so that one with many expensive requests
// does not delay the others. The number of waiting pieces is bounded, too.
import { stopwatch } from "./clock.js";

/** Too much work is waiting already: of one client, or of all clients. */
export class QueueFullError extends Error {
  override readonly name = "QueueFullError";
  constructor(
    readonly of: "one client" | "all clients",
    /** When there may be room, in seconds from now. */
    readonly retrySeconds: number,
  ) {
    super(`Too many requests of ${of} are waiting. Try again in ${retrySeconds} s.`);
  }
}

export interface FairQueue {
  /**
   * Waits for a turn.
   * @returns a function that ends the turn; further calls have no effect.
   * @throws QueueFullError; the signal's reason if it is aborted meanwhile.
   */
  readonly enter: (client: string, signal: AbortSignal) => Promise<() => void>;
}

export interface FairQueueLimits {
  /** How many run at once, of all clients and of one. */
  readonly running: number;
  readonly runningOfOne: number;
  /** How many wait, of all clients and of one. */
  readonly waiting: number;
  readonly waitingOfOne: number;
}

interface Lane {
  running: number;
  readonly waiting: (() => void)[];
}

/** The longest that a client is asked to wait before it tries again, in seconds. */
const maxRetrySeconds = 60;

export function fairQueue({ running, runningOfOne, waiting, waitingOfOne }: FairQueueLimits): FairQueue {
  /** In the order of turns: a lane moves to the end after its turn. */
  const lanes = new Map<string, Lane>();
  let total = 0;
  let totalWaiting = 0;
  /** The length of a turn, in milliseconds: an exponential moving average. */
  let meanMs = 0;

  const nextLane = (): readonly [string, Lane] | undefined => {
    for (const entry of lanes) {
      const [, lane] = entry;
      if (lane.waiting.length > 0 && lane.running < runningOfOne) return entry;
    }
    return undefined;
  };

  /**
   * Begins one turn per iteration of the event loop. Between two turns the loop reads sockets and accepts a connection (libuv
   * accepts one per iteration), so a new client does not wait for all the work that is queued.
   */
  let admitting = false;
  const admitOne = (): void => {
    admitting = false;
    const next = total < running ? nextLane() : undefined;
    if (next === undefined) return;
    const [client, lane] = next;
    lanes.delete(client);
    lanes.set(client, lane);
    lane.running += 1;
    total += 1;
    totalWaiting -= 1;
    lane.waiting.shift()!();
    admit();
  };
  const admit = (): void => {
    if (admitting) return;
    admitting = true;
    setImmediate(admitOne);
  };

  const dropIdle = (client: string, lane: Lane): void => {
    if (lane.running === 0 && lane.waiting.length === 0) lanes.delete(client);
  };

  const leave = (client: string, lane: Lane, tookMs: number): void => {
    meanMs = meanMs === 0 ? tookMs : meanMs * 0.95 + tookMs * 0.05;
    lane.running -= 1;
    total -= 1;
    dropIdle(client, lane);
    admit();
  };

  const refusal = (of: QueueFullError["of"]): QueueFullError => {
    const drainMs = (totalWaiting * meanMs) / running;
    return new QueueFullError(of, Math.min(maxRetrySeconds, Math.max(1, Math.ceil(drainMs / 1_000))));
  };

  return {
    enter: (client, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const lane = lanes.get(client) ?? { running: 0, waiting: [] };
        // Those that begin in the next iterations, because there is room, do not count as waiting.
        const free = running - total;
        const freeOfOne = Math.min(free, runningOfOne - lane.running);
        if (lane.waiting.length >= waitingOfOne + freeOfOne) return reject(refusal("one client"));
        if (totalWaiting >= waiting + free) return reject(refusal("all clients"));
        lanes.set(client, lane);
        const abort = (): void => {
          const at = lane.waiting.indexOf(start);
          if (at >= 0) {
            lane.waiting.splice(at, 1);
            totalWaiting -= 1;
          }
          dropIdle(client, lane);
          reject(signal.reason);
        };
        const start = (): void => {
          signal.removeEventListener("abort", abort);
          const elapsed = stopwatch();
          let ended = false;
          resolve(() => {
            if (ended) return;
            ended = true;
            leave(client, lane, elapsed());
          });
        };
        signal.addEventListener("abort", abort, { once: true });
        lane.waiting.push(start);
        totalWaiting += 1;
        admit();
      }),
  };
}
