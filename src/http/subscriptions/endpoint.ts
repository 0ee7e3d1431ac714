// GraphQL subscriptions over a websocket, by the graphql-ws protocol. All input is bounded as over HTTP, and output does not pile
// up for a client that does not read.
import { setMaxListeners } from "node:events";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import {
  type ExecutionArgs,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import { type Context, handleProtocols, makeServer, type SubscribePayload } from "graphql-ws";
import { type WebSocket, WebSocketServer } from "ws";
import { AccessError, type Authenticate } from "../../access/authenticate.js";
import type { Engine } from "../../engine.js";
import type { Execute } from "../../graphql/execution/execute.js";
import { subscriber } from "../../graphql/execution/subscribe.js";
import { requestContext } from "../../graphql/server/context.js";
import { errorFormatter } from "../../graphql/server/errors.js";
import {
  breadthRule,
  deepestSelection,
  depthRule,
  maxSelections,
  maxTokens,
  refuseCostly,
  tooLong,
} from "../../graphql/server/limits.js";
import { refuseForbidden } from "../../graphql/server/scopes.js";
import type { TrustedDocuments } from "../../trusted-documents.js";
import { projectHeader } from "../authentication.js";
import { isAllowedOrigin } from "../cors.js";
import { foreignHost, isFromElsewhere, namesThisMachine } from "../host-check.js";
import { trustedText, untrusted } from "../persisted/trusted-documents.js";
import { boundedByCaller } from "./bounds.js";

/** The most connections in total and of one address, and the most subscriptions of one connection. */
const maxConnections = 1_000;
export const maxConnectionsOfAddress = 200;
export const maxSubscriptions = 20;
/** The most bytes of an incoming message. */
export const maxMessageSize = 256 * 1024;
/** The most unsent bytes of a connection, besides one message that is being sent. */
const maxUnread = 1024 * 1024;
/** A connection that does not answer a ping within this time, in milliseconds, is closed. */
const pingMs = 15_000;

export interface SubscriptionsOptions {
  readonly engine: Engine;
  readonly schema: GraphQLSchema;
  /** Executes each event. */
  readonly execute: Execute;
  readonly server: Server;
  readonly path: string;
  readonly identify: Authenticate;
  /** The only documents that are executed; any document if it is omitted. */
  readonly trustedDocuments?: TrustedDocuments | undefined;
  /** Origins of web pages that may subscribe, besides the service's own. */
  readonly corsOrigins: readonly string[];
  /** Receives every unexpected error. */
  readonly report: (error: unknown) => void;
  /** True if the Host header must name this machine. */
  readonly onlyThisMachine: boolean;
}

export interface SubscriptionsEndpoint {
  /** Closes all connections with 1001 (going away), and accepts no more. */
  readonly stop: () => Promise<void>;
}

interface Extra {
  readonly request: IncomingMessage;
  /** Aborted when the connection is closed. */
  readonly signal: AbortSignal;
}
type Connection = Context<Record<string, unknown> | undefined, Extra>;

export function subscriptionsEndpoint(options: SubscriptionsOptions): SubscriptionsEndpoint {
  const { server, report } = options;
  const format = errorFormatter(report);
  const formatted = (errors: readonly GraphQLError[]): GraphQLFormattedError[] =>
    errors.map((error) => format(error.toJSON(), error.originalError ?? error));
  const protocol = makeServer<Record<string, unknown> | undefined, Extra>({
    onSubscribe: (connection, _id, payload) => executionOf(options, connection, payload),
    subscribe: boundedByCaller(subscriber(options.execute)),
    onError: (_connection, _id, _payload, errors) =>
      formatted(errors.filter((error) => error instanceof GraphQLError)),
    onNext: (_connection, _id, _payload, _args, result) =>
      result.errors === undefined ? undefined : { ...result, errors: formatted(result.errors) },
  });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageSize,
    perMessageDeflate: false,
    handleProtocols,
  });

  const ofAddress = new Map<string, number>();
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on("error", () => undefined);
    const address = request.socket.remoteAddress ?? "";
    const refusal = refusalOf(request, options, sockets.clients.size, ofAddress.get(address) ?? 0);
    if (refusal === undefined)
      sockets.handleUpgrade(request, socket, head, (opened) => serve(opened, request));
    else refuseUpgrade(socket, refusal);
  };

  const serve = (socket: WebSocket, request: IncomingMessage): void => {
    const closing = new AbortController();
    const address = request.socket.remoteAddress ?? "";
    ofAddress.set(address, (ofAddress.get(address) ?? 0) + 1);
    // Every subscription listens.
    setMaxListeners(0, closing.signal);
    let hear: (message: string) => Promise<void> = async () => undefined;
    // A malformed or too large message closes the connection, which tells the client.
    socket.on("error", () => undefined);
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        // Resolves when the message is sent: until then, no further events are read for this client.
        send: (text) =>
          new Promise((resolve, reject) => {
            if (socket.readyState !== socket.OPEN) return resolve();
            if (socket.bufferedAmount > maxUnread) {
              socket.terminate();
              return resolve();
            }
            socket.send(text, (error) => (error ? reject(error) : resolve()));
          }),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (listener) => {
          hear = listener;
        },
      },
      { request, signal: closing.signal },
    );
    socket.on("message", (data) => {
      hear(String(data)).catch((error: unknown) => {
        if (socket.readyState === socket.OPEN) report(error);
        socket.close(1011, "Something went wrong in the service.");
      });
    });
    let answered = true;
    const pinging = setInterval(() => {
      if (!answered || socket.bufferedAmount > maxUnread) return socket.terminate();
      answered = false;
      socket.ping();
    }, pingMs);
    socket.on("pong", () => {
      answered = true;
    });
    socket.once("close", (code, reason) => {
      clearInterval(pinging);
      const left = (ofAddress.get(address) ?? 1) - 1;
      if (left === 0) ofAddress.delete(address);
      else ofAddress.set(address, left);
      closing.abort();
      closed(code, String(reason)).catch(report);
    });
  };

  server.on("upgrade", upgrade);
  return {
    stop: async () => {
      server.off("upgrade", upgrade);
      for (const socket of sockets.clients) socket.close(1001, "The service goes away.");
      const patience = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, 1_000);
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
      clearTimeout(patience);
    },
  };
}

interface Refusal {
  readonly status: "403 Forbidden" | "404 Not Found" | "503 Service Unavailable";
  readonly code: string;
  readonly message: string;
}

function refusalOf(
  { url, headers }: IncomingMessage,
  { path, onlyThisMachine, corsOrigins }: SubscriptionsOptions,
  connections: number,
  connectionsOfAddress: number,
): Refusal | undefined {
  if (url?.split("?")[0] !== path)
    return { status: "404 Not Found", code: "NOT_FOUND", message: `Subscriptions are answered at ${path}.` };
  if (onlyThisMachine && !namesThisMachine(headers))
    return { status: "403 Forbidden", code: "FORBIDDEN_HOST", message: foreignHost };
  if (isFromElsewhere(headers) && !isAllowedOrigin(headers.origin, corsOrigins)) {
    const message =
      "A page of another site can't subscribe here. Where a proxy stands in between, have it hand on the Host header.";
    return { status: "403 Forbidden", code: "FORBIDDEN_ORIGIN", message };
  }
  if (connectionsOfAddress >= maxConnectionsOfAddress) {
    const message = `This address has ${maxConnectionsOfAddress} connections, which is the most. Try again later.`;
    return { status: "503 Service Unavailable", code: "TOO_MANY_CONNECTIONS", message };
  }
  if (connections >= maxConnections) {
    const message = `There are ${maxConnections} connections, which is the most. Try again later.`;
    return { status: "503 Service Unavailable", code: "TOO_MANY_CONNECTIONS", message };
  }
  return undefined;
}

function refuseUpgrade(socket: Duplex, { status, code, message }: Refusal): void {
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  const head = [
    `HTTP/1.1 ${status}`,
    "connection: close",
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}

/** The operation to execute, or its errors, by the same rules as over HTTP. */
async function executionOf(
  { engine, schema, identify, trustedDocuments }: SubscriptionsOptions,
  { extra, subscriptions, connectionParams }: Connection,
  { query: sent, operationName, variables, extensions }: SubscribePayload,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  try {
    if (Object.keys(subscriptions).length > maxSubscriptions)
      throw refused(`A connection has ${maxSubscriptions} subscriptions at most.`, "REQUEST_TOO_LARGE");
    const query =
      trustedDocuments === undefined ? sent : trustedText(trustedDocuments, { query: sent, extensions });
    if (query === undefined) throw refused(untrusted, "PERSISTED_QUERY_NOT_IN_LIST");
    const long = tooLong(query);
    if (long !== undefined) throw refused(long, "REQUEST_TOO_LARGE");
    const document = parse(query, { maxTokens: maxTokens });
    const rules = [...specifiedRules, depthRule(deepestSelection), breadthRule(maxSelections)];
    const mistakes = validate(schema, document, rules);
    if (mistakes.length > 0) return mistakes;
    const operation = getOperationAST(document, operationName);
    if (operation?.operation !== "subscription") {
      const message =
        "Queries and mutations are answered over HTTP; a websocket answers one subscription each.";
      throw refused(message, "BAD_REQUEST");
    }
    const variableValues = variables ?? {};
    refuseCostly({ schema, document, operation, operationName, variables: variableValues });
    const { headers, socket } = extra.request;
    const given = (name: string): string | undefined => {
      const value = headers[name] ?? connectionParams?.[name];
      return typeof value === "string" ? value : undefined;
    };
    const { caller, project } = await identify({
      authorization: given("authorization"),
      project: given(projectHeader),
      address: socket.remoteAddress ?? "",
    });
    refuseForbidden(document, operation, caller);
    const contextValue = requestContext({ engine, project, signal: extra.signal, caller });
    return { schema, document, operationName, variableValues, contextValue };
  } catch (error) {
    if (error instanceof AccessError) return [refused(error.message, error.code)];
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

function refused(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
