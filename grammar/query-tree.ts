// The syntax tree as clients see it: plain JSON with a version, without places in a text, so that a form can build one. A
// comment belongs to the expression that it was written before. The shape is defined once, here, for TypeScript, for
// validating input, and for the JSON Schema.
import { z } from "zod";
import { limits } from "./limits.js";
import type { OperatorSyntax } from "./operator-syntax.js";
import {
  aggregates,
  type Comment,
  type Expression,
  type Invalid,
  type LanguageVersion,
  languageVersions,
  type Query,
  treeVersion,
} from "./tree.js";

/** The fields of a node, except its place and what only the checker adds. */
type Fields<Node> = {
  readonly [Key in keyof Node as Exclude<Key, "span" | "raw" | "segmentId">]: Unplaced<Node[Key]>;
};

interface Commented {
  /** Each is one line, without the mark. */
  readonly comments?: readonly string[];
}

type Unplaced<Node> = Node extends readonly (infer Item)[]
  ? readonly Unplaced<Item>[]
  : Node extends Invalid
    ? never
    : Node extends Expression
      ? Fields<Node> & Commented
      : Node extends object
        ? Fields<Node>
        : Node;

/** An expression as clients see it. */
export type TreeExpression = Unplaced<Expression>;

/** A query as clients see it. */
export interface QueryTree extends Commented {
  readonly kind: "Query";
  readonly version: LanguageVersion;
  readonly expression: TreeExpression;
}

/**
 * The shape of a tree of the language with these operators. The number of operands, and what a text can't say, are checked
 * elsewhere.
 * Long because it is one list: the shape of each kind of node.
 */
export function queryTreeShape(operators: readonly OperatorSyntax[]): z.ZodType<QueryTree> {
  const text = (description: string) => z.string().max(limits.bytes).describe(description);
  const comments = z
    .array(
      z
        .string()
        .max(limits.bytes)
        .regex(/^[^\r\n]*$/, "a comment is one line"),
    )
    .meta({ id: "Comments", description: "Comments that stand before it, a line each, without the mark." })
    .optional();

  const name = z
    .strictObject({
      kind: z.literal("Name"),
      text: text("An attribute (in a `where`, a property), by its canonical name or one of its phrases."),
    })
    .meta({ id: "Name" });
  const plain = { kind: z.literal("Value"), text: text("The value, without quotes or escapes.") };
  const value = z
    .strictObject({
      ...plain,
      attribute: text(
        "Another attribute of the same customer, whose value is meant; `text` then is the same behind `customer's `.",
      ).optional(),
      campaign: z.strictObject(plain).describe("The campaign that this attribute is narrowed to.").optional(),
    })
    .meta({ id: "Value" });
  const operator = z
    .strictObject({
      kind: z.literal("Operator"),
      name: z.enum(operators.map((each) => each.name)),
      negated: z.boolean().describe("True for the exact complement, as `is not`."),
    })
    .meta({ id: "Operator" });
  const operands = z
    .array(value)
    .describe("None, one, two (a range) or as many as a list has, as the operator takes.");
  const window = z
    .strictObject({
      kind: z.literal("EventWindow"),
      form: z.enum(["in_the_last", "since", "before", "after", "between", "on", "during", "within"]),
      operands: z
        .array(value)
        .min(1)
        .max(3)
        .describe(
          "Two for `between`; for `within` a length of time, `of`, `after` or `before`, and an attribute; else one, which for `during` is a span of the calendar.",
        ),
    })
    .meta({ id: "EventWindow" });
  const comparison = z.enum(["at_least", "at_most", "exactly", "more_than", "less_than"]);
  const count = z
    .strictObject({ kind: z.literal("EventCount"), comparison, times: value })
    .meta({ id: "EventCount" });
  const days = z
    .strictObject({
      kind: z.literal("EventDays"),
      comparison,
      number: value,
      unit: value.describe("`days`, `weeks`, `months`, `quarters` or `years`."),
    })
    .meta({ id: "EventDays" });
  const same = z
    .strictObject({
      kind: z.literal("StepSame"),
      property: value.describe("A property of this step's event."),
      previous: value
        .describe("One of the event of the positive step before, where that is another.")
        .optional(),
    })
    .meta({ id: "StepSame" });

  const expression: z.ZodType<TreeExpression> = z
    .lazy(() => z.discriminatedUnion("kind", kinds))
    .meta({ id: "Expression" });
  const several = z.array(expression).min(2);
  const kinds = [
    z.strictObject({ kind: z.literal("And"), operands: several, comments }).meta({ id: "And" }),
    z.strictObject({ kind: z.literal("Or"), operands: several, comments }).meta({ id: "Or" }),
    z
      .strictObject({ kind: z.literal("Not"), operand: expression, comments })
      .describe("Its operand is no other Not: two are none.")
      .meta({ id: "Not" }),
    z
      .strictObject({
        kind: z.literal("Group"),
        quantifier: z.enum(["all", "any", "none"]),
        operands: z.array(expression).min(1),
        comments,
      })
      .describe("`any of (…)`: unlike And and Or, with one operand too, as a form has it.")
      .meta({ id: "Group" }),
    z
      .strictObject({
        kind: z.literal("Comparison"),
        attribute: name,
        campaign: value.optional(),
        window: window.describe("The records that a figure is taken of.").optional(),
        operator,
        operands,
        comments,
      })
      .meta({ id: "Comparison" }),
    z
      .strictObject({ kind: z.literal("Flag"), attribute: name, comments })
      .describe("A true/false attribute standing alone.")
      .meta({ id: "Flag" }),
    z
      .strictObject({
        kind: z.literal("Event"),
        negated: z.boolean().describe("True for `has not performed`; it takes no count."),
        name: value,
        count: count.optional(),
        days: days.optional(),
        window: window.optional(),
        where: expression.optional(),
        comments,
      })
      .meta({ id: "Event" }),
    z
      .strictObject({
        kind: z.literal("Sequence"),
        which: z.enum(["first", "last"]).describe("The first step is that one of its kind.").optional(),
        steps: z
          .array(
            z
              .strictObject({
                kind: z.literal("Step"),
                negated: z.boolean().describe("True of what must not have happened."),
                name: value,
                window: window.optional(),
                where: expression.optional(),
                same: same.optional(),
                within: value
                  .describe("The longest time since the positive step before; not in the first step.")
                  .optional(),
              })
              .meta({ id: "Step" }),
          )
          .min(2),
        comments,
      })
      .describe("One thing, then another.")
      .meta({ id: "Sequence" }),
    z
      .strictObject({
        kind: z.literal("Occurrence"),
        which: z.enum(["first", "last"]),
        name: value,
        operator,
        operands,
        comments,
      })
      .meta({ id: "Occurrence" }),
    z
      .strictObject({
        kind: z.literal("Measure"),
        aggregate: z.enum(aggregates),
        different: z.literal(true).describe("For `count`: how many different values there are.").optional(),
        property: value.optional(),
        name: value,
        window: window.optional(),
        where: expression.optional(),
        operator,
        operands,
        comments,
      })
      .meta({ id: "Measure" }),
    z.strictObject({ kind: z.literal("Membership"), segment: value, comments }).meta({ id: "Membership" }),
    z
      .strictObject({ kind: z.literal("Sample"), share: value, name: value.optional(), comments })
      .meta({ id: "Sample" }),
    z
      .strictObject({ kind: z.literal("Item"), operand: expression, comments })
      .describe("In a `where` on `order`: one line passes all of it.")
      .meta({ id: "Item" }),
    z.strictObject({ kind: z.literal("Everyone"), comments }).meta({ id: "Everyone" }),
  ] as const;

  return z.strictObject({
    kind: z.literal("Query"),
    version: z
      .union(languageVersions.map((version) => z.literal(version)))
      .describe("The version of the language by whose rules it is read."),
    expression,
    comments,
  });
}

/** The JSON Schema (draft 2020-12) of a tree. */
export function queryTreeSchema(operators: readonly OperatorSyntax[]): object {
  return {
    title: "A query of the segment language, as a tree",
    description: `Version ${treeVersion}. At most ${limits.conditions} conditions, ${limits.eventConditions} of them on events, ${limits.levels} levels, ${limits.listItems} values in a list and, as a text, ${limits.bytes} bytes. The query's own comments stand behind everything.`,
    ...z.toJSONSchema(queryTreeShape(operators)),
  };
}

/** A parsed tree, which must hold no Invalid node, as clients see it. */
export function unplacedTree(query: Query): QueryTree {
  const waiting = query.comments.toSorted((one, other) => one.span.start - other.span.start);
  // The same fields except those that `Unplaced` leaves out.
  const expression = unplaced(query.expression, waiting) as TreeExpression;
  const comments = waiting.map(({ text }) => text);
  return {
    kind: "Query",
    version: query.version,
    expression,
    ...(comments.length === 0 ? {} : { comments }),
  };
}

/**
 * `waiting` are the comments that do not yet belong to an expression; undefined in a `where`, whose conditions have no comments.
 */
function unplaced(node: unknown, waiting: Comment[] | undefined): unknown {
  if (Array.isArray(node)) return node.map((item) => unplaced(item, waiting));
  if (!isPlaced(node)) return node;
  const { kind, span } = node;
  const comments = bearsComments.has(kind) ? takeBefore(waiting, span.start) : [];
  const fields = Object.entries(node)
    .filter(([key]) => key !== "span" && key !== "raw" && key !== "segmentId")
    .map(([key, value]) => [key, unplaced(value, key === "where" || key === "steps" ? undefined : waiting)]);
  return { ...Object.fromEntries(fields), ...(comments.length === 0 ? {} : { comments }) };
}

// An `and` or `or` begins where its first condition does, which has the comments.
const bearsComments: ReadonlySet<string> = new Set([
  "Not",
  "Group",
  "Comparison",
  "Flag",
  "Event",
  "Occurrence",
  "Sequence",
  "Measure",
  "Membership",
  "Sample",
  "Everyone",
]);

function takeBefore(waiting: Comment[] | undefined, offset: number): readonly string[] {
  if (waiting === undefined) return [];
  const behind = waiting.findIndex(({ span }) => span.start >= offset);
  return waiting.splice(0, behind < 0 ? waiting.length : behind).map(({ text }) => text);
}

function isPlaced(node: unknown): node is Expression {
  return typeof node === "object" && node !== null && "kind" in node && "span" in node;
}

/** A client's tree as the formatter takes it: its nodes placed in the order in which a text would have them. */
export function placedTree(tree: QueryTree): Query {
  const comments: Comment[] = [];
  let offset = 0;
  const place = () => {
    const span = { start: offset, end: offset, line: 1, column: offset + 1 };
    offset += 1;
    return { span, raw: "" };
  };
  const comment = (text: string): Comment => ({ kind: "Comment", text, ...place() });
  const placed = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(placed);
    if (typeof node !== "object" || node === null) return node;
    const { comments: before = [], ...fields } = node as Commented;
    comments.push(...before.map(comment));
    const where = place();
    return {
      ...Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, placed(value)])),
      ...where,
    };
  };
  const expression = placed(tree.expression) as Expression;
  comments.push(...(tree.comments ?? []).map(comment));
  return { kind: "Query", version: tree.version, expression, comments, ...place() };
}
