// The grammar as data, for people: the railroad diagram is drawn from it. The parser is written by hand where words decide; a
// test checks that both agree: the parser must accept sentences drawn from this grammar.
import type { OperandShape, OperatorSyntax } from "./operator-syntax.js";

export type SyntaxNode =
  /** Literal words. */
  | { readonly kind: "words"; readonly text: string }
  /** Another production. */
  | { readonly kind: "rule"; readonly name: string }
  /** Something that the writer fills in, as `value`. */
  | { readonly kind: "slot"; readonly name: Slot }
  | { readonly kind: "sequence"; readonly parts: readonly SyntaxNode[] }
  | { readonly kind: "choice"; readonly options: readonly SyntaxNode[] }
  | { readonly kind: "optional"; readonly part: SyntaxNode }
  /** Once or more, with a separator. */
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
  "month",
  "year",
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
  value: rule("value"),
  list: sequence(words("("), repeat(rule("value"), words(",")), words(")")),
  pair: sequence(slot("value"), words("and"), slot("value")),
  duration: sequence(optional(slot("number")), slot("unit")),
  period: rule("period"),
  distance: rule("distance"),
};

/** Operators of one shape, by the first form of each and of its complement, before their operand. */
function comparisons(operators: readonly OperatorSyntax[], shape: OperandShape): SyntaxNode {
  const forms = operators
    .filter(({ operand }) => operand === shape)
    .flatMap((operator) => [...operator.spellings.slice(0, 1), ...operator.negatedSpellings.slice(0, 1)]);
  const operand = operands[shape];
  return operand === undefined ? oneOf(...forms) : sequence(oneOf(...forms), operand);
}

/**
 * Every production of the language with these operators, in the order in which a reader meets them.
 * Long because it is one list of productions.
 */
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
      words("everyone"),
      rule("event"),
      rule("sequence"),
      rule("occurrence"),
      rule("measure"),
      rule("membership"),
      rule("sample"),
    ),
    comparison: sequence(
      slot("attribute"),
      optional(sequence(words("in campaign"), slot("name"))),
      choice(
        rule("operation"),
        sequence(
          rule("window"),
          choice(sequence(words("is at least"), slot("number")), sequence(words(">"), slot("number"))),
        ),
      ),
    ),
    value: choice(slot("value"), sequence(words("customer's"), slot("attribute"))),
    period: choice(rule("calendar"), oneOf("today", "yesterday")),
    calendar: choice(
      sequence(oneOf("this", "last calendar", "next"), oneOf("week", "month", "quarter", "year")),
      sequence(slot("month"), optional(slot("year"))),
      sequence(oneOf("Q1", "Q2", "Q3", "Q4"), optional(slot("year"))),
      slot("year"),
      words("tomorrow"),
    ),
    distance: sequence(slot("number"), slot("unit"), oneOf("of", "after", "before"), slot("attribute")),
    operation: choice(
      ...(["value", "list", "pair", "duration", "period", "distance", "none"] as const).map((shape) =>
        comparisons(operators, shape),
      ),
    ),
    event: choice(
      sequence(
        optional(oneOf("has", "did")),
        oneOf("performed", "perform", "placed"),
        slot("event"),
        clauses("count", "days", "window", "where"),
      ),
      sequence(
        oneOf("has not", "did not", "never"),
        oneOf("performed", "perform", "placed"),
        slot("event"),
        clauses("window", "where"),
      ),
    ),
    sequence: sequence(
      optional(oneOf("first", "last")),
      words("performed"),
      slot("event"),
      clauses("window"),
      words("then"),
      repeat(rule("step"), words("then")),
    ),
    step: sequence(
      oneOf("performed", "not performed"),
      slot("event"),
      clauses("window", "same", "within", "where"),
    ),
    same: choice(
      sequence(words("with the same"), slot("property")),
      sequence(words("with"), slot("property"), words("the same as"), slot("property")),
    ),
    within: sequence(words("within"), optional(slot("number")), slot("unit")),
    days: sequence(
      words("on"),
      optional(oneOf("at least", "at most", "exactly", "more than", "less than")),
      slot("number"),
      words("different"),
      oneOf("days", "weeks", "months", "quarters", "years"),
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
        sequence(words("count of different"), slot("property"), words("of")),
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
      sequence(oneOf("in", "during"), rule("calendar")),
      sequence(words("within"), rule("distance")),
    ),
    where: sequence(
      words("where"),
      repeat(choice(sequence(slot("property"), rule("operation")), rule("item")), oneOf("and", "or")),
    ),
    item: sequence(words("item"), words("("), slot("property"), rule("operation"), words(")")),
    membership: sequence(optional(words("not")), words("in segment"), slot("segment")),
    sample: sequence(
      words("in sample"),
      slot("number"),
      words("%"),
      optional(sequence(words("of"), slot("name"))),
    ),
  };
}
