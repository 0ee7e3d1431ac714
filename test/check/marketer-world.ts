// The shop that marketers ask about in the lists of sentences and mistakes.
import { catalogOf } from "../../src/catalog/catalog.js";
import { segmentNames } from "../../src/catalog/segments.js";
import { type CheckedQuery, checkQuery } from "../../src/check/check.js";
import { projectDocument } from "../support/project.js";

const project = projectDocument(
  {
    metadataSchema: {
      plan: "string",
      age: "number",
      gender: "string",
      vip: "boolean",
      tags: "string[]",
      score: "number",
      renewal: "date",
      last_seen: "datetime",
      credit_limit: "number",
      billing_city: "string",
    },
    orderMetadataSchema: { channel: "string", coupon: "string" },
    eventSchemas: {
      login: { device: "string", seconds: "number" },
      checkout: { value: "number", coupon: "string" },
      "page viewed": { url: "string", city: "string" },
      "product viewed": { product: "string", category: "string" },
      "cart updated": { value: "number", items: "number" },
      "email opened": { campaign: "string" },
      "email clicked": { campaign: "string", url: "string" },
      "password changed": {},
      "ticket opened": { topic: "string" },
      "review written": { stars: "number" },
    },
    consents: ["newsletter", "sms", "phone calls"],
    campaigns: { loyalty: ["Club"], gift_cards: ["Xmas"], referrals: ["Bring a friend"] },
  },
  "boutique",
);

const segments = segmentNames(
  ["VIP", "Regulars", "Newsletter fans"].map((name) => ({ id: `id of ${name}`, name, archived: false })),
);

const catalog = catalogOf(project, segments);

/** 23 November 2026, a Monday. */
const asOf = Date.parse("2026-11-23T12:00:00Z");

/** Checks a text of that shop. */
export function checkMarketer(text: string): CheckedQuery {
  return checkQuery(text, catalog, asOf);
}
