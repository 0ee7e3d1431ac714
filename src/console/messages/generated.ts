// Made by `npm run console:types` from messages/operations.graphql and schema/schema.graphql; not edited.
import type * as Types from "../schema/generated.js";
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type * from "../schema/generated.js";
export type ProgressFragment = { readonly state: Types.DistributionState, readonly problem: string | null, readonly startedAt: string | null, readonly endedAt: string | null, readonly progress: { readonly total: number, readonly planned: number, readonly sending: number, readonly sent: number, readonly failed: number, readonly inDoubt: number, readonly skipped: ReadonlyArray<{ readonly reason: Types.MessageSkipReason, readonly count: number }> } };

export type DistributionRowFragment = { readonly id: string, readonly name: string, readonly purpose: string, readonly channel: Types.DistributionChannel, readonly trigger: Types.DistributionTriggerKind, readonly sendAt: string | null, readonly eventType: string | null, readonly state: Types.DistributionState, readonly problem: string | null, readonly startedAt: string | null, readonly endedAt: string | null, readonly segment: { readonly id: string, readonly name: string } | null, readonly progress: { readonly total: number, readonly planned: number, readonly sending: number, readonly sent: number, readonly failed: number, readonly inDoubt: number, readonly skipped: ReadonlyArray<{ readonly reason: Types.MessageSkipReason, readonly count: number }> } };

export type DistributionDetailsFragment = { readonly audience: string, readonly url: string | null, readonly consent: string, readonly ratePerMinute: number, readonly createdAt: string, readonly id: string, readonly name: string, readonly purpose: string, readonly channel: Types.DistributionChannel, readonly trigger: Types.DistributionTriggerKind, readonly sendAt: string | null, readonly eventType: string | null, readonly state: Types.DistributionState, readonly problem: string | null, readonly startedAt: string | null, readonly endedAt: string | null, readonly template: { readonly subject: string | null, readonly body: string }, readonly campaign: { readonly id: string, readonly name: string } | null, readonly segment: { readonly id: string, readonly name: string } | null, readonly progress: { readonly total: number, readonly planned: number, readonly sending: number, readonly sent: number, readonly failed: number, readonly inDoubt: number, readonly skipped: ReadonlyArray<{ readonly reason: Types.MessageSkipReason, readonly count: number }> } };

export type MessageRowFragment = { readonly id: string, readonly status: Types.MessageStatus, readonly skipReason: Types.MessageSkipReason | null, readonly problem: string | null, readonly attempts: number, readonly changedAt: string, readonly code: string | null, readonly customer: { readonly id: string, readonly name: string | null, readonly email: string | null, readonly sourceId: string } | null };

export type MistakeFragment = { readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string };

export type DistributionsQueryVariables = Types.Exact<{ [key: string]: never; }>;


export type DistributionsQuery = { readonly distributions: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly purpose: string, readonly channel: Types.DistributionChannel, readonly trigger: Types.DistributionTriggerKind, readonly sendAt: string | null, readonly eventType: string | null, readonly state: Types.DistributionState, readonly problem: string | null, readonly startedAt: string | null, readonly endedAt: string | null, readonly segment: { readonly id: string, readonly name: string } | null, readonly progress: { readonly total: number, readonly planned: number, readonly sending: number, readonly sent: number, readonly failed: number, readonly inDoubt: number, readonly skipped: ReadonlyArray<{ readonly reason: Types.MessageSkipReason, readonly count: number }> } }> } };

export type DistributionQueryVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
}>;


export type DistributionQuery = { readonly distribution: { readonly audience: string, readonly url: string | null, readonly consent: string, readonly ratePerMinute: number, readonly createdAt: string, readonly id: string, readonly name: string, readonly purpose: string, readonly channel: Types.DistributionChannel, readonly trigger: Types.DistributionTriggerKind, readonly sendAt: string | null, readonly eventType: string | null, readonly state: Types.DistributionState, readonly problem: string | null, readonly startedAt: string | null, readonly endedAt: string | null, readonly template: { readonly subject: string | null, readonly body: string }, readonly campaign: { readonly id: string, readonly name: string } | null, readonly segment: { readonly id: string, readonly name: string } | null, readonly progress: { readonly total: number, readonly planned: number, readonly sending: number, readonly sent: number, readonly failed: number, readonly inDoubt: number, readonly skipped: ReadonlyArray<{ readonly reason: Types.MessageSkipReason, readonly count: number }> } } | null };

export type DistributionReachQueryVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
}>;


export type DistributionReachQuery = { readonly distribution: { readonly id: string, readonly reach: { readonly audience: number, readonly reachable: number, readonly noConsent: number, readonly noAddress: number } } | null };

export type RecipientsQueryVariables = Types.Exact<{
  query: Types.Scalars['String']['input'];
}>;


export type RecipientsQuery = { readonly segmentPreview: { readonly valid: boolean, readonly diagnostics: ReadonlyArray<{ readonly severity: Types.Severity, readonly message: string }>, readonly customers: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string | null, readonly email: string | null, readonly sourceId: string }> } } };

export type RenderedMessageQueryVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
  customer: Types.Scalars['String']['input'];
}>;


export type RenderedMessageQuery = { readonly distribution: { readonly id: string, readonly preview: { readonly subject: string | null, readonly body: string } | null } | null };

export type DistributionMessagesQueryVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
  status?: Types.InputMaybe<Types.MessageStatus>;
  after?: Types.InputMaybe<Types.Scalars['String']['input']>;
}>;


export type DistributionMessagesQuery = { readonly distribution: { readonly id: string, readonly messages: { readonly totalCount: number | null, readonly nodes: ReadonlyArray<{ readonly id: string, readonly status: Types.MessageStatus, readonly skipReason: Types.MessageSkipReason | null, readonly problem: string | null, readonly attempts: number, readonly changedAt: string, readonly code: string | null, readonly customer: { readonly id: string, readonly name: string | null, readonly email: string | null, readonly sourceId: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type CodeCampaignsQueryVariables = Types.Exact<{ [key: string]: never; }>;


export type CodeCampaignsQuery = { readonly campaigns: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly kind: Types.CampaignKind }> } };

export type CreateDistributionMutationVariables = Types.Exact<{
  input: Types.DistributionCreateInput;
}>;


export type CreateDistributionMutation = { readonly distributionCreate: { readonly distribution: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type UpdateDistributionMutationVariables = Types.Exact<{
  input: Types.DistributionUpdateInput;
}>;


export type UpdateDistributionMutation = { readonly distributionUpdate: { readonly distribution: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type StartDistributionMutationVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
}>;


export type StartDistributionMutation = { readonly distributionStart: { readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type PauseDistributionMutationVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
}>;


export type PauseDistributionMutation = { readonly distributionPause: { readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type ResumeDistributionMutationVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
}>;


export type ResumeDistributionMutation = { readonly distributionResume: { readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type CancelDistributionMutationVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
}>;


export type CancelDistributionMutation = { readonly distributionCancel: { readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type DeleteDistributionMutationVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
}>;


export type DeleteDistributionMutation = { readonly distributionDelete: { readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type TestDistributionMutationVariables = Types.Exact<{
  input: Types.DistributionTestInput;
}>;


export type TestDistributionMutation = { readonly distributionTest: { readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type ResolveMessageMutationVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
  resolution: Types.MessageResolution;
}>;


export type ResolveMessageMutation = { readonly messageResolve: { readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

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
export const ProgressFragmentDoc = new TypedDocumentString(`
    fragment Progress on Distribution {
  state
  problem
  startedAt
  endedAt
  progress {
    total
    planned
    sending
    sent
    failed
    inDoubt
    skipped {
      reason
      count
    }
  }
}
    `, {"fragmentName":"Progress"}) as unknown as TypedDocumentString<ProgressFragment, unknown>;
export const DistributionRowFragmentDoc = new TypedDocumentString(`
    fragment DistributionRow on Distribution {
  id
  name
  purpose
  channel
  trigger
  sendAt
  eventType
  segment {
    id
    name
  }
  ...Progress
}
    fragment Progress on Distribution {
  state
  problem
  startedAt
  endedAt
  progress {
    total
    planned
    sending
    sent
    failed
    inDoubt
    skipped {
      reason
      count
    }
  }
}`, {"fragmentName":"DistributionRow"}) as unknown as TypedDocumentString<DistributionRowFragment, unknown>;
export const DistributionDetailsFragmentDoc = new TypedDocumentString(`
    fragment DistributionDetails on Distribution {
  ...DistributionRow
  audience
  url
  consent
  ratePerMinute
  createdAt
  template {
    subject
    body
  }
  campaign {
    id
    name
  }
}
    fragment Progress on Distribution {
  state
  problem
  startedAt
  endedAt
  progress {
    total
    planned
    sending
    sent
    failed
    inDoubt
    skipped {
      reason
      count
    }
  }
}
fragment DistributionRow on Distribution {
  id
  name
  purpose
  channel
  trigger
  sendAt
  eventType
  segment {
    id
    name
  }
  ...Progress
}`, {"fragmentName":"DistributionDetails"}) as unknown as TypedDocumentString<DistributionDetailsFragment, unknown>;
export const MessageRowFragmentDoc = new TypedDocumentString(`
    fragment MessageRow on Message {
  id
  status
  skipReason
  problem
  attempts
  changedAt
  code
  customer {
    id
    name
    email
    sourceId
  }
}
    `, {"fragmentName":"MessageRow"}) as unknown as TypedDocumentString<MessageRowFragment, unknown>;
export const MistakeFragmentDoc = new TypedDocumentString(`
    fragment Mistake on UserError {
  field
  code
  message
}
    `, {"fragmentName":"Mistake"}) as unknown as TypedDocumentString<MistakeFragment, unknown>;
export const DistributionsDocument = new TypedDocumentString(`
    query Distributions {
  distributions(first: 100) {
    nodes {
      ...DistributionRow
    }
  }
}
    fragment Progress on Distribution {
  state
  problem
  startedAt
  endedAt
  progress {
    total
    planned
    sending
    sent
    failed
    inDoubt
    skipped {
      reason
      count
    }
  }
}
fragment DistributionRow on Distribution {
  id
  name
  purpose
  channel
  trigger
  sendAt
  eventType
  segment {
    id
    name
  }
  ...Progress
}`) as unknown as TypedDocumentString<DistributionsQuery, DistributionsQueryVariables>;
export const DistributionDocument = new TypedDocumentString(`
    query Distribution($id: ID!) {
  distribution(by: {id: $id}) {
    ...DistributionDetails
  }
}
    fragment Progress on Distribution {
  state
  problem
  startedAt
  endedAt
  progress {
    total
    planned
    sending
    sent
    failed
    inDoubt
    skipped {
      reason
      count
    }
  }
}
fragment DistributionRow on Distribution {
  id
  name
  purpose
  channel
  trigger
  sendAt
  eventType
  segment {
    id
    name
  }
  ...Progress
}
fragment DistributionDetails on Distribution {
  ...DistributionRow
  audience
  url
  consent
  ratePerMinute
  createdAt
  template {
    subject
    body
  }
  campaign {
    id
    name
  }
}`) as unknown as TypedDocumentString<DistributionQuery, DistributionQueryVariables>;
export const DistributionReachDocument = new TypedDocumentString(`
    query DistributionReach($id: ID!) {
  distribution(by: {id: $id}) {
    id
    reach {
      audience
      reachable
      noConsent
      noAddress
    }
  }
}
    `) as unknown as TypedDocumentString<DistributionReachQuery, DistributionReachQueryVariables>;
export const RecipientsDocument = new TypedDocumentString(`
    query Recipients($query: String!) {
  segmentPreview(query: $query) {
    valid
    diagnostics {
      severity
      message
    }
    customers(first: 20, sortBy: NAME) {
      nodes {
        id
        name
        email
        sourceId
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RecipientsQuery, RecipientsQueryVariables>;
export const RenderedMessageDocument = new TypedDocumentString(`
    query RenderedMessage($id: ID!, $customer: String!) {
  distribution(by: {id: $id}) {
    id
    preview(customer: {sourceId: $customer}) {
      subject
      body
    }
  }
}
    `) as unknown as TypedDocumentString<RenderedMessageQuery, RenderedMessageQueryVariables>;
export const DistributionMessagesDocument = new TypedDocumentString(`
    query DistributionMessages($id: ID!, $status: MessageStatus, $after: String) {
  distribution(by: {id: $id}) {
    id
    messages(first: 50, status: $status, after: $after) {
      totalCount
      nodes {
        ...MessageRow
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment MessageRow on Message {
  id
  status
  skipReason
  problem
  attempts
  changedAt
  code
  customer {
    id
    name
    email
    sourceId
  }
}`) as unknown as TypedDocumentString<DistributionMessagesQuery, DistributionMessagesQueryVariables>;
export const CodeCampaignsDocument = new TypedDocumentString(`
    query CodeCampaigns {
  campaigns(first: 200) {
    nodes {
      id
      name
      kind
    }
  }
}
    `) as unknown as TypedDocumentString<CodeCampaignsQuery, CodeCampaignsQueryVariables>;
export const CreateDistributionDocument = new TypedDocumentString(`
    mutation CreateDistribution($input: DistributionCreateInput!) {
  distributionCreate(input: $input) {
    distribution {
      id
    }
    userErrors {
      ...Mistake
    }
  }
}
    fragment Mistake on UserError {
  field
  code
  message
}`) as unknown as TypedDocumentString<CreateDistributionMutation, CreateDistributionMutationVariables>;
export const UpdateDistributionDocument = new TypedDocumentString(`
    mutation UpdateDistribution($input: DistributionUpdateInput!) {
  distributionUpdate(input: $input) {
    distribution {
      id
    }
    userErrors {
      ...Mistake
    }
  }
}
    fragment Mistake on UserError {
  field
  code
  message
}`) as unknown as TypedDocumentString<UpdateDistributionMutation, UpdateDistributionMutationVariables>;
export const StartDistributionDocument = new TypedDocumentString(`
    mutation StartDistribution($id: ID!) {
  distributionStart(input: {id: $id}) {
    userErrors {
      ...Mistake
    }
  }
}
    fragment Mistake on UserError {
  field
  code
  message
}`) as unknown as TypedDocumentString<StartDistributionMutation, StartDistributionMutationVariables>;
export const PauseDistributionDocument = new TypedDocumentString(`
    mutation PauseDistribution($id: ID!) {
  distributionPause(input: {id: $id}) {
    userErrors {
      ...Mistake
    }
  }
}
    fragment Mistake on UserError {
  field
  code
  message
}`) as unknown as TypedDocumentString<PauseDistributionMutation, PauseDistributionMutationVariables>;
export const ResumeDistributionDocument = new TypedDocumentString(`
    mutation ResumeDistribution($id: ID!) {
  distributionResume(input: {id: $id}) {
    userErrors {
      ...Mistake
    }
  }
}
    fragment Mistake on UserError {
  field
  code
  message
}`) as unknown as TypedDocumentString<ResumeDistributionMutation, ResumeDistributionMutationVariables>;
export const CancelDistributionDocument = new TypedDocumentString(`
    mutation CancelDistribution($id: ID!) {
  distributionCancel(input: {id: $id}) {
    userErrors {
      ...Mistake
    }
  }
}
    fragment Mistake on UserError {
  field
  code
  message
}`) as unknown as TypedDocumentString<CancelDistributionMutation, CancelDistributionMutationVariables>;
export const DeleteDistributionDocument = new TypedDocumentString(`
    mutation DeleteDistribution($id: ID!) {
  distributionDelete(input: {id: $id}) {
    userErrors {
      ...Mistake
    }
  }
}
    fragment Mistake on UserError {
  field
  code
  message
}`) as unknown as TypedDocumentString<DeleteDistributionMutation, DeleteDistributionMutationVariables>;
export const TestDistributionDocument = new TypedDocumentString(`
    mutation TestDistribution($input: DistributionTestInput!) {
  distributionTest(input: $input) {
    userErrors {
      ...Mistake
    }
  }
}
    fragment Mistake on UserError {
  field
  code
  message
}`) as unknown as TypedDocumentString<TestDistributionMutation, TestDistributionMutationVariables>;
export const ResolveMessageDocument = new TypedDocumentString(`
    mutation ResolveMessage($id: ID!, $resolution: MessageResolution!) {
  messageResolve(input: {id: $id, resolution: $resolution}) {
    userErrors {
      ...Mistake
    }
  }
}
    fragment Mistake on UserError {
  field
  code
  message
}`) as unknown as TypedDocumentString<ResolveMessageMutation, ResolveMessageMutationVariables>;