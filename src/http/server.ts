// The service: GraphQL, with subscriptions, the playground, and word of its health, on one port.
import { createServer } from "node:http";
import express from "express";
import type { Engine } from "../engine.js";
import { graphqlSchema } from "../graphql/schema.js";
import type { Metrics } from "../metrics/metrics.js";
import { consolePages } from "./console.js";
import { answerFailures } from "./failures.js";
import { graphqlEndpoint } from "./graphql-endpoint.js";
import { refuseForeignHosts } from "./host-check.js";
import { listen } from "./listen.js";
import { isLoopback } from "./loopback.js";
import { answerMetrics, timeRequests } from "./metrics.js";
import { playground } from "./playground.js";
import { subscriptionsEndpoint } from "./subscriptions.js";

export interface ServerOptions {
  readonly engine: Engine;
  /** 0 takes any free port. */
  readonly port: number;
  /** The address to listen on; a loopback one, as `127.0.0.1`, keeps other machines out. */
  readonly host: string;
  /** The project of requests that don't name one. */
  readonly project?: string;
  /** Is told of every error that nobody foresaw. */
  readonly report: (error: unknown) => void;
  /** What `/metrics` tells; without it, there is none. */
  readonly metrics?: Metrics | undefined;
}

export interface RunningServer {
  /** Where it can be asked, as `http://localhost:4000`. */
  readonly url: string;
  /** Lets requests under way finish (10 seconds at most) and stops. The engine stays open. */
  readonly close: () => Promise<void>;
}

/**
 * Starts the service.
 * @throws ListenError where the port is taken or forbidden, or the address isn't this machine's.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { engine, host, port, metrics } = options;
  const app = express();
  app.disable("x-powered-by");
  // Longer than proxies and clients keep a connection that they may use again, so that none is closed as a request comes.
  const server = createServer({ keepAliveTimeout: 75_000 }, app);
  const { project, report } = options;
  const schema = graphqlSchema();
  const endpoint = await graphqlEndpoint({ engine, schema, server, project, report, metrics });
  const onlyThisMachine = isLoopback(host);
  const subscriptions = subscriptionsEndpoint({
    engine,
    schema,
    server,
    path: "/graphql",
    project,
    report,
    onlyThisMachine,
  });
  const stop = async (): Promise<void> => {
    await subscriptions.stop();
    await endpoint.stop();
  };
  if (metrics !== undefined) app.use(timeRequests(metrics));
  app.use((_request, response, next) => {
    response.setHeader("x-content-type-options", "nosniff");
    next();
  });
  if (onlyThisMachine) app.use(refuseForeignHosts);
  app.get("/health", (_request, response) => {
    response.setHeader("cache-control", "no-store");
    response.json({ status: "ok", store: engine.store.capabilities.name });
  });
  if (metrics !== undefined) app.get("/metrics", answerMetrics(metrics));
  app.use("/playground", playground("/playground", "/graphql"));
  app.use("/graphql", ...endpoint.handlers);
  app.use(consolePages());
  app.use(answerFailures(report));
  try {
    return { url: await listen(server, host, port), close: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
