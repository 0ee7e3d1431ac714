// A storefront's back office with Apollo Client: typed operations, pages that are merged, an optimistic edit, a subscription.
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { OperationTypeNode } from "graphql";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { graphql } from "./generated/index.js";

// docs:start client
/** Queries and mutations go over HTTP, subscriptions over a websocket; the key goes with both. */
export function newClient(url: string, key?: string) {
  const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const http = new HttpLink({ uri: `${url}/graphql`, headers });
  const socket = createClient({
    url: `${url.replace(/^http/, "ws")}/graphql`,
    connectionParams: headers,
    webSocketImpl: WebSocket, // In a browser, omit it.
  });
  const client = new ApolloClient({
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new GraphQLWsLink(socket),
      http,
    ),
    cache: new InMemoryCache({
      typePolicies: {
        // Pages of one list become one list in the cache.
        Segment: { fields: { members: { keyArgs: ["sortBy", "descending"], merge: appendNodes } } },
      },
    }),
  });
  return {
    client,
    stop: async () => {
      client.stop();
      await socket.dispose();
    },
  };
}

interface Page {
  readonly nodes?: readonly unknown[];
}

function appendNodes(
  existing: Page | undefined,
  incoming: Page,
  { args }: { args: Record<string, unknown> | null },
) {
  if (existing === undefined || args?.after == null) return incoming;
  return { ...incoming, nodes: [...(existing.nodes ?? []), ...(incoming.nodes ?? [])] };
}
// docs:end client

// docs:start paging
export const Members = graphql(`
  query Members($id: ID!, $first: Int!, $after: String) {
    segment(by: { id: $id }) {
      id
      name
      members(first: $first, after: $after) {
        totalCount
        nodes { id sourceId name orders(first: 3) { nodes { id amount { amount currency } } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

async function memberPage({ client }: Client, id: string, first: number, after: string | null) {
  const { data } = await client.query({
    query: Members,
    variables: { id, first, after },
    fetchPolicy: "network-only", // The cache has the list already, as far as it was read.
  });
  return data?.segment?.members;
}

/** All members, a page at a time: the cache merges the pages, so that each answer holds all so far. */
export async function allMembers(client: Client, id: string, first: number) {
  let page = await memberPage(client, id, first, null);
  while (page?.pageInfo.hasNextPage)
    page = await memberPage(client, id, first, page.pageInfo.endCursor ?? null);
  return page?.nodes ?? [];
}
// docs:end paging

type Client = ReturnType<typeof newClient>;

// docs:start optimistic
const RenameSegment = graphql(`
  mutation RenameSegment($id: ID!, $name: String!) {
    segmentUpdate(input: { id: $id, name: $name }) {
      segment { id name }
      userErrors { field code message }
    }
  }
`);

/** The new name is shown at once, and taken back if the server refuses it. */
export async function rename({ client }: Client, id: string, name: string) {
  const { data } = await client.mutate({
    mutation: RenameSegment,
    variables: { id, name },
    optimisticResponse: {
      segmentUpdate: {
        __typename: "SegmentPayload",
        segment: { __typename: "Segment", id, name },
        userErrors: [],
      },
    },
  });
  return data?.segmentUpdate.userErrors ?? [];
}
// docs:end optimistic

// docs:start subscription
const Changes = graphql(`
  subscription Changes($ids: [ID!]!, $after: String) {
    segmentChanges(segmentIds: $ids, after: $after) {
      cursor
      transition { id kind at customer { id sourceId } }
    }
  }
`);

/** Calls back for every customer that enters or leaves. Keep the cursor: `after` continues there after a break. */
export function watch({ client }: Client, ids: string[], changed: (kind: string, sourceId?: string) => void) {
  return client.subscribe({ query: Changes, variables: { ids } }).subscribe({
    next: ({ data }) => {
      const transition = data?.segmentChanges.transition;
      if (transition) changed(transition.kind, transition.customer?.sourceId);
    },
  });
}
// docs:end subscription

export const Define = graphql(`
  mutation DefineShop {
    metadataDefine(input: { keys: [{ name: "plan", type: STRING }] }) { userErrors { message } }
    eventDefine(input: { name: "page viewed", properties: [{ name: "url", type: STRING }] }) { userErrors { message } }
  }
`);

export const Upsert = graphql(`
  mutation Upsert($customers: [CustomerInput!]!, $orders: [OrderInput!]!) {
    customersUpsert(input: $customers) { results { status customer { id } } userErrors { field code message } }
    ordersUpsert(input: $orders) { results { status } userErrors { field code message } }
  }
`);

export const Track = graphql(`
  mutation TrackVisit($customerSourceId: String!, $events: [EventInput!]!) {
    eventsTrack(input: { customerSourceId: $customerSourceId, events: $events }) { accepted userErrors { message } }
  }
`);

export const CreateSegment = graphql(`
  mutation CreateSegmentOf($name: String!, $query: String!) {
    segmentCreateAutoUpdate(input: { name: $name, query: $query }) {
      segment { id name }
      userErrors { field code message }
    }
  }
`);

export const Impact = graphql(`
  query Impact($id: ID!, $query: String!) {
    segmentImpact(segment: { id: $id }, query: $query) {
      valid
      before { count }
      after { count }
      leaving { customers(first: 5) { nodes { sourceId } } }
    }
  }
`);

export const Edit = graphql(`
  mutation Edit($id: ID!, $query: String!) {
    segmentUpdate(input: { id: $id, query: $query }) { segment { id query } userErrors { message } }
  }
`);

export const Delete = graphql(`
  mutation Delete($id: ID!) {
    segmentDelete(input: { id: $id }) { deletedId userErrors { message } }
  }
`);
