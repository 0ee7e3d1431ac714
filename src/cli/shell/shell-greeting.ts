// The greeting of the shell, for new users.

import type { Catalog } from "../../catalog/model.js";
import { checkQuery } from "../../check/check.js";
import { sampleQueries } from "../../http/samples.js";
import type { Paint } from "../terminal/paint.js";

/** Sentences for any shop. */
const anyShop = [
  "number of orders is at least 2 and last order more than 90 days ago",
  "total spent is more than 100 and country is known",
  "created in the last 30 days",
] as const;

/** The lines of the greeting. */
export function greetingLines(
  catalog: Catalog,
  asOf: number,
  isEmpty: boolean,
  paint: Paint,
): readonly string[] {
  const lines = [
    "Type a sentence, get the customers that it means. Three to try:",
    "",
    ...queriesToTry(catalog, asOf).map((query) => `  ${paint("bold", query)}`),
    "",
    "Tab completes, \\help lists the commands, \\quit leaves.",
  ];
  if (!isEmpty) return lines;
  return [
    ...lines,
    paint(
      "yellow",
      `Project ${catalog.project} has no customers yet: leave, and fill it with segmentql import, or with segmentql shell --demo.`,
    ),
  ];
}

/** Three sentences that are valid in this project. */
export function queriesToTry(catalog: Catalog, asOf: number): readonly string[] {
  return [...sampleQueries, ...anyShop]
    .filter((query) => checkQuery(query, catalog, asOf).diagnostics.length === 0)
    .slice(0, 3);
}
