// Klaviyo's export of profiles (a list or a segment, Export to CSV), with its standard columns; custom properties are reported as
// columns that are not read. The customer's id is the e-mail address or, without one, Klaviyo's id. Times are ISO 8601, in UTC.
import type { CustomersMapping } from "../mapping-of-customers.js";

const granted = ["SUBSCRIBED", "TRUE", "YES"];

export const klaviyoCustomers: CustomersMapping = {
  columns: {
    sourceId: ["Email", "Klaviyo ID"],
    name: { join: ["First Name", "Last Name"] },
    email: "Email",
    phone: "Phone Number",
    createdAt: ["Profile Created On", "Date Added"],
    birthdate: ["Birthday", "Date of Birth"],
    city: "City",
    state: "State / Region",
    postalCode: "Zip Code",
    country: ["Country Code", "Country"],
  },
  lowerCaseSourceId: true,
  consents: {
    "email marketing": { column: "Email Marketing Consent", granted },
    "SMS marketing": { column: ["SMS Marketing Consent", "SMS Consent"], granted },
  },
  metadata: {
    "klaviyo id": { column: "Klaviyo ID", type: "string" },
    company: { column: "Organization", type: "string" },
    title: { column: "Title", type: "string" },
    address: { column: "Address", type: "string" },
    "klaviyo source": { column: "Source", type: "string" },
    "last active": { column: "Last Active", type: "datetime" },
    "last open": { column: "Last Open", type: "datetime" },
    "last click": { column: "Last Click", type: "datetime" },
    tags: { column: ["Tags", "Shopify Tags"], type: "string[]" },
  },
  date: { zone: "UTC" },
  listSeparator: ",",
  ignoreLackingColumns: true,
  dropLeadingApostrophe: true,
};
