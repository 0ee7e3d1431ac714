// Tree to text, in one canonical form: canonical operators, lower-case connectives, quotes only if a value needs them, and beyond
// 80 columns a line for each condition. Comments stay before the condition that they preceded.
import type { IToken } from "chevrotain";
import { type OperatorStep, type OperatorSyntax, operatorSteps } from "./operator-syntax.js";
import { EOF } from "./parser/chevrotain.js";
import { startAt } from "./parser/clause-scanner.js";
import { comparisonAt } from "./parser/comparison-scanner.js";
import { type Context, isPlainWord, lookaheadOf, noiseWords } from "./parser/lookahead.js";
import { isCalendarWord, isPeriodText } from "./parser/periods.js";
import { tokenize } from "./parser/tokens.js";
import {
  type Comment,
  type Condition,
  type EventCondition,
  type EventCount,
  type EventDays,
  type EventWindow,
  type Expression,
  isConnective,
  type Query,
  type Sequence,
  type StepSame,
  type Value,
} from "./tree.js";

const end: IToken = { image: "", startOffset: Number.NaN, tokenType: EOF, tokenTypeIdx: 0 };

/** The longest line that is not broken, in UTF-16 units. */
const lineWidth = 80;

/** Prints a tree; an Invalid node is printed as its source text. */
export type Format = (query: Query) => string;

/** Makes a formatter for the language with these operators. */
export function createFormatter(operators: readonly OperatorSyntax[]): Format {
  const printer = new Printer(operators);
  return (query) => printer.query(query);
}

// Words that end a bare value anywhere, and those that do so in an event or a measure.
const connectives = new Set(["and", "or"]);
const clauseWords = new Set(
  (
    "and or not where in within since before after between on today yesterday tomorrow at exactly more less once twice times time " +
    "is of during this last previous next then with"
  ).split(" "),
);
// Alone these are dates: as values they need no quotes.
const plainDays = new Set(["today", "yesterday"]);
// What the lexer takes for one word and for nothing else; invisible characters are quoted nevertheless.
const plainWord = /^(?!["'#]|--|[–−][\d.])[^\s\u0085()[\],=<>`≥≤≠“”‘’\p{C}]+$/u;
// Outside a list a comma between digits separates nothing.
const groupingComma = /(?<=\d),(?=\d)/g;

function isBare(text: string, reserved: ReadonlySet<string>): boolean {
  if (/^(?:the )?customer's /i.test(text)) return false;
  return text.split(" ").every((word) => plainWord.test(word) && !reserved.has(word.toLowerCase()));
}

/** A value between quotes. */
export function quoted(text: string): string {
  const escaped = text
    .replace(/["\\]/g, "\\$&")
    .replace(/\n/g, "\\n")
    .replace(/\r/g, "\\r")
    .replace(/\t/g, "\\t");
  return `"${escaped}"`;
}

/** A value as any condition can hold it: bare if nothing in it could be misread. */
export function quoteValue(text: string): string {
  return isBare(text, clauseWords) ? text : quoted(text);
}

/** A name as any condition on events can hold it: quoted if it contains a span of the calendar, which would end it. */
function quoteEventName(text: string): string {
  const words = text.toLowerCase().split(" ");
  return words.some(isCalendarWord) || words[0] === "different" ? quoted(text) : quoteValue(text);
}

class Printer {
  readonly #operators: ReadonlyMap<string, OperatorSyntax>;
  readonly #steps: OperatorStep;
  /** Words that continue an operator which takes a value: a value that begins with one would be read as part of the operator. */
  readonly #continuations: ReadonlySet<string>;
  #comments: Comment[] = [];
  /** The kind of condition whose clauses end bare values here. */
  #context: Context = "plain";

  constructor(operators: readonly OperatorSyntax[]) {
    this.#operators = new Map(operators.map((operator) => [operator.name, operator]));
    this.#steps = operatorSteps(operators);
    // Before `is`, other operators are words of a name.
    this.#continuations = new Set(["is", ...continuations(this.#steps)]);
  }

  query(query: Query): string {
    this.#comments = query.comments.toSorted((one, other) => one.span.start - other.span.start);
    const inline = this.#inline(query.expression);
    if (this.#comments.length === 0 && inline.length <= lineWidth) return inline;
    const lines = this.#lines(query.expression);
    return [...lines, ...this.#commentsBefore(Number.POSITIVE_INFINITY)].join("\n");
  }

  #inline(expression: Expression): string {
    if (!isConnective(expression)) return this.#condition(expression);
    switch (expression.kind) {
      case "And":
        return expression.operands
          .map((operand) => this.#operand(operand, operand.kind === "Or" || operand.kind === "And"))
          .join(" and ");
      case "Or":
        return expression.operands
          .map((operand) => this.#operand(operand, operand.kind === "Or"))
          .join(" or ");
      case "Not":
        return `not ${this.#operand(expression.operand, isBracketedBehindNot(expression.operand))}`;
      case "Group":
        return `${expression.quantifier} of (${expression.operands.map((operand) => this.#inline(operand)).join(", ")})`;
      default:
        return expression satisfies never;
    }
  }

  #operand(expression: Expression, inParentheses: boolean): string {
    // An event's `where` extends to the end, so another condition must not follow it.
    const bracketed = inParentheses || takesAllThatFollows(expression);
    return bracketed ? `(${this.#inline(expression)})` : this.#inline(expression);
  }

  /** The expression with a line for each condition; comments are above their condition. */
  #lines(expression: Expression): string[] {
    if (expression.kind === "And" || expression.kind === "Or") {
      const word = expression.kind === "And" ? "and " : "or ";
      return expression.operands.flatMap((operand, index) => {
        const inParentheses =
          operand.kind === "Or" ||
          (operand.kind === "And" && expression.kind === "And") ||
          takesAllThatFollows(operand);
        return this.#block(operand, index === 0 ? "" : word, inParentheses);
      });
    }
    return this.#block(expression, "", false);
  }

  #block(expression: Expression, prefix: string, inParentheses: boolean): string[] {
    const comments = this.#commentsBefore(firstCondition(expression));
    if (!isConnective(expression)) {
      const text = this.#condition(expression);
      return [...comments, `${prefix}${inParentheses ? `(${text})` : text}`];
    }
    if (inParentheses) return [...comments, `${prefix}(`, ...indent(this.#lines(expression)), ")"];
    if (expression.kind === "Not") {
      const inside = this.#block(
        expression.operand,
        `${prefix}not `,
        isBracketedBehindNot(expression.operand),
      );
      return [...comments, ...inside];
    }
    if (expression.kind === "Group") return [...comments, ...this.#group(expression, prefix)];
    const [first = "", ...rest] = this.#lines(expression);
    return [...comments, `${prefix}${first}`, ...rest];
  }

  #group(group: Extract<Expression, { kind: "Group" }>, prefix: string): string[] {
    const operands = group.operands.map((operand, index) => {
      const lines = this.#lines(operand);
      return index === group.operands.length - 1 ? lines : [...lines.slice(0, -1), `${lines.at(-1)},`];
    });
    return [`${prefix}${group.quantifier} of (`, ...indent(operands.flat()), ")"];
  }

  #commentsBefore(offset: number): string[] {
    const before = this.#comments.filter((comment) => comment.span.start < offset);
    this.#comments = this.#comments.slice(before.length);
    return before.map((comment) => `-- ${comment.text}`.trimEnd());
  }

  #condition(expression: Condition): string {
    switch (expression.kind) {
      case "Flag":
        return expression.attribute.text;
      case "Comparison": {
        const campaign =
          expression.campaign === undefined ? "" : ` in campaign ${quoted(expression.campaign.text)}`;
        const window = expression.window === undefined ? "" : ` ${this.#window(expression.window)}`;
        return this.#comparison(
          expression.attribute.text,
          `${campaign}${window} ${this.#operation(expression)}`,
        );
      }
      case "Everyone":
        return "everyone";
      case "Item":
        return `item (${this.#inline(expression.operand)})`;
      case "Sequence":
        return this.#sequence(expression);
      case "Event":
        return `${expression.negated ? "has not performed" : "performed"} ${this.#name(expression.name)}${this.#clauses(expression)}`;
      case "Occurrence":
        return `${expression.which} performed ${this.#name(expression.name)} ${this.#operation(expression)}`;
      case "Measure": {
        const property = expression.property === undefined ? "" : `${this.#name(expression.property)} of `;
        const different = expression.different === true ? "different " : "";
        const measured = `${expression.aggregate} of ${different}${property}${this.#name(expression.name)}`;
        const window = expression.window === undefined ? "" : ` ${this.#window(expression.window)}`;
        return `${measured}${window}${this.#where(expression.where, "measure")} ${this.#operation(expression)}`;
      }
      case "Membership":
        return `in segment ${quoted(expression.segment.text)}`;
      case "Sample":
        return `in sample ${expression.share.text}${expression.name === undefined ? "" : ` of ${quoted(expression.name.text)}`}`;
      case "Invalid":
        return expression.raw;
      default:
        return expression satisfies never;
    }
  }

  /** Between backticks if it would be read otherwise: a name that the catalogue does not have may end in words of an operator. */
  #comparison(name: string, rest: string): string {
    const plain = `${name}${rest}`;
    const words = name.split(" ");
    if (words.length === 1 || name.includes("`")) return plain;
    const { tokens } = tokenize(plain);
    // Words that can't be in a name are left as they are; the parser reports them.
    const isName = tokens.slice(0, words.length).every(isPlainWord);
    if (!isName || tokens[words.length]?.startOffset !== name.length + 1) return plain;
    const peek = lookaheadOf((k): IToken => tokens[k - 1] ?? end);
    const noise = noiseWords(peek, 1);
    if (startAt(peek, 1 + noise, this.#context) === "comparison") {
      const shape = comparisonAt(peek, 1 + noise, this.#steps, this.#context);
      if (shape.name === words.length - noise && (shape.operator !== undefined || shape.window)) return plain;
    }
    return [...words.slice(0, noise), `\`${words.slice(noise).join(" ")}\`${rest}`].join(" ");
  }

  #operation(expression: Extract<Expression, { kind: "Comparison" | "Occurrence" | "Measure" }>): string {
    const { operator, operands } = expression;
    const syntax = this.#operators.get(operator.name);
    const forms = (operator.negated ? syntax?.negatedSpellings : syntax?.spellings) ?? [];
    // The comparison of a measure, and of a figure with a window, begins with `is`.
    const isFigure =
      expression.kind === "Measure" || (expression.kind === "Comparison" && expression.window !== undefined);
    const begun = isFigure ? forms.find((each) => each.startsWith("is ")) : undefined;
    const form = begun ?? forms[0] ?? operator.raw;
    const values = operands.map((value) =>
      this.#value(value, syntax?.operand === "list", this.#context !== "plain"),
    );
    const shape = syntax?.operand;
    switch (shape) {
      case "none":
        return form;
      case "list":
        return `${form} (${values.join(", ")})`;
      case "pair":
        return `${form} ${values.join(" and ")}`;
      case "period": {
        const [{ text = "" } = {}] = operands;
        // `in the next month` is a length of time.
        return `${/^the /i.test(text) ? form.replace(/ in$/, " during") : form} ${text}`;
      }
      case "distance":
        return `${form} ${operands.map(({ text }) => text).join(" ")}`;
      case undefined:
      case "value":
      case "duration":
        return `${form} ${values.join(" ")}`;
      default:
        return shape satisfies never;
    }
  }

  #clauses(event: EventCondition): string {
    const count = event.count === undefined ? "" : ` ${printCount(event.count)}`;
    const days = event.days === undefined ? "" : ` ${printDays(event.days)}`;
    const window = event.window === undefined ? "" : ` ${this.#window(event.window)}`;
    return `${count}${days}${window}${this.#where(event.where, "event")}`;
  }

  #sequence({ which, steps }: Sequence): string {
    const printed = steps.map((step, index) => {
      const window = step.window === undefined ? "" : ` ${this.#window(step.window)}`;
      const same = step.same === undefined ? "" : ` ${this.#same(step.same)}`;
      const within = step.within === undefined ? "" : ` within ${this.#value(step.within, false, true)}`;
      const where = this.#where(step.where, index === 0 ? "event" : "step");
      return `${step.negated ? "not performed" : "performed"} ${this.#name(step.name)}${window}${same}${within}${where}`;
    });
    return `${which === undefined ? "" : `${which} `}${printed.join(" then ")}`;
  }

  #same({ property, previous }: StepSame): string {
    if (previous === undefined) return `with the same ${this.#name(property)}`;
    return `with ${this.#name(property)} the same as ${this.#name(previous)}`;
  }

  #where(expression: Expression | undefined, context: Context): string {
    if (expression === undefined) return "";
    const outer = this.#context;
    this.#context = context;
    const inside = this.#inline(expression);
    this.#context = outer;
    // A measure's comparison follows, and would be read as the comparison of a true/false property that is alone.
    return context === "measure" && endsInFlag(expression) ? ` where (${inside})` : ` where ${inside}`;
  }

  #window(window: EventWindow): string {
    const [first] = window.operands;
    // These are windows by themselves.
    if (window.form === "on" && first !== undefined && plainDays.has(first.text.toLowerCase()))
      return first.text;
    if (window.form === "during") {
      const { text = "" } = first ?? {};
      return /^(?:the )?(?:this|last|previous|next) |^tomorrow$/i.test(text) ? text : `in ${text}`;
    }
    if (window.form === "within") return `within ${window.operands.map(({ text }) => text).join(" ")}`;
    const words = window.form === "in_the_last" ? "in the last" : window.form;
    return `${words} ${window.operands.map((value) => this.#value(value, false, true)).join(" and ")}`;
  }

  /** An event's or a property's name: quoted if it could be read as a clause. */
  #name({ text }: Value): string {
    return quoteEventName(text);
  }

  #value({ text, attribute, campaign }: Value, inList: boolean, withClauses: boolean): string {
    if (attribute !== undefined)
      return `customer's ${attribute}${campaign === undefined ? "" : ` in campaign ${quoted(campaign.text)}`}`;
    if (isPeriodText(text)) return text;
    if (plainDays.has(text.toLowerCase()) || isRelativeDate(text)) return text;
    const lengthens = this.#continuations.has(text.split(" ", 1)[0]?.toLowerCase() ?? "");
    const parted = inList ? text : text.replace(groupingComma, "");
    return !lengthens && isBare(parted, withClauses ? clauseWords : connectives) ? text : quoted(text);
  }
}

/** `in 2 weeks` and `start of month` hold reserved words and can't be misread. */
function isRelativeDate(text: string): boolean {
  return /^(?:in (?:(?:\d+|an?) )?(?:minute|hour|day|week|month|quarter|year)s?|start of (?:the )?(?:week|month|quarter|year))$/i.test(
    text,
  );
}

function continuations(step: OperatorStep): string[] {
  const takesValue = step.end?.syntax.operand === "value" || step.end?.syntax.operand === "duration";
  return [...step.next].flatMap(([word, next]) => [...(takesValue ? [word] : []), ...continuations(next)]);
}

function isConnected(expression: Expression): boolean {
  return expression.kind === "And" || expression.kind === "Or";
}

/** After `not`, a sequence needs brackets: otherwise `not` would be read as part of its first step. */
function isBracketedBehindNot(expression: Expression): boolean {
  return isConnected(expression) || expression.kind === "Sequence";
}

/** True if the last word printed is a true/false attribute alone. */
function endsInFlag(expression: Expression): boolean {
  if (!isConnective(expression)) return expression.kind === "Flag";
  switch (expression.kind) {
    case "Not":
      return !isConnected(expression.operand) && endsInFlag(expression.operand);
    case "And":
    case "Or": {
      const last = expression.operands.at(-1);
      const isBracketed = last?.kind === "Or" || (last?.kind === "And" && expression.kind === "And");
      return last !== undefined && !isBracketed && endsInFlag(last);
    }
    case "Group":
      return false;
    default:
      return expression satisfies never;
  }
}

function takesAllThatFollows(expression: Expression): boolean {
  if (expression.kind === "Not") return takesAllThatFollows(expression.operand);
  if (expression.kind === "Sequence") return expression.steps.at(-1)?.where !== undefined;
  return expression.kind === "Event" && expression.where !== undefined;
}

function printDays({ comparison, number, unit }: EventDays): string {
  return `on ${comparison.replace("_", " ")} ${number.text} different ${unit.text}`;
}

function printCount(count: EventCount): string {
  return `${count.comparison.replace("_", " ")} ${count.times.text} times`;
}

/** Where the text of the first condition starts: comments before that are printed above it. */
function firstCondition(expression: Expression): number {
  if (expression.kind !== "And" && expression.kind !== "Or") return expression.span.start;
  const [first] = expression.operands;
  return first === undefined ? expression.span.start : firstCondition(first);
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
