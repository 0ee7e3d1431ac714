// Shopify's export of orders (admin, Orders, Export), by the columns that its help names under "Exporting orders". A row is
// a line of an order; what belongs to the order stands in its first row only, the others repeat its `Name` and have the
// `Lineitem …` columns. The export has no customer's id, so a customer is known by the e-mail address or else the phone
// number, as in the mapping of customers. An order came to its `Total`, with tax and shipping and less discounts; later
// refunds are not taken off. The zone of the shop is not in the file: its dates have their offsets.
import type { OrdersMapping } from "../mapping-of-orders.js";

export const shopifyOrders: OrdersMapping = {
  columns: {
    customer: ["Email", "Phone", "Billing Phone", "Shipping Phone"],
    order: "Name",
    date: "Created at",
    unitPrice: "Lineitem price",
    quantity: "Lineitem quantity",
    sku: "Lineitem sku",
    productName: "Lineitem name",
    country: ["Billing Country", "Shipping Country"],
    currency: "Currency",
    total: "Total",
  },
  orderOnFirstRow: true,
  lowerCaseCustomer: true,
  date: { format: "yyyy-MM-dd HH:mm:ss xx" },
  cancelled: { column: "Cancelled at", anyValue: true },
  statuses: [
    { column: "Fulfillment Status", values: ["fulfilled"], status: "FULFILLED" },
    { column: "Financial Status", values: ["paid", "partially_refunded", "refunded"], status: "PAID" },
  ],
  otherStatus: "CREATED",
  newCustomer: {
    source: "shopify",
    name: ["Billing Name", "Shipping Name"],
    email: "Email",
    phone: ["Phone", "Billing Phone", "Shipping Phone"],
    city: ["Billing City", "Shipping City"],
    state: ["Billing Province Name", "Billing Province", "Shipping Province Name", "Shipping Province"],
    postalCode: ["Billing Zip", "Shipping Zip"],
  },
  ignoreLackingColumns: true,
  dropLeadingApostrophe: true,
};
