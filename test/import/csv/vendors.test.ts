// The exports of shops and tools, in the columns that their vendors document; the people and their orders are made up. Each is
// recognised by its columns alone, and comes back equal from an export.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Engine } from "../../../src/engine.js";
import { exportProject } from "../../../src/export/export.js";
import { openInputFile } from "../../../src/import/files/input-file.js";
import { importFolder } from "../../../src/import/folder.js";
import { importFile } from "../../../src/import/import-file.js";
import { expectSame } from "../../support/same.js";
import { documents, everything, temporaryEngine, temporaryFolder } from "../temporary-engine.js";

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}.csv`, import.meta.url));

async function imported(name: string, engine?: Engine) {
  const used = engine ?? (await temporaryEngine());
  const summary = await importFile(
    used,
    "default",
    await openInputFile(fixture(name)),
    {},
    {
      onReject: (reject) => expect.fail(JSON.stringify(reject)),
    },
  );
  return { engine: used, summary };
}

const profiles = async (engine: Engine) =>
  (await documents(engine, "customers")).map(({ profile }) => profile);
const orders = async (engine: Engine) =>
  (await documents(engine, "orders")).map(({ source_id, customer, at, status, amount, items, metadata }) => ({
    source_id,
    customer,
    at: at.toISOString(),
    status,
    amount,
    items,
    metadata,
  }));

const testville = { city: "Testville", state: "PR", postal_code: "00950", country: "United States" };

describe("customers", () => {
  it("of Mailchimp have their birthdays without a year, their tags and their consent", async () => {
    const { engine, summary } = await imported("mailchimp-audience");
    expect(summary.warnings).toEqual([
      {
        code: "READ_AS",
        message: `${fixture("mailchimp-audience")} was read as Mailchimp's export of an audience (--as customers --map mailchimp).`,
      },
      {
        code: "UNMAPPED_COLUMNS",
        message: "Columns that the mapping leaves out: CONFIRM_IP, TIMEZONE, LAST_CHANGED, EUID.",
      },
      {
        code: "EMPTY_COLUMNS",
        message: "Columns without any value: OPTIN_IP, LATITUDE, LONGITUDE, GMTOFF, DSTOFF, NOTES.",
      },
    ]);
    expect(await profiles(engine)).toEqual([
      {
        source_id: "ada@example.com",
        source: "mailchimp",
        name: "Ada Example",
        email: "Ada@Example.com",
        phone: "+15550100",
        created_at: "2026-01-02T03:04:05.000Z",
        birthdate: "--02-29",
        address: { state: "NY", country: "US" },
        consents: ["email marketing"],
        metadata: {
          "mailchimp rating": 4,
          "mailchimp id": "100000001",
          address: "1 Made-up Lane  Testville PR 00950 US",
          tags: ["VIP", "Summer 2026", "Paris, France"],
        },
      },
      {
        source_id: "bo@example.com",
        source: "mailchimp",
        email: "bo@example.com",
        metadata: { "mailchimp rating": 2, "mailchimp id": "100000002" },
      },
    ]);
  });

  it("of Mailchimp who unsubscribed lose the consent and nothing else", async () => {
    const { engine } = await imported("mailchimp-audience");
    await imported("mailchimp-unsubscribed", engine);
    const [ada] = await profiles(engine);
    expect(ada).toMatchObject({
      name: "Ada Example",
      birthdate: "--02-29",
      consents: [],
      metadata: { tags: ["VIP", "Summer 2026", "Paris, France"], "unsubscribe reason": "NORMAL" },
    });
  });

  it("of WooCommerce's report have its totals as metadata", async () => {
    const { engine } = await imported("woocommerce-customers");
    expect((await profiles(engine))[0]).toEqual({
      source_id: "ada@example.com",
      name: "Ada Example",
      email: "Ada@Example.com",
      created_at: "2025-12-24T18:30:00.000Z",
      address: { ...testville, country: "US" },
      metadata: {
        "woocommerce user name": "ada",
        "woocommerce total spent": 75.5,
        "woocommerce total orders": 2,
        "last active": "2026-03-01T10:00:00.000Z",
      },
    });
  });

  it("of WooCommerce's extension are the same ones", async () => {
    const { engine } = await imported("woocommerce-customers");
    const { summary } = await imported("woocommerce-customers-export", engine);
    expect(summary.customers).toMatchObject({ read: 1, written: 1 });
    expect((await profiles(engine))[0]).toMatchObject({
      source_id: "ada@example.com",
      phone: "+15550100",
      metadata: {
        "woocommerce id": "7",
        company: "Example & Co.",
        "last active": "2026-03-01T10:00:00.000Z",
      },
    });
  });

  it("of Klaviyo without an e-mail address are identified by its id, even if they share a number", async () => {
    const { engine } = await imported("klaviyo-profiles");
    expect(await profiles(engine)).toEqual([
      {
        source_id: "01HABCDEF0000000000000002",
        name: "Bo",
        phone: "+15550100",
        created_at: "2026-01-03T00:00:00.000Z",
        consents: [],
        metadata: { "klaviyo id": "01HABCDEF0000000000000002" },
      },
      {
        source_id: "ada@example.com",
        name: "Ada Example",
        email: "Ada@Example.com",
        phone: "+15550100",
        created_at: "2026-01-02T03:04:05.000Z",
        address: testville,
        consents: ["email marketing"],
        metadata: {
          "klaviyo id": "01HABCDEF0000000000000001",
          company: "Example & Co.",
          "klaviyo source": "Footer form",
          "last open": "2026-03-04T05:06:07.000Z",
          tags: ["vip", "swim, and dive"],
        },
      },
    ]);
  });

  it("of HubSpot have birthdays in the order that the file shows", async () => {
    const { engine } = await imported("hubspot-contacts");
    expect(await profiles(engine)).toEqual([
      {
        source_id: "252",
        name: "Bo Placeholder",
        created_at: "2026-01-03T10:00:00.000Z",
        birthdate: "1985-12-31",
        address: { country: "Germany" },
        consents: [],
        metadata: { "hubspot id": "252", "lifecycle stage": "Lead" },
      },
      {
        source_id: "ada@example.com",
        name: "Ada Example",
        email: "Ada@Example.com",
        phone: "+15550100",
        created_at: "2026-01-02T03:04:00.000Z",
        birthdate: "1990-02-28",
        address: testville,
        consents: ["email marketing"],
        metadata: {
          "hubspot id": "251",
          company: "Example & Co.",
          title: "Buyer",
          "lifecycle stage": "Customer",
          "lead status": "In progress",
          "contact owner": "Owner One (owner@example.com)",
          "last activity": "2026-03-04T05:06:00.000Z",
        },
      },
    ]);
  });

  it("of Stripe have the metadata of the shop, of the types that its values show", async () => {
    const { engine } = await imported("stripe-customers");
    expect(await profiles(engine)).toEqual([
      {
        source_id: "ada@example.com",
        name: "Ada Example",
        email: "Ada@Example.com",
        created_at: "2026-01-02T03:04:00.000Z",
        address: { country: "US" },
        metadata: {
          "stripe id": "cus_0000000001",
          description: "Ada's shop",
          delinquent: false,
          plan: "pro",
          "subscription status": "active",
          "stripe total spent": 150,
          "stripe total payments": 3,
          "stripe refunded": 10,
          "stripe currency": "usd",
          plan_tier: "gold",
          seats: 5,
        },
      },
      {
        source_id: "cus_0000000002",
        name: "Bo Placeholder",
        created_at: "2026-01-03T10:00:00.000Z",
        address: { country: "DE" },
        metadata: {
          "stripe id": "cus_0000000002",
          delinquent: true,
          "stripe total spent": 0,
          "stripe total payments": 0,
          "stripe refunded": 0,
          plan_tier: "silver",
          seats: 12,
        },
      },
    ]);
  });

  it("of BigCommerce have their first address and the consent that it asks for", async () => {
    const { engine } = await imported("bigcommerce-customers");
    expect(await profiles(engine)).toEqual([
      {
        source_id: "ada@example.com",
        source: "bigcommerce",
        name: "Ada Example",
        email: "Ada@Example.com",
        phone: "+15550100",
        created_at: "2026-01-21T00:00:00.000Z",
        address: { ...testville, state: "Puerto Rico" },
        consents: ["email marketing"],
        metadata: {
          "bigcommerce id": "31",
          company: "Example & Co.",
          "customer group": "Wholesale",
          "store credit": 12.5,
          note: "likes ferns",
        },
      },
      {
        source_id: "bo@example.com",
        source: "bigcommerce",
        name: "Bo Placeholder",
        email: "bo@example.com",
        created_at: "2025-12-02T00:00:00.000Z",
        address: { country: "Germany" },
        consents: [],
        metadata: { "bigcommerce id": "32", "store credit": 0 },
      },
    ]);
  });
});

describe("orders", () => {
  const woocommerce = [
    {
      source_id: "501",
      customer: "default/ada@example.com",
      at: "2026-03-01T09:30:05.000Z",
      status: "FULFILLED",
      // 45.50, of which 10.50 were paid back.
      amount: 3_500,
      items: [
        { product_id: "11", sku: "MUG-B", name: "Mug; blue", quantity: 2, price: 1_250 },
        { product_id: "12", sku: "TOTE", name: "Tote bag", quantity: 1, price: 1_550 },
      ],
      metadata: { "order number": "WC-501", "payment method": "paypal" },
    },
    {
      source_id: "502",
      customer: "default/bo@example.com",
      at: "2026-03-02T10:00:00.000Z",
      status: "CANCELED",
      amount: 2_000,
      items: [{ product_id: "13", name: "Lamp", quantity: 1, price: 2_000 }],
      metadata: { "order number": "WC-502", "payment method": "paypal" },
    },
  ];

  it.each(["woocommerce-orders", "woocommerce-orders-by-item"])(
    "of %s are the same in both formats",
    async (name) => {
      const { engine, summary } = await imported(name);
      expect(summary).toMatchObject({ customers: { written: 2 }, orders: { written: 2 }, rejected: 0 });
      expect(await orders(engine)).toEqual(woocommerce);
    },
  );

  it("of BigCommerce have their lines from one cell", async () => {
    const { engine } = await imported("bigcommerce-orders");
    expect(await orders(engine)).toEqual([
      {
        source_id: "100",
        customer: "default/ada@example.com",
        at: "2026-01-31T20:49:33.000Z",
        status: "FULFILLED",
        // 140.00, of which 7.50 were paid back.
        amount: 13_250,
        items: [
          { product_id: "100", sku: "FERN-S", name: "Fern, small: potted", quantity: 1, price: 6_750 },
          { product_id: "115", name: "Pot | round", quantity: 2, price: 3_250 },
        ],
        metadata: { "payment method": "PayPal" },
      },
      {
        source_id: "101",
        customer: "default/bo@example.com",
        at: "2026-02-03T08:00:00.000Z",
        status: "CANCELED",
        amount: 1_000,
        items: [{ product_id: "7", sku: "S", name: "Sticker", quantity: 1, price: 1_000 }],
        metadata: undefined,
      },
    ]);
  });
});

const all = [
  "mailchimp-audience",
  "mailchimp-unsubscribed",
  "woocommerce-customers",
  "woocommerce-customers-export",
  "woocommerce-orders",
  "woocommerce-orders-by-item",
  "klaviyo-profiles",
  "hubspot-contacts",
  "stripe-customers",
  "bigcommerce-customers",
  "bigcommerce-orders",
  "shopify-customers",
];

it.each(all)("%s goes in, out by an export, and in again, equal", async (name) => {
  const { engine } = await imported(name);
  const before = await everything(engine);
  const again = await imported(name, engine);
  expect(again.summary.customers.written + again.summary.orders.written).toBe(0);
  expectSame(await everything(engine), before);
  const folder = join(await temporaryFolder(), "export");
  await exportProject(engine, "default", folder);
  const other = await temporaryEngine();
  const summary = await importFolder(other, "default", folder, {
    onReject: (reject) => expect.fail(JSON.stringify(reject)),
  });
  expect(summary.warnings).toEqual([]);
  expectSame(await everything(other), before);
});
