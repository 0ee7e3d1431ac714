// The project of the documentation's examples: one of everything that a query can name, segments included.
import type { Diagnostic } from "../../grammar/diagnostic.js";
import { catalogOf } from "../../src/catalog/catalog.js";
import { type CatalogSegment, segmentNames } from "../../src/catalog/segments.js";
import { type CheckedQuery, checkQuery, parseQuery } from "../../src/check/check.js";
import type { CustomerDocument } from "../../src/documents/documents.js";
import { warningsOf } from "../../src/query/missing-values.js";
import { asOf, project } from "../check/world.js";

/** A condition in ten brackets. */
function layers(inner: string, segment: number): string {
  const around = Array.from(
    { length: 10 },
    (_, level) => `city is "${segment} ${level}" or age is ${segment}${level} and (`,
  );
  return `${around.join("")}${inner}${")".repeat(10)}`;
}

function segment(name: string, canonical?: string, archived = false): CatalogSegment {
  const query = canonical === undefined ? {} : { query: { canonical, tree: parseQuery(canonical).tree } };
  return { id: `id of ${name}`, name, archived, ...query };
}

const segments: readonly CatalogSegment[] = [
  segment("Regulars"),
  segment("Old friends", undefined, true),
  segment("Chicken", 'in segment "Egg"'),
  segment("Egg", 'in segment "Chicken"'),
  segment("Broken", "metadata.gone is 3"),
  segment("Hundred", Array.from({ length: 100 }, (_, index) => `metadata.age is ${index}`).join(" or ")),
  segment("Nest 1", "metadata.vip"),
  ...Array.from({ length: 8 }, (_, index) => segment(`Nest ${index + 2}`, `in segment "Nest ${index + 1}"`)),
  segment("Layers 1", layers("metadata.vip", 1)),
  ...Array.from({ length: 4 }, (_, index) =>
    segment(`Layers ${index + 2}`, layers(`in segment "Layers ${index + 1}"`, index + 2)),
  ),
];

const catalog = catalogOf(
  { ...project, eventSchemas: { login: { device: "string", seconds: "number" } } },
  segmentNames(segments),
);

const customers = [
  { facts: { city: "paris", metadata: { s_plan: "gold" } } },
  { facts: { city: "parma", metadata: { s_plan: "free" } } },
] as unknown as readonly CustomerDocument[];

/** Checks a text of that project. */
export function checkExample(text: string): CheckedQuery {
  return checkQuery(text, catalog, asOf);
}

/** What is said of a text of that project; `values` looks at what its two customers have, too. */
export async function diagnosticsOf(text: string, values = false): Promise<readonly Diagnostic[]> {
  const { diagnostics, asked } = checkExample(text);
  if (!values) return diagnostics;
  return [...diagnostics, ...(await warningsOf(asked, diagnostics, customers, async () => false))];
}
