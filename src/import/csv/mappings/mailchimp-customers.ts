// Mailchimp's export of an audience (Audience, Export): its fixed columns, and those of new audiences. The export is a zip
// archive with one file each for subscribed, unsubscribed, cleaned and non-subscribed contacts; all have these columns. The
// e-mail address is the customer's id. Times are in UTC; a birthday is MM/DD, without a year. A contact who unsubscribed or was
// cleaned has withdrawn the consent to e-mail; one with a confirmed subscription has granted it.
import type { CustomersMapping } from "../mapping-of-customers.js";

export const mailchimpCustomers: CustomersMapping = {
  columns: {
    sourceId: "Email Address",
    name: { join: ["First Name", "Last Name"] },
    email: "Email Address",
    phone: ["Phone Number", "SMS Phone Number"],
    createdAt: ["OPTIN_TIME", "CONFIRM_TIME"],
    birthdate: { column: "Birthday", format: ["MM/dd", "M/d", "MM/dd/yyyy", "iso"] },
    state: "REGION",
    country: "CC",
  },
  lowerCaseSourceId: true,
  source: "mailchimp",
  consents: {
    "email marketing": [
      { column: ["UNSUB_TIME", "CLEAN_TIME"], anyValue: false },
      { column: "CONFIRM_TIME", anyValue: true },
    ],
  },
  metadata: {
    "mailchimp rating": { column: "MEMBER_RATING", type: "number" },
    "mailchimp id": { column: "LEID", type: "string" },
    address: { column: "Address", type: "string" },
    tags: { column: "TAGS", type: "string[]" },
    note: { column: "NOTES", type: "string" },
    "unsubscribe reason": { column: "UNSUB_REASON", type: "string" },
  },
  date: { zone: "UTC" },
  listSeparator: ",",
  ignoreLackingColumns: true,
};
