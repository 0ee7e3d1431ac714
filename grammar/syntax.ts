// The grammar as data, for people: what the railroad diagram draws. The parser is written by hand where words decide; that this
// says the same is tested, by sentences drawn from it which the parser must take.
import type { OperandShape, OperatorSyntax } from "./operator-syntax.js";

export type SyntaxNode =
  /** Words that stand as they are. */
  | { readonly kind: "words"; readonly text: string }
  /** Another production. */
  | { readonly kind: "rule"; readonly name: string }
  /** Something that the writer fills in, as `value`. */
  | { readonly kind: "slot"; readonly name: Slot }
  | { readonly kind: "sequence"; readonly parts: readonly SyntaxNode[] }
  | { readonly kind: "choice"; readonly options: readonly SyntaxNode[] }
  | { readonly kind: "optional"; readonly part: SyntaxNode }
  /** Once or more, parted by something. */
  | { readonly kind: "repeat"; readonly part: SyntaxNode; readonly between: SyntaxNode };

export const slots = [
  "attribute",
  "property",
  "value",
  "number",
  "date",
  "unit",
  "event",
  "segment",
  "name",
] as const;
export type Slot = (typeof slots)[number];

const words = (text: string): SyntaxNode => ({ kind: "words", text });
const rule = (name: string): SyntaxNode => ({ kind: "rule", name });
const slot = (name: Slot): SyntaxNode => ({ kind: "slot", name });
const sequence = (...parts: readonly SyntaxNode[]): SyntaxNode => ({ kind: "sequence", parts });
const choice = (...options: readonly SyntaxNode[]): SyntaxNode => ({ kind: "choice", options });
const optional = (part: SyntaxNode): SyntaxNode => ({ kind: "optional", part });
const repeat = (part: SyntaxNode, between: SyntaxNode): SyntaxNode => ({ kind: "repeat", part, between });
const oneOf = (...texts: readonly string[]): SyntaxNode => choice(...texts.map(words));

const operands: Readonly<Record<OperandShape, SyntaxNode | undefined>> = {
  none: undefined,
  value: slot("value"),
  list: sequence(words("("), repeat(slot("value"), words(",")), words(")")),
  pair: sequence(slot("value"), words("and"), slot("value")),
  duration: sequence(optional(slot("number")), slot("unit")),
};

/** Operators of one shape, by the first words of each and of its complement, before their operand. */
function comparisons(operators: readonly OperatorSyntax[], shape: OperandShape): SyntaxNode {
  const forms = operators
    .filter(({ operand }) => operand === shape)
    .flatMap((operator) => [...operator.forms.slice(0, 1), ...operator.negatedForms.slice(0, 1)]);
  const operand = operands[shape];
  return operand === undefined ? oneOf(...forms) : sequence(oneOf(...forms), operand);
}

/** Every production of the language with these operators, in the order in which a reader meets them. */
export function syntaxOf(operators: readonly OperatorSyntax[]): Readonly<Record<string, SyntaxNode>> {
  const clauses = (...names: readonly string[]): SyntaxNode =>
    optional(names.length === 1 ? rule(names[0]!) : choice(...names.map(rule)));
  return {
    query: rule("expression"),
    expression: repeat(rule("conjunction"), words("or")),
    conjunction: repeat(rule("unary"), words("and")),
    unary: choice(
      sequence(words("not"), rule("unary")),
      sequence(words("("), rule("expression"), words(")")),
      rule("group"),
      rule("condition"),
    ),
    group: sequence(
      oneOf("all of", "any of", "none of"),
      words("("),
      repeat(rule("expression"), words(",")),
      words(")"),
    ),
    condition: choice(
      rule("comparison"),
      rule("event"),
      rule("occurrence"),
      rule("measure"),
      rule("membership"),
      rule("sample"),
    ),
    comparison: sequence(
      slot("attribute"),
      optional(sequence(words("in campaign"), slot("name"))),
      rule("operation"),
    ),
    operation: choice(
      ...(["value", "list", "pair", "duration", "none"] as const).map((shape) =>
        comparisons(operators, shape),
      ),
    ),
    event: choice(
      sequence(
        optional(oneOf("has", "did")),
        oneOf("performed", "perform", "placed"),
        slot("event"),
        clauses("count", "window", "where"),
      ),
      sequence(
        oneOf("has not", "did not", "never"),
        oneOf("performed", "perform", "placed"),
        slot("event"),
        clauses("window", "where"),
      ),
    ),
    occurrence: sequence(
      oneOf("first", "last"),
      oneOf("performed", "placed"),
      slot("event"),
      choice(
        sequence(oneOf("is before", "is after", "on", "is on or before", "is on or after"), slot("date")),
        sequence(oneOf("more than", "less than", "exactly"), slot("number"), slot("unit"), words("ago")),
        sequence(words("in the last"), optional(slot("number")), slot("unit")),
      ),
    ),
    measure: sequence(
      choice(
        sequence(oneOf("sum of", "average of", "min of", "max of"), slot("property"), words("of")),
        sequence(words("count of"), optional(sequence(slot("property"), words("of")))),
      ),
      slot("event"),
      clauses("window", "where"),
      choice(
        sequence(
          oneOf("is", "is not", "is at least", "is at most", "is more than", "is less than"),
          slot("number"),
        ),
        sequence(oneOf("=", "!=", "<", "<=", ">", ">="), slot("number")),
      ),
    ),
    count: choice(
      sequence(
        optional(oneOf("at least", "at most", "exactly", "more than", "less than")),
        choice(sequence(slot("number"), words("times")), words("once"), words("twice")),
      ),
    ),
    window: choice(
      sequence(oneOf("in the last", "within"), optional(slot("number")), slot("unit")),
      sequence(oneOf("since", "before", "after", "on"), slot("date")),
      sequence(words("between"), slot("date"), words("and"), slot("date")),
      oneOf("today", "yesterday"),
    ),
    where: sequence(
      words("where"),
      repeat(sequence(slot("property"), rule("operation")), oneOf("and", "or")),
    ),
    membership: sequence(optional(words("not")), words("in segment"), slot("segment")),
    sample: sequence(
      words("in sample"),
      slot("number"),
      words("%"),
      optional(sequence(words("of"), slot("name"))),
    ),
  };
}
