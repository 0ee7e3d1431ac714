// Orders of WooCommerce by the extension Customer/Order/Coupon Export, in its default CSV format (all lines of an order in the
// cell `line_items`) and in the format with a row for each line (`item_name`, `item_quantity`, …). The report of orders of
// WooCommerce's own Analytics identifies customers only by their names, and can't be read. The billing e-mail address is the
// customer's id. An order's amount is its `order_total` less `refunded_total`. Dates are in the site's zone, which the file does
// not name: the project's zone is used.
import type { OrdersMapping } from "../mapping-of-orders.js";

export const woocommerceOrders: OrdersMapping = {
  columns: {
    customer: ["billing_email", "customer_email"],
    order: "order_id",
    date: ["date", "order_date"],
    lineTotal: "item_total",
    quantity: "item_quantity",
    sku: "item_sku",
    productName: "item_name",
    productId: "item_product_id",
    country: ["billing_country", "shipping_country"],
    currency: "order_currency",
    total: "order_total",
    refunded: "refunded_total",
  },
  lines: {
    column: "line_items",
    betweenLines: ";",
    betweenParts: "|",
    afterLabel: ":",
    labels: {
      productId: "product_id",
      sku: "sku",
      productName: "name",
      quantity: "quantity",
      lineTotal: "total",
    },
    otherLabels: ["id", "subtotal", "subtotal_tax", "total_tax", "tax", "refunded", "refunded_qty", "meta"],
  },
  lowerCaseCustomer: true,
  cancelled: {
    column: ["status", "order_status"],
    values: ["cancelled", "failed", "refunded", "trash", "wc-cancelled", "wc-failed", "wc-refunded"],
  },
  statuses: [
    { column: ["status", "order_status"], values: ["completed", "wc-completed"], status: "FULFILLED" },
    { column: ["status", "order_status"], values: ["processing", "wc-processing"], status: "PAID" },
  ],
  otherStatus: "CREATED",
  metadata: {
    "order number": { column: ["order_number_formatted", "order_number"], type: "string" },
    "payment method": { column: "payment_method", type: "string" },
  },
  newCustomer: {
    source: "import",
    name: { join: ["billing_first_name", "billing_last_name"] },
    email: "billing_email",
    phone: "billing_phone",
    city: "billing_city",
    state: "billing_state",
    postalCode: "billing_postcode",
  },
  ignoreLackingColumns: true,
};
