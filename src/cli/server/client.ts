// A client of a server's GraphQL API, for commands with `--server`.
import { setTimeout as sleep } from "node:timers/promises";
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import { projectHeader } from "../../http/authentication.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { printable } from "../terminal/terminal-text.js";

/** The server, key and project of a command's requests. */
export interface ServerAccess {
  /** The server's address, as it was written. */
  readonly server: string;
  /** An API key. */
  readonly key?: string;
  readonly project: string;
}

export interface ServerClient {
  readonly project: string;
  /** The URL of the server's GraphQL endpoint. */
  readonly address: URL;
  /** The headers that name the project and the caller. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Executes one operation.
   * @throws ServerRefusal if the server refuses it; CommandFailure if no server answers.
   */
  readonly ask: <Data>(query: string, variables?: object, signal?: AbortSignal) => Promise<Data>;
}

/** The server refused a request; `message` is the server's. */
export class ServerRefusal extends CommandFailure {
  constructor(
    readonly code: string | undefined,
    message: string,
    /** The diagnostics of the segment query, if these are the reason. */
    readonly diagnostics: readonly Diagnostic[] = [],
  ) {
    super(exitCodes.failure, message);
  }
}

interface AnswerError {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly diagnostics?: readonly Diagnostic[] };
}

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly AnswerError[];
}

/** How long a server may take to answer, in milliseconds: a read has 30 s there. */
const answerMs = 60_000;
/** How often a request is sent if the server is busy, and the longest wait before sending it again, in seconds. */
const maxAttempts = 10;
const maxWait = 60;

/** The URL of a server's GraphQL endpoint. @throws CommandFailure if the address is no HTTP URL. */
function serverAddress(written: string): URL {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new CommandFailure(
      exitCodes.usage,
      `"${printable(written.slice(0, 200))}" is no server's address. Write it as http://localhost:4000.`,
    );
  }
  if (url.pathname === "/") url.pathname = "/graphql";
  return url;
}

/** A client of the server that the options name. @throws CommandFailure if they name none. */
export function serverClient({ server, key, project }: ServerAccess): ServerClient {
  const address = serverAddress(server);
  const headers = {
    [projectHeader]: project,
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  };
  return {
    project,
    address,
    headers,
    ask: (query, variables = {}, signal) =>
      ask(address, headers, JSON.stringify({ query, variables }), signal),
  };
}

async function ask<Data>(
  address: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal | undefined,
): Promise<Data> {
  for (let attempts = 1; ; attempts += 1) {
    const response = await post(address, headers, body, signal);
    if (response.status === 429 && attempts < maxAttempts) {
      await response.body?.cancel();
      await pause(Number(response.headers.get("retry-after") ?? 1), signal);
      continue;
    }
    const answer = (await response.json().catch(() => signal?.throwIfAborted())) as Answer<Data> | undefined;
    if (answer?.errors !== undefined) throw refusalOf(answer.errors);
    if (!answer?.data)
      throw new CommandFailure(exitCodes.failure, `What answers at ${address.href} is no SegmentQL server.`);
    return answer.data;
  }
}

async function post(
  address: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const timeout = AbortSignal.timeout(answerMs);
  try {
    return await fetch(address, {
      method: "POST",
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      headers: { "content-type": "application/json", ...headers },
      body,
    });
  } catch (error) {
    signal?.throwIfAborted();
    const message = timeout.aborted
      ? `The server at ${address.origin} did not answer within ${answerMs / 1_000} seconds.`
      : `No server answers at ${address.origin}. Start one with segmentql serve, or name another with --server.`;
    throw new CommandFailure(exitCodes.failure, message, { cause: error });
  }
}

async function pause(seconds: number, signal: AbortSignal | undefined): Promise<void> {
  const wait = Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), maxWait) : 1;
  await sleep(wait * 1_000, undefined, signal === undefined ? {} : { signal });
}

/** The server's errors as a failure of the command. */
export function refusalOf(errors: readonly AnswerError[]): ServerRefusal {
  const message = printableLines(errors.map((error) => error.message).join(" "));
  const [first] = errors;
  return new ServerRefusal(first?.extensions?.code, message, first?.extensions?.diagnostics);
}

/** A mistake that a mutation found in its input. */
export interface UserError {
  readonly code: string;
  readonly message: string;
}

/** @throws ServerRefusal if there are user errors. */
export function refuseUserErrors(
  userErrors: readonly UserError[],
  diagnostics?: readonly Diagnostic[],
): void {
  const [first] = userErrors;
  if (first === undefined) return;
  throw new ServerRefusal(
    first.code,
    printableLines(userErrors.map(({ message }) => message).join(" ")),
    diagnostics,
  );
}

function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}
