// What runs in the background of `serve` and `maintain`: membership is kept true, verified, and told to webhooks.
import type { Logger } from "pino";
import type { Engine } from "../engine.js";
import { runMaintainers } from "../membership/run.js";
import type { Metrics } from "../metrics/metrics.js";
import { runOutbox } from "../outbox/run.js";
import { startVerification } from "./verification.js";

export interface Upkeep {
  /** Finishes what is under way, and lets others take over. */
  readonly stop: () => Promise<void>;
}

/** @param project a project that is maintained whether it was defined or not. */
export function startUpkeep(engine: Engine, project: string, log: Logger, metrics: Metrics): Upkeep {
  const maintainers = runMaintainers(engine, {
    project,
    report: (error) => log.error({ err: error }, "membership is not kept at this moment"),
  });
  const outbox = runOutbox(engine, {
    partitions: maintainers.partitions,
    report: (error) => log.error({ err: error }, "webhooks are not delivered at this moment"),
  });
  const verification = startVerification(engine, project, metrics, log);
  return {
    stop: async () => {
      await verification.stop();
      await outbox.stop();
      await maintainers.stop();
    },
  };
}
