// The service: GraphQL, the playground, and word of its health, on one port.
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import type { Engine } from "../engine.js";
import { answerFailures } from "./failures.js";
import { graphqlEndpoint } from "./graphql-endpoint.js";
import { refuseForeignHosts } from "./host-check.js";
import { landingPage } from "./landing-page.js";
import { isLoopback } from "./loopback.js";
import { playground } from "./playground.js";

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
}

export interface RunningServer {
  /** Where it can be asked, as `http://localhost:4000`. */
  readonly url: string;
  /** Lets requests under way finish (10 seconds at most) and stops. The engine stays open. */
  readonly close: () => Promise<void>;
}

/** The service can't listen where it was told to; `message` says why and what to do. */
export class ListenError extends Error {
  override readonly name = "ListenError";
}

/**
 * Starts the service.
 * @throws ListenError where the port is taken or forbidden, or the address isn't this machine's.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { engine, host, port } = options;
  const app = express();
  app.disable("x-powered-by");
  // Longer than proxies and clients keep a connection that they may use again, so that none is closed as a request comes.
  const server = createServer({ keepAliveTimeout: 75_000 }, app);
  const endpoint = await graphqlEndpoint({
    engine,
    server,
    project: options.project,
    report: options.report,
  });
  app.use((_request, response, next) => {
    response.setHeader("x-content-type-options", "nosniff");
    next();
  });
  if (isLoopback(host)) app.use(refuseForeignHosts);
  app.get("/", (request, response) => {
    response.type("html").send(landingPage(`http://${request.get("host") ?? "localhost"}`));
  });
  app.get("/health", (_request, response) => {
    response.setHeader("cache-control", "no-store");
    response.json({ status: "ok", store: engine.store.kind });
  });
  app.use("/playground", playground("/playground", "/graphql"));
  app.use("/graphql", ...endpoint.handlers);
  app.use(answerFailures(options.report));
  try {
    await listen(server, host, port);
  } catch (error) {
    await endpoint.stop();
    throw error;
  }
  return { url: addressOf(server, host), close: endpoint.stop };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  try {
    server.listen({ host, port });
    await once(server, "listening");
  } catch (error) {
    throw new ListenError(whyNot(error, host, port), { cause: error });
  }
}

function whyNot(error: unknown, host: string, port: number): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "EADDRINUSE") {
    return `Port ${port} is in use, perhaps by another SegmentQL. Stop that, or take another port: --port ${port + 1} (or PORT=${port + 1}).`;
  }
  if (code === "EACCES") return `Port ${port} is not allowed to you. Take one above 1023: --port 4000.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return `${host} is no address of this machine. Take --host 127.0.0.1, or 0.0.0.0 for all of its addresses.`;
  }
  return `Can't listen on ${host}, port ${port}: ${error instanceof Error ? error.message : String(error)}`;
}

function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  if (isLoopback(host) || host === "0.0.0.0" || host === "::") return `http://localhost:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
