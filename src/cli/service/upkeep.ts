// The background work of `serve` and `maintain`: maintaining and verifying membership, delivering to webhooks, deleting delivered
// events, old history, old messages and expired answers, letting points expire, and sending distributions.

import type { Logger } from "pino";
import { runAnswerExpiry } from "../../access/idempotency.js";
import { dayMs } from "../../clock.js";
import type { Engine } from "../../engine.js";
import { runMaintainers } from "../../membership/maintain/run.js";
import { runMessageRetention } from "../../messaging/retention.js";
import { runMessaging } from "../../messaging/run.js";
import type { Metrics } from "../../metrics/metrics.js";
import { runRetention } from "../../outbox/retention.js";
import { runOutbox } from "../../outbox/run.js";
import { runExpiry } from "../../promotions/loyalty.js";
import { startVerification } from "../segment/verification.js";

export interface Upkeep {
  /** Finishes the work under way, and gives leases back. */
  readonly stop: () => Promise<void>;
}

export interface UpkeepOptions {
  /** A project that is maintained even if it is not defined yet. */
  readonly project: string;
  /** How many days history is kept; without it, entries and exits are never deleted. */
  readonly historyDays?: number;
  /** How many days messages of distributions are kept. */
  readonly messageDays: number;
}

export function startUpkeep(
  engine: Engine,
  { project, historyDays, messageDays }: UpkeepOptions,
  log: Logger,
  metrics: Metrics,
): Upkeep {
  const maintainers = runMaintainers(engine, {
    project,
    report: (error) => log.error({ err: error }, "membership is not kept at this moment"),
  });
  const outbox = runOutbox(engine, {
    partitions: maintainers.partitions,
    attempted: metrics.deliveryAttempted,
    report: (error) => log.error({ err: error }, "webhooks are not delivered at this moment"),
  });
  const retention = runRetention(engine, {
    partitions: maintainers.partitions,
    ...(historyDays === undefined ? {} : { keepMs: historyDays * dayMs }),
    report: (error) => log.error({ err: error }, "old history is not forgotten at this moment"),
  });
  const pointsExpiry = runExpiry(engine, (error) =>
    log.error({ err: error }, "points do not expire at this moment"),
  );
  const messaging = runMessaging(engine, {
    report: (error) => log.error({ err: error }, "messages are not sent at this moment"),
  });
  const messageRetention = runMessageRetention(engine, messageDays, (error) =>
    log.error({ err: error }, "old messages are not deleted at this moment"),
  );
  const expiry = runAnswerExpiry(engine, (error) =>
    log.error({ err: error }, "expired answers are not deleted at this moment"),
  );
  const verification = startVerification(engine, project, metrics, log);
  return {
    stop: async () => {
      await verification.stop();
      await messageRetention.stop();
      await messaging.stop();
      await pointsExpiry.stop();
      await expiry.stop();
      await retention.stop();
      await outbox.stop();
      await maintainers.stop();
    },
  };
}
