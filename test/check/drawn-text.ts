// Random sentences over the whole grammar, for properties of text and tree.
import fc from "fast-check";

// Whole conditions of every kind, joined at random below.
const conditions: readonly string[] = [
  "email ends with .uk",
  "city is 'New York, NY'",
  'name is not "say \\"and\\" twice"',
  "city is any of (a, \"b, c\", 'or')",
  "age between 1 and 5",
  "age is not between -1.5 and 1,000",
  "vip",
  "email is unknown",
  "tags is not empty",
  "tags contains all of (x, y)",
  "tags does not have at least 2",
  "created in the last 3 weeks",
  "created is not on or before start of month",
  "last order exactly 2 hours ago",
  'loyalty points in campaign "Bring a friend" is at least 3',
  'metadata.`a "b" c` exists',
  "birthday anniversary is 01.02",
  'performed "page viewed" at least 3 times in the last 7 days where url contains "/pricing" and mobile',
  "has not performed checkout since 2026-01-01",
  "placed order twice on yesterday where (amount > 5 or product contains 'at least')",
  "last performed login more than 90 days ago",
  "sum of amount of order in the last 365 days where product contains HEART is at least 1000",
  'count of "proof of purchase" between today and tomorrow = 3',
  'in segment "VIP and more"',
  'in sample 12.5% of "spring test"',
];

/** Any sentence of the grammar, comments and line breaks in it; some are past the limits. */
export const drawnText: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.constantFrom(...conditions),
    fc
      .array(tie("node"), { minLength: 2, maxLength: 4 })
      .map((parts) => parts.map((part) => `(${part})`).join(" and ")),
    fc
      .array(tie("node"), { minLength: 2, maxLength: 3 })
      .map((parts) => parts.map((part) => `(${part}) -- it's (said) "so"\n`).join("and ")),
    fc
      .array(tie("node"), { minLength: 2, maxLength: 4 })
      .map((parts) => parts.map((part) => `(${part})`).join("\nor ")),
    tie("node").map((part) => `not (${part})`),
    fc
      .tuple(fc.constantFrom("all", "any", "none"), fc.array(tie("node"), { minLength: 1, maxLength: 3 }))
      .map(([word, parts]) => `${word} of (${parts.map((part) => `(${part})`).join(", ")})`),
  ),
})).node;
