// A query as rows and groups, each with its place in the text, so that a change in the form changes the text there
// and nothing else.
import { type Connective, type Expression, isConnective, type Query } from "../../../grammar/tree.js";
import { formatQuery } from "../../check/check.js";
import type { Clause, FormNode, Part, Stretch } from "./protocol.js";

/** The form of a tree whose spans are in `text`; undefined if a part of it could not be parsed. */
export function formOf(query: Query, text: string, parts: readonly Part[]): FormNode | undefined {
  return nodeOf(query.expression, text, parts);
}

/** False of a connective that is meant, but not written, such as the `not` of `unsubscribed from …`: its operands have no places. */
function isWritten(expression: Connective): boolean {
  const spans = (expression.kind === "Not" ? [expression.operand] : expression.operands).map(
    ({ span }) => span,
  );
  const { start, end } = expression.span;
  return spans.every(
    (span, index) =>
      (span.start > start || span.end < end) && (index === 0 || span.start >= spans[index - 1]!.end),
  );
}

function nodeOf(
  expression: Expression,
  text: string,
  parts: readonly Part[],
  isNegated = false,
): FormNode | undefined {
  const stretch = { from: expression.span.start, to: expression.span.end };
  const whole = isNegated ? withBrackets(text, stretch) : withNots(text, stretch);
  const place = { ...stretch, whole };
  if (!isConnective(expression)) {
    if (expression.kind === "Invalid") return undefined;
    const within = parts.filter(({ from, to }) => place.from <= from && to <= place.to);
    return { kind: "row", ...place, parts: within };
  }
  switch (expression.kind) {
    case "Not": {
      const child = nodeOf(expression.operand, text, parts, true);
      return child && { kind: "not", ...place, child };
    }
    case "And":
    case "Or":
    case "Group": {
      const children = expression.operands.map((operand) => nodeOf(operand, text, parts));
      if (!children.every((child) => child !== undefined)) return undefined;
      const quantified = expression.kind === "Group";
      return {
        kind: "group",
        ...place,
        join: joinOf(expression),
        quantified,
        children,
      };
    }
    default:
      return expression satisfies never;
  }
}

/** A stretch with the parentheses that enclose only it; those of `any of (…)` are the group's. */
function withBrackets(text: string, { from, to }: Stretch): Stretch {
  const before = /\(\s*$/.exec(text.slice(0, from));
  const after = /^\s*\)/.exec(text.slice(to));
  if (before === null || after === null) return { from, to };
  if (/(?:^|[\s(,])(?:all|any|none)\s+of\s*$/i.test(text.slice(0, before.index))) return { from, to };
  return withBrackets(text, { from: before.index, to: to + after[0].length });
}

/** A stretch with its parentheses and the `not`s before it: in `not not x`, which is read as `x`, both. */
function withNots(text: string, stretch: Stretch): Stretch {
  const { from, to } = withBrackets(text, stretch);
  const before = /(?<![^\s(,])not\s*$/i.exec(text.slice(0, from));
  return before === null ? { from, to } : withNots(text, { from: before.index, to });
}

function joinOf(
  expression: Extract<Expression, { readonly kind: "And" | "Or" | "Group" }>,
): "and" | "or" | "none" {
  if (expression.kind === "And") return "and";
  if (expression.kind === "Or") return "or";
  return expression.quantifier === "all" ? "and" : expression.quantifier === "any" ? "or" : "none";
}

/** The conditions that are joined by `and` at the top of a query, each with the query up to it and the query without it. */
export function clausesOf(query: Query): readonly Clause[] {
  const { expression } = query;
  const isAll = expression.kind === "And" || (expression.kind === "Group" && expression.quantifier === "all");
  if (!isAll || expression.operands.length < 2 || !isWritten(expression)) return [];
  const { operands } = expression;
  return operands.map(({ span }, index) => ({
    from: span.start,
    to: span.end,
    upTo: joined(query, operands.slice(0, index + 1)),
    without: joined(
      query,
      operands.filter((_, other) => other !== index),
    ),
    onlyOutside: joined(
      query,
      operands.map((operand, other) =>
        other === index ? { kind: "Not", operand, span: operand.span, raw: operand.raw } : operand,
      ),
    ),
  }));
}

function joined(query: Query, operands: readonly Expression[]): string {
  const [first] = operands;
  const { span, raw } = query.expression;
  const expression: Expression =
    operands.length === 1 && first !== undefined ? first : { kind: "And", operands, span, raw };
  return formatQuery({ ...query, comments: [], expression });
}
