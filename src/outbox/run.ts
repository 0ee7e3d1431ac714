// Deliveries at work beside maintainers, until they are stopped.
import { runInBackground } from "../background.js";
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
  /** Told of what went wrong; the work goes on. */
  readonly report: (error: unknown) => void;
  /** Told of each attempt at a delivery. */
  readonly attempted?: DeliveryTools["attempted"];
  /** How long to wait where nobody says that there is something to send, in milliseconds. */
  readonly idleMs?: number;
}

export interface RunningOutbox {
  /** Lets deliveries under way finish for a while, and breaks the others off: they are sent again. */
  readonly stop: () => Promise<void>;
}

const defaultIdleMs = 500;
/** How long to wait after something went wrong, in milliseconds. */
const afterErrorMs = 5_000;
/** How long deliveries under way may go on when it is told to stop, in milliseconds. */
const graceMs = 3_000;

/** Delivers what comes and goes in the partitions that this process holds, in the background. */
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
  const { pass, settled } = deliveries({ tools, report, more: () => work.wake() });
  const work = runInBackground(
    async () => {
      await pass(partitions());
      return idleMs;
    },
    { report, afterErrorMs },
  );
  const unsubscribe = onTransitions(engine.store, work.wake);

  return {
    stop: async () => {
      unsubscribe();
      await work.stop();
      const patience = setTimeout(() => breaking.abort(), graceMs);
      await settled();
      clearTimeout(patience);
      sender.close();
    },
  };
}
