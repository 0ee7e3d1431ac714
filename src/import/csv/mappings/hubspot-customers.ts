// HubSpot's export of contacts (Contacts, Export, by the properties' labels). The customer's id is the e-mail address or, without
// one, the record's id. Times are in the account's zone, which the file does not name: the project's zone is used.
import type { CustomersMapping } from "../mapping-of-customers.js";

export const hubspotCustomers: CustomersMapping = {
  columns: {
    sourceId: ["Email", "Record ID", "Record ID - Contact", "Contact ID"],
    name: { join: ["First Name", "Last Name"] },
    email: "Email",
    phone: ["Phone Number", "Mobile Phone Number"],
    createdAt: "Create Date",
    birthdate: ["Date of birth", "Birthday"],
    city: "City",
    state: "State/Region",
    postalCode: ["Postal Code", "Zip"],
    country: ["Country/Region", "Country"],
  },
  lowerCaseSourceId: true,
  consents: {
    "email marketing": [
      { column: "Unsubscribed from all email", granted: ["No", "False"] },
      { column: "Marketing contact status", granted: ["Marketing contact"] },
    ],
  },
  metadata: {
    "hubspot id": { column: ["Record ID", "Record ID - Contact", "Contact ID"], type: "string" },
    company: { column: ["Company Name", "Primary Company", "Associated Company"], type: "string" },
    title: { column: "Job Title", type: "string" },
    "lifecycle stage": { column: "Lifecycle Stage", type: "string" },
    "lead status": { column: "Lead Status", type: "string" },
    "contact owner": { column: "Contact owner", type: "string" },
    "last activity": { column: "Last Activity Date", type: "datetime" },
    "original source": { column: "Original Source", type: "string" },
  },
  listSeparator: ";",
  ignoreLackingColumns: true,
};
