// Values of the data: the most frequent ones in a sample of the rows, cached for a minute, and, if those are too few, the
// ones that begin with the typed text. As people wrote them, not in the form that they compare in.

import { countryCode, countryName } from "../../catalog/countries.js";
import type { Attribute, EventType } from "../../catalog/model.js";

import type { ProductDocument } from "../../documents/documents.js";
import type { Engine } from "../../engine.js";
import { normaliseText } from "../../plan/text.js";
import { recentAnswers } from "../../recent.js";
import { isStoreError, type Store } from "../../store/port.js";
import type { ValueCount, ValueSource } from "../../store/reads/values.js";
import { matchKey } from "../candidate.js";
import { checkFirst, SuggestionError } from "../suggestion.js";
import { type AttributeValues, defaultBounds, prefixOf, type ReadLimits, valuesOf } from "./value-source.js";

/** A value that the data has. */
export interface DataValue {
  /** As it was written in a record. */
  readonly text: string;
  /**
   * How many of the rows that were read have it: a sample of all rows or, for a rare value, the rows that begin with the search.
   */
  readonly count: number;
  /** The keys that it is found by, in the form of `matchKey`: itself, a country's code, a product's SKU. */
  readonly keys: readonly string[];
}

export interface ValuesRequest {
  readonly attribute: Attribute;
  /** The event whose property the attribute is. */
  readonly event?: EventType;
  /** The beginning of a value, or of a later word of one; empty for the most frequent ones. */
  readonly search: string;
  /** How many at most, 1 to `maxSuggestions`. */
  readonly first: number;
}

/** The longest search, in UTF-16 units. */
const maxSearchLength = 256;
const sampleMs = 2_000;
const searchMs = 1_000;

/**
 * Values of an attribute that begin with a search, the most frequent first. Reads a bounded number of rows for a bounded time.
 * @throws SuggestionError where `first` or the search is out of bounds; StoreError `TIMEOUT` where the data took too long.
 */
export async function suggestValues(
  engine: Engine,
  project: string,
  request: ValuesRequest,
  bounds: ReadLimits = defaultBounds,
): Promise<readonly DataValue[]> {
  const { search, first } = request;
  checkFirst(first);
  if (search.length > maxSearchLength)
    throw new SuggestionError(`\`search\` has ${search.length} characters; give at most ${maxSearchLength}.`);
  const attribute = valuesOf(project, request.attribute, request.event);
  if (attribute === undefined) return [];
  const key = JSON.stringify([attribute, bounds, search, first]);
  return recentValues.get(engine.store, key, () =>
    findValues(engine.store, attribute, search, first, bounds),
  );
}

async function findValues(
  store: Store,
  attribute: AttributeValues,
  search: string,
  first: number,
  bounds: ReadLimits,
): Promise<readonly DataValue[]> {
  const { values, complete } = await sampledValues(store, attribute, bounds);
  const key = matchKey(search);
  // Values that begin with the search come before those that have it in a later word.
  const begun = values.filter(({ keys }) => keys.some((each) => each.startsWith(key)));
  const later = values.filter(
    (value) => !begun.includes(value) && value.keys.some((each) => each.includes(` ${key}`)),
  );
  const found = [...begun, ...later];
  const enough = complete || found.length >= first;
  const all = enough
    ? found
    : [...found, ...(await rareValues(store, attribute, search, first, bounds, found))];
  return spelled(store, attribute.source, all.slice(0, first));
}

interface KnownValue extends DataValue {
  /** The `_id` of a document with the value, if its spelling is read from there. */
  readonly example?: string;
}

interface Sampled {
  readonly values: readonly KnownValue[];
  /** True if no row was left out. */
  readonly complete: boolean;
}

/** How long answers are cached, in milliseconds, and how many for one store. */
const recent = { ttl: 60_000, max: 500 };
const recentSamples = recentAnswers<Sampled>(recent);
const recentValues = recentAnswers<readonly DataValue[]>(recent);

function sampledValues(store: Store, attribute: AttributeValues, bounds: ReadLimits): Promise<Sampled> {
  return recentSamples.get(store, JSON.stringify([attribute, bounds]), async () => {
    const { sampledRows, keptValues } = bounds;
    const rows = await store.reads.values.frequent(attribute.source, sampledRows, keptValues, {
      maxTimeMs: sampleMs,
    });
    const looked = rows.reduce((sum, { count }) => sum + count, 0);
    const complete = looked < sampledRows && rows.length < keptValues;
    return { values: await knownValues(store, attribute, rows), complete };
  });
}

/** Values that begin with the search, except those already known; none if they take too long. */
async function rareValues(
  store: Store,
  attribute: AttributeValues,
  search: string,
  first: number,
  bounds: ReadLimits,
  found: readonly KnownValue[],
): Promise<readonly KnownValue[]> {
  const prefix = prefixOf(attribute.kind, search);
  if (prefix === undefined) return [];
  try {
    const rows = await store.reads.values.beginningWith(
      attribute.source,
      prefix,
      bounds.searchedRows,
      first,
      { maxTimeMs: searchMs },
    );
    const known = new Set(found.map(({ text }) => text));
    return (await knownValues(store, attribute, rows)).filter(({ text }) => !known.has(text));
  } catch (error) {
    if (isStoreError(error, "TIMEOUT")) return [];
    throw error;
  }
}

async function knownValues(
  store: Store,
  { source, kind }: AttributeValues,
  rows: readonly ValueCount[],
): Promise<readonly KnownValue[]> {
  const known = rows.filter(({ value }) => value !== null);
  if (kind === "product") return productValues(store, source.project, known);
  if (kind === "country") return known.map(countryRow);
  return known.map(({ value, count, example }) => {
    const text = String(value);
    return { text, count, keys: [matchKey(text)], ...(kind === "text" ? { example } : {}) };
  });
}

function countryRow({ value, count }: ValueCount): KnownValue {
  const text = countryName(String(value));
  return { text, count, keys: [matchKey(text), matchKey(countryCode(text) ?? text)] };
}

/** The products' names, or their other identification; customers have the keys of their spellings. */
async function productValues(
  store: Store,
  project: string,
  rows: readonly ValueCount[],
): Promise<readonly KnownValue[]> {
  const products = await store.getMany(
    "products",
    rows.map(({ value }) => `${project}/${value}`),
  );
  const values = new Map<string, KnownValue>();
  for (const [index, product] of products.entries()) {
    const text = product?.name ?? product?.sku ?? product?.product_id;
    if (product === undefined || text === undefined) continue;
    const known = values.get(normaliseText(text));
    // Spellings of one name are one value.
    const count = (rows[index]?.count ?? 0) + (known?.count ?? 0);
    const keys = [...(known?.keys ?? []), ...keysOf(product)];
    values.set(normaliseText(text), { text: known?.text ?? text, count, keys });
  }
  return [...values.values()].toSorted((one, other) => other.count - one.count);
}

function keysOf({ name, sku, product_id }: ProductDocument): readonly string[] {
  return [name, sku, product_id].filter((text) => text !== undefined).map(matchKey);
}

/** Each value as it was written, read from one of the documents that have it. */
async function spelled(
  store: Store,
  { collection }: ValueSource,
  values: readonly KnownValue[],
): Promise<readonly DataValue[]> {
  const ids = [...new Set(values.flatMap(({ example }) => example ?? []))];
  const documents = await store.getMany<"customers" | "orders" | "events">(collection, ids);
  const byId = new Map(documents.map((document, index) => [ids[index], document]));
  return values.map(({ text, count, keys, example }) => ({
    text: spellingIn(givenIn(byId.get(example)), text) ?? text,
    count,
    keys,
  }));
}

/** The part of a document that holds the values as written. */
function givenIn(document: object | undefined): unknown {
  if (document === undefined) return undefined;
  if ("profile" in document) return document.profile;
  return "properties" in document ? document.properties : document;
}

/** The first text within a value that compares equal to `text`. */
function spellingIn(value: unknown, text: string): string | undefined {
  if (typeof value === "string") return normaliseText(value) === text ? value.trim() : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const part of Object.values(value)) {
    const found = spellingIn(part, text);
    if (found !== undefined) return found;
  }
  return undefined;
}
