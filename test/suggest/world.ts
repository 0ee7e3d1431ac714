// A project with one of everything that can be suggested.
import { catalogOf } from "../../src/catalog/catalog.js";
import type { Catalog } from "../../src/catalog/model.js";
import { segmentNames } from "../../src/catalog/segments.js";
import { suggestAt } from "../../src/suggest/suggest.js";
import { maxSuggestions, type Suggestion } from "../../src/suggest/suggestion.js";
import { projectDocument } from "../support/project.js";

export const project = projectDocument({
  metadataSchema: {
    plan: "string",
    age: "number",
    vip: "boolean",
    renewal: "date",
    tags: "string[]",
    score: "number",
    "is vip": "string",
    // A key that is another attribute's name.
    city: "string",
  },
  orderMetadataSchema: { coupon: "string" },
  eventSchemas: {
    "page viewed": { url: "string", value: "number", mobile: "boolean", "load time": "number" },
    checkout: { value: "number", due: "date" },
    login: { mobile: "boolean", value: "number" },
    "signed in": {},
  },
  consents: ["newsletter", "sms"],
  campaigns: { loyalty: ["Club", 'The "Best"'], gift_cards: ["Xmas"] },
});

export const catalog: Catalog = catalogOf(
  project,
  segmentNames([
    { id: "1", name: "VIP", archived: false },
    { id: "2", name: "Big and rich", archived: false },
    { id: "3", name: "Old", archived: true },
  ]),
);

/** Noon of a Tuesday in UTC. */
export const asOf = Date.parse("2026-11-24T12:00:00Z");

/** What is suggested at the `|` of a text, or at its end. */
export function suggestIn(marked: string, first: number = maxSuggestions): readonly Suggestion[] {
  const cursor = marked.indexOf("|");
  const text = marked.replace("|", "");
  return suggestAt(catalog, text, cursor < 0 ? text.length : cursor, { asOf, first });
}

/** The labels of what is suggested at the `|`. */
export function labelsIn(marked: string, first?: number): readonly string[] {
  return suggestIn(marked, first).map(({ label }) => label);
}

/** The text with a suggestion taken. */
export function taken(text: string, { insert, replace }: Suggestion): string {
  return text.slice(0, replace.start) + insert + text.slice(replace.end);
}
