// Stripe's export of customers (Customers, Export). The customer's id is the e-mail address or, without one, Stripe's id (several
// Stripe customers may have the same address: they become one, and the summary reports their lines). Times are in UTC. Stripe's
// own totals are separate from the totals of imported orders. Columns that end with `(metadata)` are metadata.
import type { CustomersMapping } from "../mapping-of-customers.js";

export const stripeCustomers: CustomersMapping = {
  columns: {
    sourceId: ["Email", "id"],
    name: ["Name", "Customer Name", "Shipping Name", "Card Name"],
    email: "Email",
    phone: ["Phone", "Shipping Phone"],
    createdAt: ["Created (UTC)", "Created"],
    city: ["Address City", "Card Address City", "Shipping Address City"],
    state: ["Address State", "Card Address State", "Shipping Address State"],
    postalCode: ["Address Postal Code", "Card Address Zip", "Shipping Address Postal Code"],
    country: ["Address Country", "Card Address Country", "Shipping Address Country"],
  },
  lowerCaseSourceId: true,
  metadata: {
    "stripe id": { column: "id", type: "string" },
    description: { column: "Description", type: "string" },
    delinquent: { column: "Delinquent", type: "boolean" },
    plan: { column: "Plan", type: "string" },
    "subscription status": { column: "Status", type: "string" },
    "stripe total spent": { column: "Total Spend", type: "number" },
    "stripe total payments": { column: "Payment Count", type: "number" },
    "stripe refunded": { column: "Refunded Volume", type: "number" },
    "stripe currency": { column: "Currency", type: "string" },
  },
  metadataSuffix: " (metadata)",
  date: { zone: "UTC" },
  ignoreLackingColumns: true,
};
