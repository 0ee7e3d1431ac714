// Made by `npm run console:types` from sources/operations.graphql and schema/schema.graphql; not edited.
import type * as Types from "../schema/generated.js";
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type * from "../schema/generated.js";
export type SourceRowFragment = { readonly id: string, readonly name: string, readonly kind: Types.SourceKind, readonly path: string, readonly enabled: boolean, readonly keepUnknown: boolean, readonly apiUrl: string | null, readonly createdAt: string, readonly lastReceivedAt: string | null, readonly acceptedCount: number, readonly ignoredCount: number, readonly rejectedCount: number, readonly problems: ReadonlyArray<{ readonly at: string, readonly topic: string, readonly message: string }> };

export type MistakeFragment = { readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string };

export type SourcesQueryVariables = Types.Exact<{ [key: string]: never; }>;


export type SourcesQuery = { readonly sources: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly kind: Types.SourceKind, readonly path: string, readonly enabled: boolean, readonly keepUnknown: boolean, readonly apiUrl: string | null, readonly createdAt: string, readonly lastReceivedAt: string | null, readonly acceptedCount: number, readonly ignoredCount: number, readonly rejectedCount: number, readonly problems: ReadonlyArray<{ readonly at: string, readonly topic: string, readonly message: string }> }> } };

export type PublicKeysQueryVariables = Types.Exact<{ [key: string]: never; }>;


export type PublicKeysQuery = { readonly apiKeys: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly scope: Types.ApiKeyScope, readonly revokedAt: string | null }> } };

export type CreateSourceMutationVariables = Types.Exact<{
  input: Types.SourceInput;
}>;


export type CreateSourceMutation = { readonly sourceCreate: { readonly secret: string | null, readonly source: { readonly id: string, readonly name: string, readonly kind: Types.SourceKind, readonly path: string, readonly enabled: boolean, readonly keepUnknown: boolean, readonly apiUrl: string | null, readonly createdAt: string, readonly lastReceivedAt: string | null, readonly acceptedCount: number, readonly ignoredCount: number, readonly rejectedCount: number, readonly problems: ReadonlyArray<{ readonly at: string, readonly topic: string, readonly message: string }> } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type UpdateSourceMutationVariables = Types.Exact<{
  input: Types.SourceUpdateInput;
}>;


export type UpdateSourceMutation = { readonly sourceUpdate: { readonly secret: string | null, readonly source: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type DeleteSourceMutationVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
}>;


export type DeleteSourceMutation = { readonly sourceDelete: { readonly deletedId: string | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type CreatePublicKeyMutationVariables = Types.Exact<{
  name: Types.Scalars['String']['input'];
}>;


export type CreatePublicKeyMutation = { readonly apiKeyCreate: { readonly key: string | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const SourceRowFragmentDoc = new TypedDocumentString(`
    fragment SourceRow on Source {
  id
  name
  kind
  path
  enabled
  keepUnknown
  apiUrl
  createdAt
  lastReceivedAt
  acceptedCount
  ignoredCount
  rejectedCount
  problems {
    at
    topic
    message
  }
}
    `, {"fragmentName":"SourceRow"}) as unknown as TypedDocumentString<SourceRowFragment, unknown>;
export const MistakeFragmentDoc = new TypedDocumentString(`
    fragment Mistake on UserError {
  field
  code
  message
}
    `, {"fragmentName":"Mistake"}) as unknown as TypedDocumentString<MistakeFragment, unknown>;
export const SourcesDocument = new TypedDocumentString(`
    query Sources {
  sources(first: 50) {
    nodes {
      ...SourceRow
    }
  }
}
    fragment SourceRow on Source {
  id
  name
  kind
  path
  enabled
  keepUnknown
  apiUrl
  createdAt
  lastReceivedAt
  acceptedCount
  ignoredCount
  rejectedCount
  problems {
    at
    topic
    message
  }
}`) as unknown as TypedDocumentString<SourcesQuery, SourcesQueryVariables>;
export const PublicKeysDocument = new TypedDocumentString(`
    query PublicKeys {
  apiKeys(first: 100) {
    nodes {
      id
      scope
      revokedAt
    }
  }
}
    `) as unknown as TypedDocumentString<PublicKeysQuery, PublicKeysQueryVariables>;
export const CreateSourceDocument = new TypedDocumentString(`
    mutation CreateSource($input: SourceInput!) {
  sourceCreate(input: $input) {
    source {
      ...SourceRow
    }
    secret
    userErrors {
      ...Mistake
    }
  }
}
    fragment SourceRow on Source {
  id
  name
  kind
  path
  enabled
  keepUnknown
  apiUrl
  createdAt
  lastReceivedAt
  acceptedCount
  ignoredCount
  rejectedCount
  problems {
    at
    topic
    message
  }
}
fragment Mistake on UserError {
  field
  code
  message
}`) as unknown as TypedDocumentString<CreateSourceMutation, CreateSourceMutationVariables>;
export const UpdateSourceDocument = new TypedDocumentString(`
    mutation UpdateSource($input: SourceUpdateInput!) {
  sourceUpdate(input: $input) {
    source {
      id
    }
    secret
    userErrors {
      ...Mistake
    }
  }
}
    fragment Mistake on UserError {
  field
  code
  message
}`) as unknown as TypedDocumentString<UpdateSourceMutation, UpdateSourceMutationVariables>;
export const DeleteSourceDocument = new TypedDocumentString(`
    mutation DeleteSource($id: ID!) {
  sourceDelete(input: {id: $id}) {
    deletedId
    userErrors {
      ...Mistake
    }
  }
}
    fragment Mistake on UserError {
  field
  code
  message
}`) as unknown as TypedDocumentString<DeleteSourceMutation, DeleteSourceMutationVariables>;
export const CreatePublicKeyDocument = new TypedDocumentString(`
    mutation CreatePublicKey($name: String!) {
  apiKeyCreate(input: {name: $name, scope: TRACK}) {
    key
    userErrors {
      ...Mistake
    }
  }
}
    fragment Mistake on UserError {
  field
  code
  message
}`) as unknown as TypedDocumentString<CreatePublicKeyMutation, CreatePublicKeyMutationVariables>;