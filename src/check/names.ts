// Resolves the names of attributes and campaigns.
import type { Comparison, Flag, Value } from "../../grammar/tree.js";
import { oneOfType, resolveName } from "../catalog/catalog.js";
import type { Attribute, ResolvedName } from "../catalog/model.js";
import type { Field } from "../plan/plan.js";
import { normaliseText } from "../plan/text.js";
import { type About, type Failed, fail } from "./failure.js";
import type { Named, Scope } from "./scope.js";

/** The attribute that a condition is on. */
export function nameOf(scope: Scope, node: Comparison | Flag): Named | Failed {
  const { text, span } = node.attribute;
  const resolved = resolveName(scope.catalog, text);
  if (resolved === undefined) return unknownName(scope, node);
  const { attribute, aspect } = resolved;
  if (aspect !== undefined && attribute.type !== "date") {
    const word = aspect === "month" ? "month" : "anniversary";
    return fail("NOT_YEARLY", [attribute.name, oneOfType(attribute.type), word], span, { condition: node });
  }
  return asNamed(resolved);
}

function unknownName({ within }: Scope, node: Comparison | Flag): Failed {
  const { text, span } = node.attribute;
  if (within === undefined) {
    const expected = ["an attribute"];
    return fail("UNKNOWN_ATTRIBUTE", [text, undefined], span, { expected, condition: node });
  }
  const names = within.type.properties.map(({ name }) => name);
  return fail("UNKNOWN_PROPERTY", [text, within.type.name, undefined, names], span, {
    expected: names,
    condition: node,
  });
}

/** A resolved name with the type that it is compared as. */
export function asNamed({ attribute, aspect }: ResolvedName): Named {
  if (aspect === undefined) return { attribute, type: attribute.type, canonicalName: attribute.name };
  const word = aspect === "month" ? "month" : "anniversary";
  return { attribute, type: aspect, canonicalName: `${attribute.name} ${word}` };
}

/** The field of one campaign's figures. */
export function narrow(
  scope: Scope,
  attribute: Attribute,
  written: Value,
  more: Pick<About, "condition" | "value">,
): Field | Failed {
  const about = { value: written, ...more };
  if (attribute.campaigns === undefined)
    return fail("CAMPAIGN_NOT_TAKEN", [attribute.name], written.span, about);
  const names = scope.catalog.campaigns[attribute.campaigns] ?? [];
  const wanted = normaliseText(written.text);
  const name =
    names.find((known) => known === written.text) ?? names.find((known) => normaliseText(known) === wanted);
  if (name === undefined) {
    return fail("UNKNOWN_CAMPAIGN", [written.text, undefined, names], written.span, {
      expected: names,
      ...about,
    });
  }
  const dot = attribute.field.path.lastIndexOf(".");
  return {
    ...attribute.field,
    path: attribute.field.path.slice(dot + 1),
    campaign: { listPath: `${attribute.field.path.slice(0, dot)}.campaigns`, name },
  };
}
