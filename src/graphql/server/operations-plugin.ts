// The steps around the execution of every GraphQL operation over HTTP: permission, cost, turns, and the audit log.
import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError } from "graphql";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { writeAudit } from "../../access/audit.js";
import type { Caller } from "../../access/caller.js";
import { currentClient } from "../../client.js";
import { type FairQueue, QueueFullError } from "../../fair-queue.js";
import type { RequestContext } from "./context.js";
import { readGlobalId } from "./global-id.js";
import { refuseCostly } from "./limits.js";
import { refuseForbidden, rootFields } from "./scopes.js";

/** What a caller with a key may spend in a minute, in units of complexity. */
export interface RateLimit {
  /** @returns the remaining units, and the seconds until all units are available again. */
  readonly consume: (
    caller: Caller,
    cost: number,
  ) => Promise<{ readonly remaining: number; readonly resetSeconds: number }>;
  readonly limit: number;
}

export function rateLimit(limit: number): RateLimit {
  const limiter = new RateLimiterMemory({ points: limit, duration: 60 });
  return {
    limit,
    consume: async ({ id }, cost) => {
      try {
        const { remainingPoints, msBeforeNext } = await limiter.consume(id, cost);
        return { remaining: remainingPoints, resetSeconds: Math.ceil(msBeforeNext / 1_000) };
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        const seconds = Math.ceil(error.msBeforeNext / 1_000);
        throw new GraphQLError(
          `The key has used up its limit of ${limit} a minute. Try again in ${seconds} s.`,
          {
            extensions: {
              code: "TOO_MANY_REQUESTS",
              cost: {
                requested: cost,
                limit,
                remaining: Math.max(error.remainingPoints, 0),
                resetSeconds: seconds,
              },
              http: { status: 429, headers: new Map([["retry-after", String(seconds)]]) },
            },
          },
        );
      }
    },
  };
}

export interface OperationsOptions {
  readonly queue: FairQueue;
  readonly rateLimit: RateLimit;
  /** How many days entries of the audit log are kept. */
  readonly auditDays: number;
  readonly report: (error: unknown) => void;
}

/** The types whose objects the audit log names. */
const auditedTypes: readonly string[] = [
  ...["Segment", "Webhook", "ApiKey", "Job", "Source"],
  ...["ValidationRule", "Campaign", "PromotionCode", "CodeRedemption"],
];

export function operationsPlugin({
  queue,
  rateLimit,
  auditDays,
  report,
}: OperationsOptions): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      let leave: (() => void) | undefined;
      let cost: object | undefined;
      return {
        async didResolveOperation({ schema, document, operation, request, contextValue }) {
          if (operation?.operation === "subscription") {
            const message =
              "Subscriptions are answered over a websocket at the same address: use a client of graphql-ws.";
            throw new GraphQLError(message, { extensions: { code: "BAD_REQUEST", http: { status: 400 } } });
          }
          const { caller, signal } = contextValue;
          if (operation) refuseForbidden(document, operation, caller);
          const { operationName, variables } = request;
          const requested = refuseCostly({ schema, document, operation, operationName, variables });
          if (caller.kind !== "open") {
            const { remaining, resetSeconds } = await rateLimit.consume(caller, Math.max(requested, 1));
            cost = { requested, limit: rateLimit.limit, remaining, resetSeconds };
          }
          leave = await turn(queue, signal);
        },
        async willSendResponse({ response, contextValue, operation, document }) {
          leave?.();
          const { body } = response;
          if (body.kind !== "single") return;
          const result = body.singleResult;
          if (cost !== undefined) result.extensions = { ...result.extensions, cost };
          if (operation?.operation !== "mutation" || document === undefined || result.data === undefined)
            return;
          const data: unknown = result.data;
          const { engine, project, caller } = contextValue;
          const request = {
            mutations: rootFields(document, operation),
            targets: targetsIn(data),
            succeeded: result.errors === undefined && !hasUserErrors(data),
          };
          await writeAudit(engine, project, caller, request, auditDays).catch(report);
        },
      };
    },
  };
}

async function turn(queue: FairQueue, signal: AbortSignal): Promise<() => void> {
  try {
    return await queue.enter(currentClient(), signal);
  } catch (error) {
    if (!(error instanceof QueueFullError)) throw error;
    const headers = new Map([["retry-after", String(error.retrySeconds)]]);
    const [code, status] =
      error.of === "one client" ? (["TOO_MANY_REQUESTS", 429] as const) : (["UNAVAILABLE", 503] as const);
    throw new GraphQLError(error.message, { extensions: { code, http: { status, headers } } });
  }
}

/** Global ids of the audited types in the payloads of mutations. */
function targetsIn(data: unknown): readonly string[] {
  const ids = new Set<string>();
  const collect = (value: unknown, depth: number): void => {
    if (depth === 0 || typeof value !== "object" || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      if (typeof part === "string" && (key === "id" || key === "deletedId")) {
        if (auditedTypes.includes(readGlobalId(part)?.type ?? "")) ids.add(part);
      } else collect(part, depth - 1);
    }
  };
  collect(data, 3);
  return [...ids];
}

function hasUserErrors(data: unknown): boolean {
  if (typeof data !== "object" || data === null) return true;
  return Object.values(data).some(
    (payload) =>
      typeof payload === "object" &&
      payload !== null &&
      "userErrors" in payload &&
      Array.isArray(payload.userErrors) &&
      payload.userErrors.length > 0,
  );
}
