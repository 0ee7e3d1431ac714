// GraphQL over HTTP: Apollo Server behind Express, with everything from outside bounded.
import { setMaxListeners } from "node:events";
import { ApolloServer, type ApolloServerOptionsWithGateway } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import { expressMiddleware } from "@as-integrations/express5";
import express, { type RequestHandler, type Response } from "express";
import type { GraphQLSchema } from "graphql";
import type { Authenticate } from "../access/authenticate.js";
import { onBehalfOf } from "../client.js";
import type { Engine } from "../engine.js";
import type { FairQueue } from "../fair-queue.js";
import type { Execute } from "../graphql/execution/execute.js";
import { ClientGoneError } from "../graphql/server/client-gone.js";
import { type RequestContext, requestContext } from "../graphql/server/context.js";
import { errorFormatter } from "../graphql/server/errors.js";
import {
  breadthRule,
  deepestSelection,
  depthRule,
  maxBodySize,
  maxSelections,
  maxTokens,
  tooLong,
} from "../graphql/server/limits.js";
import { operationsPlugin, rateLimit } from "../graphql/server/operations-plugin.js";
import { tracingPlugin } from "../graphql/server/tracing.js";
import type { Metrics } from "../metrics/metrics.js";
import type { TrustedDocuments } from "../trusted-documents.js";
import { authenticate, authenticated } from "./authentication.js";
import { refuse } from "./failures.js";
import { idempotency } from "./idempotency.js";
import { timeOperations } from "./monitoring/metrics.js";
import { onlyTrusted, refuseWrongHashes } from "./persisted/trusted-documents.js";
import { responseStatusPlugin } from "./response-status.js";

export interface GraphqlEndpoint {
  readonly handlers: readonly RequestHandler[];
  readonly stop: () => Promise<void>;
}

export interface GraphqlEndpointOptions {
  readonly engine: Engine;
  readonly schema: GraphQLSchema;
  readonly execute: Execute;
  readonly identify: Authenticate;
  readonly queue: FairQueue;
  /** Units of complexity that a key may spend in a minute. */
  readonly rateLimit: number;
  /** How many days entries of the audit log are kept. */
  readonly auditDays: number;
  readonly introspection: boolean;
  /** The only documents that are executed; any document if it is omitted. */
  readonly trustedDocuments?: TrustedDocuments | undefined;
  /** Receives every unexpected error. */
  readonly report: (error: unknown) => void;
  /** Receives every operation. */
  readonly metrics?: Metrics | undefined;
}

export async function graphqlEndpoint(options: GraphqlEndpointOptions): Promise<GraphqlEndpoint> {
  const { engine, schema, identify, queue, report, metrics, trustedDocuments } = options;
  const apollo = new ApolloServer<RequestContext>({
    gateway: executedBy(options.execute, schema),
    introspection: options.introspection,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    // Automatic persisted queries (a text is sent once, then only its hash) are off with trusted documents.
    ...(trustedDocuments === undefined ? {} : { persistedQueries: false as const }),
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens },
    validationRules: [depthRule(deepestSelection), breadthRule(maxSelections)],
    formatError: errorFormatter(report),
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      // It would observe every field of every answer, for a cache policy that no field has.
      ApolloServerPluginCacheControlDisabled(),
      operationsPlugin({
        queue,
        rateLimit: rateLimit(options.rateLimit),
        auditDays: options.auditDays,
        report,
      }),
      responseStatusPlugin,
      tracingPlugin,
      ...(metrics === undefined ? [] : [timeOperations(metrics)]),
    ],
  });
  await apollo.start();
  const answer = expressMiddleware(apollo, {
    context: async ({ req, res }) =>
      requestContext({ engine, ...authenticated(req), signal: abortedWithClient(res) }),
  });
  return {
    handlers: [
      refuseLargeBodies,
      authenticate(identify),
      takeTurns,
      express.json({ limit: maxBodySize }),
      refuseLongDocuments,
      trustedDocuments === undefined ? refuseWrongHashes : onlyTrusted(trustedDocuments),
      idempotency(engine, report),
      answer,
    ],
    stop: () => apollo.stop(),
  };
}

/** Requests of one key share its turns; without keys, those of one connection do. */
const takeTurns: RequestHandler = (request, _response, next) => {
  const { caller } = authenticated(request);
  const client = caller.kind === "open" ? `${caller.id}:${request.socket.remotePort}` : caller.id;
  onBehalfOf(client, next);
};

/** A gateway that executes operations: Apollo Server delegates execution to its gateway. */
function executedBy(
  execute: Execute,
  schema: GraphQLSchema,
): ApolloServerOptionsWithGateway<RequestContext>["gateway"] {
  return {
    onSchemaLoadOrUpdate: (loaded) => {
      loaded({ apiSchema: schema, coreSupergraphSdl: "" });
      return () => undefined;
    },
    load: async () => ({
      executor: async ({ document, operationName, request: { variables }, context }) =>
        execute({ document, operationName, variables, context }),
    }),
    stop: async () => undefined,
  };
}

/** Refuses a body by its announced length, without reading it. */
const refuseLargeBodies: RequestHandler = (request, response, next) => {
  if (Number(request.get("content-length") ?? 0) <= maxBodySize) return next();
  response.setHeader("connection", "close");
  refuse(
    response,
    413,
    "REQUEST_TOO_LARGE",
    `The body is longer than ${maxBodySize} bytes, which is the most.`,
  );
};

/** Refuses documents that are too long to be parsed. A document in a URL is bounded by the length of a URL. */
const refuseLongDocuments: RequestHandler = (request, response, next) => {
  const { query } = (request.body ?? {}) as { query?: unknown };
  const message = typeof query === "string" ? tooLong(query) : undefined;
  if (message === undefined) next();
  else refuse(response, 400, "REQUEST_TOO_LARGE", message);
};

/** A signal that is aborted when the client goes away before its answer is sent. */
function abortedWithClient(response: Response): AbortSignal {
  const controller = new AbortController();
  // Each read of an operation listens to the signal, and there may be hundreds.
  setMaxListeners(0, controller.signal);
  response.once("close", () => {
    if (!response.writableFinished) controller.abort(new ClientGoneError());
  });
  return controller.signal;
}
