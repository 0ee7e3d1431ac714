// Attributes that a project defines by an expression: the type and kind of each. Their fields are computed for one instant,
// when a query asks for them.
import type { Comparison, Measure } from "../../grammar/tree.js";
import { findEventType } from "./events.js";
import { parseQuery } from "./language.js";
import { isFractional, typeOfMeasure } from "./measures.js";
import type { Attribute, Catalog, ResolvedName } from "./model.js";
import { quoteName } from "./quote-name.js";

/** What an expression is: a measure, or an attribute with its campaign and window. */
export type ComputedExpression = Measure | Comparison;

/** The tree of an expression; undefined if it is none. */
export function parseExpression(text: string): ComputedExpression | undefined {
  // An expression is what precedes a comparison.
  const { tree, diagnostics } = parseQuery(`${text} is known`);
  const { expression, comments } = tree;
  if (diagnostics.length > 0 || comments.length > 0) return undefined;
  const isOne = expression.kind === "Measure" || expression.kind === "Comparison";
  return isOne && expression.operator.name === "has_any_value" && !expression.operator.negated
    ? expression
    : undefined;
}

/** Resolves a name in a catalogue; the catalogue's own function, passed in. */
type Resolve = (catalog: Catalog, written: string) => ResolvedName | undefined;

/**
 * The computed attributes of a project that have a type, by the catalogue that has them: an expression may name another one. One
 * whose expression means nothing, or names itself, is left out.
 */
export function computedAttributes(
  catalog: Catalog,
  definitions: Readonly<Record<string, string>>,
  resolve: Resolve,
): readonly Attribute[] {
  const found = new Map<string, Attribute | undefined>();
  const byName = new Map(Object.keys(definitions).map((name) => [name.toLowerCase(), name]));
  const attributeOf = (name: string): Attribute | undefined => {
    if (found.has(name)) return found.get(name);
    // Until its type is known, an expression that names it has no type.
    found.set(name, undefined);
    const text = definitions[name] ?? "";
    const expression = parseExpression(text);
    const typed = expression === undefined ? undefined : typeOf(expression);
    if (expression === undefined || typed === undefined) return undefined;
    const canonical = `computed.${quoteName(name)}`;
    const attribute: Attribute = {
      ...typed,
      name: canonical,
      label: name,
      phrases: [],
      computed: { name, text, expression },
    };
    found.set(name, attribute);
    return attribute;
  };
  const typeOf = (expression: ComputedExpression): Omit<Attribute, "name" | "phrases"> | undefined => {
    if (expression.kind === "Measure") return measuredAttribute(catalog, expression, resolve);
    const written = expression.attribute.text;
    const resolved = resolve(catalog, written);
    const another = byName.get(bareName(written));
    const attribute = resolved?.attribute ?? (another === undefined ? undefined : attributeOf(another));
    if (attribute === undefined || resolved?.aspect !== undefined) return undefined;
    const {
      name: _name,
      phrases: _phrases,
      label: _label,
      campaigns: _campaigns,
      computed: _computed,
      ...typed
    } = attribute;
    return typed;
  };
  return Object.keys(definitions).flatMap((name) => attributeOf(name) ?? []);
}

/** `computed.NAME`, or the name alone, without backticks and noise. */
function bareName(written: string): string {
  return written
    .replaceAll("`", "")
    .replace(/^(?:(?:the|an?|customers?|customer's)\s+)+/i, "")
    .replace(/^computed(?:\s*\.\s*|\s+)/i, "")
    .toLowerCase();
}

function measuredAttribute(
  catalog: Catalog,
  { aggregate, property, name }: Measure,
  resolve: Resolve,
): Omit<Attribute, "name" | "phrases"> | undefined {
  const type = findEventType(catalog, name.text);
  if (type === undefined) return undefined;
  const field = { attribute: "computed", scope: "figure", path: "value" } as const;
  const attribute = property === undefined ? undefined : resolve(type.catalog, property.text)?.attribute;
  const measured = typeOfMeasure(aggregate, attribute?.type);
  if (measured === undefined) return undefined;
  return { type: measured, field, ...(isFractional(aggregate) ? { fractional: true } : {}) };
}
