// Answers requests that can't be served: always in the shape of a GraphQL answer.
import type { ErrorRequestHandler, Response } from "express";
import { isLostConnection } from "../graphql/server/client-gone.js";
import { maxBodySize } from "../graphql/server/limits.js";

/** Answers with one error. */
export function refuse(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ errors: [{ message, extensions: { code } }] });
}

/**
 * Answers errors that were thrown, most often by the body parser. Unexpected errors are passed to `report`, and the client learns
 * only that one happened.
 */
export function answerFailures(report: (error: unknown) => void): ErrorRequestHandler {
  return (error: { status?: unknown; type?: unknown }, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    if (isLostConnection(error)) {
      refuse(response, 503, "UNAVAILABLE", "The connection was lost. Send the request again.");
      return;
    }
    const status = typeof error.status === "number" ? error.status : 500;
    if (status < 400 || status >= 500) {
      report(error);
      refuse(response, 500, "INTERNAL_SERVER_ERROR", "Something went wrong in the service.");
    } else if (error.type === "entity.too.large") {
      const message = `The body is longer than ${maxBodySize} bytes, which is the most.`;
      refuse(response, status, "REQUEST_TOO_LARGE", message);
    } else {
      const message =
        "The body can't be read. Send JSON in UTF-8: an object with `query` and, if need be, `variables`.";
      refuse(response, status, "BAD_REQUEST", message);
    }
  };
}
