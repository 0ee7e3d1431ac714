// Mailchimp: contacts of audiences as forms, with the secret in the address
// (https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks). A contact becomes a row of Mailchimp's export,
// which the mapping of imports reads. A contact is known by its e-mail address, as in the export: some deliveries have nothing
// else.
import { customerOfRow, type GivenRow } from "../../import/csv/given-rows.js";
import type { CustomersMapping } from "../../import/csv/mapping-of-customers.js";
import { mailchimpCustomers } from "../../import/csv/mappings/mailchimp-customers.js";
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

/** With what the export lacks: the list, and the parts of an address. The time of a subscription is not that of the customer. */
const contacts: CustomersMapping = {
  ...mailchimpCustomers,
  columns: {
    ...mailchimpCustomers.columns,
    createdAt: "OPTIN_TIME",
    city: "City",
    state: ["State", "REGION"],
    postalCode: "Zip",
    country: ["Country", "CC"],
    mailchimpList: "List",
  },
};

export const mailchimp: Vendor = {
  title: "Mailchimp",
  origin: "mailchimp",
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
  const topic = needed(form, "type");
  const at = instantOf(needed(form, "fired_at"), "fired_at");
  const data = objectOf(form.data);
  if (data === undefined) throw new DeliveryError("The body has no `data`.");
  const time = new Date(at).toISOString();
  switch (topic) {
    case "subscribe":
      return [contactChange(data, at, { CONFIRM_TIME: time }, context, time)];
    case "profile":
      return [contactChange(data, at, {}, context)];
    case "unsubscribe":
      return [contactChange(data, at, { UNSUB_TIME: time, UNSUB_REASON: cell(data.reason) }, context)];
    case "cleaned":
      return [contactChange(data, at, { CLEAN_TIME: time }, context)];
    case "upemail": {
      const [before, after] = [
        needed(data, "old_email", "data[old_email]"),
        needed(data, "new_email", "data[new_email]"),
      ];
      const patch = { source_id: normaliseText(before), email: after };
      return [{ kind: "customer", id: normaliseText(after), formerId: normaliseText(before), at, patch }];
    }
    // Any other topic is about no contact.
    default:
      return [];
  }
}

/** @param consent the columns that state the contact's consent; none if the delivery says nothing of it. */
function contactChange(
  data: PayloadFields,
  at: number,
  consent: GivenRow,
  { source, definition, now }: ReadingContext,
  since?: string,
): DeliveredChange {
  const email = needed(data, "email", "data[email]");
  const merges = objectOf(data.merges) ?? {};
  const row = { ...contactRow(email, data, merges), ...consent };
  const patch = customerOfRow(contacts, row, { definition, label: "The delivery", now });
  const lower = Object.fromEntries(Object.entries(merges).map(([tag, value]) => [tag.toLowerCase(), value]));
  const unknown = source.keep_unknown ? unknownFields(lower, knownMerges, "mailchimp") : {};
  return {
    kind: "customer",
    id: normaliseText(email),
    at,
    patch: withMetadata(patch, unknown),
    ...(since === undefined ? {} : { since }),
  };
}

const knownMerges: ReadonlySet<string> = new Set(["email", "fname", "lname", "phone", "birthday", "address"]);

/** The row of Mailchimp's export. Fields that the payload lacks have no column: they say nothing. */
function contactRow(email: string, data: PayloadFields, merges: PayloadFields): GivenRow {
  const address = objectOf(merges.ADDRESS);
  const has = (tag: string, column: string) => (tag in merges ? { [column]: cell(merges[tag]) } : {});
  return {
    "Email Address": email,
    ...has("FNAME", "First Name"),
    ...has("LNAME", "Last Name"),
    ...has("PHONE", "Phone Number"),
    ...has("BIRTHDAY", "Birthday"),
    ...(address === undefined
      ? has("ADDRESS", "Address")
      : {
          City: cell(address.city),
          State: cell(address.state),
          Zip: cell(address.zip),
          Country: cell(address.country),
        }),
    ...("list_id" in data ? { List: cell(data.list_id) } : {}),
    ...("web_id" in data ? { LEID: cell(data.web_id) } : {}),
  };
}
