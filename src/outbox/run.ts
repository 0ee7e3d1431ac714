// Runs deliveries in the background until they are stopped.
import { runInBackground } from "../background.js";
import { systemClock } from "../clock.js";
import type { Engine } from "../engine.js";
import type { HeldPartition } from "../membership/maintain/held-leases.js";
import { onTransitions } from "../membership/wakeups.js";
import type { DeliveryTools } from "./deliver.js";
import { deliveries } from "./deliveries.js";
import { webhookSender } from "./webhook-sender.js";

export interface OutboxOptions {
  /** The partitions that this process holds now. */
  readonly partitions: () => readonly HeldPartition[];
  /** Receives failures; the work continues. */
  readonly report: (error: unknown) => void;
  /** Receives each attempt at a delivery. */
  readonly attempted?: DeliveryTools["attempted"];
  /** How often the store is polled if this process has written nothing, in milliseconds. */
  readonly idleMs?: number;
}

export interface RunningOutbox {
  /** Waits a few seconds for deliveries under way, and then aborts them: they are sent again later. */
  readonly stop: () => Promise<void>;
}

const defaultIdleMs = 500;
/** How long to wait after a failure, in milliseconds. */
const afterErrorMs = 5_000;
/** How long stopping waits for deliveries under way, in milliseconds. */
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
