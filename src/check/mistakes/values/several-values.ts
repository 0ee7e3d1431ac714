// `country is not Poland or Germany`, `city is Paris, Rome or Berlin`, `country is neither A nor B`: several values of one
// attribute.

import type { Span } from "../../../../grammar/diagnostic.js";
import { quoteValue } from "../../../../grammar/format.js";
import type { Comparison, Expression, Flag } from "../../../../grammar/tree.js";
import { resolveName } from "../../../catalog/catalog.js";
import { diagnostic, type Failure } from "../../failure.js";
import { asNamed } from "../../names.js";
import type { Named, Scope } from "../../scope.js";
import { canReadBy, statesPresence } from "../guess.js";
import type { Mistake, Suspicion } from "../mistake.js";
import type { Phrase } from "../phrase.js";
import { isBare, textTypes, wordedTypes } from "../value.js";

/** The list operator that corresponds to an operator with one value. */
const ofSeveral: Readonly<Record<string, readonly [plain: string, negated: string]>> = {
  is: ["is any of", "is none of"],
  "=": ["is any of", "is none of"],
  contains: ["contains any of", "does not contain any of"],
};

/** A value after `or`, which the parser reads as a separate condition. */
export const valueBehindOr: Mistake = {
  of: ["UNKNOWN_ATTRIBUTE", "UNKNOWN_PROPERTY"],
  recognise: ({ about: { condition }, parameters, expected }, scope) => {
    if (condition?.kind !== "Flag") return undefined;
    const { before, joint } = scope.around;
    const first = lastComparison(before);
    if (first === undefined) return undefined;
    const { comparison, values } = first;
    const named = namedBy(scope, comparison);
    if (named === undefined || comparison.operands.length !== 1) return undefined;
    const written = [
      textOf(comparison),
      ...values.map((flag) => flag.attribute.text),
      condition.attribute.text,
    ];
    const isValue = (words: string) =>
      !statesPresence(words) &&
      canReadBy(scope, named, comparison.operator.name, plain(words), condition.span);
    if (!written.every(isValue)) return undefined;
    // A comma between values is reported as such, except that between the conditions of a group.
    const between = scope.source.raw(comparison.span.end, condition.span.start);
    const isReported = between.includes(",") && !scope.around.inGroup;
    if (values.length > 0 || isReported) return "consequence";
    const following = valuesBehind(scope, isValue);
    const whole = [...written, ...following.map((flag) => flag.attribute.text)];
    const last = following.at(-1) ?? condition;
    return listed(scope, named, comparison, whole, last, condition.span, { parameters, expected, joint });
  },
};

function plain(words: string): string {
  return words.replace(/^either\s+/i, "");
}

function textOf({ operands }: Comparison): string {
  return operands[0]?.text ?? "";
}

/** The comparison before, and the bare values that follow it. */
function lastComparison(
  before: readonly Expression[],
): { readonly comparison: Comparison; readonly values: readonly Flag[] } | undefined {
  const values: Flag[] = [];
  for (const expression of before.toReversed()) {
    if (expression.kind === "Comparison") return { comparison: expression, values: values.toReversed() };
    if (expression.kind !== "Flag") return undefined;
    values.push(expression);
  }
  return undefined;
}

function namedBy({ catalog }: Scope, { attribute }: Comparison): Named | undefined {
  const resolved = resolveName(catalog, attribute.text);
  return resolved === undefined ? undefined : asNamed(resolved);
}

/** The values after this one, up to the next condition. */
function valuesBehind(
  { around: { behind }, catalog }: Scope,
  isValue: (words: string) => boolean,
): readonly Flag[] {
  const values: Flag[] = [];
  for (const expression of behind) {
    if (expression.kind !== "Flag" || resolveName(catalog, expression.attribute.text) !== undefined) break;
    if (!isValue(expression.attribute.text)) break;
    values.push(expression);
  }
  return values;
}

function listed(
  scope: Scope,
  named: Named,
  comparison: Comparison,
  values: readonly string[],
  last: Flag,
  at: Span,
  {
    parameters,
    expected,
    joint,
  }: Pick<Failure, "parameters" | "expected"> & { readonly joint?: "and" | "or" | undefined },
) {
  const { operator } = comparison;
  // For a set, `and` means each of them; no other attribute has two values.
  const isEach = named.type === "set" && joint === "and" && !operator.negated;
  const forms = isEach ? (["contains all of", ""] as const) : ofSeveral[operator.name];
  // `contains any of` is an operator of sets; for a text, each part becomes a condition.
  const isOne = operator.name === "contains" && named.type !== "set";
  if (forms === undefined || isOne || named.type === "date" || named.type === "datetime") return undefined;
  const list = `(${values.map((value) => quoteValue(plain(value))).join(", ")})`;
  const replacement = `${operator.negated ? forms[1] : forms[0]} ${list}`;
  const span = scope.source.span(operator.span.start, last.span.end);
  const [written] = parameters as readonly [string];
  const meant = `${comparison.attribute.raw} ${replacement}`;
  const more = { expected, fix: { replacement, span } };
  return scope.within === undefined
    ? diagnostic("UNKNOWN_ATTRIBUTE", [written, meant], at, more)
    : diagnostic("UNKNOWN_PROPERTY", [written, scope.within.type.name, meant, expected], at, more);
}

/** `city is Paris, Rome or Berlin`, `country is one of A, B`, `country is neither A nor B`. */
export const valuesWithCommas: Phrase = {
  rewrite: ({ text: own, span }, { around, catalog, source }) => {
    let { end } = span;
    for (const next of own.includes(",") ? around.behind : []) {
      if (next.kind !== "Flag" || resolveName(catalog, next.attribute.text) !== undefined) break;
      end = next.span.end;
    }
    const text = source.raw(span.start, end);
    const meant = listMeant(text);
    return meant === undefined ? [] : [{ text: meant, end }];
  },
};

function listMeant(text: string): string | undefined {
  const match =
    /^(?<name>.+?)\s+(?:(?<op>is\s+not|is|isn['’]?t|=|!=|not\s+in|in|contains|does\s+not\s+contain))\s+(?:(?:either|one\s+of|any\s+of)\s+)?\(?(?<values>[^()]+,[^()]+?)\)?$/is.exec(
      text,
    )?.groups;
  if (match?.values === undefined) return undefined;
  const negated = /not|n['’]?t|!/i.test(match.op ?? "");
  const values = valuesIn(match.values.replace(/\s+/g, " "));
  if (values.length === 0) return undefined;
  const list = `(${values.map(quoteAsBare).join(", ")})`;
  return /contain/i.test(match.op ?? "")
    ? `${match.name} ${negated ? "does not contain" : "contains"} any of ${list}`
    : `${match.name} ${negated ? "is none of" : "is any of"} ${list}`;
}

/** `country is neither Poland nor Germany`, which was read as part of a text. */
export const neitherNor: Suspicion = {
  of: wordedTypes,
  suspect: ({ operation: { operator, operands } }, { source }) => {
    if (operator.name !== "is" || operator.negated) return [];
    const [value] = operands;
    const match = value === undefined ? null : /^neither (.+)$/i.exec(value.text);
    if (value === undefined || match?.[1] === undefined) return [];
    const values = match[1].split(/\s*,\s*|\s+nor\s+/i).map((each) => quoteAsBare(each));
    const replacement = `is none of (${values.join(", ")})`;
    const span = source.span(operator.span.start, value.span.end);
    return [diagnostic("LIST_IN_TEXT", [value.raw, replacement], value.span, { fix: { replacement, span } })];
  },
};

/** `plan = gold | silver`: values that a bar joins, which were read as one text. */
export const valuesWithBars: Suspicion = {
  of: textTypes,
  suspect: ({ operation: { operator, operands } }, { source }) => {
    const [value] = operands;
    if (operator.name !== "is" || value?.text.includes("|") !== true || !isBare(value)) return [];
    const values = value.text.split(/\s+\|\s+/);
    if (values.length < 2 || values.includes("")) return [];
    const form = operator.negated ? "is none of" : "is any of";
    const replacement = `${form} (${values.map(quoteAsBare).join(", ")})`;
    const span = source.span(operator.span.start, value.span.end);
    return [diagnostic("LIST_IN_TEXT", [value.raw, replacement], value.span, { fix: { replacement, span } })];
  },
};

/** `city is any of (Paris; Rome)`: semicolons between the values of a list. */
export const valuesWithSemicolons: Suspicion = {
  of: [...textTypes, "country"],
  suspect: ({ operation: { operands } }, { mending }) =>
    operands.flatMap((value) => {
      const values = value.text.split(/\s*;\s*/);
      if (!isBare(value) || operands.length !== 1 || values.length < 2 || values.includes("")) return [];
      const fix = { replacement: values.map(quoteAsBare).join(", "), span: value.span };
      if (mending?.keeps(fix) === false) return [];
      return [diagnostic("LIST_IN_TEXT", [value.raw, fix.replacement], value.span, { fix })];
    }),
};

/** `vip, age > 30`: commas between conditions. */
export const commaForAnd: Phrase = {
  rewrite: ({ text }) => (text.includes(",") ? [text.replace(/\s*,\s*/g, " and ")] : []),
};

// Each a quoted value, or words up to a comma or `or`.
const oneValue =
  /\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^"',]*?)\s*(?:,\s*(?:(?:or|and)\s+)?|\s+or\s+|$)/giy;

/** The values of a list with commas, each as it is written; none if a quote is misplaced. */
function valuesIn(written: string): readonly string[] {
  const values = [...written.matchAll(oneValue)].map(([whole]) => whole);
  if (values.join("") !== written) return [];
  return values
    .map((value) => value.replace(/(?:,\s*(?:(?:or|and)\s+)?|\s+or\s+)$/i, "").trim())
    .filter((value) => value !== "");
}

function quoteAsBare(value: string): string {
  return /^["'].*["']$/.test(value) ? value : quoteValue(value);
}
