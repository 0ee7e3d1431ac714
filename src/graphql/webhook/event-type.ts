// The types of events as GraphQL names them.
import { registerEnumType } from "type-graphql";
import type { WebhookEventType } from "../../documents/outgoing-documents.js";
import { eventTypeName } from "./event-name.js";

const descriptions: Readonly<Record<WebhookEventType, string>> = {
  "customer.segment.entered": "A customer entered a segment.",
  "customer.segment.left": "A customer left a segment.",
  "customer.created": "A customer was added.",
  "customer.updated": "The profile of a customer changed.",
  "customer.erased": "A customer was erased: erase your copy.",
  "customer.events.skipped":
    "A customer changed so often at once that events were left out: read the customer again. Received with every other type that is no entry or exit.",
  "order.created": "An order was added.",
  "order.updated": "An order changed.",
  "order.deleted": "An order was deleted.",
  "redemption.succeeded": "A code or a campaign was redeemed.",
  "redemption.rolled_back": "A redemption was taken back.",
  "distribution.started": "A distribution was started.",
  "distribution.finished": "A distribution ended: nothing more is sent.",
  "message.sent": "The receiver accepted a message to a customer.",
  "message.failed": "A message to a customer was refused, or not accepted at any attempt.",
};

const named = Object.entries(descriptions).map(
  ([type, description]) => [eventTypeName(type as WebhookEventType), type, description] as const,
);

export const webhookEventEnumeration = Object.fromEntries(named.map(([name, type]) => [name, type]));

registerEnumType(webhookEventEnumeration, {
  name: "WebhookEventType",
  description: "What webhooks receive. `schema/events/` has the JSON Schema of each.",
  valuesConfig: Object.fromEntries(named.map(([name, , description]) => [name, { description }])),
});
