// The GraphQL schema, built from the classes of this folder.
import "reflect-metadata"; // First: the decorators of the classes need it.
import { type GraphQLSchema, isInputObjectType, specifiedDirectives } from "graphql";
import { buildSchemaSync } from "type-graphql";
import { AccessResolver } from "./access/access-resolver.js";
import { CustomerRelations } from "./customer/customer-relations.js";
import { CustomerResolver } from "./customer/customer-resolver.js";
import { SegmentHistoryResolver } from "./history/history-resolver.js";
import { SegmentSubscriptionResolver } from "./history/subscription-resolver.js";
import { AudienceResolver } from "./job/audience-resolver.js";
import { JobResolver } from "./job/job-resolver.js";
import { JobSubscriptionResolver } from "./job/job-subscription.js";
import { MessagingResolver } from "./messaging/messaging-resolver.js";
import { printWithCosts } from "./print-schema.js";
import { AttributeResolver } from "./project/attribute-resolver.js";
import { ProjectResolver } from "./project/project-resolver.js";
import { BalanceResolver } from "./promotion/balance-resolver.js";
import { CampaignResolver } from "./promotion/campaign-resolver.js";
import { CampaignRelations, RedemptionResolver } from "./promotion/redemption-resolver.js";
import { ValidationRuleResolver } from "./promotion/rule-resolver.js";
import { SegmentChangeResolver } from "./segment/segment-change-resolver.js";
import { SegmentResolver } from "./segment/segment-preview-resolver.js";
import { SegmentQueryResolver } from "./segment/segment-query-resolver.js";
import { SegmentRelations } from "./segment/segment-relations.js";
import { SegmentsResolver } from "./segment/segment-resolver.js";
import { costDirective, listSizeDirective } from "./server/cost.js";
import { NodeResolver } from "./server/node-resolver.js";
import { traceRootFields } from "./server/tracing.js";
import { SourceResolver } from "./source/source-resolver.js";
import { SuggestionResolver } from "./suggestion/suggestion-resolver.js";
import { WebhookResolver } from "./webhook/webhook-resolver.js";
import { CustomerMutations } from "./write/customer-mutations.js";
import { recordResolvers } from "./write/record-resolvers.js";
import { TrackResolver } from "./write/track-resolver.js";

/** Inputs with exactly one given field: `@oneOf`, which type-graphql does not support. */
const oneOfInputs = [
  "CustomerByInput",
  "SegmentByInput",
  "RecordByInput",
  "MoneyInput",
  "StaticMembersInput",
  "ImportMappingInput",
  "AudienceSelectionInput",
  "PromotionByInput",
  "DiscountInput",
  "RedemptionTargetInput",
  "RedeemerInput",
  "DistributionByInput",
  "DistributionTriggerInput",
];

const rootDescriptions: Readonly<Record<string, string>> = {
  Query: "Reads. All of them are about the project that the request names in a header.",
  Mutation: "Writes. Mistakes in the input are returned as `userErrors`; nothing is written then.",
  Subscription: "Changes, delivered as they happen, over a websocket.",
};

let built: GraphQLSchema | undefined;

/** The schema of the service: one for all servers of the process. */
export function graphqlSchema(): GraphQLSchema {
  built ??= buildSchema();
  return built;
}

function buildSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      NodeResolver,
      SegmentResolver,
      SegmentQueryResolver,
      SegmentsResolver,
      SegmentRelations,
      SegmentHistoryResolver,
      SegmentChangeResolver,
      SegmentSubscriptionResolver,
      SuggestionResolver,
      CustomerMutations,
      ...recordResolvers,
      WebhookResolver,
      SourceResolver,
      ProjectResolver,
      CustomerResolver,
      CustomerRelations,
      AttributeResolver,
      AccessResolver,
      TrackResolver,
      JobResolver,
      JobSubscriptionResolver,
      AudienceResolver,
      ValidationRuleResolver,
      CampaignResolver,
      BalanceResolver,
      RedemptionResolver,
      CampaignRelations,
      MessagingResolver,
    ],
    directives: [...specifiedDirectives, costDirective, listSizeDirective],
    // Arguments need no validation beyond their types.
    validate: false,
    // Subscriptions read the store, but type-graphql requires a pub-sub nevertheless.
    pubSub: {
      publish: () => undefined,
      subscribe: () => {
        throw new Error("There are no topics.");
      },
    },
  });
  for (const name of oneOfInputs) {
    const type = schema.getType(name);
    if (!isInputObjectType(type)) throw new Error(`There is no input type ${name}.`);
    type.isOneOf = true;
  }
  for (const [name, description] of Object.entries(rootDescriptions)) {
    const type = schema.getType(name);
    if (type) type.description = description;
  }
  traceRootFields(schema);
  return schema;
}

/** The schema in GraphQL's schema definition language, sorted by name so that it does not depend on the order of imports. */
export function schemaText(): string {
  return printWithCosts(graphqlSchema());
}
