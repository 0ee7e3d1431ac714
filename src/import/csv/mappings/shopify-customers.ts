// Shopify's export of customers (admin, Customers, Export), by the columns that its help names under "Customer CSV file", in the
// current and the former spelling (`Default Address City` was `City`). The customer's id is the e-mail address, as in the export
// of orders, which has no customer id; without one, `Phone`, which Shopify keeps unique, or Shopify's id. An address's phone
// number identifies no customer, and neither does `Phone` if rows with different ids share it.
import type { CustomersMapping } from "../mapping-of-customers.js";

export const shopifyCustomers: CustomersMapping = {
  columns: {
    sourceId: ["Email", "Phone", "Customer ID"],
    name: { join: ["First Name", "Last Name"] },
    email: "Email",
    phone: ["Phone", "Default Address Phone"],
    city: ["Default Address City", "City"],
    state: ["Default Address Province Code", "Province", "Province Code"],
    postalCode: ["Default Address Zip", "Zip"],
    country: ["Default Address Country Code", "Country Code", "Country"],
  },
  apart: "Customer ID",
  lowerCaseSourceId: true,
  source: "shopify",
  consents: {
    "email marketing": ["Accepts Email Marketing", "Accepts Marketing"],
    "SMS marketing": "Accepts SMS Marketing",
  },
  // Shopify's own totals are separate from the totals of imported orders.
  metadata: {
    "shopify id": { column: "Customer ID", type: "string" },
    "shopify total spent": { column: "Total Spent", type: "number" },
    "shopify total orders": { column: "Total Orders", type: "number" },
    company: { column: ["Default Address Company", "Company"], type: "string" },
    tags: { column: "Tags", type: "string[]" },
    note: { column: "Note", type: "string" },
    "tax exempt": { column: "Tax Exempt", type: "boolean" },
  },
  listSeparator: ",",
  ignoreLackingColumns: true,
  dropLeadingApostrophe: true,
};
