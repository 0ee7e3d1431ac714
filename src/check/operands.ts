// The values of a comparison: each is read as the type says, or told why it can't be, with what was surely meant.

import { quoteValue } from "../../grammar/format.js";
import { signsMeant } from "../../grammar/parser/conditions.js";
import type { Comparison, Value } from "../../grammar/tree.js";
import { resolveName } from "../catalog/catalog.js";
import { operatorsByName } from "../operators/index.js";
import type { Literal, ValueType } from "../plan/literals.js";
import { isAfter } from "../plan/scalars.js";
import { readLiteral, type Wanted } from "./literals.js";
import type { Named } from "./names.js";
import { report, type Scope } from "./report.js";
import { meantOperation } from "./wording.js";

/** An operator with its values. */
export type Operation = Pick<Comparison, "operator" | "operands">;

/** What is wanted of the values of a comparison. */
export interface WantedOperands extends Wanted, Named {}

/** Reads all values; undefined where one is wrong or missing, which is then reported. */
export function readOperands(
  scope: Scope,
  node: Operation,
  wanted: WantedOperands,
): readonly Literal[] | undefined {
  const { operator } = wanted;
  const literals = node.operands.map((value) => readOperand(scope, node, value, wanted));
  const read = literals.filter((literal) => literal !== undefined);
  // Too few operands: the parser has said so.
  const needed = operator.operand === "none" ? 0 : operator.operand === "pair" ? 2 : 1;
  if (read.length < literals.length || read.length < needed) return undefined;
  const [first, second] = read;
  const [from, to] = node.operands;
  if (operator.relativeOnly?.includes(wanted.type) === true && first?.relative === undefined) {
    reportAbsolute(scope, node, wanted);
    return undefined;
  }
  if (operator.operand === "pair" && first && second && from && to && isUpsideDown(first, second)) {
    const span = { ...from.span, end: to.span.end };
    report(scope, "UPSIDE_DOWN", [from.raw, to.raw], span, {
      fix: { replacement: `${to.raw} and ${from.raw}`, span },
    });
    return undefined;
  }
  return read;
}

function isUpsideDown(first: Literal, second: Literal): boolean {
  return isAfter(first.exact ?? first.from, second.exact ?? second.from);
}

function readOperand(
  scope: Scope,
  node: Operation,
  value: Value,
  wanted: WantedOperands,
): Literal | undefined {
  const before = scope.diagnostics.length;
  const literal = readLiteral(scope, value, wanted);
  const told = scope.diagnostics.splice(before);
  const bare = !/^["']/.test(value.raw);
  if (
    literal === undefined &&
    bare &&
    (reportSign(scope, node, value, wanted) ||
      reportWording(scope, node, value, wanted) ||
      reportRunOn(scope, value, wanted))
  )
    return undefined;
  scope.diagnostics.push(...told);
  const [sign] = bare ? (/^[<>=!]+\s/.exec(value.text) ?? []) : [];
  if (literal !== undefined && sign !== undefined && isText(wanted)) {
    const quoted = quoteValue(value.text);
    report(scope, "SIGN_IN_TEXT", [sign.trim(), quoted], value.span, {
      fix: { replacement: quoted, span: value.span },
    });
  }
  return literal;
}

function isText({ type, attribute }: WantedOperands): boolean {
  const compared = type === "set" ? attribute.element : type;
  return compared === "text" || compared === "exact" || compared === "product";
}

/** `age is > 5`: a sign behind another operator. */
function reportSign(scope: Scope, node: Operation, value: Value, wanted: WantedOperands): boolean {
  const written = /^[<>=!]+/.exec(value.text)?.[0];
  if (written === undefined) return false;
  const { start } = node.operator.span;
  const end = value.span.start + written.length;
  const form = wanted.operator.operand === "value" ? signBehind(node, written, wanted.type) : undefined;
  const span = scope.source.span(value.span.start, end);
  report(scope, "TWO_OPERATORS", [node.operator.raw, written, form], span, {
    expected: ["a value"],
    fix:
      form === undefined
        ? undefined
        : {
            replacement: /^\s/.test(value.raw.slice(written.length)) ? form : `${form} `,
            span: scope.source.span(start, end),
          },
  });
  return true;
}

/** What `is >` or `is not >` comes to; undefined where that is nothing. */
function signBehind(node: Operation, written: string, type: ValueType): string | undefined {
  const sign = signsMeant[written] ?? written;
  if (sign === "!=") return node.operator.name === "is" && !node.operator.negated ? sign : undefined;
  const name = sign === "=" ? "is" : wordOfSign(sign, type);
  const operator = operatorsByName.get(name);
  if (operator?.tests[type] === undefined) return undefined;
  if (node.operator.name === "is") return node.operator.negated ? operator.negatedForms[0] : sign;
  return wordOfSign(node.operator.name, type) === name && !node.operator.negated ? sign : undefined;
}

/** `age is greater than 5`: an operator in other words behind `is`. */
function reportWording(scope: Scope, node: Operation, value: Value, wanted: WantedOperands): boolean {
  if (wanted.operator.name !== "is") return false;
  const meant = meantOperation(value.raw, wanted.type, node.operator.negated);
  if (meant === undefined || meant.operator.operand === "list") return false;
  const trial: Scope = { ...scope, diagnostics: [] };
  const rest: Value = { ...value, raw: meant.rest, text: meant.rest };
  if (readLiteral(trial, rest, { ...wanted, operator: meant.operator }) === undefined) return false;
  const written = `${node.operator.raw} ${meant.written}`;
  report(scope, "UNKNOWN_OPERATOR", [written, meant.form], value.span, {
    expected: [meant.form],
    fix: {
      replacement: `${meant.form} ${meant.rest}`,
      span: scope.source.span(node.operator.span.start, value.span.end),
    },
  });
  return true;
}

// Words of a value in which the next condition is looked for: a bound, since every split of them is tried.
const maxGuessLength = 20;

/** `age is 5 vip is true`: the next condition without anything between. */
function reportRunOn(scope: Scope, value: Value, wanted: WantedOperands): boolean {
  const words = value.text.split(" ", maxGuessLength);
  const trial: Scope = { ...scope, diagnostics: [] };
  for (let length = 1; length < words.length; length += 1) {
    const first = words.slice(0, length).join(" ");
    const rest = words.slice(length);
    const begins = rest.some((_, end) => resolveName(scope.catalog, rest.slice(0, end + 1).join(" ")));
    if (!begins || readLiteral(trial, { ...value, text: first, raw: first }, wanted) === undefined) continue;
    const second = value.text.slice(first.length + 1);
    report(scope, "MISSING_CONNECTIVE", [first, second], value.span, {
      expected: ["and", "or"],
      fix: { replacement: `${first} and ${second}`, span: value.span },
    });
    return true;
  }
  return false;
}

function reportAbsolute(scope: Scope, node: Operation, { operator, written }: WantedOperands): void {
  const plain = operator.name === "more_than" ? "after" : operator.name === "less_than" ? "before" : "is";
  const instead = operatorsByName.get(plain);
  const form = (node.operator.negated ? instead?.negatedForms : instead?.forms)?.[0] ?? plain;
  report(scope, "NEEDS_RELATIVE_DATE", [written, form], node.operator.span, {
    expected: ["30 days ago"],
    fix: { replacement: form, span: node.operator.span },
  });
}

// Of numbers, and of dates.
const wordsOfSigns: Readonly<Record<string, readonly [string, string]>> = {
  "<": ["less_than", "before"],
  "<=": ["at_most", "on_or_before"],
  ">": ["more_than", "after"],
  ">=": ["at_least", "on_or_after"],
};

/** Which word a sign stands for: `<` is `is less than` of numbers and `is before` of dates. */
export function wordOfSign(name: string, type: ValueType): string {
  const dated = type === "date" || type === "datetime";
  return wordsOfSigns[name]?.[dated ? 1 : 0] ?? name;
}
