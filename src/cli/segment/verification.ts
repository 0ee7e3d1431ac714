// The check of stored membership that runs beside its keeping, and whose result is a metric.
import type { Logger } from "pino";
import type { Engine } from "../../engine.js";
import { runVerification } from "../../membership/maintain/verify-schedule.js";
import type { Metrics } from "../../metrics/metrics.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";

const defaultSeconds = 60;

/** Verifies a few segments every so often: each SEGMENTQL_VERIFY_SECONDS (60 without it), or never where that is 0. */
export function startVerification(
  engine: Engine,
  project: string,
  metrics: Metrics,
  log: Logger,
): { readonly stop: () => Promise<void> } {
  const seconds = readSeconds();
  if (seconds === 0) return { stop: async () => undefined };
  return runVerification(engine, {
    project,
    everyMs: seconds * 1_000,
    noted: (turn) => {
      metrics.verified(turn);
      for (const { segment, missing, surplus, untold } of turn.differences) {
        const counts = { missing: missing.length, surplus: surplus.length, untold: untold.length };
        log.error({ project: turn.project, segment, ...counts }, "stored membership differs from the query");
      }
    },
    report: (error) => log.error({ err: error }, "membership is not verified at this moment"),
  });
}

/** @throws CommandFailure where SEGMENTQL_VERIFY_SECONDS holds no number. */
export function readSeconds(): number {
  const written = process.env.SEGMENTQL_VERIFY_SECONDS;
  if (written === undefined || written === "") return defaultSeconds;
  const seconds = Number(written);
  if (/^\d+$/.test(written) && seconds <= 86_400) return seconds;
  throw new CommandFailure(
    exitCodes.usage,
    `SEGMENTQL_VERIFY_SECONDS is "${written}". Write a whole number from 0 (never) to 86400, or leave it unset for ${defaultSeconds}.`,
  );
}
