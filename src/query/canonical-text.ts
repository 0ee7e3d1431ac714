// Parts of a query as text.
import { type Expression, treeVersion } from "../../grammar/tree.js";
import { formatQuery } from "../check/check.js";
import { normaliseText } from "../plan/text.js";

const nowhere = { span: { start: 0, end: 0, line: 1, column: 1 }, raw: "" };

/** A part of a query in its canonical form, in one line. */
export function textOf(expression: Expression): string {
  const text = formatQuery({ kind: "Query", version: treeVersion, expression, comments: [], ...nowhere });
  // Line breaks inside quotes are escaped: those that are left are the formatter's own.
  return text
    .trim()
    .replace(/\(\s*\n\s*/g, "(")
    .replace(/\s*\n\s*\)/g, ")")
    .replace(/\s*\n\s*/g, " ");
}

/** The segments that an expression names, by id. */
export function segmentsIn(expression: Expression): readonly string[] {
  if (expression.kind === "Membership")
    return expression.segmentId === undefined ? [] : [expression.segmentId];
  if (expression.kind === "Not") return segmentsIn(expression.operand);
  if (expression.kind === "And" || expression.kind === "Or" || expression.kind === "Group")
    return expression.operands.flatMap(segmentsIn);
  return [];
}

/** The texts of all values in an expression, as they are written, by the form in which they compare. */
export function spellingsIn(expression: Expression): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if ("kind" in node && node.kind === "Value" && "text" in node && typeof node.text === "string") {
      found.set(normaliseText(node.text), node.text);
    } else for (const each of Object.values(node)) walk(each);
  };
  walk(expression);
  return found;
}
