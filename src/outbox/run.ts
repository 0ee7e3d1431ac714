// Runs deliveries beside maintainers, until they are stopped.
import { systemClock } from "../clock.js";
import type { Engine } from "../engine.js";
import type { HeldPartition } from "../membership/maintain/held-leases.js";
import { onTransitions } from "../membership/wakeups.js";
import type { DeliveryTools } from "./deliver.js";
import { deliveries } from "./deliveries.js";
import { webhookSender } from "./webhook-sender.js";

export interface OutboxOptions {
  /** The partitions that are held in this process at this moment. */
  readonly partitions: () => readonly HeldPartition[];
  /** Receives errors; the work goes on. */
  readonly report: (error: unknown) => void;
  /** Called after each attempt at a delivery. */
  readonly attempted?: DeliveryTools["attempted"];
  /** How long to wait if nothing reports that there is something to send, in milliseconds. */
  readonly idleMs?: number;
}

export interface RunningOutbox {
  /** Gives deliveries under way some time to finish, and aborts the rest: they are sent again later. */
  readonly stop: () => Promise<void>;
}

const defaultIdleMs = 500;
/** How long to wait after something went wrong, in milliseconds. */
const failedMs = 5_000;
/** How long deliveries under way may go on after a stop, in milliseconds. */
const graceMs = 3_000;

/** Delivers the transitions of the partitions that this process holds, in the background. */
export function runOutbox(engine: Engine, options: OutboxOptions): RunningOutbox {
  const { partitions, report, attempted, idleMs = defaultIdleMs } = options;
  const breaking = new AbortController();
  const sender = webhookSender(engine.allowPrivateWebhooks ?? false);
  const tools = {
    engine,
    sender,
    clock: systemClock,
    random: Math.random,
    attempted,
    signal: breaking.signal,
  };
  const bell = wakeableTimer();
  const { pass, settled } = deliveries({ tools, report, more: bell.ring });
  const quiet = onTransitions(engine.store, bell.ring);
  let stopping = false;

  const work = async (): Promise<void> => {
    while (!stopping) {
      try {
        await pass(partitions());
        await bell.wait(idleMs);
      } catch (error) {
        report(error);
        await bell.wait(failedMs);
      }
    }
  };

  const working = work();
  return {
    stop: async () => {
      stopping = true;
      quiet();
      bell.ring();
      await working;
      const patience = setTimeout(() => breaking.abort(), graceMs);
      await settled();
      clearTimeout(patience);
      sender.close();
    },
  };
}

/** A wait that ends after a time or when it is woken, also if it is woken before it begins. */
function wakeableTimer() {
  let rung = false;
  let wake = (): void => undefined;
  return {
    ring: (): void => {
      rung = true;
      wake();
    },
    wait: (ms: number): Promise<void> =>
      new Promise((resolve) => {
        const timer = setTimeout(() => wake(), ms);
        wake = () => {
          clearTimeout(timer);
          rung = false;
          resolve();
        };
        if (rung) wake();
      }),
  };
}
