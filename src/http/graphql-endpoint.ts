// GraphQL over HTTP: Apollo Server behind Express, with everything that comes in bounded.
import type { Server } from "node:http";
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import { ApolloServerPluginDrainHttpServer } from "@apollo/server/plugin/drainHttpServer";
import { expressMiddleware } from "@as-integrations/express5";
import express, { type RequestHandler, type Response } from "express";
import type { GraphQLSchema } from "graphql";
import { openCaller } from "../access/caller.js";
import type { Engine } from "../engine.js";
import { type RequestContext, requestContext } from "../graphql/server/context.js";
import { errorFormatter } from "../graphql/server/errors.js";
import {
  deepestSelection,
  depthRule,
  maxBodySize,
  maxTokens,
  operationsPlugin,
  tooLong,
} from "../graphql/server/limits.js";
import { responseStatusPlugin } from "../graphql/server/response-status.js";
import type { Metrics } from "../metrics/metrics.js";
import { defaultProject } from "../projects/projects.js";
import { refuse } from "./failures.js";
import { timeOperations } from "./metrics.js";

export interface GraphqlEndpoint {
  readonly handlers: readonly RequestHandler[];
  /** Lets requests under way finish, then closes the HTTP server. */
  readonly stop: () => Promise<void>;
}

export interface GraphqlEndpointOptions {
  readonly engine: Engine;
  readonly schema: GraphQLSchema;
  /** The server that the handlers will run on. */
  readonly server: Server;
  /** The project of requests that don't name one. */
  readonly project?: string;
  /** Is told of every error that nobody foresaw. */
  readonly report: (error: unknown) => void;
  /** Told of every operation. */
  readonly metrics?: Metrics | undefined;
}

/** The header that names the project. */
export const projectHeader = "x-segmentql-project";

export async function graphqlEndpoint(options: GraphqlEndpointOptions): Promise<GraphqlEndpoint> {
  const { engine, schema, server, report, metrics } = options;
  const apollo = new ApolloServer<RequestContext>({
    schema,
    introspection: true,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: maxTokens },
    validationRules: [depthRule(deepestSelection)],
    formatError: errorFormatter(report),
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer: server }),
      operationsPlugin,
      responseStatusPlugin,
      ...(metrics === undefined ? [] : [timeOperations(metrics)]),
    ],
  });
  await apollo.start();
  const answer = expressMiddleware(apollo, {
    context: async ({ req, res }) =>
      requestContext({
        engine,
        project: req.get(projectHeader) ?? options.project ?? defaultProject,
        signal: abortedWithClient(res),
        caller: openCaller(req.socket.remoteAddress ?? ""),
      }),
  });
  return {
    handlers: [express.json({ limit: maxBodySize }), refuseLongDocuments, answer],
    stop: () => apollo.stop(),
  };
}

/** Answers documents too long to be parsed. One in a URL is bounded by what Node takes for a URL. */
const refuseLongDocuments: RequestHandler = (request, response, next) => {
  const { query } = (request.body ?? {}) as { query?: unknown };
  const message = typeof query === "string" ? tooLong(query) : undefined;
  if (message === undefined) next();
  else refuse(response, 400, "REQUEST_TOO_LARGE", message);
};

/** A signal that is aborted when the client goes away before its answer is sent. */
function abortedWithClient(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) controller.abort(new Error("The client went away."));
  });
  return controller.signal;
}
