// Sentences to begin with: those that the project's names allow.
import type { ProjectNames } from "../language/protocol.js";

export interface Template {
  readonly name: string;
  readonly query: string;
  /** Events that the project has to know. */
  readonly events?: readonly string[];
  readonly consents?: readonly string[];
}

const templates: readonly Template[] = [
  {
    name: "Lapsed big spenders",
    query: "last order more than 30 days ago and total spent is more than $100",
  },
  { name: "In Poland, quiet for a month", query: "country is Poland and last order more than 30 days ago" },
  { name: "First-time buyers", query: "orders.count is 1 and first order in the last 30 days" },
  { name: "Never ordered", query: "orders.count is 0 and created more than 7 days ago" },
  { name: "Best customers", query: "total spent is at least $500 and orders.count is at least 3" },
  { name: "Birthday in the next week", query: "birthday anniversary is in the next 7 days" },
  { name: "New this month", query: "created on or after start of month" },
  {
    name: "Looked but did not buy",
    query:
      'performed "page viewed" at least 3 times in the last 7 days and has not placed order in the last 30 days',
    events: ["page viewed"],
  },
  {
    name: "Searched and found nothing",
    query: "performed search where results is 0",
    events: ["search"],
  },
  {
    name: "Unhappy reviewers",
    query: 'performed "review written" where stars is at most 2',
    events: ["review written"],
  },
  {
    name: "Not seen for two months",
    query: "last performed login more than 60 days ago",
    events: ["login"],
  },
  {
    name: "Reachable by e-mail",
    query: "consents contains email and email has any value",
    consents: ["email"],
  },
  { name: "From Mailchimp, in the United Kingdom", query: "email ends with .uk and source is mailchimp" },
  { name: "A tenth, to test with", query: "in sample 10% of test" },
];

/** The templates whose names the project knows. */
export function templatesFor(names: ProjectNames): readonly Template[] {
  const events = new Set(names.events.map(({ name }) => name));
  return templates.filter(
    (template) =>
      (template.events ?? []).every((event) => events.has(event)) &&
      (template.consents ?? []).every((consent) => names.consents.includes(consent)),
  );
}

/** True of a template as it is, and not of a sentence of the reader's own. */
export function isSample(names: ProjectNames, text: string): boolean {
  return templatesFor(names).some(({ query }) => query === text);
}

const visitedKey = "segmentql.visited";

/** The sentence that a first visit opens on; undefined on every later one. */
export function firstSentence(names: ProjectNames): string | undefined {
  if (localStorage.getItem(visitedKey) !== null) return undefined;
  localStorage.setItem(visitedKey, "yes");
  return templatesFor(names)[0]?.query;
}
