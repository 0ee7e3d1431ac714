// `segmentql maintain`: maintains the membership of live segments and delivers webhooks, without a server, until stopped.
import pino, { type Logger } from "pino";
import { ListenError } from "../../http/listen.js";
import { startMetricsServer } from "../../http/monitoring/metrics.js";
import { type Metrics, newMetrics } from "../../metrics/metrics.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { commandEnvironment, type GlobalOptions, withEngine } from "../session.js";
import { stopRequested } from "../terminal/interruption.js";
import { complain } from "../terminal/output.js";
import { checkFolder } from "./folder-check.js";
import { startUpkeep } from "./upkeep.js";

export interface MaintainOptions extends GlobalOptions {
  /** The port of `/metrics`; without it there is none. */
  readonly metricsPort?: number;
  readonly metricsHost: string;
  /** How many days history is kept; without it, history is never deleted. */
  readonly historyDays?: number;
}

export async function maintainCommand(options: MaintainOptions): Promise<void> {
  const stopped = stopRequested();
  const environment = commandEnvironment();
  const log = pino({ level: environment.logLevel }, pino.destination({ dest: 2, sync: true }));
  await checkFolder(options, log);
  await withEngine(options, true, async (engine) => {
    const metrics = newMetrics(engine, options.project);
    const service = await startMetrics(metrics, options, log);
    const upkeep = startUpkeep(engine, { ...options, ...environment }, log, metrics);
    if (service !== undefined) complain(`Metrics are served at ${service.url}.`);
    complain("Membership is being kept in all projects. Ctrl+C stops it.");
    const signal = await stopped;
    complain(`\n${signal}: finishing what is under way, then stopping.`);
    await service?.close();
    await upkeep.stop();
  });
}

async function startMetrics(metrics: Metrics, { metricsHost, metricsPort }: MaintainOptions, log: Logger) {
  if (metricsPort === undefined) return undefined;
  const report = (error: unknown) => log.error({ err: error }, "unforeseen error");
  try {
    return await startMetricsServer(metrics, { host: metricsHost, port: metricsPort, report });
  } catch (error) {
    if (error instanceof ListenError)
      throw new CommandFailure(exitCodes.failure, error.message, { cause: error });
    throw error;
  }
}
