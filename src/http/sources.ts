// Receives the deliveries of sources: `POST /sources/ID`, with the secret in the query for systems that sign nothing.

import express, { type ErrorRequestHandler, type Request, type Response, type Router } from "express";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Engine } from "../engine.js";
import { type FairQueue, QueueFullError } from "../fair-queue.js";
import type { Delivery } from "../integrations/delivery.js";
import { receive, verifiedSource } from "../integrations/receive.js";
import { recordClient } from "../integrations/record-client.js";
import { refuse } from "./failures.js";

/** The most bytes of a delivery. */
const maxDeliveryBytes = 1024 * 1024;
/** What a delivery takes of a source's limit, in units of complexity: as much as a change of a profile. */
const deliveryCost = 500;

export interface SourcesOptions {
  readonly queue: FairQueue;
  /** Units of complexity that a source may spend in a minute, as a key may. */
  readonly rateLimit: number;
}

/** Serves the addresses of sources below the path that it is mounted at. */
export function sourcesEndpoint(engine: Engine, { queue, rateLimit }: SourcesOptions): Router {
  const limiter = new RateLimiterMemory({ points: rateLimit, duration: 60 });
  const client = recordClient(engine.allowPrivateWebhooks ?? false);
  const router = express.Router();
  const body = express.raw({ limit: maxDeliveryBytes, type: () => true });

  // Some systems check the address when it is entered: with a request that every address answers alike, or with one as they send
  // later.
  router.head("/:id", (_request, response) => {
    response.status(200).end();
  });
  router.get("/:id", async (request, response) => {
    const found = await verifiedSource(engine, String(request.params.id), deliveryOf(request));
    if (found === undefined) return unauthorized(response);
    response.json({ status: "ready" });
  });

  router.post("/:id", body, async (request, response) => {
    const gone = new AbortController();
    const left = new Error("The sender went away.");
    const stop = (): void => gone.abort(left);
    response.once("close", stop);
    let leave: (() => void) | undefined;
    try {
      const received = await receive(engine, String(request.params.id), deliveryOf(request), {
        signal: gone.signal,
        client,
        admit: async ({ _id }) => {
          await limiter.consume(_id, deliveryCost);
          leave = await queue.enter(`source ${_id}`, gone.signal);
        },
      });
      switch (received.status) {
        case "accepted":
        case "ignored":
          response.json({ status: received.status });
          return;
        case "unauthorized":
          return unauthorized(response);
        case "disabled":
          return refuse(response, 503, "DISABLED", "The source is disabled. Enable it, or stop sending.");
        case "malformed":
          return refuse(response, 400, "BAD_REQUEST", received.message);
        case "rejected":
          return refuse(response, 422, "INVALID_RECORD", received.message);
        case "unreachable":
          response.setHeader("retry-after", "60");
          return refuse(response, 503, "UNAVAILABLE", received.message);
        default:
          return received satisfies never;
      }
    } catch (error) {
      if (error === left) return;
      const seconds = retrySeconds(error);
      if (seconds === undefined) throw error;
      response.setHeader("retry-after", String(seconds));
      refuse(response, 429, "TOO_MANY_REQUESTS", `Too many deliveries. Try again in ${seconds} s.`);
    } finally {
      response.off("close", stop);
      leave?.();
    }
  });

  router.use(refuseUnreadable);
  return router;
}

/** When a delivery that exceeds a limit may be sent again, in seconds; undefined for other errors. */
function retrySeconds(error: unknown): number | undefined {
  if (error instanceof RateLimiterRes) return Math.ceil(error.msBeforeNext / 1_000);
  return error instanceof QueueFullError ? error.retrySeconds : undefined;
}

/** The same whether or not there is such a source. */
function unauthorized(response: Response): void {
  const message =
    "The delivery is not accepted: its address or its secret is wrong, or its signature is of another body.";
  refuse(response, 401, "UNAUTHENTICATED", message);
}

function deliveryOf(request: Request): Delivery {
  const { secret } = request.query;
  const body: unknown = request.body;
  return {
    header: (name) => request.get(name),
    urlSecret: typeof secret === "string" ? secret : undefined,
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  };
}

/** Answers bodies that are too long, or that are compressed in an unknown way. */
const refuseUnreadable: ErrorRequestHandler = (
  error: { type?: unknown; status?: unknown },
  _,
  response,
  next,
) => {
  if (error.type === "entity.too.large") {
    const message = `A delivery has at most ${maxDeliveryBytes.toLocaleString("en")} bytes.`;
    return refuse(response, 413, "REQUEST_TOO_LARGE", message);
  }
  if (typeof error.status !== "number" || error.status >= 500 || response.headersSent) return next(error);
  refuse(response, 400, "BAD_REQUEST", "The body of the delivery cannot be read.");
};
