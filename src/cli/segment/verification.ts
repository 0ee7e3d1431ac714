// Runs the verification of stored membership in the background, and reports its results as metrics.
import type { Logger } from "pino";
import type { Engine } from "../../engine.js";
import { runVerification } from "../../membership/maintain/verify-schedule.js";
import type { Metrics } from "../../metrics/metrics.js";
import { commandEnvironment } from "../session.js";

/** Verifies a few segments every `SEGMENTQL_VERIFY_SECONDS`, or never if that is 0. */
export function startVerification(
  engine: Engine,
  project: string,
  metrics: Metrics,
  log: Logger,
): { readonly stop: () => Promise<void> } {
  const { verifySeconds: seconds } = commandEnvironment();
  if (seconds === 0) return { stop: async () => undefined };
  return runVerification(engine, {
    project,
    everyMs: seconds * 1_000,
    noted: (turn) => {
      metrics.verified(turn);
      for (const { segment, missing, surplus, inconsistent } of turn.differences) {
        const counts = {
          missing: missing.length,
          surplus: surplus.length,
          inconsistent: inconsistent.length,
        };
        log.error({ project: turn.project, segment, ...counts }, "stored membership differs from the query");
      }
    },
    report: (error) => log.error({ err: error }, "membership is not verified at this moment"),
  });
}
