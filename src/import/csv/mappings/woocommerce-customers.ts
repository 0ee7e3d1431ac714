// Customers of WooCommerce: the report of its own Analytics (Customers, Download), and the default CSV format of the extension
// Customer/Order/Coupon Export. The e-mail address is the customer's id. WooCommerce's own totals are separate from the totals of
// imported orders.
import type { CustomersMapping } from "../mapping-of-customers.js";

export const woocommerceCustomers: CustomersMapping = {
  columns: {
    sourceId: ["Email", "billing_email"],
    name: ["Name", "full_name", "billing_full_name"],
    email: ["Email", "billing_email"],
    phone: "billing_phone",
    createdAt: ["Sign Up", "Date registered", "date_registered"],
    city: ["City", "billing_city"],
    state: ["Region", "billing_state"],
    postalCode: ["Postal Code", "billing_postcode"],
    country: ["Country / Region", "Country", "billing_country"],
  },
  lowerCaseSourceId: true,
  metadata: {
    "woocommerce id": { column: "customer_id", type: "string" },
    "woocommerce user name": { column: ["Username", "user_name"], type: "string" },
    "woocommerce role": { column: "user_role", type: "string" },
    "woocommerce total spent": { column: ["Total Spend", "total_spent"], type: "number" },
    "woocommerce total orders": { column: ["Orders", "order_count"], type: "number" },
    "last active": { column: "Last Active", type: "datetime" },
    company: { column: "billing_company", type: "string" },
  },
  listSeparator: ",",
  ignoreLackingColumns: true,
};
