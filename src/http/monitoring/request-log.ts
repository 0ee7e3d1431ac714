// Logs one line for each request, with an id that is also in the answer. It contains no customer data: no bodies, no queries.
import { randomUUID } from "node:crypto";
import type { RequestHandler } from "express";
import { stopwatch } from "../../clock.js";

/** The log line of a request. */
export interface RequestLine {
  readonly requestId: string;
  readonly method: string;
  /** Without what follows `?`. */
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  /** True if the client went away before it was answered. */
  readonly gone: boolean;
}

const requestIdHeader = "x-request-id";
const acceptable = /^[\w-]{1,64}$/;

/** Gives every request an id (the client's, if it sent a valid one), and logs the request when its response is closed. */
export function logRequests(log: (line: RequestLine) => void): RequestHandler {
  return (request, response, next) => {
    const elapsed = stopwatch();
    const given = request.get(requestIdHeader) ?? "";
    const requestId = acceptable.test(given) ? given : randomUUID();
    response.setHeader(requestIdHeader, requestId);
    response.once("close", () =>
      log({
        requestId,
        method: request.method,
        path: request.originalUrl.split("?")[0]!,
        status: response.statusCode,
        milliseconds: Math.round(elapsed()),
        gone: !response.writableFinished,
      }),
    );
    next();
  };
}
