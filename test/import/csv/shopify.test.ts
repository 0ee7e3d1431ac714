// Shopify's exports of orders and customers, in the columns that its help names; the people and their orders are made up.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { defineProject } from "../../../src/definitions/define.js";
import type { Engine } from "../../../src/engine.js";
import { importCustomersCsv } from "../../../src/import/csv/customers-csv.js";
import { importCsv } from "../../../src/import/csv/orders-csv.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { findProject } from "../../../src/projects/projects.js";
import { previewSegment } from "../../../src/query/preview.js";
import { expectSame } from "../../support/same.js";
import { documents, everything, temporaryEngine, temporaryFolder } from "../temporary-engine.js";

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
const ordersFile = fixture("shopify-orders.csv");
const customersFile = fixture("shopify-customers.csv");

async function options() {
  const folder = await temporaryFolder();
  return { rejectsFile: join(folder, "rejects.ndjson"), scratchFolder: join(folder, "scratch") };
}

async function members(engine: Engine, query: string): Promise<readonly string[]> {
  const { answer, diagnostics } = await previewSegment(engine, "default", { query });
  expect(diagnostics.filter(({ severity }) => severity === "ERROR")).toEqual([]);
  return answer!.sourceIds();
}

it("reads orders of which only the first row has the customer and the time", async () => {
  const engine = await temporaryEngine();
  const summary = await importCsv(engine, "default", ordersFile, "shopify", await options());
  expect(summary).toMatchObject({
    rows: { read: 11, rejected: 1 },
    skippedRows: 2,
    customers: { read: 4, written: 4, rejected: 0 },
    orders: { read: 6, written: 5, rejected: 1 },
    rejected: 2,
  });
  const orders = await documents(engine, "orders");
  expect(
    orders.map(({ source_id, customer, at, status, amount, items }) => ({
      source_id,
      customer,
      at: at.toISOString(),
      status,
      amount,
      items: items.map(({ sku, name, quantity, price }) => [sku, name, quantity, price]),
    })),
  ).toEqual([
    {
      source_id: "5550000001",
      customer: "default/ada@example.com",
      at: "2026-03-01T14:30:05.000Z",
      status: "FULFILLED",
      // Its total, with shipping and tax, less discounts; not the sum of its lines.
      amount: 5_575,
      items: [
        ["FERN-A3", "Fern print - A3", 2, 1_600],
        ["TOTE", 'Tote bag, "canvas"', 1, 1_750],
      ],
    },
    {
      source_id: "5550000002",
      customer: "default/bo@example.com",
      at: "2026-03-10T22:59:59.000Z",
      status: "CANCELED",
      amount: 2_500,
      items: [[undefined, "Speckled mug", 1, 2_500]],
    },
    {
      source_id: "5550000003",
      customer: "default/ada@example.com",
      at: "2026-04-01T10:00:00.000Z",
      status: "PAID",
      // 30.00, of which 16.00 were paid back.
      amount: 1_400,
      items: [
        ["FERN-A3", "Fern print - A3", 1, 1_600],
        ["STICK", "Sticker", 2, 700],
      ],
    },
    {
      source_id: "5550000004",
      customer: "default/+4915550101",
      at: "2026-04-02T10:00:00.000Z",
      status: "PAID",
      amount: 700,
      items: [["STICK", "Sticker", 1, 700]],
    },
    {
      source_id: "5550000006",
      customer: "default/cy@example.com",
      at: "2026-04-04T10:00:00.000Z",
      status: "CREATED",
      amount: 300,
      items: [],
    },
  ]);
});

it("makes customers of the orders' rows, and takes the file's currency", async () => {
  const engine = await temporaryEngine();
  await importCsv(engine, "default", ordersFile, "shopify", await options());
  expect(await findProject(engine, "default")).toMatchObject({ currency: "EUR", timezone: "UTC" });
  const customers = await documents(engine, "customers");
  expect(customers.map(({ profile }) => profile)).toEqual([
    { source_id: "+4915550101", source: "shopify", phone: "+4915550101" },
    {
      source_id: "ada@example.com",
      source: "shopify",
      name: "Ada Example",
      email: "Ada@Example.com",
      phone: "+15550100",
      address: { city: "Testville", state: "Puerto Rico", postal_code: "00950", country: "US" },
    },
    {
      source_id: "bo@example.com",
      source: "shopify",
      name: "Bo Placeholder",
      email: "bo@example.com",
      address: { country: "DE" },
    },
    { source_id: "cy@example.com", source: "shopify", name: "Cy Sample", email: "cy@example.com" },
  ]);
});

it("rejects a row in another currency, and then its order", async () => {
  const engine = await temporaryEngine();
  const { rejectsFile } = await importCsv(engine, "default", ordersFile, "shopify", await options());
  const rejects = (await readFile(rejectsFile!, "utf8")).trim().split("\n");
  expect(rejects.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { line: 11, reason: "the row is in USD and the project in EUR", record: { Name: "#1007" } },
    {
      line: 12,
      reason: "the order's first row, which says whose and when it is, is missing or was rejected",
      record: { source_id: "5550000007" },
    },
  ]);
});

it("imports nothing into a project with another currency, and guesses none", async () => {
  const engine = await temporaryEngine();
  await defineProject(engine, "default", { currency: "PLN" });
  await upsertCustomers(engine, "default", [{ source_id: "x" }]);
  const summary = await importCsv(engine, "default", ordersFile, "shopify", await options());
  expect(summary.orders.written).toBe(0);
  expect(await findProject(engine, "default")).toMatchObject({ currency: "PLN" });
});

it("reads customers, with their consents, tags and numbers", async () => {
  const engine = await temporaryEngine();
  const summary = await importCustomersCsv(engine, "default", customersFile, "shopify", await options());
  expect(summary).toMatchObject({
    rows: { read: 4, rejected: 0 },
    skippedRows: 0,
    customers: { read: 4, written: 4, rejected: 0 },
  });
  const [phone, id, ada, bo] = await documents(engine, "customers");
  expect(ada!.profile).toEqual({
    source_id: "ada@example.com",
    name: "Ada Example",
    email: "Ada@Example.com",
    phone: "+15550199",
    address: { city: "Testville", state: "PR", postal_code: "00950", country: "US" },
    source: "shopify",
    consents: ["email marketing"],
    metadata: {
      "shopify id": "7210448301122",
      "shopify total spent": 85.75,
      "shopify total orders": 2,
      company: "Example & Co.",
      tags: ["vip", "prints"],
      note: "Likes ferns,\nand tea",
      "tax exempt": false,
    },
  });
  expect(bo!.profile).toMatchObject({
    source_id: "bo@example.com",
    consents: ["SMS marketing"],
    metadata: { "shopify id": "7210448301123", "tax exempt": true },
  });
  expect(phone!.profile).toMatchObject({ source_id: "+4915550101", phone: "+4915550101" });
  expect(id!.profile).toMatchObject({ source_id: "7210448301125", name: "Only Named" });
});

it("recognises the customers of one export in the other, whichever comes first", async () => {
  const engine = await temporaryEngine();
  await importCustomersCsv(engine, "default", customersFile, "shopify", await options());
  const summary = await importCsv(engine, "default", ordersFile, "shopify", await options());
  expect(summary.customers).toEqual({ read: 4, written: 1, unchanged: 3, rejected: 0 });
  expect(
    await members(
      engine,
      'tags contains vip and total spent is 69.75 and consents contains "email marketing"',
    ),
  ).toEqual(["ada@example.com"]);
  expect(await members(engine, "number of orders is 0 and source is shopify")).toEqual([
    "7210448301125",
    "bo@example.com",
  ]);
  const before = await everything(engine);
  await importCsv(engine, "default", ordersFile, "shopify", await options());
  await importCustomersCsv(engine, "default", customersFile, "shopify", await options());
  expectSame(await everything(engine), before);
});
