/* eslint-disable */
import * as types from './graphql.js';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query Members($id: ID!, $first: Int!, $after: String) {\n    segment(by: { id: $id }) {\n      id\n      name\n      members(first: $first, after: $after) {\n        totalCount\n        nodes { id sourceId name orders(first: 3) { nodes { id amount { amount currency } } } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": typeof types.MembersDocument,
    "\n  mutation RenameSegment($id: ID!, $name: String!) {\n    segmentUpdate(input: { id: $id, name: $name }) {\n      segment { id name }\n      userErrors { field code message }\n    }\n  }\n": typeof types.RenameSegmentDocument,
    "\n  subscription Changes($ids: [ID!]!, $after: String) {\n    segmentChanges(segmentIds: $ids, after: $after) {\n      cursor\n      transition { id kind at customer { id sourceId } }\n    }\n  }\n": typeof types.ChangesDocument,
    "\n  mutation DefineShop {\n    metadataDefine(input: { keys: [{ name: \"plan\", type: STRING }] }) { userErrors { message } }\n    eventDefine(input: { name: \"page viewed\", properties: [{ name: \"url\", type: STRING }] }) { userErrors { message } }\n  }\n": typeof types.DefineShopDocument,
    "\n  mutation Upsert($customers: [CustomerInput!]!, $orders: [OrderInput!]!) {\n    customersUpsert(input: $customers) { results { status customer { id } } userErrors { field code message } }\n    ordersUpsert(input: $orders) { results { status } userErrors { field code message } }\n  }\n": typeof types.UpsertDocument,
    "\n  mutation TrackVisit($customerSourceId: String!, $events: [EventInput!]!) {\n    eventsTrack(input: { customerSourceId: $customerSourceId, events: $events }) { accepted userErrors { message } }\n  }\n": typeof types.TrackVisitDocument,
    "\n  mutation CreateSegmentOf($name: String!, $query: String!) {\n    segmentCreateAutoUpdate(input: { name: $name, query: $query }) {\n      segment { id name }\n      userErrors { field code message }\n    }\n  }\n": typeof types.CreateSegmentOfDocument,
    "\n  query Impact($id: ID!, $query: String!) {\n    segmentImpact(segment: { id: $id }, query: $query) {\n      valid\n      before { count }\n      after { count }\n      leaving { customers(first: 5) { nodes { sourceId } } }\n    }\n  }\n": typeof types.ImpactDocument,
    "\n  mutation Edit($id: ID!, $query: String!) {\n    segmentUpdate(input: { id: $id, query: $query }) { segment { id query } userErrors { message } }\n  }\n": typeof types.EditDocument,
    "\n  mutation Delete($id: ID!) {\n    segmentDelete(input: { id: $id }) { deletedId userErrors { message } }\n  }\n": typeof types.DeleteDocument,
};
const documents: Documents = {
    "\n  query Members($id: ID!, $first: Int!, $after: String) {\n    segment(by: { id: $id }) {\n      id\n      name\n      members(first: $first, after: $after) {\n        totalCount\n        nodes { id sourceId name orders(first: 3) { nodes { id amount { amount currency } } } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": types.MembersDocument,
    "\n  mutation RenameSegment($id: ID!, $name: String!) {\n    segmentUpdate(input: { id: $id, name: $name }) {\n      segment { id name }\n      userErrors { field code message }\n    }\n  }\n": types.RenameSegmentDocument,
    "\n  subscription Changes($ids: [ID!]!, $after: String) {\n    segmentChanges(segmentIds: $ids, after: $after) {\n      cursor\n      transition { id kind at customer { id sourceId } }\n    }\n  }\n": types.ChangesDocument,
    "\n  mutation DefineShop {\n    metadataDefine(input: { keys: [{ name: \"plan\", type: STRING }] }) { userErrors { message } }\n    eventDefine(input: { name: \"page viewed\", properties: [{ name: \"url\", type: STRING }] }) { userErrors { message } }\n  }\n": types.DefineShopDocument,
    "\n  mutation Upsert($customers: [CustomerInput!]!, $orders: [OrderInput!]!) {\n    customersUpsert(input: $customers) { results { status customer { id } } userErrors { field code message } }\n    ordersUpsert(input: $orders) { results { status } userErrors { field code message } }\n  }\n": types.UpsertDocument,
    "\n  mutation TrackVisit($customerSourceId: String!, $events: [EventInput!]!) {\n    eventsTrack(input: { customerSourceId: $customerSourceId, events: $events }) { accepted userErrors { message } }\n  }\n": types.TrackVisitDocument,
    "\n  mutation CreateSegmentOf($name: String!, $query: String!) {\n    segmentCreateAutoUpdate(input: { name: $name, query: $query }) {\n      segment { id name }\n      userErrors { field code message }\n    }\n  }\n": types.CreateSegmentOfDocument,
    "\n  query Impact($id: ID!, $query: String!) {\n    segmentImpact(segment: { id: $id }, query: $query) {\n      valid\n      before { count }\n      after { count }\n      leaving { customers(first: 5) { nodes { sourceId } } }\n    }\n  }\n": types.ImpactDocument,
    "\n  mutation Edit($id: ID!, $query: String!) {\n    segmentUpdate(input: { id: $id, query: $query }) { segment { id query } userErrors { message } }\n  }\n": types.EditDocument,
    "\n  mutation Delete($id: ID!) {\n    segmentDelete(input: { id: $id }) { deletedId userErrors { message } }\n  }\n": types.DeleteDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Members($id: ID!, $first: Int!, $after: String) {\n    segment(by: { id: $id }) {\n      id\n      name\n      members(first: $first, after: $after) {\n        totalCount\n        nodes { id sourceId name orders(first: 3) { nodes { id amount { amount currency } } } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Members($id: ID!, $first: Int!, $after: String) {\n    segment(by: { id: $id }) {\n      id\n      name\n      members(first: $first, after: $after) {\n        totalCount\n        nodes { id sourceId name orders(first: 3) { nodes { id amount { amount currency } } } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RenameSegment($id: ID!, $name: String!) {\n    segmentUpdate(input: { id: $id, name: $name }) {\n      segment { id name }\n      userErrors { field code message }\n    }\n  }\n"): (typeof documents)["\n  mutation RenameSegment($id: ID!, $name: String!) {\n    segmentUpdate(input: { id: $id, name: $name }) {\n      segment { id name }\n      userErrors { field code message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription Changes($ids: [ID!]!, $after: String) {\n    segmentChanges(segmentIds: $ids, after: $after) {\n      cursor\n      transition { id kind at customer { id sourceId } }\n    }\n  }\n"): (typeof documents)["\n  subscription Changes($ids: [ID!]!, $after: String) {\n    segmentChanges(segmentIds: $ids, after: $after) {\n      cursor\n      transition { id kind at customer { id sourceId } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DefineShop {\n    metadataDefine(input: { keys: [{ name: \"plan\", type: STRING }] }) { userErrors { message } }\n    eventDefine(input: { name: \"page viewed\", properties: [{ name: \"url\", type: STRING }] }) { userErrors { message } }\n  }\n"): (typeof documents)["\n  mutation DefineShop {\n    metadataDefine(input: { keys: [{ name: \"plan\", type: STRING }] }) { userErrors { message } }\n    eventDefine(input: { name: \"page viewed\", properties: [{ name: \"url\", type: STRING }] }) { userErrors { message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Upsert($customers: [CustomerInput!]!, $orders: [OrderInput!]!) {\n    customersUpsert(input: $customers) { results { status customer { id } } userErrors { field code message } }\n    ordersUpsert(input: $orders) { results { status } userErrors { field code message } }\n  }\n"): (typeof documents)["\n  mutation Upsert($customers: [CustomerInput!]!, $orders: [OrderInput!]!) {\n    customersUpsert(input: $customers) { results { status customer { id } } userErrors { field code message } }\n    ordersUpsert(input: $orders) { results { status } userErrors { field code message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation TrackVisit($customerSourceId: String!, $events: [EventInput!]!) {\n    eventsTrack(input: { customerSourceId: $customerSourceId, events: $events }) { accepted userErrors { message } }\n  }\n"): (typeof documents)["\n  mutation TrackVisit($customerSourceId: String!, $events: [EventInput!]!) {\n    eventsTrack(input: { customerSourceId: $customerSourceId, events: $events }) { accepted userErrors { message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateSegmentOf($name: String!, $query: String!) {\n    segmentCreateAutoUpdate(input: { name: $name, query: $query }) {\n      segment { id name }\n      userErrors { field code message }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateSegmentOf($name: String!, $query: String!) {\n    segmentCreateAutoUpdate(input: { name: $name, query: $query }) {\n      segment { id name }\n      userErrors { field code message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Impact($id: ID!, $query: String!) {\n    segmentImpact(segment: { id: $id }, query: $query) {\n      valid\n      before { count }\n      after { count }\n      leaving { customers(first: 5) { nodes { sourceId } } }\n    }\n  }\n"): (typeof documents)["\n  query Impact($id: ID!, $query: String!) {\n    segmentImpact(segment: { id: $id }, query: $query) {\n      valid\n      before { count }\n      after { count }\n      leaving { customers(first: 5) { nodes { sourceId } } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Edit($id: ID!, $query: String!) {\n    segmentUpdate(input: { id: $id, query: $query }) { segment { id query } userErrors { message } }\n  }\n"): (typeof documents)["\n  mutation Edit($id: ID!, $query: String!) {\n    segmentUpdate(input: { id: $id, query: $query }) { segment { id query } userErrors { message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Delete($id: ID!) {\n    segmentDelete(input: { id: $id }) { deletedId userErrors { message } }\n  }\n"): (typeof documents)["\n  mutation Delete($id: ID!) {\n    segmentDelete(input: { id: $id }) { deletedId userErrors { message } }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;