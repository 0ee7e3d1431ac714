// `/metrics`: what the process tells of itself to whoever scrapes it, and how long its answers take.
import { createServer } from "node:http";
import type { ApolloServerPlugin } from "@apollo/server";
import express, { type RequestHandler } from "express";
import { stopwatch } from "../clock.js";
import type { Metrics } from "../metrics/metrics.js";
import { answerFailures } from "./failures.js";
import { refuseForeignHosts } from "./host-check.js";
import { listen } from "./listen.js";
import { isLoopback } from "./loopback.js";

/** The routes that are told apart; whatever else is asked for is one more. */
const routes = ["/graphql", "/playground", "/metrics", "/healthz", "/readyz", "/health"];

/** Takes down every answer. */
export function timeRequests(metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const elapsed = stopwatch();
    const path = routes.find((route) => request.path === route || request.path.startsWith(`${route}/`));
    response.once("finish", () => {
      const method = knownMethod(request.method);
      metrics.requestAnswered(path ?? "other", method, response.statusCode, elapsed() / 1_000);
    });
    next();
  };
}

/** A method that somebody made up would be a label that somebody made up. */
function knownMethod(method: string): string {
  return ["GET", "POST", "HEAD", "OPTIONS"].includes(method) ? method : "other";
}

/** Takes down every GraphQL operation. */
export function timeOperations(metrics: Metrics): ApolloServerPlugin {
  return {
    async requestDidStart() {
      const elapsed = stopwatch();
      return {
        async willSendResponse({ operation, response }) {
          const { body } = response;
          const failed = body.kind === "single" && (body.singleResult.errors?.length ?? 0) > 0;
          metrics.operationAnswered(
            operation?.operation ?? "none",
            failed ? "errors" : "ok",
            elapsed() / 1_000,
          );
        },
      };
    },
  };
}

export function answerMetrics(metrics: Metrics): RequestHandler {
  return async (_request, response) => {
    const text = await metrics.text();
    response.setHeader("cache-control", "no-store");
    response.type(metrics.contentType).send(text);
  };
}

/**
 * Serves nothing but `/metrics`, for a process that has no other service.
 * @param host a loopback address keeps other machines out.
 * @throws ListenError.
 */
export async function startMetricsServer(
  metrics: Metrics,
  {
    host,
    port,
    report,
  }: { readonly host: string; readonly port: number; readonly report: (error: unknown) => void },
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const app = express();
  app.disable("x-powered-by");
  if (isLoopback(host)) app.use(refuseForeignHosts);
  app.get("/metrics", answerMetrics(metrics));
  app.use(answerFailures(report));
  const server = createServer(app);
  const url = await listen(server, host, port);
  return {
    url: `${url}/metrics`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
