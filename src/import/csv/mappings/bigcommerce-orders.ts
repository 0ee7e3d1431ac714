// BigCommerce's export of orders (Orders, Export all orders), by the columns of its default template: one order in each row, with
// its lines in the cell `Product Details`. The e-mail address is the customer's id. An order's amount is its total with tax, less
// refunds.
import type { OrdersMapping } from "../mapping-of-orders.js";

export const bigcommerceOrders: OrdersMapping = {
  columns: {
    customer: ["Customer Email", "Billing Email"],
    order: "Order ID",
    date: { join: ["Order Date", "Order Time"] },
    country: ["Billing Country", "Shipping Country"],
    currency: "Order Currency Code",
    total: "Order Total (inc tax)",
    refunded: "Refund Amount",
  },
  lines: {
    column: "Product Details",
    betweenLines: "|",
    betweenParts: ",",
    afterLabel: ":",
    labels: {
      productId: "Product ID",
      sku: "Product SKU",
      productName: "Product Name",
      quantity: "Product Qty",
      unitPrice: "Product Unit Price",
      lineTotal: "Product Total Price",
    },
    otherLabels: ["Product Weight", "Product Variation Details", "Product Variation"],
  },
  lowerCaseCustomer: true,
  cancelled: {
    column: "Order Status",
    values: ["Cancelled", "Canceled", "Declined", "Refunded", "Incomplete"],
  },
  statuses: [
    { column: "Order Status", values: ["Completed", "Shipped"], status: "FULFILLED" },
    {
      column: "Order Status",
      values: [
        "Awaiting Fulfillment",
        "Awaiting Shipment",
        "Awaiting Pickup",
        "Partially Shipped",
        "Partially Refunded",
      ],
      status: "PAID",
    },
  ],
  otherStatus: "CREATED",
  metadata: {
    "payment method": { column: "Payment Method", type: "string" },
    "shipping method": { column: "Ship Method", type: "string" },
  },
  newCustomer: {
    source: "bigcommerce",
    name: ["Customer Name"],
    email: ["Customer Email", "Billing Email"],
    phone: ["Customer Phone", "Billing Phone"],
    city: ["Billing Suburb", "Billing City"],
    state: "Billing State",
    postalCode: "Billing Zip",
  },
  ignoreLackingColumns: true,
};
