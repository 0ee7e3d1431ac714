// Shopify: customers and orders as JSON, signed with HMAC-SHA256
// (https://shopify.dev/docs/apps/build/webhooks/subscribe/https, https://shopify.dev/docs/api/webhooks). A record becomes rows of
// Shopify's export, which the mappings of imports read.
import { decimalOf, readDecimal, roundTo } from "../../facts/decimal.js";
import { customerOfRow, type GivenRow, orderOfRows } from "../../import/csv/given-rows.js";
import type { CustomersMapping } from "../../import/csv/mapping-of-customers.js";
import type { OrdersMapping } from "../../import/csv/mapping-of-orders.js";
import { shopifyCustomers } from "../../import/csv/mappings/shopify-customers.js";
import { shopifyOrders } from "../../import/csv/mappings/shopify-orders.js";
import {
  type DeliveredChange,
  type Delivery,
  DeliveryError,
  type ReadingContext,
  type Vendor,
} from "../delivery.js";
import {
  cell,
  contentId,
  instantOf,
  jsonOf,
  needed,
  objectOf,
  objectsOf,
  type PayloadFields,
  typesOf,
  unknownFields,
  withMetadata,
} from "../payload.js";
import { isSigned } from "../secrets.js";

/** With what the export lacks. */
const customers: CustomersMapping = {
  ...shopifyCustomers,
  columns: { ...shopifyCustomers.columns, createdAt: "Created at" },
};
/** The customer of an order may have neither an e-mail address nor a telephone, as in the mapping of customers. */
const orders: OrdersMapping = {
  ...shopifyOrders,
  columns: { ...shopifyOrders.columns, customer: ["Email", "Phone", "Customer ID"] },
};

export const shopify: Vendor = {
  title: "Shopify",
  origin: "shopify",
  restatesConsents: true,
  needs: {
    consents: Object.keys(customers.consents ?? {}),
    metadataSchema: typesOf(customers.metadata),
    orderMetadataSchema: typesOf(orders.metadata),
  },
  verify: ({ body, header }, secrets) =>
    isSigned(secrets, body, header("x-shopify-hmac-sha256") ?? "", "sha256", "base64"),
  identify: (delivery) => {
    const topic = delivery.header("x-shopify-topic");
    if (topic === undefined || topic === "")
      throw new DeliveryError("The header X-Shopify-Topic is missing.");
    return { topic, id: delivery.header("x-shopify-webhook-id") ?? contentId(topic, delivery.body) };
  },
  read: async (delivery, context) => changesOf(delivery, context),
};

function changesOf(delivery: Delivery, context: ReadingContext): readonly DeliveredChange[] {
  const topic = delivery.header("x-shopify-topic") ?? "";
  const fields = jsonOf(delivery.body);
  switch (topic) {
    case "customers/create":
    case "customers/update":
    case "customers/enable":
    case "customers/disable":
      return [customerChange(fields, context)];
    case "customers/delete":
      return [erasure(fields, delivery, context)];
    case "customers/redact": {
      const customer = objectOf(fields.customer);
      if (customer === undefined) throw new DeliveryError("The body has no `customer`.");
      const orders: readonly unknown[] = Array.isArray(fields.orders_to_redact)
        ? fields.orders_to_redact
        : [];
      const at = triggeredAt(delivery, context);
      return [
        erasure(customer, delivery, context),
        ...orders.map((id): DeliveredChange => ({ kind: "order removal", id: needed({ id }, "id"), at })),
      ];
    }
    case "orders/create":
    case "orders/updated":
    case "orders/cancelled":
    case "orders/paid":
    case "orders/fulfilled":
      return [orderChange(fields, context)];
    case "orders/delete":
      return [{ kind: "order removal", id: needed(fields, "id"), at: triggeredAt(delivery, context) }];
    // Any other topic is about neither customers nor orders.
    default:
      return [];
  }
}

function customerChange(fields: PayloadFields, { source, definition, now }: ReadingContext): DeliveredChange {
  const id = needed(fields, "id");
  const at = instantOf(needed(fields, "updated_at"), "updated_at");
  const patch = customerOfRow(customers, customerRow(fields), { definition, label: "The delivery", now });
  const unknown = source.keep_unknown ? unknownFields(fields, customerFields, "shopify") : {};
  return { kind: "customer", id, at, patch: withMetadata(patch, unknown) };
}

/** The fields of a customer that its row has, and those that repeat them. */
const customerFields: ReadonlySet<string> = new Set([
  ...["id", "admin_graphql_api_id", "email", "phone", "first_name", "last_name", "created_at", "updated_at"],
  ...["default_address", "addresses", "note", "tags", "tax_exempt", "total_spent", "orders_count"],
  ...["email_marketing_consent", "sms_marketing_consent", "accepts_marketing"],
  ...["accepts_marketing_updated_at", "marketing_opt_in_level"],
]);

/** The row of Shopify's export of customers. Fields that the payload lacks have no column: they say nothing. */
function customerRow(fields: PayloadFields): GivenRow {
  const address = objectOf(fields.default_address) ?? objectsOf(fields.addresses)[0];
  const has = (name: string, column: string, value: unknown = fields[name]) =>
    name in fields ? { [column]: cell(value) } : {};
  return {
    "Customer ID": cell(fields.id),
    ...has("email", "Email"),
    ...has("phone", "Phone"),
    ...has("first_name", "First Name"),
    ...has("last_name", "Last Name"),
    ...has("created_at", "Created at"),
    ...has("note", "Note"),
    ...has("tags", "Tags"),
    ...has("tax_exempt", "Tax Exempt"),
    ...has("total_spent", "Total Spent"),
    ...has("orders_count", "Total Orders"),
    ...has("accepts_marketing", "Accepts Marketing"),
    ...has(
      "email_marketing_consent",
      "Accepts Email Marketing",
      isSubscribed(fields.email_marketing_consent),
    ),
    ...has("sms_marketing_consent", "Accepts SMS Marketing", isSubscribed(fields.sms_marketing_consent)),
    ...("default_address" in fields || "addresses" in fields
      ? {
          "Default Address City": cell(address?.city),
          "Default Address Province Code": cell(address?.province_code) || cell(address?.province),
          "Default Address Zip": cell(address?.zip),
          "Default Address Country Code": cell(address?.country_code) || cell(address?.country),
          "Default Address Phone": cell(address?.phone),
          "Default Address Company": cell(address?.company),
        }
      : {}),
  };
}

function isSubscribed(consent: unknown): boolean {
  return cell(objectOf(consent)?.state).toLowerCase() === "subscribed";
}

function erasure(fields: PayloadFields, delivery: Delivery, context: ReadingContext): DeliveredChange {
  const { definition, now } = context;
  const sourceId = customerOfRow(customers, customerRow(fields), {
    definition,
    label: "The delivery",
    now,
  }).source_id;
  return { kind: "erasure", id: needed(fields, "id"), at: triggeredAt(delivery, context), sourceId };
}

/** When the topic happened, of payloads without a time. */
function triggeredAt(delivery: Delivery, { now }: ReadingContext): number {
  const written = delivery.header("x-shopify-triggered-at");
  return written === undefined ? now : instantOf(written, "X-Shopify-Triggered-At");
}

function orderChange(fields: PayloadFields, { source, definition, now }: ReadingContext): DeliveredChange {
  const id = needed(fields, "id");
  const at = instantOf(needed(fields, "updated_at"), "updated_at");
  const rows = orderRows(fields);
  const order = orderOfRows(orders, rows, { definition, label: "The delivery", now });
  const unknown = source.keep_unknown ? unknownFields(fields, orderFields, "shopify") : {};
  const metadata = { ...unknown, ...objectOf(order.record.metadata) };
  const record = Object.keys(metadata).length === 0 ? order.record : { ...order.record, metadata };
  const customer = cell(objectOf(fields.customer)?.id);
  return { kind: "order", id, at, order: { ...order, record }, ...(customer === "" ? {} : { customer }) };
}

/** The fields of an order that its rows have, and those that repeat them. */
const orderFields: ReadonlySet<string> = new Set([
  ...["id", "admin_graphql_api_id", "name", "email", "contact_email", "phone", "created_at", "updated_at"],
  ...["cancelled_at", "currency", "total_price", "financial_status", "fulfillment_status", "tags"],
  ...["discount_codes", "line_items", "customer", "billing_address", "shipping_address", "refunds"],
  // They identify the browser or the visit, and are no facts about the order.
  ...["token", "cart_token", "checkout_token", "browser_ip", "order_status_url", "user_id"],
]);

/** The rows of Shopify's export of orders: one for each line, the values of the order in the first. */
function orderRows(fields: PayloadFields): readonly GivenRow[] {
  const [customer, billing, shipping] = [
    fields.customer,
    fields.billing_address,
    fields.shipping_address,
  ].map(objectOf);
  const head: GivenRow = {
    Name: cell(fields.name) || needed(fields, "id"),
    Id: needed(fields, "id"),
    Email: cell(customer?.email) || cell(fields.email) || cell(fields.contact_email),
    Phone: cell(customer?.phone) || cell(fields.phone),
    "Customer ID": cell(customer?.id),
    "Created at": needed(fields, "created_at"),
    "Cancelled at": cell(fields.cancelled_at),
    "Financial Status": cell(fields.financial_status),
    "Fulfillment Status": cell(fields.fulfillment_status),
    Currency: cell(fields.currency),
    Total: cell(fields.total_price),
    "Refunded Amount": refunded(fields),
    "Discount Code": cell(objectsOf(fields.discount_codes)[0]?.code),
    Tags: cell(fields.tags),
    "Billing Name":
      cell(billing?.name) || [cell(customer?.first_name), cell(customer?.last_name)].join(" ").trim(),
    "Billing Phone": cell(billing?.phone),
    "Billing City": cell(billing?.city),
    "Billing Province": cell(billing?.province_code) || cell(billing?.province),
    "Billing Zip": cell(billing?.zip),
    "Billing Country": cell(billing?.country_code),
    "Shipping Name": cell(shipping?.name),
    "Shipping Phone": cell(shipping?.phone),
    "Shipping City": cell(shipping?.city),
    "Shipping Province": cell(shipping?.province_code) || cell(shipping?.province),
    "Shipping Zip": cell(shipping?.zip),
    "Shipping Country": cell(shipping?.country_code),
  };
  const lines = objectsOf(fields.line_items).map((line) => ({
    Name: head.Name!,
    "Lineitem name": cell(line.name) || cell(line.title),
    "Lineitem sku": cell(line.sku),
    "Lineitem price": cell(line.price),
    "Lineitem quantity": cell(line.quantity),
  }));
  const [first = {}, ...others] = lines;
  return [{ ...head, ...first }, ...others];
}

/** The sum of the successful refunds, as a decimal number; empty if there is none. */
function refunded(fields: PayloadFields): string {
  const amounts = objectsOf(fields.refunds)
    .flatMap((refund) => objectsOf(refund.transactions))
    .filter(({ kind, status }) => kind === "refund" && status === "success")
    .map((transaction) => {
      // The amount may be in the currency that the customer paid in; the order's is the shop's.
      const inShop = objectOf(objectOf(transaction.amount_set)?.shop_money)?.amount;
      const amount = inShop ?? transaction.amount;
      const text = cell(amount);
      const decimal = typeof amount === "number" ? decimalOf(amount) : readDecimal(text);
      if (decimal === undefined) throw new DeliveryError("`refunds.transactions.amount` is no number.");
      return roundTo(decimal, refundDigits);
    });
  if (amounts.length === 0) return "";
  const digits = String(amounts.reduce((sum, amount) => sum + amount, 0n)).padStart(refundDigits + 1, "0");
  return `${digits.slice(0, -refundDigits)}.${digits.slice(-refundDigits)}`;
}

/** More digits than the minor unit of any currency has. */
const refundDigits = 4;
