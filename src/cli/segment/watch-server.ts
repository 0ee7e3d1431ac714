// `segmentql segment watch --server`: entries and exits from a server, over its GraphQL subscription.
import { type Client, createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { sourceIdOf } from "../../facts/identity.js";
import { globalId, keyOf } from "../../graphql/server/global-id.js";
import { projectHeader } from "../../http/authentication.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { printable } from "../terminal/terminal-text.js";

/** An entry or an exit, as a server reports it. */
export interface ToldChange {
  readonly segment: { readonly id: string; readonly name: string };
  readonly sourceId: string;
  readonly kind: "entered" | "left";
  readonly at: string;
  readonly cause: { readonly kind: string; readonly at: string };
}

interface Request {
  readonly server: URL;
  readonly project: string;
  /** A segment's name or id; all segments where it is left out. */
  readonly segment: string | undefined;
  readonly signal: AbortSignal;
  /** Called when nothing that comes or goes from here on is missed. */
  readonly ready: () => void;
  /** Called when the connection breaks, before it is made again. */
  readonly broken: () => void;
}

interface SegmentName {
  readonly id: string;
  readonly name: string;
}

/** A subscription names so many segments at most. */
const maxSegments = 100;
/** How long a server may take to answer, in milliseconds. */
const answerMs = 30_000;
/** How long to wait before reconnecting, in milliseconds. */
const againMs = 1_000;

/** Where a server's GraphQL is. @throws CommandFailure where it is no address of the web. */
export function serverAddress(written: string): URL {
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

/**
 * Reports changes as they happen, until the signal is aborted. A connection that breaks is made again, and continues after the last change reported.
 * @throws CommandFailure where the server is not there at the beginning, or refuses.
 */
export async function* changesOfServer(request: Request): AsyncGenerator<ToldChange> {
  const { project, signal } = request;
  const { segments, cursor } = await beginning(request);
  const names = new Map(segments.map(({ id, name }) => [id, name]));
  let after = cursor;
  request.ready();
  while (!signal.aborted) {
    const client = clientOf(request);
    const stop = () => void client.dispose();
    signal.addEventListener("abort", stop, { once: true });
    try {
      const variables = { ids: [...names.keys()], after };
      for await (const { data, errors } of client.iterate<Changes>({ query: subscription, variables })) {
        if (errors !== undefined) throw refusedBy(errors);
        const { cursor: next, transition } = data!.segmentChanges;
        after = next;
        const segment = keyOf("Segment", transition.segmentId);
        yield {
          segment: { id: segment, name: names.get(transition.segmentId) ?? segment },
          sourceId: sourceIdOf(project, keyOf("Customer", transition.customerId)),
          kind: transition.kind === "ENTERED" ? "entered" : "left",
          at: transition.at,
          cause: { kind: transition.cause, at: transition.causedAt },
        };
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof CommandFailure) throw error;
      if (Array.isArray(error)) throw refusedBy(error);
      request.broken();
    } finally {
      signal.removeEventListener("abort", stop);
      await client.dispose();
    }
    await new Promise((resolve) => setTimeout(resolve, againMs));
  }
}

const subscription = `subscription ($ids: [ID!]!, $after: String) {
  segmentChanges(segmentIds: $ids, after: $after) {
    cursor transition { segmentId customerId kind at cause causedAt }
  }
}`;

interface Changes extends Record<string, unknown> {
  readonly segmentChanges: {
    readonly cursor: string;
    readonly transition: {
      readonly segmentId: string;
      readonly customerId: string;
      readonly kind: "ENTERED" | "LEFT";
      readonly at: string;
      readonly cause: string;
      readonly causedAt: string;
    };
  };
}

function clientOf({ server, project }: Request): Client {
  const url = new URL(server);
  url.protocol = url.protocol.replace("http", "ws");
  return createClient({
    url: url.href,
    webSocketImpl: WebSocket,
    connectionParams: { [projectHeader]: project },
    // A change must not be reported twice: the next connection begins after the last cursor.
    retryAttempts: 0,
  });
}

async function beginning(request: Request) {
  const { segment } = request;
  const { endCursor: cursor } = (
    await ask<{ segmentTransitions: { pageInfo: { endCursor: string } } }>(
      request,
      `{ segmentTransitions(first: 0, after: "now") { pageInfo { endCursor } } }`,
      {},
    )
  ).segmentTransitions.pageInfo;
  if (segment === undefined) {
    const { nodes } = (
      await ask<{ segments: { nodes: readonly (SegmentName & { kind: string })[] } }>(
        request,
        `{ segments(first: 1000) { nodes { id name kind } } }`,
        {},
      )
    ).segments;
    const segments = nodes.filter(({ kind }) => kind === "AUTO_UPDATE");
    if (segments.length === 0)
      throw new CommandFailure(exitCodes.failure, "There is no auto-update segment to watch.");
    if (segments.length > maxSegments)
      throw new CommandFailure(
        exitCodes.failure,
        `There are ${segments.length} auto-update segments, and a subscription has ${maxSegments} at most. Name the one to watch.`,
      );
    return { segments, cursor };
  }
  const found = await ask<{ byName: SegmentName | null; byId: SegmentName | null }>(
    request,
    `query ($name: String!, $id: ID!) { byName: segment(by: { name: $name }) { id name } byId: segment(by: { id: $id }) { id name } }`,
    { name: segment, id: globalId("Segment", segment) },
  );
  const one = found.byName ?? found.byId;
  if (one === null)
    throw new CommandFailure(exitCodes.failure, `There is no segment "${printable(segment.slice(0, 80))}".`);
  return { segments: [one], cursor };
}

async function ask<Data>(request: Request, query: string, variables: object): Promise<Data> {
  const { server, project, signal } = request;
  const response = await fetch(server, {
    method: "POST",
    signal: AbortSignal.any([signal, AbortSignal.timeout(answerMs)]),
    headers: { "content-type": "application/json", [projectHeader]: project },
    body: JSON.stringify({ query, variables }),
  }).catch((error: unknown) => {
    throw new CommandFailure(
      exitCodes.failure,
      `No server answers at ${server.origin}. Start one with segmentql serve, or name another with --server.`,
      { cause: error },
    );
  });
  const answer = (await response.json().catch(() => undefined)) as
    | { readonly data?: Data | null; readonly errors?: readonly { readonly message: string }[] }
    | undefined;
  if (answer?.errors !== undefined) throw refusedBy(answer.errors);
  if (!answer?.data)
    throw new CommandFailure(exitCodes.failure, `What answers at ${server.href} is no SegmentQL server.`);
  return answer.data;
}

function refusedBy(errors: readonly { readonly message: string }[]): CommandFailure {
  return new CommandFailure(exitCodes.failure, printable(errors.map(({ message }) => message).join(" ")));
}
