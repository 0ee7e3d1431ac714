// Resolving the names of attributes and campaigns, or saying what may have been meant.
import type { Fix, Span } from "../../grammar/diagnostic.js";
import { quoted } from "../../grammar/format.js";
import type { Comparison, Flag, Name, Value } from "../../grammar/tree.js";
import type { Attribute } from "../catalog/attributes.js";
import { type Catalog, oneOfType, type ResolvedName, resolveName } from "../catalog/catalog.js";
import { quoteName } from "../catalog/quote-name.js";
import { operators, operatorsByName } from "../operators/index.js";
import type { ValueType } from "../plan/literals.js";
import type { Field } from "../plan/plan.js";
import { normaliseText } from "../plan/text.js";
import { closest } from "./closest.js";
import { readLiteral } from "./literals.js";
import { report, type Scope } from "./report.js";
import { type MeantOperation, meantOperation } from "./wording.js";

/** An attribute, or an aspect of it, that a condition is on. */
export interface Named {
  readonly attribute: Attribute;
  readonly type: ValueType;
  readonly canonicalName: string;
}

/** The attribute of a comparison; undefined where there is none, which is then reported. */
export function nameOfComparison(scope: Scope, node: Comparison): Named | undefined {
  const resolved = resolveName(scope.catalog, node.attribute.text);
  if (resolved !== undefined) return withAspect(scope, node.attribute.span, resolved);
  if (!reportOutside(scope, node) && !reportSplitOperator(scope, node)) reportUnknown(scope, node.attribute);
  return undefined;
}

/** The attribute that stands alone; undefined where there is none, which is then reported. */
export function nameOfFlag(scope: Scope, node: Flag): Named | undefined {
  const resolved = resolveName(scope.catalog, node.attribute.text);
  if (resolved !== undefined) return withAspect(scope, node.attribute.span, resolved);
  if (endsMisspeltRange(scope)) return undefined;
  if (!reportOutside(scope, node) && !reportMissingOperator(scope, node.attribute))
    reportUnknown(scope, node.attribute, sameAgain(scope, node.attribute));
  return undefined;
}

/** The `3` of `age betwen 1 and 3`, where `betwen` has been told of. */
function endsMisspeltRange(scope: Scope): boolean {
  const { previous } = scope;
  if (previous?.kind === "Flag")
    return begunComparison(scope, previous.attribute)?.meant?.operator.operand === "pair";
  if (previous?.kind !== "Comparison" || previous.operator.name !== "is") return false;
  const resolved = resolveName(scope.catalog, previous.attribute.text);
  const [value] = previous.operands;
  if (resolved === undefined || value === undefined) return false;
  return meantOperation(value.raw, named(resolved).type)?.operator.operand === "pair";
}

/** `country is Poland or Germany`: the condition before said once more, of this value; undefined where it could not be. */
function sameAgain(scope: Scope, { text, span }: Name): string | undefined {
  const { previous, source } = scope;
  const [value] = previous?.kind === "Comparison" ? previous.operands : [];
  if (previous?.kind !== "Comparison" || value === undefined) return undefined;
  // `is not a or b` mostly means neither, which is no second condition.
  if (previous.operator.negated || previous.operands.length > 1) return undefined;
  const resolved = resolveName(scope.catalog, previous.attribute.text);
  if (resolved === undefined) return undefined;
  const name = named(resolved);
  // Any words are text, so of those only one is taken for a value.
  if (text.includes(" ") && ["text", "exact", "set"].includes(name.type)) return undefined;
  if (![value.text, text].every((words) => canRead(scope, name, previous.operator.name, words, span)))
    return undefined;
  return `${source.raw(previous.span.start, previous.operator.span.end)} ${text}`;
}

/** `performed login where value > 100 and city is Paris`: a customer's attribute in a `where`. */
function reportOutside(scope: Scope, node: Comparison | Flag): boolean {
  const { within } = scope;
  const { text, span } = node.attribute;
  const resolved = within === undefined ? undefined : resolveName(within.outer, text);
  if (within === undefined || resolved === undefined) return false;
  const fix = endOfWhere(scope, node.span);
  report(
    scope,
    "ATTRIBUTE_IN_WHERE",
    [named(resolved).canonicalName, within.type.name, fix?.replacement],
    span,
    {
      expected: within.type.properties.map(({ name }) => name),
      fix,
    },
  );
  return true;
}

/**
 * What ends a `where` before a condition that can't stand in it: the event condition in parentheses, where another stands
 * before; `and` for `where`, where it is the only one. Undefined where neither does.
 */
export function endOfWhere({ source, within }: Scope, { start, end }: Span): Fix | undefined {
  if (within === undefined) return undefined;
  const { span: whole } = within.condition;
  const before = source.raw(whole.start, start);
  const inside = /^(.*\S)\s+(?:and|or)\s+(?:not\s+)*$/is.exec(before)?.[1];
  if (inside !== undefined) {
    if (inside.split("(").length !== inside.split(")").length) return undefined;
    return { replacement: `(${inside})`, span: source.span(whole.start, whole.start + inside.length) };
  }
  const event = /^(.*\S)(\s+)where\s+$/is.exec(before);
  if (event === null || end !== whole.end) return undefined;
  const [, words = "", space = ""] = event;
  const length = words.length + space.length + "where".length;
  return { replacement: `${words}${space}and`, span: source.span(whole.start, whole.start + length) };
}

function named({ attribute, aspect }: ResolvedName): Named {
  if (aspect === undefined) return { attribute, type: attribute.type, canonicalName: attribute.name };
  const word = aspect === "month" ? "month" : "anniversary";
  return { attribute, type: aspect, canonicalName: `${attribute.name} ${word}` };
}

function withAspect(scope: Scope, span: Span, resolved: ResolvedName): Named | undefined {
  const { attribute, aspect } = resolved;
  if (aspect !== undefined && attribute.type !== "date") {
    const word = aspect === "month" ? "month" : "anniversary";
    report(scope, "NOT_YEARLY", [attribute.name, oneOfType(attribute.type), word], span);
    return undefined;
  }
  return named(resolved);
}

/** `consents has at most 2`, `email not starts with x`: a word of the operator was taken for the name's last. */
function reportSplitOperator(scope: Scope, { attribute: name, operator: use }: Comparison): boolean {
  const match = /^(.*\S)\s+(not|has|have|is|was|are|do|does|did|doesn't|isn't)$/is.exec(name.text);
  const before = match?.[1] === undefined ? undefined : resolveName(scope.catalog, match[1]);
  if (match?.[2] === undefined || before === undefined) return false;
  const { type } = named(before);
  const operator = operatorsByName.get(use.name);
  const turned = /not|n't/i.test(match[2]);
  const forms = use.negated === turned ? operator?.forms : operator?.negatedForms;
  const form = operator?.tests[type] === undefined ? undefined : forms?.[0];
  const span = scope.source.span(name.span.end - match[2].length, use.span.end);
  report(scope, "UNKNOWN_OPERATOR", [`${match[2]} ${use.raw}`, form], span, {
    fix: form === undefined ? undefined : { replacement: form, span },
  });
  return true;
}

// Words in which two names, or a name and a value, are looked for: a bound, since every split of them is tried.
const maxGuessLength = 40;

interface BegunComparison {
  readonly name: Named;
  /** The words behind the name. */
  readonly rest: string;
  /** What was surely meant of them. */
  readonly meant?: MeantOperation | undefined;
}

/** The attribute that begins words, where what follows is no attribute too. */
function begunComparison(scope: Scope, { text, span }: Name): BegunComparison | undefined {
  const words = text.split(" ");
  if (words.length > maxGuessLength) return undefined;
  for (let length = words.length - 1; length > 0; length -= 1) {
    const resolved = resolveName(scope.catalog, words.slice(0, length).join(" "));
    if (resolved === undefined) continue;
    const rest = words.slice(length).join(" ");
    if (resolveName(scope.catalog, rest) !== undefined) return undefined;
    const name = named(resolved);
    const meant = meantOperation(rest, name.type);
    const isSure = meant !== undefined && canRead(scope, name, meant.operator.name, meant.rest, span);
    return { name, rest, meant: isSure ? meant : undefined };
  }
  return undefined;
}

/** `city Paris`, `age greater than 5`: a name with more behind it than a name. */
function reportMissingOperator(scope: Scope, written: Name): boolean {
  const { text, span } = written;
  const begun = begunComparison(scope, written);
  if (begun === undefined) return false;
  const { name, rest, meant } = begun;
  if (meant !== undefined) {
    const value = meant.operator.operand === "list" ? `(${meant.rest})` : meant.rest;
    const replacement = `${name.canonicalName} ${meant.form} ${value}`;
    report(scope, "UNKNOWN_OPERATOR", [meant.written, meant.form], span, {
      expected: [meant.form],
      fix: { replacement, span },
    });
    return true;
  }
  const operator = name.type === "set" ? "contains" : "is";
  const replacement = canRead(scope, name, operator, rest, span)
    ? `${name.canonicalName} ${operator} ${rest}`
    : undefined;
  report(scope, "MISSING_OPERATOR", [text, name.canonicalName, replacement], span, {
    expected: ["an operator"],
    fix: replacement === undefined ? undefined : { replacement, span },
  });
  return true;
}

/** Whether words are a value that an operator of an attribute takes. */
function canRead(scope: Scope, name: Named, operatorName: string, words: string, span: Span): boolean {
  const operator = operatorsByName.get(operatorName);
  if (operator === undefined) return false;
  const trial: Scope = { ...scope, diagnostics: [] };
  const value: Value = { kind: "Value", text: words, raw: words, span };
  return readLiteral(trial, value, { ...name, operator, written: words }) !== undefined;
}

/** @param again what else the words may stand for. */
function reportUnknown(scope: Scope, { text, raw, span }: Name, again?: string): void {
  const never = /^(?:has|have|had)\s+(never\s+(?:performed|placed))(?!\S)/i.exec(raw);
  if (never?.[1] !== undefined && scope.within === undefined) {
    const words = scope.source.span(span.start, span.start + never[0].length);
    report(scope, "UNKNOWN_ATTRIBUTE", [never[0], never[1]], words, {
      expected: ["an attribute"],
      fix: { replacement: never[1], span: words },
    });
    return;
  }
  const pair = twoNames(scope.catalog, text);
  if (pair !== undefined) {
    report(scope, "MISSING_CONNECTIVE", [...pair], span, {
      expected: ["and", "or"],
      fix: { replacement: pair.join(" and "), span },
    });
    return;
  }
  const suggestion = suggestName(scope.catalog, text) ?? again;
  if (scope.within !== undefined) {
    const { type } = scope.within;
    const names = type.properties.map(({ name }) => name);
    report(scope, "UNKNOWN_PROPERTY", [text, type.name, suggestion, names], span, {
      expected: names,
      fix: suggestion === undefined ? undefined : { replacement: suggestion, span },
    });
    return;
  }
  const operator = suggestion === undefined ? operatorThatBegins(text) : undefined;
  if (operator !== undefined) {
    const { start } = span;
    report(scope, "MISSING_ATTRIBUTE", [operator], scope.source.span(start, start + operator.length), {
      expected: ["an attribute"],
    });
    return;
  }
  report(scope, "UNKNOWN_ATTRIBUTE", [text, suggestion], span, {
    expected: ["an attribute"],
    fix: suggestion === undefined ? undefined : { replacement: suggestion, span },
  });
}

/** `vip age`: a condition and the next one's attribute, with nothing between them. */
function twoNames(catalog: Catalog, text: string): readonly [string, string] | undefined {
  const words = text.split(" ");
  if (words.length > maxGuessLength) return undefined;
  for (let length = words.length - 1; length > 0; length -= 1) {
    const first = words.slice(0, length).join(" ");
    const second = words.slice(length).join(" ");
    if (
      resolveName(catalog, first)?.attribute.type === "boolean" &&
      resolveName(catalog, second) !== undefined
    ) {
      return [first, second];
    }
  }
  return undefined;
}

/** The longest operator that words begin with, as they write it, with something behind it. */
function operatorThatBegins(words: string): string | undefined {
  const lower = words.toLowerCase();
  const forms = operators.flatMap((operator) => [...operator.forms, ...operator.negatedForms]);
  const longest = forms
    .filter((form) => lower.startsWith(`${form} `))
    .toSorted((one, other) => other.length - one.length)[0];
  return longest === undefined ? undefined : words.slice(0, longest.length);
}

/** The name that was most likely meant, as a query writes it. */
function suggestName(catalog: Catalog, written: string): string | undefined {
  const aspect = /\s+(?:anniversary|month)$/i.exec(written)?.[0] ?? "";
  const words = written
    .slice(0, written.length - aspect.length)
    .replace(/^(?:(?:the|an?|customers?|customer's)\s+)+/i, "");
  const names = new Map<string, string>();
  for (const name of catalog.byName.keys()) names.set(name, name);
  for (const [key, attribute] of catalog.metadataByName) {
    const bare = quoteName(key);
    names.set(attribute.name, attribute.name);
    if (!names.has(key))
      names.set(key, resolveName(catalog, bare)?.attribute === attribute ? bare : attribute.name);
  }
  const found = closest(words, names.keys());
  return found === undefined ? undefined : `${names.get(found) ?? found}${aspect.toLowerCase()}`;
}

/** The field of one campaign's figures; undefined where there is no such campaign, which is then reported. */
export function narrow(
  scope: Scope,
  attribute: Attribute,
  written: Value,
  nameEnd: number,
): Field | undefined {
  if (attribute.campaigns === undefined) {
    report(scope, "CAMPAIGN_NOT_TAKEN", [attribute.name], written.span, {
      fix: { replacement: "", span: scope.source.span(nameEnd, written.span.end) },
    });
    return undefined;
  }
  const names = scope.catalog.campaigns[attribute.campaigns] ?? [];
  const wanted = normaliseText(written.text);
  const name =
    names.find((known) => known === written.text) ?? names.find((known) => normaliseText(known) === wanted);
  if (name === undefined) {
    const suggestion = closest(written.text, names);
    report(scope, "UNKNOWN_CAMPAIGN", [written.text, suggestion, names], written.span, {
      expected: names,
      fix: suggestion === undefined ? undefined : { replacement: quoted(suggestion), span: written.span },
    });
    return undefined;
  }
  const dot = attribute.field.path.lastIndexOf(".");
  return {
    ...attribute.field,
    path: attribute.field.path.slice(dot + 1),
    campaign: { listPath: `${attribute.field.path.slice(0, dot)}.campaigns`, name },
  };
}
