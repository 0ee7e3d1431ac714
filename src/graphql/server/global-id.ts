// Global object identification: every object has an opaque id, by which `node` finds it.
// https://relay.dev/graphql/objectidentification.htm
import { userError } from "./user-error.js";

/** The types that implement `Node`. */
export type NodeName =
  | "Customer"
  | "Order"
  | "Event"
  | "Redemption"
  | "GiftCard"
  | "LoyaltyCard"
  | "Referral"
  | "Segment"
  | "SegmentTransition"
  | "Webhook"
  | "WebhookDeadLetter"
  | "ApiKey"
  | "AuditEntry"
  | "Job"
  | "Project"
  | "ValidationRule"
  | "Campaign"
  | "PromotionCode"
  | "CodeRedemption"
  | "Distribution"
  | "Message"
  | "Source";

/** The most characters of an id. */
const maxIdLength = 2_000;

/** The id of an object. @param key the object's key in the store, unique among its type. */
export function globalId(type: NodeName, key: string): string {
  return Buffer.from(`${type}:${key}`, "utf8").toString("base64url");
}

/** The type and the key of an id; undefined if it is not a result of `globalId`. */
export function readGlobalId(id: string): { readonly type: string; readonly key: string } | undefined {
  if (id.length > maxIdLength) return undefined;
  const text = Buffer.from(id, "base64url").toString("utf8");
  const at = text.indexOf(":");
  if (at <= 0 || Buffer.from(text, "utf8").toString("base64url") !== id) return undefined;
  return { type: text.slice(0, at), key: text.slice(at + 1) };
}

/**
 * The key of an id, which must be of one type.
 * @param argument the argument with the id, for the message.
 * @throws GraphQLError `BAD_USER_INPUT`.
 */
export function keyOf(type: NodeName, id: string, argument = "id"): string {
  const read = readGlobalId(id);
  if (read?.type === type) return read.key;
  const shown = id.length > 80 ? `${id.slice(0, 80)}…` : id;
  throw userError(
    `\`${argument}\` "${shown}" is not the id of a ${type}. Use an \`id\` that the API returned.`,
  );
}
