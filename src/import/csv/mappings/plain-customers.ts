// A plain list of customers: any of the columns named as the parts of a profile in the interchange folder, in any order, and
// `metadata.KEY` for the rest. Lists are separated by semicolons, dates are ISO 8601.
import type { CustomersMapping } from "../mapping-of-customers.js";

export const customersByName: CustomersMapping = {
  columns: {
    sourceId: ["source_id", "id"],
    name: "name",
    email: ["email", "e-mail"],
    phone: "phone",
    createdAt: "created_at",
    birthdate: "birthdate",
    city: "city",
    state: "state",
    postalCode: "postal_code",
    country: "country",
    source: "source",
    mailchimpList: "mailchimp_list",
    intercomType: "intercom_type",
    webWidgetId: "web_widget_id",
    consents: "consents",
  },
  metadataPrefix: "metadata.",
  ignoreLackingColumns: true,
};
