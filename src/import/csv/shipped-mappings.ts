// The mappings that come with the program, with the columns by which their files are recognised.
import type { MappedKind, MappingOf } from "./mapped-kinds.js";
import { bigcommerceCustomers } from "./mappings/bigcommerce-customers.js";
import { bigcommerceOrders } from "./mappings/bigcommerce-orders.js";
import { hubspotCustomers } from "./mappings/hubspot-customers.js";
import { klaviyoCustomers } from "./mappings/klaviyo-customers.js";
import { mailchimpCustomers } from "./mappings/mailchimp-customers.js";
import { onlineRetail } from "./mappings/online-retail.js";
import { customersByName } from "./mappings/plain-customers.js";
import { shopifyCustomers } from "./mappings/shopify-customers.js";
import { shopifyOrders } from "./mappings/shopify-orders.js";
import { stripeCustomers } from "./mappings/stripe-customers.js";
import { woocommerceCustomers } from "./mappings/woocommerce-customers.js";
import { woocommerceOrders } from "./mappings/woocommerce-orders.js";

/** A shipped mapping. */
export interface ShippedMapping<Kind extends MappedKind = MappedKind> {
  readonly kind: Kind;
  readonly name: string;
  /** The kind of its files, in words. */
  readonly title: string;
  readonly mapping: MappingOf[Kind];
  /** Sets of columns: a file that has all columns of one set is of this kind. */
  readonly signatures: readonly (readonly string[])[];
}

const customers: readonly ShippedMapping<"customers">[] = [
  {
    kind: "customers",
    name: "plain",
    title: "a list of customers",
    mapping: customersByName,
    signatures: [["source_id"]],
  },
  {
    kind: "customers",
    name: "shopify",
    title: "Shopify's export of customers",
    mapping: shopifyCustomers,
    signatures: [
      ["First Name", "Last Name", "Email", "Accepts Email Marketing", "Total Spent", "Total Orders"],
      ["First Name", "Last Name", "Email", "Accepts Marketing", "Total Spent", "Total Orders"],
    ],
  },
  {
    kind: "customers",
    name: "mailchimp",
    title: "Mailchimp's export of an audience",
    mapping: mailchimpCustomers,
    signatures: [
      ["Email Address", "MEMBER_RATING"],
      ["Email Address", "LEID", "EUID"],
    ],
  },
  {
    kind: "customers",
    name: "woocommerce",
    title: "WooCommerce's customers",
    mapping: woocommerceCustomers,
    signatures: [
      ["Name", "Username", "Email", "Orders", "Total Spend", "AOV"],
      ["customer_id", "email", "date_registered", "billing_email"],
    ],
  },
  {
    kind: "customers",
    name: "klaviyo",
    title: "Klaviyo's export of profiles",
    mapping: klaviyoCustomers,
    signatures: [
      ["Email", "Klaviyo ID"],
      ["Email", "Email Marketing Consent", "State / Region"],
    ],
  },
  {
    kind: "customers",
    name: "hubspot",
    title: "HubSpot's export of contacts",
    mapping: hubspotCustomers,
    signatures: [
      ["Record ID", "First Name", "Last Name", "Email"],
      ["Record ID - Contact", "First Name", "Last Name", "Email"],
      ["Contact ID", "First Name", "Last Name", "Email", "Lifecycle Stage"],
    ],
  },
  {
    kind: "customers",
    name: "stripe",
    title: "Stripe's export of customers",
    mapping: stripeCustomers,
    signatures: [["id", "Email", "Created (UTC)"]],
  },
  {
    kind: "customers",
    name: "bigcommerce",
    title: "BigCommerce's export of customers",
    mapping: bigcommerceCustomers,
    signatures: [
      ["Customer ID", "First Name", "Last Name", "Email", "Store Credit", "Customer Group"],
      ["Customer ID", "Customer Name", "Customer Email", "Store Credit"],
      ["Customer ID", "First Name", "Last Name", "Receive Review/Abandoned Cart Emails?"],
    ],
  },
];

const orders: readonly ShippedMapping<"orders">[] = [
  {
    kind: "orders",
    name: "online-retail",
    title: "the Online Retail data set",
    mapping: onlineRetail,
    signatures: [
      ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID"],
    ],
  },
  {
    kind: "orders",
    name: "shopify",
    title: "Shopify's export of orders",
    mapping: shopifyOrders,
    signatures: [["Name", "Email", "Financial Status", "Total", "Lineitem name", "Lineitem price"]],
  },
  {
    kind: "orders",
    name: "woocommerce",
    title: "WooCommerce's orders",
    mapping: woocommerceOrders,
    signatures: [
      ["order_id", "status", "billing_email", "order_total", "line_items"],
      ["order_id", "status", "billing_email", "order_total", "item_name"],
    ],
  },
  {
    kind: "orders",
    name: "bigcommerce",
    title: "BigCommerce's export of orders",
    mapping: bigcommerceOrders,
    signatures: [["Order ID", "Order Status", "Order Total (inc tax)", "Product Details"]],
  },
];

export const shippedMappings: {
  readonly [Kind in MappedKind]: readonly ShippedMapping<Kind>[];
} = { customers, orders };
