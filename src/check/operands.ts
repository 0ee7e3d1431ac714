// The values of a comparison: each is read as the type requires.

import { shortened } from "../../grammar/messages.js";
import { operatorsByName } from "../operators/index.js";
import type { Literal, ValueType } from "../plan/literals.js";
import { isAfter } from "../plan/scalars.js";
import { aboutMore, allFailed, diagnostic, Failed, fail } from "./failure.js";
import { readLiteral } from "./literals.js";
import { emptyRange } from "./messages.js";
import type { Operation, Scope, WantedOperands } from "./scope.js";

/** Reads all values. */
export function readOperands(
  scope: Scope,
  node: Operation,
  wanted: WantedOperands,
): readonly Literal[] | Failed {
  const { operator } = wanted;
  const read: Literal[] = [];
  const failed: Failed[] = [];
  for (const value of node.operands) {
    const literal = readLiteral(scope, value, wanted);
    if (literal instanceof Failed) failed.push(literal);
    else read.push(literal);
  }
  const failures = allFailed(failed);
  if (failures !== undefined) return aboutMore(failures, { operation: node, wanted });
  const needed = operator.operand === "none" ? 0 : operator.operand === "pair" ? 2 : 1;
  // Too few operands: the parser has said so.
  if (read.length < needed) return new Failed([]);
  const [first, second] = read;
  const [from, to] = node.operands;
  if (operator.relativeOnly?.includes(wanted.type) === true && first?.relative === undefined)
    return absoluteDate(node, wanted);
  if (operator.operand === "pair" && first && second && from && to && isUpsideDown(first, second)) {
    const span = { ...from.span, end: to.span.end };
    if (scope.isSaved !== true)
      return fail("UPSIDE_DOWN", [from.raw, to.raw], span, { operation: node, wanted });
    // Only time can bring a saved query here; it then matches no one until the range is valid again.
    const upsideDown = diagnostic("UPSIDE_DOWN", [from.raw, to.raw], span);
    const message = emptyRange(shortened(from.raw), shortened(to.raw));
    scope.diagnostics.push({ ...upsideDown, severity: "WARNING", message });
  }
  return read;
}

function isUpsideDown(first: Literal, second: Literal): boolean {
  return isAfter(first.exact ?? first.from, second.exact ?? second.from);
}

/** `created is more than 2026-01-01`. */
export function absoluteDate(node: Operation, wanted: WantedOperands): Failed {
  const { operator, written } = wanted;
  const plain = operator.name === "more_than" ? "after" : operator.name === "less_than" ? "before" : "is";
  const instead = operatorsByName.get(plain);
  const form = (node.operator.negated ? instead?.negatedSpellings : instead?.spellings)?.[0] ?? plain;
  return fail("NEEDS_RELATIVE_DATE", [written, form], node.operator.span, {
    expected: ["30 days ago"],
    operation: node,
    wanted,
  });
}

// Of numbers, and of dates.
const wordsOfSigns: Readonly<Record<string, readonly [string, string]>> = {
  "<": ["less_than", "before"],
  "<=": ["at_most", "on_or_before"],
  ">": ["more_than", "after"],
  ">=": ["at_least", "on_or_after"],
  since: ["on_or_after", "on_or_after"],
};

/** The word that a sign means: `<` is `is less than` of numbers and `is before` of dates. */
export function wordOfSign(name: string, type: ValueType): string {
  const dated = type === "date" || type === "datetime";
  return wordsOfSigns[name]?.[dated ? 1 : 0] ?? name;
}
