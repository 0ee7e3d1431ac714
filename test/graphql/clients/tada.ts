// A back office's operations with gql.tada, which infers types from the text as one types, and graphql-request. The schema's
// types: `npm run client:types`.
import { initGraphQLTada, type ResultOf } from "gql.tada";
import type { GraphQLClient } from "graphql-request";
import type { introspection } from "./generated/schema-types.js";

// docs:start tada
const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { DateTime: string; LocalDate: string; JSON: unknown; SafeInt: number };
}>();

const Audience = graphql(`
  query Audience($query: String!, $first: Int!) {
    segmentPreview(query: $query) {
      valid
      count
      diagnostics { message fix { replacement } }
      customers(first: $first) { nodes { id name ordersTotalAmount { formatted } } }
    }
  }
`);

/** How many match, and the first of them; what is wrong with the query if it has mistakes. */
export async function audience(client: GraphQLClient, query: string, first: number): Promise<Found> {
  const { segmentPreview } = await client.request(Audience, { query, first });
  return segmentPreview;
}

export type Found = ResultOf<typeof Audience>["segmentPreview"];
// docs:end tada
