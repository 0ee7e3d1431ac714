// How GraphQL names a type of events: `customer.created` is CUSTOMER_CREATED.
import type { WebhookEventType } from "../../documents/outgoing-documents.js";

/** The name of a type of events in GraphQL. */
export function eventTypeName(type: WebhookEventType): string {
  return type.toUpperCase().replaceAll(".", "_");
}
