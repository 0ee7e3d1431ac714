// Payloads of Shopify's webhooks, with the fields of its documentation (https://shopify.dev/docs/api/webhooks), shortened where
// fields repeat each other.

/** customers/create, customers/update */
export const shopifyCustomer = {
  id: 706405506930370084n,
  email: "Bob@Biller.com",
  created_at: "2021-12-31T19:00:00-05:00",
  updated_at: "2026-11-30T10:00:00Z",
  first_name: "Bob",
  last_name: "Biller",
  orders_count: 4,
  state: "disabled",
  total_spent: "199.65",
  last_order_id: null,
  note: "This customer loves ice cream",
  verified_email: true,
  multipass_identifier: null,
  tax_exempt: false,
  tags: "loyal, ice cream",
  last_order_name: null,
  currency: "USD",
  phone: "+16135550135",
  addresses: [],
  tax_exemptions: [],
  email_marketing_consent: {
    state: "subscribed",
    opt_in_level: "single_opt_in",
    consent_updated_at: "2026-01-01T00:00:00Z",
  },
  sms_marketing_consent: null,
  admin_graphql_api_id: "gid://shopify/Customer/706405506930370084",
  default_address: {
    id: 12321,
    customer_id: 706405506930370084n,
    first_name: "Bob",
    last_name: "Biller",
    company: "Ice Ltd",
    address1: "151 O'Connor Street",
    city: "Ottawa",
    province: "Ontario",
    country: "Canada",
    zip: "K2P 2L8",
    phone: "555-625-1199",
    province_code: "ON",
    country_code: "CA",
    default: true,
  },
};

/** customers/delete */
export const shopifyDeletion = {
  id: 706405506930370084n,
  phone: null,
  addresses: [],
  tax_exemptions: [],
  email_marketing_consent: null,
  sms_marketing_consent: null,
  admin_graphql_api_id: "gid://shopify/Customer/706405506930370084",
};

/** customers/redact */
export const shopifyRedaction = {
  shop_id: 954889,
  shop_domain: "frozen.myshopify.com",
  customer: { id: 706405506930370084n, email: "bob@biller.com", phone: "+16135550135" },
  orders_to_redact: [820982911946154508n],
};

/** orders/create, orders/updated, orders/cancelled, orders/paid */
export const shopifyOrder = {
  id: 820982911946154508n,
  admin_graphql_api_id: "gid://shopify/Order/820982911946154508",
  name: "#9999",
  email: "jon@example.com",
  contact_email: "jon@example.com",
  phone: null,
  created_at: "2026-11-28T15:00:00-05:00",
  updated_at: "2026-11-28T15:00:00-05:00",
  cancelled_at: null as string | null,
  currency: "USD",
  total_price: "404.95",
  financial_status: "pending",
  fulfillment_status: null,
  source_name: "web",
  tags: "gift",
  test: true,
  discount_codes: [{ code: "SPRING", amount: "5.00", type: "fixed_amount" }],
  billing_address: {
    name: "Steve Shipper",
    city: "Shippington",
    zip: "40003",
    province: "Kentucky",
    country: "United States",
    country_code: "US",
    province_code: "KY",
    phone: "555-555-5555",
  },
  customer: {
    id: 115310627314723954n,
    email: "john@example.com",
    first_name: "John",
    last_name: "Smith",
    phone: null,
  },
  line_items: [
    {
      id: 866550311766439020n,
      name: "IPod Nano - 8GB",
      title: "IPod Nano - 8GB",
      price: "199.00",
      product_id: 632910392,
      quantity: 2,
      sku: "IPOD2008PINK",
    },
    {
      id: 141249953214522974n,
      name: "Case",
      title: "Case",
      price: "11.95",
      product_id: 632910393,
      quantity: 1,
      sku: "",
    },
  ],
  refunds: [] as readonly object[],
};

/** A refund of an order. */
export const shopifyRefund = {
  id: 509562969,
  created_at: "2026-11-29T10:00:00Z",
  transactions: [
    { id: 179259969, amount: "100.45", kind: "refund", status: "success" },
    { id: 179259970, amount: "9.00", kind: "refund", status: "failure" },
  ],
};
