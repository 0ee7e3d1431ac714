// The GraphQL client of the console: queries and mutations over HTTP, subscriptions over one websocket.
import {
  type AnyVariables,
  Client,
  cacheExchange,
  fetchExchange,
  type OperationResult,
  subscriptionExchange,
} from "@urql/core";
import type { Client as SocketClient } from "graphql-ws";
import { authorization } from "./session.js";
import type { TypedDocument } from "./typed-document.js";

const endpoint = "/graphql";

let socket: Promise<SocketClient> | undefined;

const connectionListeners = new Set<(isConnected: boolean) => void>();
/** False from the loss of the websocket until it is connected again. */
let isConnected = true;

/**
 * Calls `listener` at once, and each time that the websocket is lost or connected again.
 * @returns a function that unsubscribes it.
 */
export function onConnection(listener: (isConnected: boolean) => void): () => void {
  connectionListeners.add(listener);
  listener(isConnected);
  return () => connectionListeners.delete(listener);
}

function reportConnection(isNow: boolean): void {
  isConnected = isNow;
  for (const listener of connectionListeners) listener(isNow);
}

/** The code of a close that the client asked for: with the last subscription, the websocket ends. */
const normalClosure = 1000;

/** Opened with the first subscription, since most pages have none; it reconnects by itself. */
function openSocket(): Promise<SocketClient> {
  socket ??= import("graphql-ws").then(({ createClient }) =>
    createClient({
      url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${endpoint}`,
      connectionParams: authorization,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      on: {
        connected: () => reportConnection(true),
        closed: (event) => {
          if ((event as CloseEvent).code !== normalClosure) reportConnection(false);
        },
      },
      // At first at once, then after ever longer, up to some seconds.
      retryWait: (retries) =>
        new Promise((resolve) => setTimeout(resolve, Math.min(retries * 500, 5_000) * (0.5 + Math.random()))),
    }),
  );
  return socket;
}

/** The client that all pages ask. */
export const client = new Client({
  url: endpoint,
  preferGetMethod: false,
  fetchOptions: () => ({ headers: authorization() }),
  requestPolicy: "cache-and-network",
  exchanges: [
    cacheExchange,
    subscriptionExchange({
      forwardSubscription: ({ query, variables }) => ({
        subscribe: (sink) => {
          let unsubscribe: (() => void) | undefined;
          let isOver = false;
          void openSocket().then((opened) => {
            if (isOver) return;
            unsubscribe = opened.subscribe(
              { query: query ?? "", variables },
              { next: (value) => sink.next(value as never), error: sink.error, complete: sink.complete },
            );
          });
          return {
            unsubscribe: () => {
              isOver = true;
              unsubscribe?.();
            },
          };
        },
      }),
    }),
    fetchExchange,
  ],
});

/** What went wrong with a question, for the reader. */
export interface Failure {
  /**
   * `offline`: the service could not be reached; `unauthenticated`: it requires a key; `refused`: it answered with another error.
   */
  readonly kind: "offline" | "unauthenticated" | "refused";
  readonly message: string;
}

/** The failure of an answer; undefined if it has none. */
export function failureOf(result: Pick<OperationResult, "error">): Failure | undefined {
  const { error } = result;
  if (error === undefined) return undefined;
  const [refusal] = error.graphQLErrors;
  if (refusal === undefined)
    return { kind: "offline", message: error.networkError?.message ?? error.message };
  const kind = refusal.extensions.code === "UNAUTHENTICATED" ? "unauthenticated" : "refused";
  return { kind, message: refusal.message };
}

/** Thrown if there is no answer; `message` is for the reader. */
export class AnswerError extends Error {
  override readonly name = "AnswerError";
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/** Asks once. @throws AnswerError if there is no answer. */
export async function ask<Data, Variables extends AnyVariables>(
  document: TypedDocument<Data, Variables>,
  variables: Variables,
  fresh = false,
): Promise<Data> {
  const context = fresh
    ? { requestPolicy: "network-only" as const }
    : { requestPolicy: "cache-first" as const };
  const result = await client.query<Data, Variables>(document.toString(), variables, context).toPromise();
  const failure = failureOf(result);
  if (failure !== undefined) throw new AnswerError(failure);
  return result.data as Data;
}

/** Changes something. @throws AnswerError if the change was not accepted. */
export async function change<Data, Variables extends AnyVariables>(
  document: TypedDocument<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const result = await client.mutation<Data, Variables>(document.toString(), variables).toPromise();
  const failure = failureOf(result);
  if (failure !== undefined) throw new AnswerError(failure);
  return result.data as Data;
}
