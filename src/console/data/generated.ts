// Made by `npm run console:types` from data/operations/*.graphql and schema/schema.graphql; not edited.
import type * as Types from "../schema/generated.js";
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type * from "../schema/generated.js";
export type CustomerQueryVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
}>;


export type CustomerQuery = { readonly customer: { readonly id: string, readonly sourceId: string, readonly name: string | null, readonly email: string | null, readonly phone: string | null, readonly createdAt: string | null, readonly birthdate: string | null, readonly sourceText: string | null, readonly consents: ReadonlyArray<string>, readonly metadata: unknown, readonly ordersCount: number, readonly firstOrderAt: string | null, readonly lastOrderAt: string | null, readonly productsCount: number, readonly redemptionsCount: number, readonly referralsCount: number, readonly loyaltyPoints: number, readonly loyaltyBalance: number, readonly address: { readonly city: string | null, readonly state: string | null, readonly postalCode: string | null, readonly country: string | null, readonly countryCode: string | null } | null, readonly ordersTotalAmount: { readonly currency: string, readonly amount: string }, readonly ordersAverageAmount: { readonly currency: string, readonly amount: string } | null, readonly lastOrderAmount: { readonly currency: string, readonly amount: string } | null, readonly giftCardsSpent: { readonly currency: string, readonly amount: string }, readonly giftCardsBalance: { readonly currency: string, readonly amount: string } } | null };

export type CustomerSegmentsQueryVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
}>;


export type CustomerSegmentsQuery = { readonly customer: { readonly id: string, readonly segments: { readonly edges: ReadonlyArray<{ readonly since: string | null, readonly cause: Types.SegmentTransitionCause | null, readonly node: { readonly id: string, readonly name: string, readonly kind: Types.SegmentKind } }> } } | null };

export type CustomerTimelineQueryVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
  after?: Types.InputMaybe<Types.Scalars['String']['input']>;
}>;


export type CustomerTimelineQuery = { readonly customer: { readonly id: string, readonly timeline: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly __typename: 'Event', readonly id: string, readonly type: string, readonly at: string, readonly properties: unknown } | { readonly __typename: 'Order', readonly id: string, readonly sourceId: string, readonly statusText: string, readonly placedAt: string, readonly amount: { readonly currency: string, readonly amount: string }, readonly items: ReadonlyArray<{ readonly name: string | null, readonly productId: string | null, readonly quantity: number }> } | { readonly __typename: 'Redemption', readonly id: string, readonly at: string, readonly campaign: string, readonly result: string } | { readonly __typename: 'Referral', readonly id: string, readonly at: string, readonly campaign: string, readonly refereeSourceId: string } | { readonly __typename: 'SegmentTransition', readonly id: string, readonly kind: Types.SegmentTransitionKind, readonly at: string, readonly cause: Types.SegmentTransitionCause, readonly segmentId: string, readonly segment: { readonly id: string, readonly name: string } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type DiagnosticFieldsFragment = { readonly code: Types.DiagnosticCode, readonly severity: Types.Severity, readonly message: string, readonly expected: ReadonlyArray<string>, readonly span: { readonly start: number, readonly end: number, readonly line: number, readonly column: number }, readonly fix: { readonly replacement: string, readonly span: { readonly start: number, readonly end: number, readonly line: number, readonly column: number } } | null };

export type MoneyFieldsFragment = { readonly currency: string, readonly amount: string };

export type CustomerRowFragment = { readonly id: string, readonly sourceId: string, readonly name: string | null, readonly email: string | null, readonly phone: string | null, readonly createdAt: string | null, readonly birthdate: string | null, readonly sourceText: string | null, readonly consents: ReadonlyArray<string>, readonly metadata: unknown, readonly ordersCount: number, readonly firstOrderAt: string | null, readonly lastOrderAt: string | null, readonly productsCount: number, readonly redemptionsCount: number, readonly referralsCount: number, readonly loyaltyPoints: number, readonly loyaltyBalance: number, readonly address: { readonly city: string | null, readonly state: string | null, readonly postalCode: string | null, readonly country: string | null, readonly countryCode: string | null } | null, readonly ordersTotalAmount: { readonly currency: string, readonly amount: string }, readonly ordersAverageAmount: { readonly currency: string, readonly amount: string } | null, readonly lastOrderAmount: { readonly currency: string, readonly amount: string } | null, readonly giftCardsSpent: { readonly currency: string, readonly amount: string }, readonly giftCardsBalance: { readonly currency: string, readonly amount: string } };

export type AudienceCountQueryVariables = Types.Exact<{
  query: Types.Scalars['String']['input'];
  asOf?: Types.InputMaybe<Types.Scalars['DateTime']['input']>;
}>;


export type AudienceCountQuery = { readonly segmentPreview: { readonly valid: boolean, readonly count: number | null, readonly asOf: string, readonly tookMs: number, readonly diagnostics: ReadonlyArray<{ readonly code: Types.DiagnosticCode, readonly severity: Types.Severity, readonly message: string, readonly expected: ReadonlyArray<string>, readonly span: { readonly start: number, readonly end: number, readonly line: number, readonly column: number }, readonly fix: { readonly replacement: string, readonly span: { readonly start: number, readonly end: number, readonly line: number, readonly column: number } } | null }> } };

export type EveryoneCountQueryVariables = Types.Exact<{ [key: string]: never; }>;


export type EveryoneCountQuery = { readonly customers: { readonly totalCount: number | null, readonly totalCountIsEstimate: boolean | null } };

export type AudienceListQueryVariables = Types.Exact<{
  query: Types.Scalars['String']['input'];
  asOf?: Types.InputMaybe<Types.Scalars['DateTime']['input']>;
  first: Types.Scalars['Int']['input'];
  after?: Types.InputMaybe<Types.Scalars['String']['input']>;
  sortBy: Types.CustomerSortKey;
  descending: Types.Scalars['Boolean']['input'];
}>;


export type AudienceListQuery = { readonly segmentPreview: { readonly valid: boolean, readonly customers: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly sourceId: string, readonly name: string | null, readonly email: string | null, readonly phone: string | null, readonly createdAt: string | null, readonly birthdate: string | null, readonly sourceText: string | null, readonly consents: ReadonlyArray<string>, readonly metadata: unknown, readonly ordersCount: number, readonly firstOrderAt: string | null, readonly lastOrderAt: string | null, readonly productsCount: number, readonly redemptionsCount: number, readonly referralsCount: number, readonly loyaltyPoints: number, readonly loyaltyBalance: number, readonly address: { readonly city: string | null, readonly state: string | null, readonly postalCode: string | null, readonly country: string | null, readonly countryCode: string | null } | null, readonly ordersTotalAmount: { readonly currency: string, readonly amount: string }, readonly ordersAverageAmount: { readonly currency: string, readonly amount: string } | null, readonly lastOrderAmount: { readonly currency: string, readonly amount: string } | null, readonly giftCardsSpent: { readonly currency: string, readonly amount: string }, readonly giftCardsBalance: { readonly currency: string, readonly amount: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } };

export type EveryoneListQueryVariables = Types.Exact<{
  query?: Types.InputMaybe<Types.Scalars['String']['input']>;
  first: Types.Scalars['Int']['input'];
  after?: Types.InputMaybe<Types.Scalars['String']['input']>;
  sortBy: Types.CustomerSortKey;
  descending: Types.Scalars['Boolean']['input'];
}>;


export type EveryoneListQuery = { readonly customers: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly sourceId: string, readonly name: string | null, readonly email: string | null, readonly phone: string | null, readonly createdAt: string | null, readonly birthdate: string | null, readonly sourceText: string | null, readonly consents: ReadonlyArray<string>, readonly metadata: unknown, readonly ordersCount: number, readonly firstOrderAt: string | null, readonly lastOrderAt: string | null, readonly productsCount: number, readonly redemptionsCount: number, readonly referralsCount: number, readonly loyaltyPoints: number, readonly loyaltyBalance: number, readonly address: { readonly city: string | null, readonly state: string | null, readonly postalCode: string | null, readonly country: string | null, readonly countryCode: string | null } | null, readonly ordersTotalAmount: { readonly currency: string, readonly amount: string }, readonly ordersAverageAmount: { readonly currency: string, readonly amount: string } | null, readonly lastOrderAmount: { readonly currency: string, readonly amount: string } | null, readonly giftCardsSpent: { readonly currency: string, readonly amount: string }, readonly giftCardsBalance: { readonly currency: string, readonly amount: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type AudiencePipelineQueryVariables = Types.Exact<{
  query: Types.Scalars['String']['input'];
  asOf?: Types.InputMaybe<Types.Scalars['DateTime']['input']>;
}>;


export type AudiencePipelineQuery = { readonly segmentPreview: { readonly valid: boolean, readonly pipeline: unknown | null, readonly tookMs: number } };

export type AudienceCostQueryVariables = Types.Exact<{
  query: Types.Scalars['String']['input'];
  asOf?: Types.InputMaybe<Types.Scalars['DateTime']['input']>;
}>;


export type AudienceCostQuery = { readonly segmentExplain: { readonly activity: Types.ActivitySource, readonly customers: number, readonly estimatedMembers: number, readonly indexes: ReadonlyArray<string>, readonly rowsRead: number | null, readonly rowsReturned: number | null, readonly sql: string | null, readonly events: { readonly strategy: Types.EventStrategy } | null, readonly steps: ReadonlyArray<{ readonly name: string, readonly collection: string | null, readonly index: string | null, readonly rowsRead: number | null, readonly rowsReturned: number | null }> } };

export type AttributeValuesQueryVariables = Types.Exact<{
  attribute: Types.Scalars['String']['input'];
  search: Types.Scalars['String']['input'];
  event?: Types.InputMaybe<Types.Scalars['String']['input']>;
  first: Types.Scalars['Int']['input'];
}>;


export type AttributeValuesQuery = { readonly segmentValueSuggestions: ReadonlyArray<{ readonly value: string, readonly insert: string, readonly count: number }> };

export type WhyQueryVariables = Types.Exact<{
  query: Types.Scalars['String']['input'];
  asOf?: Types.InputMaybe<Types.Scalars['DateTime']['input']>;
  customerId: Types.Scalars['ID']['input'];
}>;


export type WhyQuery = { readonly segmentWhy: { readonly valid: boolean, readonly asOf: string, readonly holds: boolean | null, readonly nearest: { readonly sentences: ReadonlyArray<string>, readonly asOf: string | null, readonly reason: string | null } | null, readonly clauses: ReadonlyArray<{ readonly index: number, readonly parent: number | null, readonly depth: number, readonly kind: Types.ClauseKind, readonly holds: boolean, readonly text: string, readonly actual: string | null, readonly expected: string | null, readonly sentence: string, readonly segment: string | null }> } };

export type TransitionFragment = { readonly id: string, readonly segmentId: string, readonly customerId: string, readonly kind: Types.SegmentTransitionKind, readonly at: string, readonly cause: Types.SegmentTransitionCause, readonly causedAt: string, readonly customer: { readonly name: string | null, readonly email: string | null, readonly sourceId: string } | null, readonly segment: { readonly name: string } | null };

export type HistoryQueryVariables = Types.Exact<{
  segmentIds?: Types.InputMaybe<ReadonlyArray<Types.Scalars['ID']['input']> | Types.Scalars['ID']['input']>;
  after?: Types.InputMaybe<Types.Scalars['String']['input']>;
}>;


export type HistoryQuery = { readonly segmentTransitions: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly segmentId: string, readonly customerId: string, readonly kind: Types.SegmentTransitionKind, readonly at: string, readonly cause: Types.SegmentTransitionCause, readonly causedAt: string, readonly customer: { readonly name: string | null, readonly email: string | null, readonly sourceId: string } | null, readonly segment: { readonly name: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ChangesSubscriptionVariables = Types.Exact<{
  segmentIds: ReadonlyArray<Types.Scalars['ID']['input']> | Types.Scalars['ID']['input'];
  after?: Types.InputMaybe<Types.Scalars['String']['input']>;
}>;


export type ChangesSubscription = { readonly segmentChanges: { readonly cursor: string, readonly transition: { readonly id: string, readonly segmentId: string, readonly customerId: string, readonly kind: Types.SegmentTransitionKind, readonly at: string, readonly cause: Types.SegmentTransitionCause, readonly causedAt: string, readonly customer: { readonly name: string | null, readonly email: string | null, readonly sourceId: string } | null, readonly segment: { readonly name: string } | null } } };

export type JobRowFragment = { readonly id: string, readonly type: Types.JobType, readonly state: Types.JobState, readonly fileName: string | null, readonly problem: string | null, readonly progress: { readonly phase: string, readonly done: number, readonly total: number | null } | null, readonly files: ReadonlyArray<{ readonly name: string, readonly bytes: number, readonly path: string }>, readonly importResult: { readonly rejected: number, readonly counts: ReadonlyArray<{ readonly collection: Types.RecordCollection, readonly read: number, readonly written: number, readonly unchanged: number, readonly rejected: number }>, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string }> } | null };

export type ImportProposalQueryVariables = Types.Exact<{
  fileName: Types.Scalars['String']['input'];
  head: Types.Scalars['String']['input'];
}>;


export type ImportProposalQuery = { readonly importProposal: { readonly collection: Types.RecordCollection, readonly mappingName: string | null, readonly title: string | null, readonly definition: unknown, readonly columns: ReadonlyArray<{ readonly name: string, readonly target: string | null, readonly samples: ReadonlyArray<string> }> } };

export type CreateImportMutationVariables = Types.Exact<{
  input: Types.ImportCreateInput;
}>;


export type CreateImportMutation = { readonly importCreate: { readonly job: { readonly id: string, readonly type: Types.JobType, readonly state: Types.JobState, readonly fileName: string | null, readonly problem: string | null, readonly progress: { readonly phase: string, readonly done: number, readonly total: number | null } | null, readonly files: ReadonlyArray<{ readonly name: string, readonly bytes: number, readonly path: string }>, readonly importResult: { readonly rejected: number, readonly counts: ReadonlyArray<{ readonly collection: Types.RecordCollection, readonly read: number, readonly written: number, readonly unchanged: number, readonly rejected: number }>, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string }> } | null } | null, readonly upload: { readonly path: string } | null, readonly userErrors: ReadonlyArray<{ readonly message: string }> } };

export type CreateExportMutationVariables = Types.Exact<{ [key: string]: never; }>;


export type CreateExportMutation = { readonly exportCreate: { readonly job: { readonly id: string, readonly type: Types.JobType, readonly state: Types.JobState, readonly fileName: string | null, readonly problem: string | null, readonly progress: { readonly phase: string, readonly done: number, readonly total: number | null } | null, readonly files: ReadonlyArray<{ readonly name: string, readonly bytes: number, readonly path: string }>, readonly importResult: { readonly rejected: number, readonly counts: ReadonlyArray<{ readonly collection: Types.RecordCollection, readonly read: number, readonly written: number, readonly unchanged: number, readonly rejected: number }>, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string }> } | null } | null, readonly userErrors: ReadonlyArray<{ readonly message: string }> } };

export type ExportAudienceMutationVariables = Types.Exact<{
  input: Types.AudienceExportInput;
}>;


export type ExportAudienceMutation = { readonly audienceExport: { readonly job: { readonly id: string, readonly type: Types.JobType, readonly state: Types.JobState, readonly fileName: string | null, readonly problem: string | null, readonly progress: { readonly phase: string, readonly done: number, readonly total: number | null } | null, readonly files: ReadonlyArray<{ readonly name: string, readonly bytes: number, readonly path: string }>, readonly importResult: { readonly rejected: number, readonly counts: ReadonlyArray<{ readonly collection: Types.RecordCollection, readonly read: number, readonly written: number, readonly unchanged: number, readonly rejected: number }>, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string }> } | null } | null, readonly userErrors: ReadonlyArray<{ readonly message: string }> } };

export type CancelJobMutationVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
}>;


export type CancelJobMutation = { readonly jobCancel: { readonly job: { readonly id: string, readonly type: Types.JobType, readonly state: Types.JobState, readonly fileName: string | null, readonly problem: string | null, readonly progress: { readonly phase: string, readonly done: number, readonly total: number | null } | null, readonly files: ReadonlyArray<{ readonly name: string, readonly bytes: number, readonly path: string }>, readonly importResult: { readonly rejected: number, readonly counts: ReadonlyArray<{ readonly collection: Types.RecordCollection, readonly read: number, readonly written: number, readonly unchanged: number, readonly rejected: number }>, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string }> } | null } | null, readonly userErrors: ReadonlyArray<{ readonly message: string }> } };

export type JobChangesSubscriptionVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
}>;


export type JobChangesSubscription = { readonly jobChanges: { readonly id: string, readonly type: Types.JobType, readonly state: Types.JobState, readonly fileName: string | null, readonly problem: string | null, readonly progress: { readonly phase: string, readonly done: number, readonly total: number | null } | null, readonly files: ReadonlyArray<{ readonly name: string, readonly bytes: number, readonly path: string }>, readonly importResult: { readonly rejected: number, readonly counts: ReadonlyArray<{ readonly collection: Types.RecordCollection, readonly read: number, readonly written: number, readonly unchanged: number, readonly rejected: number }>, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string }> } | null } };

export type ProjectNamesQueryVariables = Types.Exact<{ [key: string]: never; }>;


export type ProjectNamesQuery = { readonly project: { readonly name: string, readonly timezone: string, readonly currency: string, readonly consents: ReadonlyArray<string>, readonly customerMetadata: ReadonlyArray<{ readonly name: string, readonly type: Types.PropertyType }>, readonly orderMetadata: ReadonlyArray<{ readonly name: string, readonly type: Types.PropertyType }>, readonly events: ReadonlyArray<{ readonly name: string, readonly properties: ReadonlyArray<{ readonly name: string, readonly type: Types.PropertyType }> }>, readonly computed: ReadonlyArray<{ readonly name: string, readonly expression: string }>, readonly campaigns: ReadonlyArray<{ readonly kind: string, readonly names: ReadonlyArray<string> }> } };

export type SegmentNamesQueryVariables = Types.Exact<{
  after?: Types.InputMaybe<Types.Scalars['String']['input']>;
  archived: Types.Scalars['Boolean']['input'];
}>;


export type SegmentNamesQuery = { readonly segments: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly archived: boolean, readonly query: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type UndefinedNamesQueryVariables = Types.Exact<{ [key: string]: never; }>;


export type UndefinedNamesQuery = { readonly project: { readonly undefinedNames: ReadonlyArray<{ readonly kind: Types.NameKind, readonly event: string | null, readonly name: string, readonly type: Types.PropertyType | null, readonly count: number }> } };

export type SegmentRowFragment = { readonly id: string, readonly name: string, readonly kind: Types.SegmentKind, readonly archived: boolean, readonly createdAt: string, readonly updatedAt: string, readonly query: string | null, readonly foundBy: string | null, readonly membersAsOf: string | null, readonly status: Types.SegmentStatus | null, readonly computedAt: string | null, readonly progress: { readonly done: number, readonly total: number | null } | null };

export type SegmentsQueryVariables = Types.Exact<{
  archived: Types.Scalars['Boolean']['input'];
  search?: Types.InputMaybe<Types.Scalars['String']['input']>;
  after?: Types.InputMaybe<Types.Scalars['String']['input']>;
}>;


export type SegmentsQuery = { readonly segments: { readonly nodes: ReadonlyArray<{ readonly membersCount: number, readonly id: string, readonly name: string, readonly kind: Types.SegmentKind, readonly archived: boolean, readonly createdAt: string, readonly updatedAt: string, readonly query: string | null, readonly foundBy: string | null, readonly membersAsOf: string | null, readonly status: Types.SegmentStatus | null, readonly computedAt: string | null, readonly usedIn: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string }> }, readonly progress: { readonly done: number, readonly total: number | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type SegmentQueryVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
}>;


export type SegmentQuery = { readonly segment: { readonly membersCount: number, readonly id: string, readonly name: string, readonly kind: Types.SegmentKind, readonly archived: boolean, readonly createdAt: string, readonly updatedAt: string, readonly query: string | null, readonly foundBy: string | null, readonly membersAsOf: string | null, readonly status: Types.SegmentStatus | null, readonly computedAt: string | null, readonly diagnostics: ReadonlyArray<{ readonly code: Types.DiagnosticCode, readonly severity: Types.Severity, readonly message: string, readonly expected: ReadonlyArray<string>, readonly span: { readonly start: number, readonly end: number, readonly line: number, readonly column: number }, readonly fix: { readonly replacement: string, readonly span: { readonly start: number, readonly end: number, readonly line: number, readonly column: number } } | null }>, readonly uses: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string }> }, readonly usedIn: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string }> }, readonly progress: { readonly done: number, readonly total: number | null } | null } | null };

export type SegmentSizesQueryVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
  at: ReadonlyArray<Types.Scalars['DateTime']['input']> | Types.Scalars['DateTime']['input'];
}>;


export type SegmentSizesQuery = { readonly segment: { readonly id: string, readonly sizes: ReadonlyArray<number> } | null };

export type SegmentMembersQueryVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
  asOf?: Types.InputMaybe<Types.Scalars['DateTime']['input']>;
  first: Types.Scalars['Int']['input'];
  after?: Types.InputMaybe<Types.Scalars['String']['input']>;
  sortBy: Types.CustomerSortKey;
  descending: Types.Scalars['Boolean']['input'];
}>;


export type SegmentMembersQuery = { readonly segment: { readonly id: string, readonly members: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly sourceId: string, readonly name: string | null, readonly email: string | null, readonly phone: string | null, readonly createdAt: string | null, readonly birthdate: string | null, readonly sourceText: string | null, readonly consents: ReadonlyArray<string>, readonly metadata: unknown, readonly ordersCount: number, readonly firstOrderAt: string | null, readonly lastOrderAt: string | null, readonly productsCount: number, readonly redemptionsCount: number, readonly referralsCount: number, readonly loyaltyPoints: number, readonly loyaltyBalance: number, readonly address: { readonly city: string | null, readonly state: string | null, readonly postalCode: string | null, readonly country: string | null, readonly countryCode: string | null } | null, readonly ordersTotalAmount: { readonly currency: string, readonly amount: string }, readonly ordersAverageAmount: { readonly currency: string, readonly amount: string } | null, readonly lastOrderAmount: { readonly currency: string, readonly amount: string } | null, readonly giftCardsSpent: { readonly currency: string, readonly amount: string }, readonly giftCardsBalance: { readonly currency: string, readonly amount: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type SegmentImpactQueryVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
  query: Types.Scalars['String']['input'];
}>;


export type SegmentImpactQuery = { readonly segmentImpact: { readonly valid: boolean, readonly before: { readonly count: number } | null, readonly after: { readonly count: number } | null, readonly entering: { readonly count: number, readonly customers: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string | null, readonly email: string | null, readonly sourceId: string }> } } | null, readonly leaving: { readonly count: number, readonly customers: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string | null, readonly email: string | null, readonly sourceId: string }> } } | null } };

export type SegmentOverlapQueryVariables = Types.Exact<{
  ids: ReadonlyArray<Types.Scalars['ID']['input']> | Types.Scalars['ID']['input'];
}>;


export type SegmentOverlapQuery = { readonly segmentOverlap: { readonly inAny: number, readonly inAll: number, readonly sizes: ReadonlyArray<{ readonly count: number, readonly segment: { readonly id: string, readonly name: string } }>, readonly regions: ReadonlyArray<{ readonly count: number, readonly segments: ReadonlyArray<{ readonly id: string, readonly name: string }> }> } };

export type SaveAutoUpdateMutationVariables = Types.Exact<{
  input: Types.AutoUpdateSegmentInput;
}>;


export type SaveAutoUpdateMutation = { readonly segmentCreateAutoUpdate: { readonly segment: { readonly id: string, readonly name: string, readonly kind: Types.SegmentKind, readonly archived: boolean, readonly createdAt: string, readonly updatedAt: string, readonly query: string | null, readonly foundBy: string | null, readonly membersAsOf: string | null, readonly status: Types.SegmentStatus | null, readonly computedAt: string | null, readonly progress: { readonly done: number, readonly total: number | null } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }>, readonly diagnostics: ReadonlyArray<{ readonly code: Types.DiagnosticCode, readonly severity: Types.Severity, readonly message: string, readonly expected: ReadonlyArray<string>, readonly span: { readonly start: number, readonly end: number, readonly line: number, readonly column: number }, readonly fix: { readonly replacement: string, readonly span: { readonly start: number, readonly end: number, readonly line: number, readonly column: number } } | null }> } };

export type SaveStaticMutationVariables = Types.Exact<{
  input: Types.StaticSegmentInput;
}>;


export type SaveStaticMutation = { readonly segmentCreateStatic: { readonly segment: { readonly id: string, readonly name: string, readonly kind: Types.SegmentKind, readonly archived: boolean, readonly createdAt: string, readonly updatedAt: string, readonly query: string | null, readonly foundBy: string | null, readonly membersAsOf: string | null, readonly status: Types.SegmentStatus | null, readonly computedAt: string | null, readonly progress: { readonly done: number, readonly total: number | null } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }>, readonly diagnostics: ReadonlyArray<{ readonly code: Types.DiagnosticCode, readonly severity: Types.Severity, readonly message: string, readonly expected: ReadonlyArray<string>, readonly span: { readonly start: number, readonly end: number, readonly line: number, readonly column: number }, readonly fix: { readonly replacement: string, readonly span: { readonly start: number, readonly end: number, readonly line: number, readonly column: number } } | null }> } };

export type UpdateSegmentMutationVariables = Types.Exact<{
  input: Types.SegmentUpdateInput;
}>;


export type UpdateSegmentMutation = { readonly segmentUpdate: { readonly segment: { readonly id: string, readonly name: string, readonly kind: Types.SegmentKind, readonly archived: boolean, readonly createdAt: string, readonly updatedAt: string, readonly query: string | null, readonly foundBy: string | null, readonly membersAsOf: string | null, readonly status: Types.SegmentStatus | null, readonly computedAt: string | null, readonly progress: { readonly done: number, readonly total: number | null } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }>, readonly diagnostics: ReadonlyArray<{ readonly code: Types.DiagnosticCode, readonly severity: Types.Severity, readonly message: string, readonly expected: ReadonlyArray<string>, readonly span: { readonly start: number, readonly end: number, readonly line: number, readonly column: number }, readonly fix: { readonly replacement: string, readonly span: { readonly start: number, readonly end: number, readonly line: number, readonly column: number } } | null }> } };

export type DeleteSegmentMutationVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
}>;


export type DeleteSegmentMutation = { readonly segmentDelete: { readonly deletedId: string | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type WebhookRowFragment = { readonly id: string, readonly url: string, readonly enabled: boolean, readonly disabledBecause: string | null, readonly createdAt: string, readonly segments: ReadonlyArray<{ readonly id: string }> | null, readonly deadLetters: { readonly totalCount: number | null, readonly nodes: ReadonlyArray<{ readonly id: string, readonly at: string, readonly attempts: number, readonly transitionsCount: number, readonly problem: string }> }, readonly progress: { readonly waiting: number, readonly failing: number, readonly problem: string | null, readonly retryAt: string | null } };

export type WebhooksQueryVariables = Types.Exact<{ [key: string]: never; }>;


export type WebhooksQuery = { readonly webhooks: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly url: string, readonly enabled: boolean, readonly disabledBecause: string | null, readonly createdAt: string, readonly segments: ReadonlyArray<{ readonly id: string }> | null, readonly deadLetters: { readonly totalCount: number | null, readonly nodes: ReadonlyArray<{ readonly id: string, readonly at: string, readonly attempts: number, readonly transitionsCount: number, readonly problem: string }> }, readonly progress: { readonly waiting: number, readonly failing: number, readonly problem: string | null, readonly retryAt: string | null } }> } };

export type CreateWebhookMutationVariables = Types.Exact<{
  input: Types.WebhookInput;
}>;


export type CreateWebhookMutation = { readonly webhookCreate: { readonly secret: string | null, readonly webhook: { readonly id: string, readonly url: string, readonly enabled: boolean, readonly disabledBecause: string | null, readonly createdAt: string, readonly segments: ReadonlyArray<{ readonly id: string }> | null, readonly deadLetters: { readonly totalCount: number | null, readonly nodes: ReadonlyArray<{ readonly id: string, readonly at: string, readonly attempts: number, readonly transitionsCount: number, readonly problem: string }> }, readonly progress: { readonly waiting: number, readonly failing: number, readonly problem: string | null, readonly retryAt: string | null } } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type UpdateWebhookMutationVariables = Types.Exact<{
  input: Types.WebhookUpdateInput;
}>;


export type UpdateWebhookMutation = { readonly webhookUpdate: { readonly secret: string | null, readonly webhook: { readonly id: string, readonly url: string, readonly enabled: boolean, readonly disabledBecause: string | null, readonly createdAt: string, readonly segments: ReadonlyArray<{ readonly id: string }> | null, readonly deadLetters: { readonly totalCount: number | null, readonly nodes: ReadonlyArray<{ readonly id: string, readonly at: string, readonly attempts: number, readonly transitionsCount: number, readonly problem: string }> }, readonly progress: { readonly waiting: number, readonly failing: number, readonly problem: string | null, readonly retryAt: string | null } } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type DeleteWebhookMutationVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
}>;


export type DeleteWebhookMutation = { readonly webhookDelete: { readonly deletedId: string | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type ReplayWebhookMutationVariables = Types.Exact<{
  input: Types.WebhookReplayInput;
}>;


export type ReplayWebhookMutation = { readonly webhookReplay: { readonly replayed: number, readonly remaining: number | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type UpdateProjectMutationVariables = Types.Exact<{
  input: Types.ProjectUpdateInput;
}>;


export type UpdateProjectMutation = { readonly projectUpdate: { readonly project: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type DefineMetadataMutationVariables = Types.Exact<{
  input: Types.MetadataDefineInput;
}>;


export type DefineMetadataMutation = { readonly metadataDefine: { readonly project: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type DefineEventMutationVariables = Types.Exact<{
  input: Types.EventDefineInput;
}>;


export type DefineEventMutation = { readonly eventDefine: { readonly project: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type DefineConsentsMutationVariables = Types.Exact<{
  input: Types.ConsentDefineInput;
}>;


export type DefineConsentsMutation = { readonly consentDefine: { readonly project: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type ApiKeysQueryVariables = Types.Exact<{ [key: string]: never; }>;


export type ApiKeysQuery = { readonly apiKeys: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly scope: Types.ApiKeyScope, readonly createdAt: string, readonly expiresAt: string | null, readonly revokedAt: string | null, readonly lastUsedAt: string | null }> } };

export type CreateApiKeyMutationVariables = Types.Exact<{
  input: Types.ApiKeyCreateInput;
}>;


export type CreateApiKeyMutation = { readonly apiKeyCreate: { readonly key: string | null, readonly apiKey: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly message: string }> } };

export type RevokeApiKeyMutationVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
}>;


export type RevokeApiKeyMutation = { readonly apiKeyRevoke: { readonly apiKey: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly message: string }> } };

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
export const DiagnosticFieldsFragmentDoc = new TypedDocumentString(`
    fragment DiagnosticFields on Diagnostic {
  code
  severity
  message
  span {
    start
    end
    line
    column
  }
  expected
  fix {
    replacement
    span {
      start
      end
      line
      column
    }
  }
}
    `, {"fragmentName":"DiagnosticFields"}) as unknown as TypedDocumentString<DiagnosticFieldsFragment, unknown>;
export const MoneyFieldsFragmentDoc = new TypedDocumentString(`
    fragment MoneyFields on Money {
  currency
  amount
}
    `, {"fragmentName":"MoneyFields"}) as unknown as TypedDocumentString<MoneyFieldsFragment, unknown>;
export const CustomerRowFragmentDoc = new TypedDocumentString(`
    fragment CustomerRow on Customer {
  id
  sourceId
  name
  email
  phone
  address {
    city
    state
    postalCode
    country
    countryCode
  }
  createdAt
  birthdate
  sourceText
  consents
  metadata
  ordersCount
  ordersTotalAmount {
    ...MoneyFields
  }
  ordersAverageAmount {
    ...MoneyFields
  }
  firstOrderAt
  lastOrderAt
  lastOrderAmount {
    ...MoneyFields
  }
  productsCount
  redemptionsCount
  referralsCount
  giftCardsSpent {
    ...MoneyFields
  }
  giftCardsBalance {
    ...MoneyFields
  }
  loyaltyPoints
  loyaltyBalance
}
    fragment MoneyFields on Money {
  currency
  amount
}`, {"fragmentName":"CustomerRow"}) as unknown as TypedDocumentString<CustomerRowFragment, unknown>;
export const TransitionFragmentDoc = new TypedDocumentString(`
    fragment Transition on SegmentTransition {
  id
  segmentId
  customerId
  customer {
    name
    email
    sourceId
  }
  segment {
    name
  }
  kind
  at
  cause
  causedAt
}
    `, {"fragmentName":"Transition"}) as unknown as TypedDocumentString<TransitionFragment, unknown>;
export const JobRowFragmentDoc = new TypedDocumentString(`
    fragment JobRow on Job {
  id
  type
  state
  fileName
  problem
  progress {
    phase
    done
    total
  }
  files {
    name
    bytes
    path
  }
  importResult {
    rejected
    counts {
      collection
      read
      written
      unchanged
      rejected
    }
    warnings {
      code
      message
    }
  }
}
    `, {"fragmentName":"JobRow"}) as unknown as TypedDocumentString<JobRowFragment, unknown>;
export const SegmentRowFragmentDoc = new TypedDocumentString(`
    fragment SegmentRow on Segment {
  id
  name
  kind
  archived
  createdAt
  updatedAt
  query
  foundBy
  membersAsOf
  status
  progress {
    done
    total
  }
  computedAt
}
    `, {"fragmentName":"SegmentRow"}) as unknown as TypedDocumentString<SegmentRowFragment, unknown>;
export const WebhookRowFragmentDoc = new TypedDocumentString(`
    fragment WebhookRow on Webhook {
  id
  url
  enabled
  disabledBecause
  segments {
    id
  }
  createdAt
  deadLetters(first: 100) {
    totalCount
    nodes {
      id
      at
      attempts
      transitionsCount
      problem
    }
  }
  progress {
    waiting
    failing
    problem
    retryAt
  }
}
    `, {"fragmentName":"WebhookRow"}) as unknown as TypedDocumentString<WebhookRowFragment, unknown>;
export const CustomerDocument = new TypedDocumentString(`
    query Customer($id: ID!) {
  customer(by: {id: $id}) {
    ...CustomerRow
  }
}
    fragment MoneyFields on Money {
  currency
  amount
}
fragment CustomerRow on Customer {
  id
  sourceId
  name
  email
  phone
  address {
    city
    state
    postalCode
    country
    countryCode
  }
  createdAt
  birthdate
  sourceText
  consents
  metadata
  ordersCount
  ordersTotalAmount {
    ...MoneyFields
  }
  ordersAverageAmount {
    ...MoneyFields
  }
  firstOrderAt
  lastOrderAt
  lastOrderAmount {
    ...MoneyFields
  }
  productsCount
  redemptionsCount
  referralsCount
  giftCardsSpent {
    ...MoneyFields
  }
  giftCardsBalance {
    ...MoneyFields
  }
  loyaltyPoints
  loyaltyBalance
}`) as unknown as TypedDocumentString<CustomerQuery, CustomerQueryVariables>;
export const CustomerSegmentsDocument = new TypedDocumentString(`
    query CustomerSegments($id: ID!) {
  customer(by: {id: $id}) {
    id
    segments(first: 100) {
      edges {
        since
        cause
        node {
          id
          name
          kind
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CustomerSegmentsQuery, CustomerSegmentsQueryVariables>;
export const CustomerTimelineDocument = new TypedDocumentString(`
    query CustomerTimeline($id: ID!, $after: String) {
  customer(by: {id: $id}) {
    id
    timeline(first: 40, after: $after) {
      edges {
        cursor
        node {
          __typename
          ... on Order {
            id
            sourceId
            placedAt: createdAt
            statusText
            amount {
              ...MoneyFields
            }
            items {
              name
              productId
              quantity
            }
          }
          ... on Event {
            id
            type
            at
            properties
          }
          ... on Redemption {
            id
            at
            campaign
            result
          }
          ... on Referral {
            id
            at
            campaign
            refereeSourceId
          }
          ... on SegmentTransition {
            id
            kind
            at
            cause
            segmentId
            segment {
              id
              name
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment MoneyFields on Money {
  currency
  amount
}`) as unknown as TypedDocumentString<CustomerTimelineQuery, CustomerTimelineQueryVariables>;
export const AudienceCountDocument = new TypedDocumentString(`
    query AudienceCount($query: String!, $asOf: DateTime) {
  segmentPreview(query: $query, asOf: $asOf) {
    valid
    count
    asOf
    tookMs
    diagnostics {
      ...DiagnosticFields
    }
  }
}
    fragment DiagnosticFields on Diagnostic {
  code
  severity
  message
  span {
    start
    end
    line
    column
  }
  expected
  fix {
    replacement
    span {
      start
      end
      line
      column
    }
  }
}`) as unknown as TypedDocumentString<AudienceCountQuery, AudienceCountQueryVariables>;
export const EveryoneCountDocument = new TypedDocumentString(`
    query EveryoneCount {
  customers(first: 1) {
    totalCount
    totalCountIsEstimate
  }
}
    `) as unknown as TypedDocumentString<EveryoneCountQuery, EveryoneCountQueryVariables>;
export const AudienceListDocument = new TypedDocumentString(`
    query AudienceList($query: String!, $asOf: DateTime, $first: Int!, $after: String, $sortBy: CustomerSortKey!, $descending: Boolean!) {
  segmentPreview(query: $query, asOf: $asOf) {
    valid
    customers(
      first: $first
      after: $after
      sortBy: $sortBy
      descending: $descending
    ) {
      nodes {
        ...CustomerRow
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment MoneyFields on Money {
  currency
  amount
}
fragment CustomerRow on Customer {
  id
  sourceId
  name
  email
  phone
  address {
    city
    state
    postalCode
    country
    countryCode
  }
  createdAt
  birthdate
  sourceText
  consents
  metadata
  ordersCount
  ordersTotalAmount {
    ...MoneyFields
  }
  ordersAverageAmount {
    ...MoneyFields
  }
  firstOrderAt
  lastOrderAt
  lastOrderAmount {
    ...MoneyFields
  }
  productsCount
  redemptionsCount
  referralsCount
  giftCardsSpent {
    ...MoneyFields
  }
  giftCardsBalance {
    ...MoneyFields
  }
  loyaltyPoints
  loyaltyBalance
}`) as unknown as TypedDocumentString<AudienceListQuery, AudienceListQueryVariables>;
export const EveryoneListDocument = new TypedDocumentString(`
    query EveryoneList($query: String, $first: Int!, $after: String, $sortBy: CustomerSortKey!, $descending: Boolean!) {
  customers(
    query: $query
    first: $first
    after: $after
    sortBy: $sortBy
    descending: $descending
  ) {
    nodes {
      ...CustomerRow
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment MoneyFields on Money {
  currency
  amount
}
fragment CustomerRow on Customer {
  id
  sourceId
  name
  email
  phone
  address {
    city
    state
    postalCode
    country
    countryCode
  }
  createdAt
  birthdate
  sourceText
  consents
  metadata
  ordersCount
  ordersTotalAmount {
    ...MoneyFields
  }
  ordersAverageAmount {
    ...MoneyFields
  }
  firstOrderAt
  lastOrderAt
  lastOrderAmount {
    ...MoneyFields
  }
  productsCount
  redemptionsCount
  referralsCount
  giftCardsSpent {
    ...MoneyFields
  }
  giftCardsBalance {
    ...MoneyFields
  }
  loyaltyPoints
  loyaltyBalance
}`) as unknown as TypedDocumentString<EveryoneListQuery, EveryoneListQueryVariables>;
export const AudiencePipelineDocument = new TypedDocumentString(`
    query AudiencePipeline($query: String!, $asOf: DateTime) {
  segmentPreview(query: $query, asOf: $asOf) {
    valid
    pipeline
    tookMs
  }
}
    `) as unknown as TypedDocumentString<AudiencePipelineQuery, AudiencePipelineQueryVariables>;
export const AudienceCostDocument = new TypedDocumentString(`
    query AudienceCost($query: String!, $asOf: DateTime) {
  segmentExplain(query: $query, asOf: $asOf) {
    activity
    customers
    estimatedMembers
    indexes
    rowsRead
    rowsReturned
    sql
    events {
      strategy
    }
    steps {
      name
      collection
      index
      rowsRead
      rowsReturned
    }
  }
}
    `) as unknown as TypedDocumentString<AudienceCostQuery, AudienceCostQueryVariables>;
export const AttributeValuesDocument = new TypedDocumentString(`
    query AttributeValues($attribute: String!, $search: String!, $event: String, $first: Int!) {
  segmentValueSuggestions(
    attribute: $attribute
    search: $search
    event: $event
    first: $first
  ) {
    value
    insert
    count
  }
}
    `) as unknown as TypedDocumentString<AttributeValuesQuery, AttributeValuesQueryVariables>;
export const WhyDocument = new TypedDocumentString(`
    query Why($query: String!, $asOf: DateTime, $customerId: ID!) {
  segmentWhy(query: $query, asOf: $asOf, customer: {id: $customerId}) {
    valid
    asOf
    holds
    nearest {
      sentences
      asOf
      reason
    }
    clauses {
      index
      parent
      depth
      kind
      holds
      text
      actual
      expected
      sentence
      segment
    }
  }
}
    `) as unknown as TypedDocumentString<WhyQuery, WhyQueryVariables>;
export const HistoryDocument = new TypedDocumentString(`
    query History($segmentIds: [ID!], $after: String) {
  segmentTransitions(segmentIds: $segmentIds, after: $after, first: 500) {
    nodes {
      ...Transition
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment Transition on SegmentTransition {
  id
  segmentId
  customerId
  customer {
    name
    email
    sourceId
  }
  segment {
    name
  }
  kind
  at
  cause
  causedAt
}`) as unknown as TypedDocumentString<HistoryQuery, HistoryQueryVariables>;
export const ChangesDocument = new TypedDocumentString(`
    subscription Changes($segmentIds: [ID!]!, $after: String) {
  segmentChanges(segmentIds: $segmentIds, after: $after) {
    cursor
    transition {
      ...Transition
    }
  }
}
    fragment Transition on SegmentTransition {
  id
  segmentId
  customerId
  customer {
    name
    email
    sourceId
  }
  segment {
    name
  }
  kind
  at
  cause
  causedAt
}`) as unknown as TypedDocumentString<ChangesSubscription, ChangesSubscriptionVariables>;
export const ImportProposalDocument = new TypedDocumentString(`
    query ImportProposal($fileName: String!, $head: String!) {
  importProposal(fileName: $fileName, head: $head) {
    collection
    mappingName
    title
    definition
    columns {
      name
      target
      samples
    }
  }
}
    `) as unknown as TypedDocumentString<ImportProposalQuery, ImportProposalQueryVariables>;
export const CreateImportDocument = new TypedDocumentString(`
    mutation CreateImport($input: ImportCreateInput!) {
  importCreate(input: $input) {
    job {
      ...JobRow
    }
    upload {
      path
    }
    userErrors {
      message
    }
  }
}
    fragment JobRow on Job {
  id
  type
  state
  fileName
  problem
  progress {
    phase
    done
    total
  }
  files {
    name
    bytes
    path
  }
  importResult {
    rejected
    counts {
      collection
      read
      written
      unchanged
      rejected
    }
    warnings {
      code
      message
    }
  }
}`) as unknown as TypedDocumentString<CreateImportMutation, CreateImportMutationVariables>;
export const CreateExportDocument = new TypedDocumentString(`
    mutation CreateExport {
  exportCreate {
    job {
      ...JobRow
    }
    userErrors {
      message
    }
  }
}
    fragment JobRow on Job {
  id
  type
  state
  fileName
  problem
  progress {
    phase
    done
    total
  }
  files {
    name
    bytes
    path
  }
  importResult {
    rejected
    counts {
      collection
      read
      written
      unchanged
      rejected
    }
    warnings {
      code
      message
    }
  }
}`) as unknown as TypedDocumentString<CreateExportMutation, CreateExportMutationVariables>;
export const ExportAudienceDocument = new TypedDocumentString(`
    mutation ExportAudience($input: AudienceExportInput!) {
  audienceExport(input: $input) {
    job {
      ...JobRow
    }
    userErrors {
      message
    }
  }
}
    fragment JobRow on Job {
  id
  type
  state
  fileName
  problem
  progress {
    phase
    done
    total
  }
  files {
    name
    bytes
    path
  }
  importResult {
    rejected
    counts {
      collection
      read
      written
      unchanged
      rejected
    }
    warnings {
      code
      message
    }
  }
}`) as unknown as TypedDocumentString<ExportAudienceMutation, ExportAudienceMutationVariables>;
export const CancelJobDocument = new TypedDocumentString(`
    mutation CancelJob($id: ID!) {
  jobCancel(input: {id: $id}) {
    job {
      ...JobRow
    }
    userErrors {
      message
    }
  }
}
    fragment JobRow on Job {
  id
  type
  state
  fileName
  problem
  progress {
    phase
    done
    total
  }
  files {
    name
    bytes
    path
  }
  importResult {
    rejected
    counts {
      collection
      read
      written
      unchanged
      rejected
    }
    warnings {
      code
      message
    }
  }
}`) as unknown as TypedDocumentString<CancelJobMutation, CancelJobMutationVariables>;
export const JobChangesDocument = new TypedDocumentString(`
    subscription JobChanges($id: ID!) {
  jobChanges(id: $id) {
    ...JobRow
  }
}
    fragment JobRow on Job {
  id
  type
  state
  fileName
  problem
  progress {
    phase
    done
    total
  }
  files {
    name
    bytes
    path
  }
  importResult {
    rejected
    counts {
      collection
      read
      written
      unchanged
      rejected
    }
    warnings {
      code
      message
    }
  }
}`) as unknown as TypedDocumentString<JobChangesSubscription, JobChangesSubscriptionVariables>;
export const ProjectNamesDocument = new TypedDocumentString(`
    query ProjectNames {
  project {
    name
    timezone
    currency
    customerMetadata {
      name
      type
    }
    orderMetadata {
      name
      type
    }
    events {
      name
      properties {
        name
        type
      }
    }
    consents
    computed {
      name
      expression
    }
    campaigns {
      kind
      names
    }
  }
}
    `) as unknown as TypedDocumentString<ProjectNamesQuery, ProjectNamesQueryVariables>;
export const SegmentNamesDocument = new TypedDocumentString(`
    query SegmentNames($after: String, $archived: Boolean!) {
  segments(first: 100, after: $after, archived: $archived) {
    nodes {
      id
      name
      archived
      query
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<SegmentNamesQuery, SegmentNamesQueryVariables>;
export const UndefinedNamesDocument = new TypedDocumentString(`
    query UndefinedNames {
  project {
    undefinedNames {
      kind
      event
      name
      type
      count
    }
  }
}
    `) as unknown as TypedDocumentString<UndefinedNamesQuery, UndefinedNamesQueryVariables>;
export const SegmentsDocument = new TypedDocumentString(`
    query Segments($archived: Boolean!, $search: String, $after: String) {
  segments(first: 50, after: $after, archived: $archived, search: $search) {
    nodes {
      ...SegmentRow
      membersCount
      usedIn(first: 10) {
        nodes {
          id
          name
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment SegmentRow on Segment {
  id
  name
  kind
  archived
  createdAt
  updatedAt
  query
  foundBy
  membersAsOf
  status
  progress {
    done
    total
  }
  computedAt
}`) as unknown as TypedDocumentString<SegmentsQuery, SegmentsQueryVariables>;
export const SegmentDocument = new TypedDocumentString(`
    query Segment($id: ID!) {
  segment(by: {id: $id}) {
    ...SegmentRow
    membersCount
    diagnostics {
      ...DiagnosticFields
    }
    uses(first: 20) {
      nodes {
        id
        name
      }
    }
    usedIn(first: 20) {
      nodes {
        id
        name
      }
    }
  }
}
    fragment DiagnosticFields on Diagnostic {
  code
  severity
  message
  span {
    start
    end
    line
    column
  }
  expected
  fix {
    replacement
    span {
      start
      end
      line
      column
    }
  }
}
fragment SegmentRow on Segment {
  id
  name
  kind
  archived
  createdAt
  updatedAt
  query
  foundBy
  membersAsOf
  status
  progress {
    done
    total
  }
  computedAt
}`) as unknown as TypedDocumentString<SegmentQuery, SegmentQueryVariables>;
export const SegmentSizesDocument = new TypedDocumentString(`
    query SegmentSizes($id: ID!, $at: [DateTime!]!) {
  segment(by: {id: $id}) {
    id
    sizes(at: $at)
  }
}
    `) as unknown as TypedDocumentString<SegmentSizesQuery, SegmentSizesQueryVariables>;
export const SegmentMembersDocument = new TypedDocumentString(`
    query SegmentMembers($id: ID!, $asOf: DateTime, $first: Int!, $after: String, $sortBy: CustomerSortKey!, $descending: Boolean!) {
  segment(by: {id: $id}) {
    id
    members(
      asOf: $asOf
      first: $first
      after: $after
      sortBy: $sortBy
      descending: $descending
    ) {
      nodes {
        ...CustomerRow
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment MoneyFields on Money {
  currency
  amount
}
fragment CustomerRow on Customer {
  id
  sourceId
  name
  email
  phone
  address {
    city
    state
    postalCode
    country
    countryCode
  }
  createdAt
  birthdate
  sourceText
  consents
  metadata
  ordersCount
  ordersTotalAmount {
    ...MoneyFields
  }
  ordersAverageAmount {
    ...MoneyFields
  }
  firstOrderAt
  lastOrderAt
  lastOrderAmount {
    ...MoneyFields
  }
  productsCount
  redemptionsCount
  referralsCount
  giftCardsSpent {
    ...MoneyFields
  }
  giftCardsBalance {
    ...MoneyFields
  }
  loyaltyPoints
  loyaltyBalance
}`) as unknown as TypedDocumentString<SegmentMembersQuery, SegmentMembersQueryVariables>;
export const SegmentImpactDocument = new TypedDocumentString(`
    query SegmentImpact($id: ID!, $query: String!) {
  segmentImpact(segment: {id: $id}, query: $query) {
    valid
    before {
      count
    }
    after {
      count
    }
    entering {
      count
      customers(first: 5) {
        nodes {
          id
          name
          email
          sourceId
        }
      }
    }
    leaving {
      count
      customers(first: 5) {
        nodes {
          id
          name
          email
          sourceId
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SegmentImpactQuery, SegmentImpactQueryVariables>;
export const SegmentOverlapDocument = new TypedDocumentString(`
    query SegmentOverlap($ids: [ID!]!) {
  segmentOverlap(segmentIds: $ids) {
    inAny
    inAll
    sizes {
      segment {
        id
        name
      }
      count
    }
    regions {
      segments {
        id
        name
      }
      count
    }
  }
}
    `) as unknown as TypedDocumentString<SegmentOverlapQuery, SegmentOverlapQueryVariables>;
export const SaveAutoUpdateDocument = new TypedDocumentString(`
    mutation SaveAutoUpdate($input: AutoUpdateSegmentInput!) {
  segmentCreateAutoUpdate(input: $input) {
    segment {
      ...SegmentRow
    }
    userErrors {
      field
      code
      message
    }
    diagnostics {
      ...DiagnosticFields
    }
  }
}
    fragment DiagnosticFields on Diagnostic {
  code
  severity
  message
  span {
    start
    end
    line
    column
  }
  expected
  fix {
    replacement
    span {
      start
      end
      line
      column
    }
  }
}
fragment SegmentRow on Segment {
  id
  name
  kind
  archived
  createdAt
  updatedAt
  query
  foundBy
  membersAsOf
  status
  progress {
    done
    total
  }
  computedAt
}`) as unknown as TypedDocumentString<SaveAutoUpdateMutation, SaveAutoUpdateMutationVariables>;
export const SaveStaticDocument = new TypedDocumentString(`
    mutation SaveStatic($input: StaticSegmentInput!) {
  segmentCreateStatic(input: $input) {
    segment {
      ...SegmentRow
    }
    userErrors {
      field
      code
      message
    }
    diagnostics {
      ...DiagnosticFields
    }
  }
}
    fragment DiagnosticFields on Diagnostic {
  code
  severity
  message
  span {
    start
    end
    line
    column
  }
  expected
  fix {
    replacement
    span {
      start
      end
      line
      column
    }
  }
}
fragment SegmentRow on Segment {
  id
  name
  kind
  archived
  createdAt
  updatedAt
  query
  foundBy
  membersAsOf
  status
  progress {
    done
    total
  }
  computedAt
}`) as unknown as TypedDocumentString<SaveStaticMutation, SaveStaticMutationVariables>;
export const UpdateSegmentDocument = new TypedDocumentString(`
    mutation UpdateSegment($input: SegmentUpdateInput!) {
  segmentUpdate(input: $input) {
    segment {
      ...SegmentRow
    }
    userErrors {
      field
      code
      message
    }
    diagnostics {
      ...DiagnosticFields
    }
  }
}
    fragment DiagnosticFields on Diagnostic {
  code
  severity
  message
  span {
    start
    end
    line
    column
  }
  expected
  fix {
    replacement
    span {
      start
      end
      line
      column
    }
  }
}
fragment SegmentRow on Segment {
  id
  name
  kind
  archived
  createdAt
  updatedAt
  query
  foundBy
  membersAsOf
  status
  progress {
    done
    total
  }
  computedAt
}`) as unknown as TypedDocumentString<UpdateSegmentMutation, UpdateSegmentMutationVariables>;
export const DeleteSegmentDocument = new TypedDocumentString(`
    mutation DeleteSegment($id: ID!) {
  segmentDelete(input: {id: $id}) {
    deletedId
    userErrors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteSegmentMutation, DeleteSegmentMutationVariables>;
export const WebhooksDocument = new TypedDocumentString(`
    query Webhooks {
  webhooks(first: 20) {
    nodes {
      ...WebhookRow
    }
  }
}
    fragment WebhookRow on Webhook {
  id
  url
  enabled
  disabledBecause
  segments {
    id
  }
  createdAt
  deadLetters(first: 100) {
    totalCount
    nodes {
      id
      at
      attempts
      transitionsCount
      problem
    }
  }
  progress {
    waiting
    failing
    problem
    retryAt
  }
}`) as unknown as TypedDocumentString<WebhooksQuery, WebhooksQueryVariables>;
export const CreateWebhookDocument = new TypedDocumentString(`
    mutation CreateWebhook($input: WebhookInput!) {
  webhookCreate(input: $input) {
    webhook {
      ...WebhookRow
    }
    secret
    userErrors {
      field
      code
      message
    }
  }
}
    fragment WebhookRow on Webhook {
  id
  url
  enabled
  disabledBecause
  segments {
    id
  }
  createdAt
  deadLetters(first: 100) {
    totalCount
    nodes {
      id
      at
      attempts
      transitionsCount
      problem
    }
  }
  progress {
    waiting
    failing
    problem
    retryAt
  }
}`) as unknown as TypedDocumentString<CreateWebhookMutation, CreateWebhookMutationVariables>;
export const UpdateWebhookDocument = new TypedDocumentString(`
    mutation UpdateWebhook($input: WebhookUpdateInput!) {
  webhookUpdate(input: $input) {
    webhook {
      ...WebhookRow
    }
    secret
    userErrors {
      field
      code
      message
    }
  }
}
    fragment WebhookRow on Webhook {
  id
  url
  enabled
  disabledBecause
  segments {
    id
  }
  createdAt
  deadLetters(first: 100) {
    totalCount
    nodes {
      id
      at
      attempts
      transitionsCount
      problem
    }
  }
  progress {
    waiting
    failing
    problem
    retryAt
  }
}`) as unknown as TypedDocumentString<UpdateWebhookMutation, UpdateWebhookMutationVariables>;
export const DeleteWebhookDocument = new TypedDocumentString(`
    mutation DeleteWebhook($id: ID!) {
  webhookDelete(input: {id: $id}) {
    deletedId
    userErrors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteWebhookMutation, DeleteWebhookMutationVariables>;
export const ReplayWebhookDocument = new TypedDocumentString(`
    mutation ReplayWebhook($input: WebhookReplayInput!) {
  webhookReplay(input: $input) {
    replayed
    remaining
    userErrors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ReplayWebhookMutation, ReplayWebhookMutationVariables>;
export const UpdateProjectDocument = new TypedDocumentString(`
    mutation UpdateProject($input: ProjectUpdateInput!) {
  projectUpdate(input: $input) {
    project {
      id
    }
    userErrors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateProjectMutation, UpdateProjectMutationVariables>;
export const DefineMetadataDocument = new TypedDocumentString(`
    mutation DefineMetadata($input: MetadataDefineInput!) {
  metadataDefine(input: $input) {
    project {
      id
    }
    userErrors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DefineMetadataMutation, DefineMetadataMutationVariables>;
export const DefineEventDocument = new TypedDocumentString(`
    mutation DefineEvent($input: EventDefineInput!) {
  eventDefine(input: $input) {
    project {
      id
    }
    userErrors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DefineEventMutation, DefineEventMutationVariables>;
export const DefineConsentsDocument = new TypedDocumentString(`
    mutation DefineConsents($input: ConsentDefineInput!) {
  consentDefine(input: $input) {
    project {
      id
    }
    userErrors {
      field
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DefineConsentsMutation, DefineConsentsMutationVariables>;
export const ApiKeysDocument = new TypedDocumentString(`
    query ApiKeys {
  apiKeys(first: 100) {
    nodes {
      id
      name
      scope
      createdAt
      expiresAt
      revokedAt
      lastUsedAt
    }
  }
}
    `) as unknown as TypedDocumentString<ApiKeysQuery, ApiKeysQueryVariables>;
export const CreateApiKeyDocument = new TypedDocumentString(`
    mutation CreateApiKey($input: ApiKeyCreateInput!) {
  apiKeyCreate(input: $input) {
    apiKey {
      id
    }
    key
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateApiKeyMutation, CreateApiKeyMutationVariables>;
export const RevokeApiKeyDocument = new TypedDocumentString(`
    mutation RevokeApiKey($id: ID!) {
  apiKeyRevoke(input: {id: $id}) {
    apiKey {
      id
    }
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RevokeApiKeyMutation, RevokeApiKeyMutationVariables>;