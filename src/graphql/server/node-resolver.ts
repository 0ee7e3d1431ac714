// Finds any object by its global id.
import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { keyDocumentId } from "../../access/keys.js";
import { findJob } from "../../jobs/jobs.js";
import { webhookKey } from "../../outbox/webhooks.js";
import { codeKey } from "../../promotions/codes.js";
import { promotionKey } from "../../promotions/names.js";
import { redemptionKey } from "../../promotions/redemptions.js";
import { ApiKeyType, AuditEntryType } from "../access/access-type.js";
import { CustomerType } from "../customer/customer-type.js";
import { recordTypes } from "../customer/record-connections.js";
import { SegmentTransitionType } from "../history/history-type.js";
import { JobObjectType } from "../job/job-type.js";
import { DistributionType } from "../messaging/distribution-type.js";
import { MessageType } from "../messaging/message-type.js";
import { ProjectType } from "../project/project-type.js";
import { CampaignType, PromotionCodeType } from "../promotion/campaign-type.js";
import { CodeRedemptionType } from "../promotion/redemption-type.js";
import { ValidationRuleType } from "../promotion/rule-type.js";
import { segmentTypeOf } from "../segment/segment-of.js";
import { SourceType } from "../source/source-type.js";
import { WebhookDeadLetterType, WebhookType } from "../webhook/webhook-type.js";
import type { RequestContext } from "./context.js";
import { costs } from "./cost.js";
import { type NodeName, readGlobalId } from "./global-id.js";
import { NodeType } from "./node-type.js";
import { userError } from "./user-error.js";

/** The most ids of one request. */
const maxNodes = 1_000;

type Find = (context: RequestContext, key: string) => Promise<NodeType | undefined>;

const finders: Readonly<Partial<Record<NodeName, Find>>> = {
  Customer: async ({ loaders }, key) => {
    const [found, { currency }] = await Promise.all([
      loaders.document("customers", key),
      loaders.definition(),
    ]);
    return found && new CustomerType(found, currency);
  },
  Order: async ({ loaders }, key) => {
    const [found, { currency }] = await Promise.all([loaders.document("orders", key), loaders.definition()]);
    return found && recordTypes.orders(found, currency);
  },
  Event: async ({ loaders }, key) => {
    const found = await loaders.document("events", key);
    return found && recordTypes.events(found);
  },
  Redemption: async ({ loaders }, key) => {
    const found = await loaders.document("redemptions", key);
    return found && recordTypes.redemptions(found);
  },
  GiftCard: async ({ loaders }, key) => {
    const [found, { currency }] = await Promise.all([
      loaders.document("gift_cards", key),
      loaders.definition(),
    ]);
    return found && recordTypes.gift_cards(found, currency);
  },
  LoyaltyCard: async ({ loaders }, key) => {
    const found = await loaders.document("loyalty", key);
    return found && recordTypes.loyalty(found);
  },
  Referral: async ({ loaders }, key) => {
    const found = await loaders.document("referrals", key);
    return found && recordTypes.referrals(found);
  },
  Segment: segmentTypeOf,
  SegmentTransition: async ({ loaders }, key) => {
    const found = await loaders.document("transitions", key);
    return found && new SegmentTransitionType(found);
  },
  Webhook: async ({ loaders, project, caller }, key) => {
    if (!caller.scopes.has("admin")) return undefined;
    const found = await loaders.document("webhooks", webhookKey(project, key));
    return found && new WebhookType(found);
  },
  WebhookDeadLetter: async ({ loaders, caller }, key) => {
    if (!caller.scopes.has("admin")) return undefined;
    const found = await loaders.document("dead_letters", key);
    return found && new WebhookDeadLetterType(found);
  },
  Source: async ({ loaders, caller }, key) => {
    if (!caller.scopes.has("admin")) return undefined;
    const found = await loaders.document("sources", key);
    return found && new SourceType(found);
  },
  ApiKey: async ({ loaders, project, caller }, key) => {
    if (!caller.scopes.has("admin")) return undefined;
    const found = await loaders.document("api_keys", keyDocumentId(project, key));
    return found?.kind === "key" ? new ApiKeyType(found) : undefined;
  },
  AuditEntry: async ({ loaders, caller }, key) => {
    if (!caller.scopes.has("admin")) return undefined;
    const found = await loaders.document("audit_entries", key);
    return found && new AuditEntryType(found);
  },
  Job: async ({ engine, project }, key) => {
    const found = await findJob(engine, project, key);
    return found && new JobObjectType(engine, found);
  },
  ValidationRule: async ({ loaders, project }, key) => {
    const found = await loaders.document("validation_rules", promotionKey(project, key));
    return found && new ValidationRuleType(found);
  },
  Campaign: async ({ loaders, project }, key) => {
    const found = await loaders.document("campaigns", promotionKey(project, key));
    return found && new CampaignType(found);
  },
  PromotionCode: async ({ loaders, project }, key) => {
    const found = await loaders.document("codes", codeKey(project, key));
    return found && new PromotionCodeType(found);
  },
  CodeRedemption: async ({ loaders, project }, key) => {
    const found = await loaders.document("code_redemptions", redemptionKey(project, key));
    return found && new CodeRedemptionType(found);
  },
  Distribution: async ({ loaders, project }, key) => {
    const found = await loaders.document("distributions", promotionKey(project, key));
    return found && new DistributionType(found);
  },
  Message: async ({ loaders }, key) => {
    const found = await loaders.document("messages", key);
    return found && new MessageType(found);
  },
  Project: async ({ loaders, project }, key) =>
    key === project ? new ProjectType(await loaders.definition()) : undefined,
};

function find(context: RequestContext, id: string): Promise<NodeType | undefined> {
  const read = readGlobalId(id);
  const finder = read && Object.hasOwn(finders, read.type) ? finders[read.type as NodeName] : undefined;
  return finder === undefined ? Promise.resolve(undefined) : finder(context, read!.key);
}

@Resolver()
export class NodeResolver {
  @Query(() => NodeType, {
    nullable: true,
    description: "The object with a global id; null if there is none.",
  })
  node(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "Global id." }) id: string,
  ): Promise<NodeType | undefined> {
    return find(context, id);
  }

  @Query(() => [NodeType], {
    nullable: "items",
    complexity: costs(10, { slicingArguments: ["ids"] }),
    description: "The objects with these global ids, in their order; null for each that does not exist.",
  })
  nodes(
    @Ctx() context: RequestContext,
    @Arg("ids", () => [ID], { description: `Global ids, up to ${maxNodes}.` }) ids: string[],
  ): Promise<readonly (NodeType | undefined)[]> {
    if (ids.length > maxNodes) throw userError(`Request ${maxNodes} nodes at most.`);
    return Promise.all(ids.map((id) => find(context, id)));
  }
}
