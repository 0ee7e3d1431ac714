// `segmentql segment watch --server`: entries and exits from a server, over its GraphQL subscription.
import { type Client, createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { sourceIdOf } from "../../facts/identity.js";
import { keyOf } from "../../graphql/server/global-id.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { refusalOf, type ServerClient } from "../server/client.js";
import { segmentOfServer } from "../server/segments.js";

/** An entry or an exit, as a server reports it. */
export interface ReportedChange {
  readonly segment: { readonly id: string; readonly name: string };
  readonly sourceId: string;
  readonly kind: "entered" | "left";
  readonly at: string;
  readonly cause: { readonly kind: string; readonly at: string };
}

interface Request {
  readonly client: ServerClient;
  /** A segment's name or id; all segments if it is undefined. */
  readonly segment: string | undefined;
  readonly signal: AbortSignal;
  /** Called once the starting cursor is known: from then on, no change is missed. */
  readonly ready: () => void;
  /** Called when the connection breaks, before reconnecting. */
  readonly broken: () => void;
}

interface SegmentName {
  readonly id: string;
  readonly name: string;
}

/** The most segments that a subscription names. */
const maxSegments = 100;
/** How long to wait before reconnecting, in milliseconds. */
const againMs = 1_000;

/**
 * Yields changes as they happen, until the signal is aborted. After a broken connection, it reconnects and continues after the
 * last change.
 * @throws CommandFailure if the server can't be reached at the beginning, or refuses.
 */
export async function* changesOfServer(request: Request): AsyncGenerator<ReportedChange> {
  const { client: server, signal } = request;
  const { segments, cursor } = await beginning(request);
  const names = new Map(segments.map(({ id, name }) => [id, name]));
  let after = cursor;
  request.ready();
  while (!signal.aborted) {
    const client = subscriptionsOf(server);
    const stop = () => void client.dispose();
    signal.addEventListener("abort", stop, { once: true });
    try {
      const variables = { ids: [...names.keys()], after };
      for await (const { data, errors } of client.iterate<Changes>({ query: subscription, variables })) {
        if (errors !== undefined) throw refusalOf(errors);
        const { cursor: next, transition } = data!.segmentChanges;
        after = next;
        const segment = keyOf("Segment", transition.segmentId);
        yield {
          segment: { id: segment, name: names.get(transition.segmentId) ?? segment },
          sourceId: sourceIdOf(server.project, keyOf("Customer", transition.customerId)),
          kind: transition.kind === "ENTERED" ? "entered" : "left",
          at: transition.at,
          cause: { kind: transition.cause, at: transition.causedAt },
        };
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof CommandFailure) throw error;
      if (Array.isArray(error)) throw refusalOf(error);
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

function subscriptionsOf({ address, headers }: ServerClient): Client {
  const url = new URL(address);
  url.protocol = url.protocol.replace("http", "ws");
  return createClient({
    url: url.href,
    webSocketImpl: WebSocket,
    connectionParams: { ...headers },
    // No automatic retries, which would report changes twice: the next connection begins after the last cursor.
    retryAttempts: 0,
  });
}

async function beginning({ client, segment, signal }: Request) {
  const { endCursor: cursor } = (
    await client.ask<{ segmentTransitions: { pageInfo: { endCursor: string } } }>(
      `{ segmentTransitions(first: 0, after: "now") { pageInfo { endCursor } } }`,
      {},
      signal,
    )
  ).segmentTransitions.pageInfo;
  if (segment !== undefined) {
    const { id, name } = await segmentOfServer(client, segment, "");
    return { segments: [{ id, name }], cursor };
  }
  const { nodes } = (
    await client.ask<{ segments: { nodes: readonly (SegmentName & { kind: string })[] } }>(
      `{ segments(first: 1000) { nodes { id name kind } } }`,
      {},
      signal,
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
