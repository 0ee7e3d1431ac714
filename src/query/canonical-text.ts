// Formats parts of a query as text, and collects names and values in them.
import { type Expression, treeVersion } from "../../grammar/tree.js";
import { formatQuery } from "../check/check.js";
import { normaliseText } from "../plan/text.js";

const nowhere = { span: { start: 0, end: 0, line: 1, column: 1 }, raw: "" };

/** The canonical text of a part of a query, on one line. */
export function textOf(expression: Expression): string {
  const text = formatQuery({ kind: "Query", version: treeVersion, expression, comments: [], ...nowhere });
  // Line breaks inside quotes are escaped, so the remaining ones are the formatter's.
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

/** The spellings of all values in an expression, by their normalised form. */
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
