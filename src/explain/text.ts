// Parts of a query as text.
import { type Expression, treeVersion } from "../../grammar/tree.js";
import { formatQuery } from "../check/check.js";

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
