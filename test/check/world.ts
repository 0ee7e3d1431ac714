// A project with one of everything that a query can name.
import { catalogOf } from "../../src/catalog/catalog.js";
import { type CheckedQuery, checkQuery } from "../../src/check/check.js";
import type { ProjectDocument } from "../../src/documents/documents.js";
import { projectDocument } from "../support/project.js";

export const project = projectDocument({
  metadataSchema: {
    plan: "string",
    age: "number",
    vip: "boolean",
    renewal: "date",
    tags: "string[]",
    scores: "number[]",
    visits: "datetime[]",
    seen: "datetime",
    "is vip": "string",
    renewal_date: "date",
    Plan: "number",
    "a.$b": "number",
  },
  consents: ["newsletter", "SMS"],
  campaigns: { loyalty: ["Club", "Partners"], gift_cards: ["Xmas"], referrals: ["Summer"] },
});

export const asOf = Date.parse("2026-11-23T12:00:00Z");

/** Checks a text in that project, at that instant (or another). */
export function check(text: string, changes: Partial<ProjectDocument> = {}, at = asOf): CheckedQuery {
  return checkQuery(text, catalogOf({ ...project, ...changes }), at);
}
