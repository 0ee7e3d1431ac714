// `segmentql serve`: answers GraphQL until stopped.
import pino, { type Logger } from "pino";
import { hasKeys } from "../../access/keys.js";
import type { Engine } from "../../engine.js";
import type { Environment } from "../../environment.js";
import { ListenError } from "../../http/listen.js";
import { isLoopback } from "../../http/loopback.js";
import { curlCommand, sampleQueries } from "../../http/samples.js";
import { type RunningServer, startServer } from "../../http/server.js";
import { runJobs } from "../../jobs/run.js";
import { type Metrics, newMetrics } from "../../metrics/metrics.js";
import { clearLeftovers } from "../../segments/removal.js";
import { makeDemo } from "../data/demo.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { commandEnvironment, dataPlace, type GlobalOptions, withEngine } from "../session.js";
import { stopRequested } from "../terminal/interruption.js";
import { complain, print } from "../terminal/output.js";
import { checkFolder } from "./folder-check.js";
import { startUpkeep } from "./upkeep.js";

export interface ServeOptions extends GlobalOptions {
  readonly port: number;
  readonly host: string;
  readonly demo?: boolean;
  /** False if other processes maintain membership. */
  readonly maintain: boolean;
  /** How many days history is kept; without it, history is never deleted. */
  readonly historyDays?: number;
}

export async function serveCommand(options: ServeOptions): Promise<void> {
  const environment = commandEnvironment();
  const stopped = stopRequested();
  const log = pino({ level: environment.logLevel }, pino.destination({ dest: 2, sync: true }));
  await checkFolder(options, log);
  await withEngine(options, true, async (engine) => {
    if (options.demo) await makeDemo(engine, options.project);
    // Cleans up after a server that died while it created or deleted a segment.
    await clearLeftovers(engine, options.project);
    const metrics = newMetrics(engine, options.project);
    const server = await start(engine, options, environment, log, metrics);
    const upkeep = options.maintain
      ? startUpkeep(engine, { ...options, ...environment }, log, metrics)
      : undefined;
    const jobs = runJobs(engine, (error) => log.error({ err: error }, "a job could not be done"));
    printAddresses(server.url, options);
    print(await accessNote(engine, options.host, environment));
    const signal = await stopped;
    complain(`\n${signal}: finishing what is under way, then stopping.`);
    await server.close();
    await jobs.stop();
    await upkeep?.stop();
  });
}

async function start(
  engine: Engine,
  options: ServeOptions,
  environment: Environment,
  log: Logger,
  metrics: Metrics,
): Promise<RunningServer> {
  try {
    return await startServer({
      ...options,
      engine,
      metrics,
      environment,
      log: (line) => log.debug(line, "request"),
      report: (error) => log.error({ err: error }, "unforeseen error"),
    });
  } catch (error) {
    if (error instanceof ListenError)
      throw new CommandFailure(exitCodes.failure, error.message, { cause: error });
    throw error;
  }
}

/** A note on who may send requests. */
async function accessNote(engine: Engine, host: string, { tokens }: Environment): Promise<string> {
  if (tokens !== undefined || (await hasKeys(engine))) return "Every request needs a key.";
  return isLoopback(host)
    ? "There is no key yet: this machine may do everything. Create one with segmentql key create."
    : "There is no key yet, and other machines can reach this server: every request is refused. Create a key with segmentql key create.";
}

/** The location of the data, without the rest of a URI, which may contain a password. */
function placeName(options: ServeOptions): string {
  const { uri, folder } = dataPlace(options);
  return uri === undefined ? (folder ?? "") : "MongoDB";
}

function printAddresses(url: string, options: ServeOptions): void {
  print(`SegmentQL answers at ${url} (project ${options.project}, data in ${placeName(options)}). Ctrl+C stops it.

  Console     ${url}/
  Playground  ${url}/playground
  GraphQL     ${url}/graphql

Three queries to try, the first two in the console:

  ${sampleQueries[0]}

  ${sampleQueries[1]}

  ${curlCommand(`${url}/graphql`, sampleQueries[2]!)}
`);
}
