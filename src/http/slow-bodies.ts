// Ends requests whose body does not arrive in time, so that slow senders do not hold connections.
import type { RequestHandler } from "express";

/** @param maxMs the longest that a body may take to arrive, in milliseconds. */
export function refuseSlowBodies(maxMs: number): RequestHandler {
  return (request, _response, next) => {
    const timer = setTimeout(() => request.destroy(), maxMs);
    const stop = (): void => clearTimeout(timer);
    request.once("end", stop);
    request.once("close", stop);
    next();
  };
}
