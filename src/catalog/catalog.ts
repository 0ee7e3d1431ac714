// What a query may name in one project: its attributes, and how a query's words are matched with them.

import type { ProjectDocument, PropertyType } from "../documents/documents.js";
import { metadataSlot } from "../documents/metadata-slot.js";
import { operators } from "../operators/index.js";
import type { Operator } from "../operators/operator.js";
import type { ValueType } from "../plan/literals.js";
import type { Field } from "../plan/plan.js";
import { normaliseText } from "../plan/text.js";
import { builtInAttributes } from "./attributes.js";
import { computedAttributes } from "./computed.js";
import { eventTypesOf, type MetadataKey, valueTypeOf } from "./events.js";
import type { Attribute, Catalog, ResolvedName } from "./model.js";
import { quoteName } from "./quote-name.js";
import { noSegments, type SegmentNames } from "./segments.js";

const catalogs = new WeakMap<ProjectDocument, Catalog>();

/** The catalogue of a project, made once for each definition; with its segments if a query names any. */
export function catalogOf(project: ProjectDocument, segments: SegmentNames = noSegments): Catalog {
  if (segments !== noSegments) return { ...catalogOf(project), segments };
  let catalog = catalogs.get(project);
  if (catalog === undefined) {
    catalog = buildCatalog(project);
    catalogs.set(project, catalog);
  }
  return catalog;
}

function buildCatalog(project: ProjectDocument): Catalog {
  const consents: Attribute = {
    name: "consents",
    phrases: ["consent", "opted in to"],
    type: "set",
    element: "enumeration",
    values: project.consents,
    field: { attribute: "consents", scope: "profile", path: "facts.consents", set: true },
  };
  const metadata = Object.entries(project.metadataSchema).map(([key, type]) => ({
    key,
    attribute: metadataAttribute(key, type),
  }));
  const base = { ...project, events: [] };
  const events = eventTypesOf(project, (attributes, keys) => catalogOver(base, attributes, keys));
  const catalog = catalogOver({ ...project, events }, [...builtInAttributes, consents], metadata);
  const computed = computedAttributes(catalog, project.computed ?? {}, resolveName);
  return computed.length === 0 ? catalog : withAttributes(catalog, computed);
}

/** The catalogue with computed attributes, which replace those of the same names. */
export function withAttributes(catalog: Catalog, computed: readonly Attribute[]): Catalog {
  const byName = new Map(catalog.byName);
  const byKey = new Map(catalog.byKey);
  const names = new Set(computed.map(({ name }) => name));
  for (const attribute of computed) {
    const name = attribute.computed?.name ?? attribute.name;
    for (const written of [`computed.${name}`, name]) {
      byName.set(written, attribute);
      byKey.set(nameKey(written), attribute);
    }
  }
  const others = catalog.attributes.filter(({ name }) => !names.has(name));
  return { ...catalog, attributes: [...others, ...computed], computed, byName, byKey };
}

/** A catalogue of attributes by their names and phrases, and of others by a key alone. */
function catalogOver(
  project: Pick<ProjectDocument, "project" | "timezone" | "currency" | "campaigns"> & Pick<Catalog, "events">,
  attributes: readonly Attribute[],
  metadata: readonly MetadataKey[],
): Catalog {
  const byName = new Map<string, Attribute>();
  const byKey = new Map<string, Attribute>();
  for (const attribute of attributes) {
    for (const name of [attribute.name, ...attribute.phrases]) {
      byName.set(name, attribute);
      byKey.set(nameKey(name), attribute);
    }
  }
  const metadataByName = new Map<string, Attribute>();
  const metadataByKey = new Map<string, Attribute>();
  for (const { key, attribute } of metadata) {
    metadataByName.set(key, attribute);
    if (!metadataByKey.has(nameKey(key))) metadataByKey.set(nameKey(key), attribute);
  }
  return {
    project: project.project,
    timezone: project.timezone,
    currency: project.currency,
    attributes: [...attributes, ...metadata.map(({ attribute }) => attribute)],
    computed: [],
    events: project.events,
    campaigns: project.campaigns,
    segments: noSegments,
    byName,
    byKey,
    metadataByName,
    metadataByKey,
  };
}

function metadataAttribute(key: string, type: PropertyType): Attribute {
  const slot = metadataSlot(key, type);
  const name = `metadata.${quoteName(key)}`;
  const typed = valueTypeOf(type);
  const field: Field = {
    attribute: name,
    scope: "profile",
    path: `facts.metadata.${slot}`,
    ...(typed.type === "set" ? { set: true } : {}),
    ...(typed.type === "text" ? { reversedPath: `reversed.metadata.${slot}` } : {}),
    ...(typed.type === "date" ? { yearlyPath: `yearly.metadata.${slot}` } : {}),
  };
  return {
    name,
    phrases: [],
    ...typed,
    field,
    ...((typed.element ?? typed.type) === "text" ? { given: { path: "profile.metadata", key } } : {}),
  };
}

/** The common key of all spellings of a name: case, dots and underscores don't count. */
function nameKey(name: string): string {
  return normaliseText(name.replace(/[._\s]+/g, " "));
}

const leadingNoise = /^(?:the|an?|customers?|customer's)\s+/i;
// A name may begin with noise words itself, but not with more than three.
const surplusNoise =
  /^(?:(?:the|an?|customers?|customer's)\s+)+(?=(?:(?:the|an?|customers?|customer's)\s+){3})/i;
const quotedParts = /`((?:[^`]|``)*)`/g;

/** The attribute that the words of a query name, longest match first; undefined if there is none. */
export function resolveName(catalog: Catalog, written: string): ResolvedName | undefined {
  const exact = catalog.byName.get(written);
  if (exact !== undefined) return { attribute: exact };
  if (written.includes("`")) return resolveQuoted(catalog, written);
  for (let words = written.replace(surplusNoise, ""); ; words = words.replace(leadingNoise, "")) {
    const whole = findAttribute(catalog, words);
    if (whole !== undefined) return { attribute: whole };
    const aspect = resolveAspect(catalog, words);
    if (aspect !== undefined) return aspect;
    if (!leadingNoise.test(words)) return undefined;
  }
}

/** Names between backticks are taken literally: without noise, and one without a prefix may be any metadata key. */
function resolveQuoted(catalog: Catalog, written: string): ResolvedName | undefined {
  for (let words = written.replace(surplusNoise, ""); ; words = words.replace(leadingNoise, "")) {
    const plain = words.replace(quotedParts, (_, inside: string) => inside.replaceAll("``", "`"));
    const attribute = findAttribute(catalog, plain);
    if (attribute !== undefined) return { attribute };
    const last = /^(.*`)\s+(anniversary|month)$/is.exec(words);
    const rest = last?.[1] === undefined ? undefined : resolveQuoted(catalog, last[1]);
    if (rest !== undefined && last?.[2] !== undefined) return withAspect(rest.attribute, last[2]);
    if (!leadingNoise.test(words)) return undefined;
  }
}

function resolveAspect(catalog: Catalog, words: string): ResolvedName | undefined {
  const match = /^(.+)\s(anniversary|month)$/is.exec(words);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  const attribute = findAttribute(catalog, match[1]);
  return attribute === undefined ? undefined : withAspect(attribute, match[2]);
}

function withAspect(attribute: Attribute, word: string): ResolvedName {
  return { attribute, aspect: word.toLowerCase() === "month" ? "month" : "yearly" };
}

function findAttribute(catalog: Catalog, words: string): Attribute | undefined {
  const found = catalog.byName.get(words) ?? catalog.byKey.get(nameKey(words));
  if (found !== undefined) return found;
  const prefix = /^metadata(?:\s*\.\s*|\s+)/i.exec(words);
  const key = prefix === null ? undefined : words.slice(prefix[0].length);
  return (key === undefined ? undefined : findMetadata(catalog, key)) ?? findMetadata(catalog, words);
}

function findMetadata(catalog: Catalog, key: string): Attribute | undefined {
  return catalog.metadataByName.get(key) ?? catalog.metadataByKey.get(nameKey(key));
}

/** An attribute as suggestions and the API describe it. */
export interface AttributeDescription {
  readonly name: string;
  readonly phrases: readonly string[];
  readonly type: string;
  /** Canonical words of every comparison that it has, including complements. */
  readonly operators: readonly string[];
}

/** Every attribute of the catalogue, described. */
export function listAttributes(catalog: Catalog): readonly AttributeDescription[] {
  return catalog.attributes.map((attribute) => ({
    name: attribute.name,
    phrases: attribute.phrases,
    type: typeName(attribute),
    operators: operatorsOf(attribute.type).flatMap((operator) => [
      operator.spellings[0] ?? "",
      ...operator.negatedSpellings.slice(0, 1),
    ]),
  }));
}

/** The operators that values of a type have. */
export function operatorsOf(type: ValueType): readonly Operator[] {
  return operators.filter((operator) => operator.tests[type] !== undefined);
}

// Singular and plural, as a sentence words them.
const spokenTypes: Readonly<Record<ValueType, readonly [string, string]>> = {
  text: ["text", "text"],
  exact: ["text", "text"],
  country: ["a country", "countries"],
  enumeration: ["one of a few values", "values of a list"],
  number: ["a number", "numbers"],
  money: ["money", "money"],
  boolean: ["true or false", "true/false attributes"],
  date: ["a date", "dates"],
  datetime: ["a date and time", "dates"],
  yearly: ["a day of the year", "yearly days"],
  month: ["a month", "months"],
  product: ["a product", "text"],
  set: ["a set", "sets"],
};

/** The type as a sentence words it after `is`. */
export function oneOfType(type: ValueType): string {
  return spokenTypes[type][0];
}

/** The types as a sentence words them after `works on`. */
export function severalOfTypes(types: readonly ValueType[]): string {
  const names = [...new Set(types.map((type) => spokenTypes[type][1]))];
  const last = names.pop() ?? "nothing";
  return names.length === 0 ? last : `${names.join(", ")} and ${last}`;
}

/** The type as the API names it. */
function typeName({ type, element }: Attribute): string {
  if (type === "exact") return "text";
  return type === "set" ? `set of ${element === "exact" ? "text" : element}` : type;
}
