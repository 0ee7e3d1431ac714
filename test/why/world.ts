// A small shop for explanations, and the customers that they are about.

import { fixedClock } from "../../src/clock.js";
import { defineProject } from "../../src/definitions/define.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import type { Store } from "../../src/store/port.js";

export const project = "shop";
export const now = Date.parse("2026-11-23T12:00:00Z");

const definition = {
  timezone: "Europe/Warsaw",
  currency: "USD",
  metadataSchema: {
    age: "number",
    vip: "boolean",
    renewal: "date",
    tags: "string[]",
    "is vip": "string",
    seen: "datetime",
  },
  orderMetadataSchema: { channel: "string" },
  eventSchemas: {
    "page viewed": { url: "string", seconds: "number", mobile: "boolean" },
    login: {},
  },
  consents: ["newsletter", "SMS"],
  campaigns: { loyalty: ["Club"], gift_cards: ["Xmas"], referrals: ["Summer"], discounts: ["Spring"] },
} as const;

const customers = [
  {
    source_id: "anna",
    name: "Anna Nowak",
    email: "Anna@Example.com",
    created_at: "2025-03-01T10:00:00Z",
    birthdate: "1990-11-25",
    address: { city: "Berlin", country: "POL" },
    source: "web_widget",
    consents: ["newsletter"],
    metadata: {
      age: 34,
      vip: false,
      renewal: "2026-12-24",
      tags: ["B2B", "Beta"],
      seen: "2026-11-23T10:30:00Z",
    },
  },
  { source_id: "bare" },
];

const orders = [
  {
    source_id: "o-1",
    customer: "anna",
    created_at: "2026-05-05T09:00:00Z",
    status: "PAID",
    amount: 12_050,
    items: [
      { product_id: "p1", sku: "SKU-MUG", name: "Mug", quantity: 2, price: 1_025 },
      { product_id: "p2", name: "MacBookAir 13", quantity: 1, price: 10_000 },
    ],
    metadata: { channel: "web" },
  },
  {
    source_id: "o-2",
    customer: "anna",
    created_at: "2026-10-02T09:00:00Z",
    status: "PAID",
    amount: 3_000,
    items: [{ product_id: "p1", sku: "SKU-MUG", name: "Mug", quantity: 1, price: 3_000 }],
  },
  {
    source_id: "o-3",
    customer: "anna",
    created_at: "2026-11-01T09:00:00Z",
    status: "CANCELED",
    amount: 99_900,
  },
];

const events = [
  {
    id: "e-1",
    customer: "anna",
    type: "page viewed",
    at: "2026-11-20T08:00:00Z",
    properties: { url: "/pricing", seconds: 12 },
  },
  {
    id: "e-2",
    customer: "anna",
    type: "page viewed",
    at: "2026-11-22T08:00:00Z",
    properties: { url: "/Home", seconds: 30.5 },
  },
  {
    id: "e-3",
    customer: "anna",
    type: "page viewed",
    at: "2026-09-01T08:00:00Z",
    properties: { url: "/pricing" },
  },
  { id: "e-4", customer: "anna", type: "login", at: "2026-10-31T08:00:00Z" },
];

const loyalty = [{ id: "l-1", customer: "anna", campaign: "Club", points: 120, spent: 20 }];

/** Writes the shop, at `now`. */
export async function openShop(store: Store): Promise<Engine> {
  const engine: Engine = { store, clock: fixedClock(now) };
  await defineProject(engine, project, definition);
  const results = [
    await upsertCustomers(engine, project, customers),
    await upsertRecords(engine, project, "orders", orders),
    await upsertRecords(engine, project, "events", events),
    await upsertRecords(engine, project, "loyalty", loyalty),
  ].flat();
  const rejected = results.find(({ status }) => status === "rejected");
  if (rejected !== undefined) throw new Error(JSON.stringify(rejected));
  return engine;
}
