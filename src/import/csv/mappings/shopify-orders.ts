// Shopify's export of orders (admin, Orders, Export), by the columns that its help names under "Exporting orders". A row is
// a line of an order; what belongs to the order is in its first row only, the others repeat its `Name` and have the
// `Lineitem …` columns. Several orders may have one name: an order is known by its `Id`. The export has no customer's id, so a customer
// is known by the e-mail address or else the order's `Phone`, as in the mapping of customers; the numbers of addresses identify no one.
// An order came to its `Total`, with tax and shipping and less discounts, less what was refunded. The zone of the shop is
// not in the file: its dates have their offsets.
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
