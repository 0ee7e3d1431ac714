// Payloads of BigCommerce's webhooks and answers of its API, with the fields of its documentation
// (https://developer.bigcommerce.com/docs/integrations/webhooks/events, https://developer.bigcommerce.com/docs/rest-management).

/** @param createdAt seconds since the epoch. */
export function bigcommercePayload(scope: string, id: number, createdAt = 1_764_500_000): string {
  const type = scope.split("/")[1];
  return JSON.stringify({
    scope,
    store_id: "1025646",
    data: { type, id },
    hash: `hash of ${createdAt}`,
    created_at: createdAt,
    producer: "stores/abc123",
  });
}

/** GET /v3/customers?id:in=32 */
export const bigcommerceCustomer = {
  id: 32,
  email: "Jane@Store.com",
  first_name: "Jane",
  last_name: "Roe",
  company: "BigCommerce",
  phone: "1234567890",
  registration_ip_address: "12.345.67.890",
  notes: "Prefers tea",
  tax_exempt_category: "",
  customer_group_id: 2,
  date_created: "2026-01-05T10:00:00Z",
  date_modified: "2026-11-30T10:00:00Z",
  accepts_product_review_abandoned_cart_emails: true,
  addresses: [
    {
      id: 1,
      first_name: "Jane",
      city: "Austin",
      state_or_province: "Texas",
      postal_code: "78751",
      country: "United States",
      country_code: "US",
      phone: "1234567890",
    },
  ],
};

/** GET /v2/orders/250 */
export const bigcommerceOrder = {
  id: 250,
  customer_id: 32,
  date_created: "Fri, 27 Nov 2026 12:00:00 +0000",
  date_modified: "Sun, 29 Nov 2026 12:00:00 +0000",
  status_id: 11,
  status: "Awaiting Fulfillment",
  total_inc_tax: "62.9700",
  refunded_amount: "10.0000",
  currency_code: "USD",
  payment_method: "Cash",
  items_total: 3,
  billing_address: {
    first_name: "Jane",
    last_name: "Roe",
    city: "Austin",
    state: "Texas",
    zip: "78751",
    country: "United States",
    country_iso2: "US",
    phone: "1234567890",
    email: "Jane@Store.com",
  },
};

/** GET /v2/orders/250/products */
export const bigcommerceProducts = [
  {
    id: 1,
    order_id: 250,
    product_id: 77,
    name: "Fog, Linen | Spray",
    sku: "SLCTBS",
    price_inc_tax: "24.9900",
    quantity: 2,
  },
  { id: 2, order_id: 250, product_id: 78, name: "Mug", sku: "", price_inc_tax: "12.9900", quantity: 1 },
];
