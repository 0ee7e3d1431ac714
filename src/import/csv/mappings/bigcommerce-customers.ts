// BigCommerce's export of customers (Customers, Export), by the columns of its built-in templates. The e-mail address is the
// customer's id; the first address is the customer's. The order of day and month in dates is a setting of the shop, and is
// detected.
import type { CustomersMapping } from "../mapping-of-customers.js";

export const bigcommerceCustomers: CustomersMapping = {
  columns: {
    sourceId: ["Email", "Customer Email", "Email Address", "Customer ID"],
    name: { join: ["Customer Name", "First Name", "Last Name"] },
    email: ["Email", "Customer Email", "Email Address"],
    phone: ["Phone", "Customer Phone", "Address Phone - 1"],
    createdAt: ["Date Joined", "Date Created"],
    city: ["Address City - 1", "Address City"],
    state: ["Address State - 1", "Address State"],
    postalCode: ["Address Zip - 1", "Address Zip"],
    country: ["Address Country - 1", "Address Country"],
  },
  lowerCaseSourceId: true,
  source: "bigcommerce",
  consents: {
    "email marketing": ["Receive Marketing Emails?", "Receive Review/Abandoned Cart Emails?"],
  },
  metadata: {
    "bigcommerce id": { column: "Customer ID", type: "string" },
    company: { column: "Company", type: "string" },
    "customer group": { column: ["Customer Group", "Customer Group Name"], type: "string" },
    "store credit": { column: "Store Credit", type: "number" },
    note: { column: ["Notes", "Customer Notes"], type: "string" },
    "tax exempt category": { column: "Tax Exempt Category", type: "string" },
  },
  ignoreLackingColumns: true,
};
