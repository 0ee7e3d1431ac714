// Intercom: contacts (leads and users) as JSON, signed with HMAC-SHA1
// (https://developers.intercom.com/docs/webhooks, https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts).
import { customerOfRow, type GivenRow } from "../../import/csv/given-rows.js";
import type { CustomersMapping } from "../../import/csv/mapping-of-customers.js";
import {
  type DeliveredChange,
  type Delivery,
  DeliveryError,
  type ReadingContext,
  type Vendor,
} from "../delivery.js";
import {
  cell,
  contentId,
  instantOfSeconds,
  jsonOf,
  needed,
  objectOf,
  type PayloadFields,
  typesOf,
  unknownFields,
  withMetadata,
} from "../payload.js";
import { isSigned } from "../secrets.js";

/**
 * A contact is known by its e-mail address, as in the mappings of imports; a lead without one by its id. That a contact has not
 * unsubscribed is no consent, but that one has withdraws it.
 */
const contacts: CustomersMapping = {
  columns: {
    sourceId: ["email", "id"],
    name: "name",
    email: "email",
    phone: "phone",
    createdAt: "created_at",
    city: "city",
    state: "region",
    country: "country",
    intercomType: "role",
  },
  lowerCaseSourceId: true,
  consents: { "email marketing": { column: "unsubscribed", anyValue: false } },
  metadata: {
    "intercom id": { column: "id", type: "string" },
    "intercom external id": { column: "external_id", type: "string" },
  },
  ignoreLackingColumns: true,
};

const signaturePrefix = "sha1=";
/** By the versions of the API. */
const archivedTopics: ReadonlySet<string> = new Set(["contact.archived", "contact.archive"]);

export const intercom: Vendor = {
  title: "Intercom",
  origin: "intercom",
  needs: {
    consents: Object.keys(contacts.consents ?? {}),
    metadataSchema: typesOf(contacts.metadata),
    orderMetadataSchema: {},
  },
  verify: ({ body, header }, secrets) => {
    const written = header("x-hub-signature") ?? "";
    const signature = written.startsWith(signaturePrefix) ? written.slice(signaturePrefix.length) : "";
    return isSigned(secrets, body, signature.toLowerCase(), "sha1", "hex");
  },
  identify: ({ body }) => {
    const fields = jsonOf(body);
    return { topic: needed(fields, "topic"), id: cell(fields.id) || contentId(body) };
  },
  read: async (delivery, context) => changesOf(delivery, context),
};

function changesOf({ body }: Delivery, context: ReadingContext): readonly DeliveredChange[] {
  const fields = jsonOf(body);
  const topic = needed(fields, "topic");
  if (!topic.startsWith("contact.")) return [];
  const item = objectOf(objectOf(fields.data)?.item);
  if (item === undefined) throw new DeliveryError("The body has no `data.item`.");
  // Of other types are the tags and the subscriptions of a contact.
  if (cell(item.type) !== "contact") return [];
  const id = needed(item, "id", "data.item.id");
  const sentAt = instantOfSeconds(fields.created_at, "created_at");
  if (topic === "contact.deleted") return [{ kind: "erasure", id, at: sentAt }];
  // The delivery of an archived contact has nothing but its ids.
  if (archivedTopics.has(topic) || !("role" in item)) return [];
  const at = "updated_at" in item ? instantOfSeconds(item.updated_at, "data.item.updated_at") : sentAt;
  return [contactChange(item, id, at, context)];
}

function contactChange(
  item: PayloadFields,
  id: string,
  at: number,
  context: ReadingContext,
): DeliveredChange {
  const { source, definition, now } = context;
  const patch = customerOfRow(contacts, contactRow(item), { definition, label: "The delivery", now });
  const unknown = source.keep_unknown
    ? {
        ...unknownFields(item, contactFields, "intercom"),
        ...unknownFields(objectOf(item.custom_attributes) ?? {}, new Set(), "intercom"),
      }
    : {};
  return { kind: "customer", id, at, patch: withMetadata(patch, unknown) };
}

/** The fields of a contact that its row has, and those about the workspace. */
const contactFields: ReadonlySet<string> = new Set([
  ...[
    "type",
    "id",
    "workspace_id",
    "external_id",
    "role",
    "email",
    "phone",
    "name",
    "created_at",
    "updated_at",
  ],
  ...["unsubscribed_from_emails", "location", "custom_attributes", "formatted_phone", "email_domain"],
]);

function contactRow(item: PayloadFields): GivenRow {
  const location = objectOf(item.location);
  const has = (name: string) => (name in item ? { [name]: cell(item[name]) } : {});
  return {
    id: cell(item.id),
    role: cell(item.role),
    ...has("external_id"),
    ...has("email"),
    ...has("phone"),
    ...has("name"),
    ...("created_at" in item
      ? { created_at: new Date(instantOfSeconds(item.created_at, "data.item.created_at")).toISOString() }
      : {}),
    ...(location === undefined
      ? {}
      : { city: cell(location.city), region: cell(location.region), country: cell(location.country) }),
    ...(item.unsubscribed_from_emails === true ? { unsubscribed: "yes" } : {}),
  };
}
