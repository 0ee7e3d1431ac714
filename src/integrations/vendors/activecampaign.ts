// ActiveCampaign: contacts and their tags as forms, with the secret in the address
// (https://developers.activecampaign.com/page/webhooks).
import { customerOfRow, type GivenRow } from "../../import/csv/given-rows.js";
import type { CustomersMapping } from "../../import/csv/mapping-of-customers.js";
import { normaliseText } from "../../plan/text.js";
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
  formOf,
  instantOf,
  needed,
  objectOf,
  type PayloadFields,
  typesOf,
  unknownFields,
  withMetadata,
} from "../payload.js";
import { isSecret } from "../secrets.js";

/** A contact is known by its e-mail address, as in the mappings of imports. */
const contacts: CustomersMapping = {
  columns: {
    sourceId: ["email", "id"],
    name: { join: ["first_name", "last_name"] },
    email: "email",
    phone: "phone",
  },
  lowerCaseSourceId: true,
  consents: { "email marketing": "subscribed" },
  metadata: {
    "activecampaign id": { column: "id", type: "string" },
    company: { column: "orgname", type: "string" },
    tags: { column: "tags", type: "string[]" },
  },
  listSeparator: ",",
  ignoreLackingColumns: true,
};

export const activecampaign: Vendor = {
  title: "ActiveCampaign",
  origin: "activecampaign",
  needs: {
    consents: Object.keys(contacts.consents ?? {}),
    metadataSchema: typesOf(contacts.metadata),
    orderMetadataSchema: {},
  },
  verify: ({ urlSecret }, secrets) => isSecret(secrets, urlSecret ?? ""),
  identify: ({ body }) => ({ topic: needed(formOf(body), "type"), id: contentId(body) }),
  read: async (delivery, context) => changesOf(delivery, context),
};

function changesOf({ body }: Delivery, context: ReadingContext): readonly DeliveredChange[] {
  const form = formOf(body);
  const at = instantOf(needed(form, "date_time"), "date_time");
  const contact = objectOf(form.contact);
  switch (needed(form, "type")) {
    case "subscribe":
      return [contactChange(contact, at, { subscribed: "yes" }, context, new Date(at).toISOString())];
    case "unsubscribe":
      return [contactChange(contact, at, { subscribed: "no" }, context)];
    case "update":
    case "contact_update":
    case "contact_add":
      return [contactChange(contact, at, {}, context)];
    case "contact_tag_added":
      return [contactChange(contact, at, tagsWith(contact, cell(form.tag), true), context)];
    case "contact_tag_removed":
      return [contactChange(contact, at, tagsWith(contact, cell(form.tag), false), context)];
    // Any other type is about a campaign, a deal or a list.
    default:
      return [];
  }
}

/** The contact's tags, of which the delivery may still have those from before. */
function tagsWith(contact: PayloadFields | undefined, tag: string, isAdded: boolean): GivenRow {
  if (contact === undefined || !("tags" in contact)) return {};
  const others = cell(contact.tags)
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "" && normaliseText(each) !== normaliseText(tag));
  return { tags: [...others, ...(isAdded && tag !== "" ? [tag] : [])].join(", ") };
}

function contactChange(
  contact: PayloadFields | undefined,
  at: number,
  stated: GivenRow,
  { source, definition, now }: ReadingContext,
  since?: string,
): DeliveredChange {
  if (contact === undefined) throw new DeliveryError("The body has no `contact`.");
  const id = needed(contact, "id", "contact[id]");
  const row = { ...contactRow(contact), ...stated };
  const patch = customerOfRow(contacts, row, { definition, label: "The delivery", now });
  const own = objectOf(contact.fields) ?? {};
  const unknown = source.keep_unknown
    ? {
        ...unknownFields(contact, contactFields, "activecampaign"),
        ...unknownFields(own, new Set(), "activecampaign"),
      }
    : {};
  return {
    kind: "customer",
    id,
    at,
    patch: withMetadata(patch, unknown),
    ...(since === undefined ? {} : { since }),
  };
}

/** The fields of a contact that its row has, and the address of its machine, which is no fact about it. */
const contactFields: ReadonlySet<string> = new Set([
  ...["id", "email", "first_name", "last_name", "phone", "orgname", "tags", "fields", "ip", "ip4"],
]);

function contactRow(contact: PayloadFields): GivenRow {
  const has = (name: string) => (name in contact ? { [name]: cell(contact[name]) } : {});
  return {
    id: cell(contact.id),
    ...has("email"),
    ...has("first_name"),
    ...has("last_name"),
    ...has("phone"),
    ...has("orgname"),
    ...has("tags"),
  };
}
