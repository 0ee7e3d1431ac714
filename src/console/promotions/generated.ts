// Made by `npm run console:types` from promotions/operations.graphql and schema/schema.graphql; not edited.
import type * as Types from "../schema/generated.js";
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type * from "../schema/generated.js";
export type JobRowFragment = { readonly id: string, readonly type: Types.JobType, readonly state: Types.JobState, readonly fileName: string | null, readonly problem: string | null, readonly progress: { readonly phase: string, readonly done: number, readonly total: number | null } | null, readonly files: ReadonlyArray<{ readonly name: string, readonly bytes: number, readonly path: string }>, readonly importResult: { readonly rejected: number, readonly counts: ReadonlyArray<{ readonly collection: Types.RecordCollection, readonly read: number, readonly written: number, readonly unchanged: number, readonly rejected: number }>, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string }> } | null };

export type RuleLimitsFragment = { readonly name: string, readonly from: string | null, readonly until: string | null, readonly limits: { readonly total: number | null, readonly perCustomer: number | null, readonly perDay: number | null }, readonly minimumOrder: { readonly amount: string } | null };

export type RuleRowFragment = { readonly id: string, readonly audience: string | null, readonly query: string | null, readonly name: string, readonly from: string | null, readonly until: string | null, readonly allOf: ReadonlyArray<{ readonly id: string, readonly name: string }>, readonly anyOf: ReadonlyArray<{ readonly id: string, readonly name: string }>, readonly noneOf: ReadonlyArray<{ readonly id: string, readonly name: string }>, readonly limits: { readonly total: number | null, readonly perCustomer: number | null, readonly perDay: number | null }, readonly minimumOrder: { readonly amount: string } | null };

export type CampaignRowFragment = { readonly id: string, readonly name: string, readonly kind: Types.CampaignKind, readonly text: string, readonly active: boolean, readonly requiresCode: boolean, readonly createdAt: string, readonly pointsDays: number | null, readonly redemptionsCount: number, readonly discount: { readonly percent: string | null, readonly amount: { readonly amount: string } | null, readonly maximum: { readonly amount: string } | null } | null, readonly pointValue: { readonly amount: string } | null, readonly rules: ReadonlyArray<{ readonly id: string, readonly audience: string | null, readonly query: string | null, readonly name: string, readonly from: string | null, readonly until: string | null, readonly allOf: ReadonlyArray<{ readonly id: string, readonly name: string }>, readonly anyOf: ReadonlyArray<{ readonly id: string, readonly name: string }>, readonly noneOf: ReadonlyArray<{ readonly id: string, readonly name: string }>, readonly limits: { readonly total: number | null, readonly perCustomer: number | null, readonly perDay: number | null }, readonly minimumOrder: { readonly amount: string } | null }> };

export type CodeRowFragment = { readonly id: string, readonly code: string, readonly active: boolean, readonly limit: number | null, readonly redemptionsCount: number, readonly published: boolean, readonly customer: { readonly id: string, readonly name: string | null, readonly email: string | null, readonly sourceId: string } | null, readonly giftCard: { readonly amount: { readonly amount: string }, readonly balance: { readonly amount: string } } | null };

export type CodeRedemptionRowFragment = { readonly id: string, readonly at: string, readonly code: string | null, readonly status: Types.CodeRedemptionStatus, readonly points: number | null, readonly rolledBackAt: string | null, readonly customer: { readonly id: string, readonly name: string | null, readonly email: string | null, readonly sourceId: string } | null, readonly orderAmount: { readonly amount: string } | null, readonly discountAmount: { readonly amount: string } | null };

export type MistakeFragment = { readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string };

export type CampaignsQueryVariables = Types.Exact<{ [key: string]: never; }>;


export type CampaignsQuery = { readonly campaigns: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly kind: Types.CampaignKind, readonly text: string, readonly active: boolean, readonly redemptionsCount: number, readonly rules: ReadonlyArray<{ readonly name: string, readonly from: string | null, readonly until: string | null, readonly limits: { readonly total: number | null, readonly perCustomer: number | null, readonly perDay: number | null }, readonly minimumOrder: { readonly amount: string } | null }>, readonly codes: { readonly totalCount: number | null } }> } };

export type CampaignQueryVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
}>;


export type CampaignQuery = { readonly campaign: { readonly id: string, readonly name: string, readonly kind: Types.CampaignKind, readonly text: string, readonly active: boolean, readonly requiresCode: boolean, readonly createdAt: string, readonly pointsDays: number | null, readonly redemptionsCount: number, readonly discount: { readonly percent: string | null, readonly amount: { readonly amount: string } | null, readonly maximum: { readonly amount: string } | null } | null, readonly pointValue: { readonly amount: string } | null, readonly rules: ReadonlyArray<{ readonly id: string, readonly audience: string | null, readonly query: string | null, readonly name: string, readonly from: string | null, readonly until: string | null, readonly allOf: ReadonlyArray<{ readonly id: string, readonly name: string }>, readonly anyOf: ReadonlyArray<{ readonly id: string, readonly name: string }>, readonly noneOf: ReadonlyArray<{ readonly id: string, readonly name: string }>, readonly limits: { readonly total: number | null, readonly perCustomer: number | null, readonly perDay: number | null }, readonly minimumOrder: { readonly amount: string } | null }> } | null };

export type ValidationRulesQueryVariables = Types.Exact<{ [key: string]: never; }>;


export type ValidationRulesQuery = { readonly validationRules: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly audience: string | null, readonly query: string | null, readonly name: string, readonly from: string | null, readonly until: string | null, readonly allOf: ReadonlyArray<{ readonly id: string, readonly name: string }>, readonly anyOf: ReadonlyArray<{ readonly id: string, readonly name: string }>, readonly noneOf: ReadonlyArray<{ readonly id: string, readonly name: string }>, readonly limits: { readonly total: number | null, readonly perCustomer: number | null, readonly perDay: number | null }, readonly minimumOrder: { readonly amount: string } | null }> } };

export type CampaignCodesQueryVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
  after?: Types.InputMaybe<Types.Scalars['String']['input']>;
}>;


export type CampaignCodesQuery = { readonly campaign: { readonly id: string, readonly codes: { readonly totalCount: number | null, readonly nodes: ReadonlyArray<{ readonly id: string, readonly code: string, readonly active: boolean, readonly limit: number | null, readonly redemptionsCount: number, readonly published: boolean, readonly customer: { readonly id: string, readonly name: string | null, readonly email: string | null, readonly sourceId: string } | null, readonly giftCard: { readonly amount: { readonly amount: string }, readonly balance: { readonly amount: string } } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type FindCodeQueryVariables = Types.Exact<{
  code: Types.Scalars['String']['input'];
}>;


export type FindCodeQuery = { readonly promotionCode: { readonly id: string, readonly code: string, readonly active: boolean, readonly limit: number | null, readonly redemptionsCount: number, readonly published: boolean, readonly campaign: { readonly id: string } | null, readonly customer: { readonly id: string, readonly name: string | null, readonly email: string | null, readonly sourceId: string } | null, readonly giftCard: { readonly amount: { readonly amount: string }, readonly balance: { readonly amount: string } } | null } | null };

export type CampaignRedemptionsQueryVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
  after?: Types.InputMaybe<Types.Scalars['String']['input']>;
}>;


export type CampaignRedemptionsQuery = { readonly campaign: { readonly id: string, readonly redemptions: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly at: string, readonly code: string | null, readonly status: Types.CodeRedemptionStatus, readonly points: number | null, readonly rolledBackAt: string | null, readonly customer: { readonly id: string, readonly name: string | null, readonly email: string | null, readonly sourceId: string } | null, readonly orderAmount: { readonly amount: string } | null, readonly discountAmount: { readonly amount: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type TryRedemptionQueryVariables = Types.Exact<{
  target: Types.RedemptionTargetInput;
  customer: Types.CustomerByInput;
  order?: Types.InputMaybe<Types.RedemptionOrderInput>;
  points?: Types.InputMaybe<Types.Scalars['Int']['input']>;
}>;


export type TryRedemptionQuery = { readonly redemptionValidate: { readonly valid: boolean, readonly discountAmount: { readonly amount: string } | null, readonly obstacles: ReadonlyArray<{ readonly kind: Types.RedemptionObstacleKind, readonly message: string, readonly rule: { readonly name: string } | null, readonly why: { readonly holds: boolean | null, readonly clauses: ReadonlyArray<{ readonly index: number, readonly depth: number, readonly kind: Types.ClauseKind, readonly holds: boolean, readonly text: string, readonly actual: string | null, readonly sentence: string }>, readonly nearest: { readonly sentences: ReadonlyArray<string>, readonly reason: string | null } | null } | null }> } };

export type CreateCampaignMutationVariables = Types.Exact<{
  input: Types.CampaignCreateInput;
}>;


export type CreateCampaignMutation = { readonly campaignCreate: { readonly campaign: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type UpdateCampaignMutationVariables = Types.Exact<{
  input: Types.CampaignUpdateInput;
}>;


export type UpdateCampaignMutation = { readonly campaignUpdate: { readonly campaign: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type DeleteCampaignMutationVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
}>;


export type DeleteCampaignMutation = { readonly campaignDelete: { readonly deletedId: string | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type CreateRuleMutationVariables = Types.Exact<{
  input: Types.ValidationRuleInput;
}>;


export type CreateRuleMutation = { readonly validationRuleCreate: { readonly rule: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type ReplaceRuleMutationVariables = Types.Exact<{
  input: Types.ValidationRuleInput;
}>;


export type ReplaceRuleMutation = { readonly validationRuleReplace: { readonly rule: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type DeleteRuleMutationVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
}>;


export type DeleteRuleMutation = { readonly validationRuleDelete: { readonly deletedId: string | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type CreateCodeMutationVariables = Types.Exact<{
  input: Types.PromotionCodeCreateInput;
}>;


export type CreateCodeMutation = { readonly promotionCodeCreate: { readonly code: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type GenerateCodesMutationVariables = Types.Exact<{
  input: Types.CodesGenerateInput;
}>;


export type GenerateCodesMutation = { readonly promotionCodesGenerate: { readonly codes: ReadonlyArray<{ readonly id: string }>, readonly job: { readonly id: string, readonly type: Types.JobType, readonly state: Types.JobState, readonly fileName: string | null, readonly problem: string | null, readonly progress: { readonly phase: string, readonly done: number, readonly total: number | null } | null, readonly files: ReadonlyArray<{ readonly name: string, readonly bytes: number, readonly path: string }>, readonly importResult: { readonly rejected: number, readonly counts: ReadonlyArray<{ readonly collection: Types.RecordCollection, readonly read: number, readonly written: number, readonly unchanged: number, readonly rejected: number }>, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string }> } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type PublishCodesMutationVariables = Types.Exact<{
  input: Types.CodesPublishInput;
}>;


export type PublishCodesMutation = { readonly promotionCodesPublish: { readonly job: { readonly id: string, readonly type: Types.JobType, readonly state: Types.JobState, readonly fileName: string | null, readonly problem: string | null, readonly progress: { readonly phase: string, readonly done: number, readonly total: number | null } | null, readonly files: ReadonlyArray<{ readonly name: string, readonly bytes: number, readonly path: string }>, readonly importResult: { readonly rejected: number, readonly counts: ReadonlyArray<{ readonly collection: Types.RecordCollection, readonly read: number, readonly written: number, readonly unchanged: number, readonly rejected: number }>, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string }> } | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type PublishCodeMutationVariables = Types.Exact<{
  input: Types.PromotionCodePublishInput;
}>;


export type PublishCodeMutation = { readonly promotionCodePublish: { readonly code: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type UpdateCodeMutationVariables = Types.Exact<{
  input: Types.PromotionCodeUpdateInput;
}>;


export type UpdateCodeMutation = { readonly promotionCodeUpdate: { readonly code: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type IssueGiftCardMutationVariables = Types.Exact<{
  input: Types.GiftCardIssueInput;
}>;


export type IssueGiftCardMutation = { readonly giftCardIssue: { readonly code: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type AddPointsMutationVariables = Types.Exact<{
  input: Types.LoyaltyPointsAddInput;
}>;


export type AddPointsMutation = { readonly loyaltyPointsAdd: { readonly account: { readonly balance: number } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

export type RollBackMutationVariables = Types.Exact<{
  id: Types.Scalars['ID']['input'];
}>;


export type RollBackMutation = { readonly redemptionRollback: { readonly redemption: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string>, readonly code: Types.UserErrorCode, readonly message: string }> } };

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
export const RuleLimitsFragmentDoc = new TypedDocumentString(`
    fragment RuleLimits on ValidationRule {
  name
  limits {
    total
    perCustomer
    perDay
  }
  from
  until
  minimumOrder {
    amount
  }
}
    `, {"fragmentName":"RuleLimits"}) as unknown as TypedDocumentString<RuleLimitsFragment, unknown>;
export const RuleRowFragmentDoc = new TypedDocumentString(`
    fragment RuleRow on ValidationRule {
  id
  ...RuleLimits
  audience
  query
  allOf {
    id
    name
  }
  anyOf {
    id
    name
  }
  noneOf {
    id
    name
  }
}
    fragment RuleLimits on ValidationRule {
  name
  limits {
    total
    perCustomer
    perDay
  }
  from
  until
  minimumOrder {
    amount
  }
}`, {"fragmentName":"RuleRow"}) as unknown as TypedDocumentString<RuleRowFragment, unknown>;
export const CampaignRowFragmentDoc = new TypedDocumentString(`
    fragment CampaignRow on Campaign {
  id
  name
  kind
  text
  active
  requiresCode
  createdAt
  discount {
    percent
    amount {
      amount
    }
    maximum {
      amount
    }
  }
  pointValue {
    amount
  }
  pointsDays
  redemptionsCount
  rules {
    ...RuleRow
  }
}
    fragment RuleLimits on ValidationRule {
  name
  limits {
    total
    perCustomer
    perDay
  }
  from
  until
  minimumOrder {
    amount
  }
}
fragment RuleRow on ValidationRule {
  id
  ...RuleLimits
  audience
  query
  allOf {
    id
    name
  }
  anyOf {
    id
    name
  }
  noneOf {
    id
    name
  }
}`, {"fragmentName":"CampaignRow"}) as unknown as TypedDocumentString<CampaignRowFragment, unknown>;
export const CodeRowFragmentDoc = new TypedDocumentString(`
    fragment CodeRow on PromotionCode {
  id
  code
  active
  limit
  redemptionsCount
  published
  customer {
    id
    name
    email
    sourceId
  }
  giftCard {
    amount {
      amount
    }
    balance {
      amount
    }
  }
}
    `, {"fragmentName":"CodeRow"}) as unknown as TypedDocumentString<CodeRowFragment, unknown>;
export const CodeRedemptionRowFragmentDoc = new TypedDocumentString(`
    fragment CodeRedemptionRow on CodeRedemption {
  id
  at
  code
  status
  points
  rolledBackAt
  customer {
    id
    name
    email
    sourceId
  }
  orderAmount {
    amount
  }
  discountAmount {
    amount
  }
}
    `, {"fragmentName":"CodeRedemptionRow"}) as unknown as TypedDocumentString<CodeRedemptionRowFragment, unknown>;
export const MistakeFragmentDoc = new TypedDocumentString(`
    fragment Mistake on UserError {
  field
  code
  message
}
    `, {"fragmentName":"Mistake"}) as unknown as TypedDocumentString<MistakeFragment, unknown>;
export const CampaignsDocument = new TypedDocumentString(`
    query Campaigns {
  campaigns(first: 200) {
    nodes {
      id
      name
      kind
      text
      active
      redemptionsCount
      rules {
        ...RuleLimits
      }
      codes(first: 1) {
        totalCount
      }
    }
  }
}
    fragment RuleLimits on ValidationRule {
  name
  limits {
    total
    perCustomer
    perDay
  }
  from
  until
  minimumOrder {
    amount
  }
}`) as unknown as TypedDocumentString<CampaignsQuery, CampaignsQueryVariables>;
export const CampaignDocument = new TypedDocumentString(`
    query Campaign($id: ID!) {
  campaign(by: {id: $id}) {
    ...CampaignRow
  }
}
    fragment RuleLimits on ValidationRule {
  name
  limits {
    total
    perCustomer
    perDay
  }
  from
  until
  minimumOrder {
    amount
  }
}
fragment RuleRow on ValidationRule {
  id
  ...RuleLimits
  audience
  query
  allOf {
    id
    name
  }
  anyOf {
    id
    name
  }
  noneOf {
    id
    name
  }
}
fragment CampaignRow on Campaign {
  id
  name
  kind
  text
  active
  requiresCode
  createdAt
  discount {
    percent
    amount {
      amount
    }
    maximum {
      amount
    }
  }
  pointValue {
    amount
  }
  pointsDays
  redemptionsCount
  rules {
    ...RuleRow
  }
}`) as unknown as TypedDocumentString<CampaignQuery, CampaignQueryVariables>;
export const ValidationRulesDocument = new TypedDocumentString(`
    query ValidationRules {
  validationRules(first: 1000) {
    nodes {
      ...RuleRow
    }
  }
}
    fragment RuleLimits on ValidationRule {
  name
  limits {
    total
    perCustomer
    perDay
  }
  from
  until
  minimumOrder {
    amount
  }
}
fragment RuleRow on ValidationRule {
  id
  ...RuleLimits
  audience
  query
  allOf {
    id
    name
  }
  anyOf {
    id
    name
  }
  noneOf {
    id
    name
  }
}`) as unknown as TypedDocumentString<ValidationRulesQuery, ValidationRulesQueryVariables>;
export const CampaignCodesDocument = new TypedDocumentString(`
    query CampaignCodes($id: ID!, $after: String) {
  campaign(by: {id: $id}) {
    id
    codes(first: 500, after: $after) {
      totalCount
      nodes {
        ...CodeRow
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment CodeRow on PromotionCode {
  id
  code
  active
  limit
  redemptionsCount
  published
  customer {
    id
    name
    email
    sourceId
  }
  giftCard {
    amount {
      amount
    }
    balance {
      amount
    }
  }
}`) as unknown as TypedDocumentString<CampaignCodesQuery, CampaignCodesQueryVariables>;
export const FindCodeDocument = new TypedDocumentString(`
    query FindCode($code: String!) {
  promotionCode(code: $code) {
    ...CodeRow
    campaign {
      id
    }
  }
}
    fragment CodeRow on PromotionCode {
  id
  code
  active
  limit
  redemptionsCount
  published
  customer {
    id
    name
    email
    sourceId
  }
  giftCard {
    amount {
      amount
    }
    balance {
      amount
    }
  }
}`) as unknown as TypedDocumentString<FindCodeQuery, FindCodeQueryVariables>;
export const CampaignRedemptionsDocument = new TypedDocumentString(`
    query CampaignRedemptions($id: ID!, $after: String) {
  campaign(by: {id: $id}) {
    id
    redemptions(first: 50, after: $after) {
      nodes {
        ...CodeRedemptionRow
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment CodeRedemptionRow on CodeRedemption {
  id
  at
  code
  status
  points
  rolledBackAt
  customer {
    id
    name
    email
    sourceId
  }
  orderAmount {
    amount
  }
  discountAmount {
    amount
  }
}`) as unknown as TypedDocumentString<CampaignRedemptionsQuery, CampaignRedemptionsQueryVariables>;
export const TryRedemptionDocument = new TypedDocumentString(`
    query TryRedemption($target: RedemptionTargetInput!, $customer: CustomerByInput!, $order: RedemptionOrderInput, $points: Int) {
  redemptionValidate(
    target: $target
    redeemer: {customer: $customer}
    order: $order
    points: $points
  ) {
    valid
    discountAmount {
      amount
    }
    obstacles {
      kind
      message
      rule {
        name
      }
      why {
        holds
        clauses {
          index
          depth
          kind
          holds
          text
          actual
          sentence
        }
        nearest {
          sentences
          reason
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<TryRedemptionQuery, TryRedemptionQueryVariables>;
export const CreateCampaignDocument = new TypedDocumentString(`
    mutation CreateCampaign($input: CampaignCreateInput!) {
  campaignCreate(input: $input) {
    campaign {
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
}`) as unknown as TypedDocumentString<CreateCampaignMutation, CreateCampaignMutationVariables>;
export const UpdateCampaignDocument = new TypedDocumentString(`
    mutation UpdateCampaign($input: CampaignUpdateInput!) {
  campaignUpdate(input: $input) {
    campaign {
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
}`) as unknown as TypedDocumentString<UpdateCampaignMutation, UpdateCampaignMutationVariables>;
export const DeleteCampaignDocument = new TypedDocumentString(`
    mutation DeleteCampaign($id: ID!) {
  campaignDelete(input: {id: $id}) {
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
}`) as unknown as TypedDocumentString<DeleteCampaignMutation, DeleteCampaignMutationVariables>;
export const CreateRuleDocument = new TypedDocumentString(`
    mutation CreateRule($input: ValidationRuleInput!) {
  validationRuleCreate(input: $input) {
    rule {
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
}`) as unknown as TypedDocumentString<CreateRuleMutation, CreateRuleMutationVariables>;
export const ReplaceRuleDocument = new TypedDocumentString(`
    mutation ReplaceRule($input: ValidationRuleInput!) {
  validationRuleReplace(input: $input) {
    rule {
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
}`) as unknown as TypedDocumentString<ReplaceRuleMutation, ReplaceRuleMutationVariables>;
export const DeleteRuleDocument = new TypedDocumentString(`
    mutation DeleteRule($id: ID!) {
  validationRuleDelete(input: {id: $id}) {
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
}`) as unknown as TypedDocumentString<DeleteRuleMutation, DeleteRuleMutationVariables>;
export const CreateCodeDocument = new TypedDocumentString(`
    mutation CreateCode($input: PromotionCodeCreateInput!) {
  promotionCodeCreate(input: $input) {
    code {
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
}`) as unknown as TypedDocumentString<CreateCodeMutation, CreateCodeMutationVariables>;
export const GenerateCodesDocument = new TypedDocumentString(`
    mutation GenerateCodes($input: CodesGenerateInput!) {
  promotionCodesGenerate(input: $input) {
    codes {
      id
    }
    job {
      ...JobRow
    }
    userErrors {
      ...Mistake
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
}
fragment Mistake on UserError {
  field
  code
  message
}`) as unknown as TypedDocumentString<GenerateCodesMutation, GenerateCodesMutationVariables>;
export const PublishCodesDocument = new TypedDocumentString(`
    mutation PublishCodes($input: CodesPublishInput!) {
  promotionCodesPublish(input: $input) {
    job {
      ...JobRow
    }
    userErrors {
      ...Mistake
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
}
fragment Mistake on UserError {
  field
  code
  message
}`) as unknown as TypedDocumentString<PublishCodesMutation, PublishCodesMutationVariables>;
export const PublishCodeDocument = new TypedDocumentString(`
    mutation PublishCode($input: PromotionCodePublishInput!) {
  promotionCodePublish(input: $input) {
    code {
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
}`) as unknown as TypedDocumentString<PublishCodeMutation, PublishCodeMutationVariables>;
export const UpdateCodeDocument = new TypedDocumentString(`
    mutation UpdateCode($input: PromotionCodeUpdateInput!) {
  promotionCodeUpdate(input: $input) {
    code {
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
}`) as unknown as TypedDocumentString<UpdateCodeMutation, UpdateCodeMutationVariables>;
export const IssueGiftCardDocument = new TypedDocumentString(`
    mutation IssueGiftCard($input: GiftCardIssueInput!) {
  giftCardIssue(input: $input) {
    code {
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
}`) as unknown as TypedDocumentString<IssueGiftCardMutation, IssueGiftCardMutationVariables>;
export const AddPointsDocument = new TypedDocumentString(`
    mutation AddPoints($input: LoyaltyPointsAddInput!) {
  loyaltyPointsAdd(input: $input) {
    account {
      balance
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
}`) as unknown as TypedDocumentString<AddPointsMutation, AddPointsMutationVariables>;
export const RollBackDocument = new TypedDocumentString(`
    mutation RollBack($id: ID!) {
  redemptionRollback(input: {id: $id}) {
    redemption {
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
}`) as unknown as TypedDocumentString<RollBackMutation, RollBackMutationVariables>;