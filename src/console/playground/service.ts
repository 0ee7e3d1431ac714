// What the playground asks the API on its own account, and how it runs operations.
import {
  buildClientSchema,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  parse,
} from "graphql";
import { authorization } from "../data/session.js";

const endpoint = "/graphql";

export type Headers = Readonly<Record<string, string>>;

export interface Operation {
  readonly query: string;
  readonly operationName?: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Sent in addition to the key that the reader signed in with. */
  readonly headers: Headers;
}

export interface Answer {
  /** The body: JSON, or a text if the server answered otherwise. */
  readonly body: unknown;
  /** The HTTP status; undefined for a message of a subscription. */
  readonly status?: number;
  readonly tookMs?: number;
}

/** The key that the reader signed in with, and what the reader wrote, which wins: names of headers have no case. */
function sentHeaders(headers: Headers): Headers {
  const written = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return { ...authorization(), ...Object.fromEntries(written) };
}

/** Asks the API. @throws TypeError if it cannot be reached. */
export async function send(
  { query, operationName, variables, headers }: Operation,
  signal?: AbortSignal,
): Promise<Answer> {
  const begun = performance.now();
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/graphql-response+json, application/json",
      ...sentHeaders(headers),
    },
    body: JSON.stringify({ query, operationName, variables }),
    ...(signal === undefined ? {} : { signal }),
  });
  const text = await response.text();
  return { body: jsonOr(text), status: response.status, tookMs: Math.round(performance.now() - begun) };
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Asks for data. @throws Error if there is none. */
export async function askData<Data>(
  query: string,
  variables: Readonly<Record<string, unknown>>,
  headers: Headers,
): Promise<Data> {
  const { body } = await send({ query, variables, headers });
  const { data, errors } = body as {
    readonly data?: Data | null;
    readonly errors?: readonly { readonly message: string }[];
  };
  if (data === undefined || data === null) throw new Error(errors?.[0]?.message ?? String(body));
  return data;
}

/** The schema. @throws Error if the server refuses introspection. */
export async function readSchema(headers: Headers): Promise<GraphQLSchema> {
  const query = getIntrospectionQuery({ specifiedByUrl: true, inputValueDeprecation: true });
  return buildClientSchema(await askData<IntrospectionQuery>(query, {}, headers));
}

/** Gets the messages of a subscription until it is stopped. @returns a function that stops it. */
export function subscribe(
  { query, operationName, variables, headers }: Operation,
  next: (body: unknown) => void,
  ended: () => void,
): () => void {
  let stop: (() => void) | undefined;
  let isStopped = false;
  const listen = ({ createClient }: typeof import("graphql-ws")): void => {
    if (isStopped) return;
    const client = createClient({
      url: `${location.origin.replace(/^http/, "ws")}${endpoint}`,
      connectionParams: sentHeaders(headers),
      retryAttempts: 0,
    });
    const unsubscribe = client.subscribe(
      { query, operationName, variables },
      {
        next,
        error: (error) => {
          next({ errors: Array.isArray(error) ? error : [{ message: messageOf(error) }] });
          ended();
        },
        complete: ended,
      },
    );
    stop = () => {
      unsubscribe();
      void client.dispose();
    };
  };
  import("graphql-ws").then(listen).catch((error: unknown) => {
    next({ errors: [{ message: messageOf(error) }] });
    ended();
  });
  return () => {
    isStopped = true;
    stop?.();
  };
}

/** What closed a connection: an error, or a closing message. */
function messageOf(cause: unknown): string {
  if (cause instanceof Error) return cause.message;
  const { reason } = cause as { readonly reason?: string };
  return reason === undefined || reason === "" ? "The connection was closed." : reason;
}

export interface NamedOperation {
  readonly name: string | undefined;
  readonly kind: "query" | "mutation" | "subscription";
  readonly start: number;
  readonly end: number;
}

/** The operations of a document; none if it is not GraphQL. */
export function operationsOf(text: string): readonly NamedOperation[] {
  try {
    return parse(text).definitions.flatMap((definition) =>
      definition.kind === "OperationDefinition"
        ? [
            {
              name: definition.name?.value,
              kind: definition.operation,
              start: definition.loc!.start,
              end: definition.loc!.end,
            },
          ]
        : [],
    );
  } catch {
    return [];
  }
}
