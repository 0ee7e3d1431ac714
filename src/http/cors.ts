// Cross-origin requests of browsers: allowed only for the configured origins.
import type { RequestHandler } from "express";

const allowedHeaders = [
  "authorization",
  "content-type",
  "idempotency-key",
  "x-segmentql-project",
  "apollo-require-preflight",
  "x-apollo-operation-name",
].join(", ");
const maxAgeSeconds = 7_200;

/** Answers preflight requests, and sets the CORS headers for allowed origins. */
export function cors(origins: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const origin = request.get("origin");
    response.vary("origin");
    if (origin !== undefined && origins.includes(origin)) {
      response.setHeader("access-control-allow-origin", origin);
      response.setHeader("access-control-expose-headers", "retry-after, idempotent-replayed, x-request-id");
    }
    if (request.method !== "OPTIONS" || request.get("access-control-request-method") === undefined)
      return next();
    if (origin !== undefined && origins.includes(origin)) {
      response.setHeader("access-control-allow-methods", "GET, POST, PUT");
      response.setHeader("access-control-allow-headers", allowedHeaders);
      response.setHeader("access-control-max-age", String(maxAgeSeconds));
    }
    response.status(204).end();
  };
}

/** True if a browser's page of this origin may open a websocket. */
export function isAllowedOrigin(origin: string | undefined, origins: readonly string[]): boolean {
  return origin !== undefined && origins.includes(origin);
}
