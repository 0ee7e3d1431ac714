// What the hand-written parser looks ahead with: its tokens, where names, operators and values end, and spans.
import type { OperatorSyntax } from "../../grammar/operator-syntax.js";
import type { Comment, Name, Value } from "../../grammar/tree.js";
import { Kind, SyntaxMistake, type Token, tokenize } from "./handwritten-lexer.js";

/** Where bare values end: at no clause, at an event's clauses, or at a measure's comparison too. */
export type Surroundings = 0 | 1 | 2;
export const plain = 0;
export const inEvent = 1;
export const inMeasure = 2;

const clauseStarts = new Set(
  "where once twice within since before after between on today yesterday in at exactly more less".split(" "),
);

/** Last words of operators that are hardly a name's: a sign after them belongs to the value. */
const beforeSigns = new Set(["with", "contains", "contain", "than", "least", "most"]);

/** The operators' words as a tree. */
export interface Step {
  readonly next: Map<string, Step>;
  syntax: OperatorSyntax | undefined;
  negated: boolean;
}

/** All forms of all operators, for the longest match. */
export function operatorTree(operators: readonly OperatorSyntax[]): Step {
  const root: Step = { next: new Map(), syntax: undefined, negated: false };
  for (const syntax of operators) {
    for (const form of syntax.spellings) addForm(root, form, syntax, false);
    for (const form of syntax.negatedSpellings) addForm(root, form, syntax, true);
  }
  return root;
}

function addForm(root: Step, form: string, syntax: OperatorSyntax, negated: boolean): void {
  let step = root;
  for (const word of form.split(" ")) {
    let following = step.next.get(word);
    if (following === undefined) {
      following = { next: new Map(), syntax: undefined, negated: false };
      step.next.set(word, following);
    }
    step = following;
  }
  step.syntax = syntax;
  step.negated = negated;
}

/** The tokens of one text, and the place in them. */
export class Scanner {
  readonly text: string;
  readonly root: Step;
  readonly tokens: readonly Token[];
  readonly comments: Comment[];
  /** Undefined in a text of one line. */
  readonly lineStarts: readonly number[] | undefined;
  at = 0;
  surroundings: Surroundings = plain;
  /** What `operatorAt` found. */
  foundStep: Step | undefined = undefined;
  foundLength = 0;

  constructor(text: string, root: Step) {
    this.text = text;
    this.root = root;
    this.lineStarts = /[\r\n]/.test(text) ? lineStartsOf(text) : undefined;
    const { tokens, remarks } = tokenize(text);
    this.tokens = tokens;
    this.comments = remarks.map(({ start, end }) => ({
      kind: "Comment",
      text: text.slice(start + (text.charCodeAt(start) === 35 ? 1 : 2), end).trim(),
      span: this.span(start, end),
      raw: text.slice(start, end),
    }));
  }

  peek(ahead: number): Token {
    const { tokens } = this;
    const index = this.at + ahead;
    return (index < tokens.length ? tokens[index] : tokens[tokens.length - 1]) as Token;
  }

  mistake(message: string): SyntaxMistake {
    return new SyntaxMistake(message, this.peek(0).start);
  }

  /** The end of the last token taken. */
  behind(): number {
    return (this.tokens[this.at - 1] as Token).end;
  }

  span(start: number, end: number): { start: number; end: number; line: number; column: number } {
    const { lineStarts } = this;
    if (lineStarts === undefined) return { start, end, line: 1, column: start + 1 };
    let low = 0;
    let high = lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((lineStarts[middle] as number) <= start) low = middle;
      else high = middle;
    }
    return { start, end, line: low + 1, column: start - (lineStarts[low] as number) + 1 };
  }

  name(from: number, to: number): Name {
    const { tokens, text } = this;
    const { start, end: firstEnd } = tokens[from] as Token;
    let words = text.slice(start, firstEnd);
    for (let index = from + 1; index < to; index += 1) {
      const token = tokens[index] as Token;
      words += ` ${text.slice(token.start, token.end)}`;
    }
    const end = (tokens[to - 1] as Token).end;
    return { kind: "Name", text: words, span: this.span(start, end), raw: text.slice(start, end) };
  }

  /** Looks for the longest operator some tokens ahead, and remembers it. */
  operatorAt(ahead: number): boolean {
    let step = this.root.next.get(this.peek(ahead).word);
    if (step === undefined) return false;
    this.foundStep = undefined;
    for (let length = 1; step !== undefined; length += 1) {
      if (step.syntax !== undefined && this.takesOperand(step.syntax.operand, ahead, length)) {
        this.foundStep = step;
        this.foundLength = length;
      }
      step = step.next.get(this.peek(ahead + length).word);
    }
    return this.foundStep !== undefined;
  }

  takesOperand(operand: OperatorSyntax["operand"], ahead: number, length: number): boolean {
    const next = this.peek(ahead + length);
    if (operand === "none") return this.endsValue(ahead + length);
    const bracket = next.kind === Kind.leftParenthesis || next.kind === Kind.leftBracket;
    if (operand === "list") return bracket || this.peek(ahead + length - 1).word === "of";
    const first = this.peek(ahead);
    if (first.kind === Kind.sign) return true;
    // `is` is an operator wherever it is; `on` or `before` could be a word of a name.
    if (first.word === "is" && (length !== 2 || this.peek(ahead + 1).kind === Kind.not)) return true;
    if (next.kind === Kind.sign)
      return beforeSigns.has(this.peek(ahead + length - 1).word) && this.startsBare(next.kind);
    return next.word !== "is" && (bracket || next.kind <= Kind.not || next.kind === Kind.quoted);
  }

  value(): Value {
    const { kind, word } = this.peek(0);
    if (kind === Kind.quoted) return this.run(1);
    if (!this.startsBare(kind)) throw this.mistake("expected a value");
    if (this.surroundings !== plain && word !== "today" && word !== "yesterday" && this.clauseAt(0)) {
      throw this.mistake("expected a value");
    }
    return this.run(this.bareLength());
  }

  /** True of what a bare value can begin with after an operator. */
  startsBare(kind: number): boolean {
    return kind <= Kind.not || (kind === Kind.sign && this.surroundings !== inMeasure);
  }

  /** How many tokens the bare value here has. */
  bareLength(): number {
    let length = 1;
    for (;;) {
      const { kind } = this.peek(length);
      if (kind === Kind.comma && this.groupsThousands(length)) length += 2;
      else if (kind > Kind.sign || kind === Kind.quoted || this.endsValue(length)) return length;
      else length += 1;
    }
  }

  groupsThousands(ahead: number): boolean {
    const comma = this.peek(ahead);
    return (
      this.peek(ahead - 1).end === comma.start &&
      this.peek(ahead + 1).start === comma.end &&
      isDigit(this.text.charCodeAt(comma.start - 1)) &&
      isDigit(this.text.charCodeAt(comma.end))
    );
  }

  run(length: number): Value {
    const { tokens, text } = this;
    const first = tokens[this.at] as Token;
    const { start } = first;
    let end = first.end;
    let words: string;
    if (first.kind === Kind.quoted) {
      words = unescaped(text.slice(start + 1, end - 1));
    } else {
      words = text.slice(start, end);
      for (let ahead = 1; ahead < length; ahead += 1) {
        const token = this.peek(ahead);
        const image = text.slice(token.start, token.end);
        words += token.start === end ? image : ` ${image}`;
        end = token.end;
      }
    }
    this.at += length;
    return { kind: "Value", text: words, span: this.span(start, end), raw: text.slice(start, end) };
  }

  endsValue(ahead = 0): boolean {
    const { kind, word } = this.peek(ahead);
    if (kind === Kind.and || kind === Kind.or || kind === Kind.comma || kind === Kind.end) return true;
    if (kind === Kind.rightParenthesis || kind === Kind.rightBracket) return true;
    if (this.surroundings === plain) return false;
    if (this.surroundings === inMeasure && (kind === Kind.sign || word === "is")) return true;
    return this.clauseAt(ahead);
  }

  /** True if a clause of an event begins. */
  clauseAt(ahead: number): boolean {
    const { kind, word } = this.peek(ahead);
    if (kind > Kind.not) return false;
    if (!clauseStarts.has(word))
      return isDigit(word.charCodeAt(0)) && this.timesAt(ahead + this.numberLength(ahead));
    switch (word) {
      case "in": {
        const following = this.peek(ahead + 1).word;
        return following === "last" || (following === "the" && this.peek(ahead + 2).word === "last");
      }
      case "at":
        return this.peek(ahead + 1).word === "least" || this.peek(ahead + 1).word === "most";
      case "more":
      case "less":
        return this.peek(ahead + 1).word === "than";
      default:
        return true;
    }
  }

  timesAt(ahead: number): boolean {
    const { word } = this.peek(ahead);
    return word === "times" || word === "time";
  }

  numberLength(ahead: number): number {
    let length = 1;
    while (this.peek(ahead + length).kind === Kind.comma && this.groupsThousands(ahead + length)) length += 2;
    return length;
  }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function unescaped(inside: string): string {
  if (!inside.includes("\\")) return inside;
  return inside.replace(
    /\\(?:u([\da-fA-F]{4})|([\s\S]))/g,
    (_, code: string | undefined, character: string) =>
      code === undefined ? (escapes[character] ?? character) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}
