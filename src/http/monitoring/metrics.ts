// `/metrics`: the process's metrics in Prometheus' format, and the measurement of its answers.
import { createServer } from "node:http";
import type { ApolloServerPlugin } from "@apollo/server";
import express, { type RequestHandler } from "express";
import { stopwatch } from "../../clock.js";
import type { Metrics } from "../../metrics/metrics.js";
import { answerFailures } from "../failures.js";
import { refuseForeignHosts } from "../host-check.js";
import { listen } from "../listen.js";
import { isLoopback } from "../loopback.js";

/** The routes that are labels; all other paths share one label. */
const routes = ["/graphql", "/sources", "/playground", "/metrics", "/healthz", "/readyz", "/health"];

/** Measures every answer. */
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

/** Unknown methods share one label, so that clients can't create labels. */
function knownMethod(method: string): string {
  return ["GET", "POST", "HEAD", "OPTIONS"].includes(method) ? method : "other";
}

/** Measures every GraphQL operation. */
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
 * Serves only `/metrics`, for a process without another service.
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
