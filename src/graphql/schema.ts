// The GraphQL schema, built from the classes beside this file.
import "reflect-metadata"; // First: the decorators of the classes need it.
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from "graphql";
import { buildSchemaSync } from "type-graphql";
import { CustomerResolver } from "./customer/customer-resolver.js";
import { SegmentHistoryResolver } from "./history/history-resolver.js";
import { SegmentSubscriptionResolver } from "./history/subscription-resolver.js";
import { AttributeResolver } from "./project/attribute-resolver.js";
import { ProjectResolver } from "./project/project-resolver.js";
import { SegmentChangeResolver } from "./segment/segment-change-resolver.js";
import { SegmentResolver } from "./segment/segment-preview-resolver.js";
import { SegmentQueryResolver } from "./segment/segment-query-resolver.js";
import { SegmentsResolver } from "./segment/segment-resolver.js";
import { SuggestionResolver } from "./suggestion/suggestion-resolver.js";
import { WebhookResolver } from "./webhook/webhook-resolver.js";
import { WriteResolver } from "./write/write-resolver.js";

/** The schema that the service answers. */
export function graphqlSchema(): GraphQLSchema {
  return buildSchemaSync({
    resolvers: [
      SegmentResolver,
      SegmentQueryResolver,
      SegmentsResolver,
      SegmentHistoryResolver,
      SegmentChangeResolver,
      SegmentSubscriptionResolver,
      SuggestionResolver,
      WriteResolver,
      WebhookResolver,
      ProjectResolver,
      CustomerResolver,
      AttributeResolver,
    ],
    // The types of arguments are all the validation that they need.
    validate: false,
    // Subscriptions read the store. The builder asks for topics all the same.
    pubSub: {
      publish: () => undefined,
      subscribe: () => {
        throw new Error("There are no topics.");
      },
    },
  });
}

/** The schema in GraphQL's schema definition language, sorted by name so that it does not depend on the order of imports. */
export function schemaText(): string {
  return `${printSchema(lexicographicSortSchema(graphqlSchema()))}\n`;
}
