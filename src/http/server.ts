// The service: GraphQL with subscriptions, the playground, health and metrics, on one port.
import { createServer } from "node:http";
import express from "express";
import { defaultAuditDays } from "../access/audit.js";
import { authenticator } from "../access/authenticate.js";
import { tokenReader } from "../access/tokens.js";
import type { Engine } from "../engine.js";
import type { Environment, TokenSettings } from "../environment.js";
import { type FairQueueLimits, fairQueue } from "../fair-queue.js";
import { executor } from "../graphql/execution/execute.js";
import { graphqlSchema } from "../graphql/schema.js";
import { isLostConnection } from "../graphql/server/client-gone.js";
import type { Metrics } from "../metrics/metrics.js";
import { authenticate } from "./authentication.js";
import { consolePages } from "./console.js";
import { cors } from "./cors.js";
import { answerFailures } from "./failures.js";
import { filesOfJobs } from "./files.js";
import { graphqlEndpoint } from "./graphql-endpoint.js";
import { refuseForeignHosts } from "./host-check.js";
import { listen } from "./listen.js";
import { isLoopback } from "./loopback.js";
import { answerAlive, answerReady } from "./monitoring/health.js";
import { answerMetrics, timeRequests } from "./monitoring/metrics.js";
import { logRequests, type RequestLine } from "./monitoring/request-log.js";
import { requestsInFlight } from "./requests-in-flight.js";
import { securityHeaders } from "./security-headers.js";
import { refuseSlowBodies } from "./slow-bodies.js";
import { sourcesEndpoint } from "./sources.js";
import { subscriptionsEndpoint } from "./subscriptions/endpoint.js";

export interface ServerOptions {
  readonly engine: Engine;
  /** 0 takes any free port. */
  readonly port: number;
  /** The address to listen on; a loopback address, as `127.0.0.1`, keeps other machines out. */
  readonly host: string;
  /** The project of requests that name none. */
  readonly project?: string;
  /** Receives every unexpected error. */
  readonly report: (error: unknown) => void;
  /** Receives a line for every request. */
  readonly log?: (line: RequestLine) => void;
  /** The metrics of `/metrics`; without it, there is no such path. */
  readonly metrics?: Metrics | undefined;
  /** The settings from the environment. */
  readonly environment?: Partial<Environment>;
  /** How many operations run and wait; by default `usualTurns`. */
  readonly turns?: FairQueueLimits;
  /** How tokens are checked; by default as the environment says. */
  readonly tokens?: TokenSettings;
}

export interface RunningServer {
  /** The server's URL, as `http://localhost:4000`. */
  readonly url: string;
  /** Refuses new requests, finishes those under way (10 seconds at most) and stops. The engine stays open. */
  readonly close: () => Promise<void>;
}

/** The longest that requests under way may take when the server stops, in milliseconds. */
const maxDrainMs = 10_000;
/** The longest that a request may take to arrive, in milliseconds. */
const requestMs = 60_000;
/** The longest that a file may take to arrive, in milliseconds. */
const uploadMs = 3_600_000;
/** How many operations run at once, of all clients and of one; how many wait. */
const defaultTurns: FairQueueLimits = { running: 64, runningOfOne: 16, waiting: 1_000, waitingOfOne: 500 };
const defaultRateLimit = 2_000_000;

/**
 * Starts the service.
 * @throws ListenError if the port is taken or forbidden, or the address is not this machine's.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { engine, host, port, metrics, project, environment = {} } = options;
  // A client that goes away is not reported as an error.
  const report = (error: unknown): void => {
    if (!isLostConnection(error)) options.report(error);
  };
  const { corsOrigins = [], introspection = true, playground = true } = environment;
  const app = express();
  app.disable("x-powered-by");
  // Longer than proxies and clients keep idle connections, so that none is closed just as a request arrives.
  const timeouts = { keepAliveTimeout: 75_000, requestTimeout: uploadMs, headersTimeout: requestMs };
  const server = createServer(timeouts, app);
  const schema = graphqlSchema();
  const onlyThisMachine = isLoopback(host);
  const tokens = options.tokens ?? environment.tokens;
  const readToken = tokens === undefined ? undefined : tokenReader(tokens);
  const identify = authenticator(engine, { onlyThisMachine, readToken, project });
  const { trustedDocuments } = environment;
  const shared = { engine, schema, execute: executor(schema), identify, trustedDocuments, report };
  const limits = {
    queue: fairQueue(options.turns ?? defaultTurns),
    rateLimit: environment.rateLimit ?? defaultRateLimit,
  };
  const endpoint = await graphqlEndpoint({
    ...shared,
    ...limits,
    auditDays: environment.auditDays ?? defaultAuditDays,
    introspection,
    metrics,
  });
  const subscriptions = subscriptionsEndpoint({
    ...shared,
    server,
    path: "/graphql",
    onlyThisMachine,
    corsOrigins,
  });
  const inFlight = requestsInFlight();
  const stop = async (): Promise<void> => {
    await subscriptions.stop();
    await inFlight.drain(maxDrainMs);
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
    await endpoint.stop();
  };
  if (metrics !== undefined) app.use(timeRequests(metrics));
  if (options.log !== undefined) app.use(logRequests(options.log));
  app.use(securityHeaders);
  if (onlyThisMachine) app.use(refuseForeignHosts);
  app.get(["/healthz", "/health"], answerAlive);
  app.get("/readyz", answerReady(engine, report));
  app.use(inFlight.handler);
  if (metrics !== undefined) app.get("/metrics", authenticate(identify, "admin"), answerMetrics(metrics));
  app.use("/files", cors(corsOrigins), filesOfJobs(engine));
  app.use("/sources", refuseSlowBodies(requestMs), sourcesEndpoint(engine, limits));
  app.use("/graphql", cors(corsOrigins), refuseSlowBodies(requestMs), ...endpoint.handlers);
  app.use(consolePages({ playground }));
  app.use(answerFailures(report));
  try {
    return { url: await listen(server, host, port), close: stop };
  } catch (error) {
    await endpoint.stop();
    throw error;
  }
}
