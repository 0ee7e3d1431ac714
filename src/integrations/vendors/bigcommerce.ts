// BigCommerce: deliveries name a customer or an order, with the secret in a header that the webhook is created with
// (https://developer.bigcommerce.com/docs/integrations/webhooks); the record is fetched from the store's API
// (https://developer.bigcommerce.com/docs/rest-management). It becomes rows of BigCommerce's exports, which the mappings of
// imports read.
import { customerOfRow, type GivenRow, orderOfRows } from "../../import/csv/given-rows.js";
import type { CustomersMapping } from "../../import/csv/mapping-of-customers.js";
import type { OrdersMapping } from "../../import/csv/mapping-of-orders.js";
import { bigcommerceCustomers } from "../../import/csv/mappings/bigcommerce-customers.js";
import { bigcommerceOrders } from "../../import/csv/mappings/bigcommerce-orders.js";
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
  instantOfSeconds,
  jsonOf,
  needed,
  objectOf,
  objectsOf,
  type PayloadFields,
  typesOf,
  unknownFields,
  withMetadata,
} from "../payload.js";
import { isSecret } from "../secrets.js";

const customers: CustomersMapping = bigcommerceCustomers;
const { lines: _lines, ...ordersWithoutLines } = bigcommerceOrders;
/** The API has a list of lines instead of one cell; a customer without an e-mail address is known by its id. */
const orders: OrdersMapping = {
  ...ordersWithoutLines,
  columns: {
    ...bigcommerceOrders.columns,
    customer: ["Customer Email", "Billing Email", "Customer ID"],
    date: "Order Date",
    productId: "Product ID",
    sku: "Product SKU",
    productName: "Product Name",
    quantity: "Product Qty",
    unitPrice: "Product Unit Price",
  },
  orderOnFirstRow: true,
};

/** The header with the secret, which the webhook is created with. */
const secretHeader = "x-segmentql-secret";

export const bigcommerce: Vendor = {
  title: "BigCommerce",
  origin: "bigcommerce",
  restatesConsents: true,
  needs: {
    consents: Object.keys(customers.consents ?? {}),
    metadataSchema: typesOf(customers.metadata),
    orderMetadataSchema: typesOf(orders.metadata),
  },
  verify: ({ header }, secrets) => isSecret(secrets, header(secretHeader) ?? ""),
  identify: ({ body }) => ({ topic: needed(jsonOf(body), "scope"), id: contentId(body) }),
  read: changesOf,
};

async function changesOf({ body }: Delivery, context: ReadingContext): Promise<readonly DeliveredChange[]> {
  const fields = jsonOf(body);
  const scope = needed(fields, "scope");
  const [, kind, action] = /^store\/(customer|order)\/(\w+)$/.exec(scope) ?? [];
  // Of another scope, as of products, nothing is kept.
  if (kind === undefined) return [];
  const id = needed(objectOf(fields.data) ?? {}, "id", "data.id");
  if (!/^\d{1,20}$/.test(id)) throw new DeliveryError("`data.id` is no number.");
  const at = instantOfSeconds(fields.created_at, "created_at");
  if (action === "deleted")
    return [kind === "customer" ? { kind: "erasure", id, at } : { kind: "order removal", id, at }];
  return kind === "customer" ? customerChange(id, context) : orderChange(id, context);
}

function get({ source, client }: ReadingContext, path: string): Promise<unknown> {
  const { url = "", token = "" } = source.api ?? {};
  return client.get(`${url}${path}`, { "x-auth-token": token });
}

async function customerChange(id: string, context: ReadingContext): Promise<readonly DeliveredChange[]> {
  const { source, definition, now } = context;
  const answer = await get(context, `/v3/customers?id:in=${id}&include=addresses`);
  const [customer] = objectsOf(objectOf(answer)?.data);
  // It was deleted meanwhile.
  if (customer === undefined) return [];
  const at = instantOf(needed(customer, "date_modified"), "date_modified");
  const patch = customerOfRow(customers, customerRow(customer), { definition, label: "The record", now });
  const unknown = source.keep_unknown ? unknownFields(customer, customerFields, "bigcommerce") : {};
  return [{ kind: "customer", id, at, patch: withMetadata(patch, unknown) }];
}

/** The fields of a customer that its row has, and the address of its machine, which is no fact about it. */
const customerFields: ReadonlySet<string> = new Set([
  ...["id", "email", "first_name", "last_name", "company", "phone", "notes", "tax_exempt_category"],
  ...["date_created", "date_modified", "addresses", "address_count", "registration_ip_address"],
  "accepts_product_review_abandoned_cart_emails",
]);

function customerRow(customer: PayloadFields): GivenRow {
  const [address] = objectsOf(customer.addresses);
  const consent = "accepts_product_review_abandoned_cart_emails";
  return {
    "Customer ID": cell(customer.id),
    Email: cell(customer.email),
    "First Name": cell(customer.first_name),
    "Last Name": cell(customer.last_name),
    Phone: cell(customer.phone) || cell(address?.phone),
    Company: cell(customer.company),
    Notes: cell(customer.notes),
    "Tax Exempt Category": cell(customer.tax_exempt_category),
    "Date Joined": cell(customer.date_created),
    "Address City": cell(address?.city),
    "Address State": cell(address?.state_or_province),
    "Address Zip": cell(address?.postal_code),
    "Address Country": cell(address?.country_code) || cell(address?.country),
    ...(consent in customer ? { "Receive Review/Abandoned Cart Emails?": cell(customer[consent]) } : {}),
  };
}

async function orderChange(id: string, context: ReadingContext): Promise<readonly DeliveredChange[]> {
  const { source, definition, now } = context;
  const order = objectOf(await get(context, `/v2/orders/${id}`));
  if (order === undefined) return [];
  const products = objectsOf(await get(context, `/v2/orders/${id}/products?limit=250`));
  const at = instantOfText(order, "date_modified");
  const read = orderOfRows(orders, orderRows(order, products), { definition, label: "The record", now });
  const unknown = source.keep_unknown ? unknownFields(order, orderFields, "bigcommerce") : {};
  const metadata = { ...unknown, ...objectOf(read.record.metadata) };
  const record = Object.keys(metadata).length === 0 ? read.record : { ...read.record, metadata };
  const customer = cell(order.customer_id);
  // A guest's order is of customer 0.
  const isGuest = customer === "" || customer === "0";
  return [{ kind: "order", id, at, order: { ...read, record }, ...(isGuest ? {} : { customer }) }];
}

/** The instant of a date as of e-mails, as `Tue, 20 Nov 2012 00:00:00 +0000`. @throws DeliveryError. */
function instantOfText(order: PayloadFields, name: string): number {
  const instant = Date.parse(needed(order, name));
  if (Number.isNaN(instant)) throw new DeliveryError(`\`${name}\` is no date and time.`);
  return instant;
}

/** The fields of an order that its rows have, and the address of the customer's machine. */
const orderFields: ReadonlySet<string> = new Set([
  ...["id", "customer_id", "date_created", "date_modified", "status", "total_inc_tax", "refunded_amount"],
  ...["currency_code", "billing_address", "products", "payment_method", "ip_address", "ip_address_v6"],
]);

function orderRows(order: PayloadFields, products: readonly PayloadFields[]): readonly GivenRow[] {
  const billing = objectOf(order.billing_address);
  const id = needed(order, "id");
  const customer = cell(order.customer_id);
  const head: GivenRow = {
    "Order ID": id,
    "Customer ID": customer === "0" ? "" : customer,
    "Order Date": new Date(instantOfText(order, "date_created")).toISOString(),
    "Order Status": cell(order.status),
    "Order Total (inc tax)": cell(order.total_inc_tax),
    "Refund Amount": cell(order.refunded_amount),
    "Order Currency Code": cell(order.currency_code),
    "Payment Method": cell(order.payment_method),
    "Customer Name": [cell(billing?.first_name), cell(billing?.last_name)].join(" ").trim(),
    "Customer Email": cell(billing?.email),
    "Customer Phone": cell(billing?.phone),
    "Billing City": cell(billing?.city),
    "Billing State": cell(billing?.state),
    "Billing Zip": cell(billing?.zip),
    "Billing Country": cell(billing?.country_iso2) || cell(billing?.country),
  };
  const lines = products.map((product) => ({
    "Order ID": id,
    "Product ID": cell(product.product_id),
    "Product SKU": cell(product.sku),
    "Product Name": cell(product.name),
    "Product Qty": cell(product.quantity),
    "Product Unit Price": cell(product.price_inc_tax) || cell(product.base_price),
  }));
  const [first = {}, ...others] = lines;
  return [{ ...head, ...first }, ...others];
}
