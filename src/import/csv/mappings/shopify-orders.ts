// Shopify's export of orders (admin, Orders, Export), by the columns that its help names under "Exporting orders". A row is a
// line of an order; the values of the order are in its first row only, and the other rows have its `Name` and the `Lineitem …`
// columns. Several orders may have the same name: `Id` is the order's id. The export has no customer id, so the customer's id is
// the e-mail address or, without one, the order's `Phone`, as in the mapping of customers; the phone numbers of addresses
// identify no customer. An order's amount is its `Total` (with tax and shipping, less discounts), less refunds. The file does not
// name the shop's zone: its dates have offsets.
import type { OrdersMapping } from "../mapping-of-orders.js";

export const shopifyOrders: OrdersMapping = {
  columns: {
    customer: ["Email", "Phone"],
    order: "Name",
    orderId: "Id",
    date: "Created at",
    unitPrice: "Lineitem price",
    quantity: "Lineitem quantity",
    sku: "Lineitem sku",
    productName: "Lineitem name",
    country: ["Billing Country", "Shipping Country"],
    currency: "Currency",
    total: "Total",
    refunded: "Refunded Amount",
  },
  orderOnFirstRow: true,
  lowerCaseCustomer: true,
  cancelled: [
    { column: "Cancelled at", anyValue: true },
    { column: "Financial Status", values: ["voided", "expired", "refunded", "cancelled", "canceled"] },
  ],
  statuses: [
    { column: "Fulfillment Status", values: ["fulfilled"], status: "FULFILLED" },
    { column: "Financial Status", values: ["paid", "partially_refunded"], status: "PAID" },
  ],
  metadata: {
    "order name": { column: "Name", type: "string" },
    "discount code": { column: "Discount Code", type: "string" },
    tags: { column: "Tags", type: "string[]" },
  },
  listSeparator: ",",
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
