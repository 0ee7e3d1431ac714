// Counts the requests under way, so that a stopping server can wait until they are answered, and refuse new ones meanwhile.
import type { RequestHandler } from "express";
import { refuse } from "./failures.js";

export interface RequestsInFlight {
  readonly handler: RequestHandler;
  /**
   * Refuses new requests, and waits until those under way are answered.
   * @param maxMs the longest that it waits, in milliseconds.
   */
  readonly drain: (maxMs: number) => Promise<void>;
}

/** Draining waits until no request has arrived for this time, in milliseconds: clients may not know of the stop yet. */
const latecomersMs = 500;
const pollMs = 10;

export function requestsInFlight(): RequestsInFlight {
  let count = 0;
  let stopping = false;
  let lastAt = 0;
  return {
    handler: (_request, response, next) => {
      lastAt = performance.now();
      if (stopping) {
        response.setHeader("connection", "close");
        response.setHeader("retry-after", "5");
        refuse(response, 503, "UNAVAILABLE", "The server is stopping. Send the request again.");
        return;
      }
      count += 1;
      response.once("close", () => {
        count -= 1;
      });
      next();
    },
    drain: async (maxMs) => {
      stopping = true;
      const start = performance.now();
      lastAt = start;
      while ((count > 0 || performance.now() - lastAt < latecomersMs) && performance.now() - start < maxMs)
        await new Promise((resolve) => setTimeout(resolve, pollMs));
    },
  };
}
