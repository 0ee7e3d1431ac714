// Reading token by token: what the parser and the readers of conditions share. It records where nodes begin and end, and
// reports tokens that can't be where they are.
import type { IToken } from "chevrotain";
import type { Fix, Span } from "../diagnostic.js";
import { limits } from "../limits.js";
import { type SyntaxCode, shortened, syntaxMessages } from "../messages.js";
import type { OperatorStep } from "../operator-syntax.js";
import { Source } from "../source.js";
import type { Expression, Invalid } from "../tree.js";
import { EOF } from "./chevrotain.js";
import { endsValue } from "./clause-scanner.js";
import { type Context, endsCondition, type Lookahead } from "./lookahead.js";
import {
  Comma,
  hasTypographicSigns,
  isQuoteOf,
  LeftBracket,
  LeftParenthesis,
  RightBracket,
  RightParenthesis,
  withPlainSigns,
} from "./tokens.js";

/** The tokens as the parser has them. */
export interface TokenStream {
  /** The `k`-th token from here; 1 is the next, 0 the last one taken, which at the start is an EOF. Images are in lower case. */
  readonly peek: Lookahead;
  /** Takes the next token, which must not be the end. */
  readonly take: () => IToken;
  /** Reads an expression one level down, directly inside a group or not. */
  readonly nested: (inGroup: boolean) => Expression;
}

/** What is known so far of the text being read. One is made for each text. */
export class Reader {
  readonly source: Source;
  readonly peek: TokenStream["peek"];
  readonly take: TokenStream["take"];
  readonly nested: TokenStream["nested"];
  /** Where bare values end at present. */
  context: Context = "plain";
  level = 0;
  /** True directly inside a group, where a comma separates conditions; false in a parenthesis inside it. */
  inGroup = false;
  readonly #isTypographic: boolean;
  #conditions = 0;
  #eventConditions = 0;

  constructor(
    text: string,
    readonly operators: OperatorStep,
    stream: TokenStream,
  ) {
    this.source = new Source(text);
    this.#isTypographic = hasTypographicSigns(text);
    this.peek = stream.peek;
    this.take = stream.take;
    this.nested = stream.nested;
  }

  /** Reads in another context, which decides where bare values end. */
  within<Result>(context: Context, read: () => Result): Result {
    const outer = this.context;
    this.context = context;
    const result = read();
    this.context = outer;
    return result;
  }

  get atEnd(): boolean {
    return this.peek(1).tokenType === EOF;
  }

  /** Where the next token starts. */
  get position(): number {
    const token = this.peek(1);
    return token.tokenType === EOF ? this.source.text.length : token.startOffset;
  }

  /** A token's text as it was written, except that typographic signs in a word are the plain ones that they are read as. */
  written(token: IToken): string {
    if (token.tokenType === EOF) return "";
    const raw = this.source.raw(token.startOffset, endOf(token));
    return this.#isTypographic && !isQuoteOf(token) ? withPlainSigns(raw, token.image) : raw;
  }

  /** Span of a node that begins at an offset and ends with the last token taken. */
  span(start: number): Span {
    return this.source.span(start, Math.max(start, this.behind()));
  }

  /** The text of the same node. */
  raw(start: number): string {
    return this.source.raw(start, this.behind());
  }

  /** The next token's span; at the end of the text, the empty span. */
  here(): Span {
    const token = this.peek(1);
    if (token.tokenType === EOF) return this.source.end();
    return this.source.span(token.startOffset, endOf(token));
  }

  /** The end of the last token taken; 0 before the first. */
  behind(): number {
    const last = this.peek(0);
    return last.tokenType === EOF ? 0 : endOf(last);
  }

  takeMany(count: number): void {
    for (let taken = 0; taken < count; taken += 1) this.take();
  }

  invalid(start: number): Invalid {
    return { kind: "Invalid", span: this.span(start), raw: this.raw(start) };
  }

  report<Code extends SyntaxCode>(
    code: Code,
    parameters: Readonly<Parameters<(typeof syntaxMessages)[Code]>>,
    more: {
      readonly span?: Span;
      readonly expected?: readonly string[];
      readonly fix?: Fix | undefined;
    } = {},
  ): void {
    const span = more.span ?? this.here();
    // The token was reported already, as something missing before it.
    if (code === "UNEXPECTED" && this.source.diagnostics.at(-1)?.span.start === span.start) return;
    const message = (syntaxMessages[code] as (...values: unknown[]) => string)(...parameters.map(shortened));
    this.source.report(code, message, span, more);
  }

  countCondition(onEvents: boolean): void {
    this.#conditions += 1;
    if (this.#conditions === limits.conditions + 1) this.report("TOO_MANY_CONDITIONS", []);
    if (!onEvents) return;
    this.#eventConditions += 1;
    if (this.#eventConditions === limits.eventConditions + 1) this.report("TOO_MANY_EVENT_CONDITIONS", []);
  }

  /** Skips what can't follow a condition, up to where another may begin, and reports it once. */
  skipToConditionEnd(): void {
    if (endsValue(this.peek, 1, this.context)) return;
    this.report("UNEXPECTED", [this.written(this.peek(1))], { expected: ["and", "or"] });
    this.skipCondition();
  }

  /** Skips tokens up to where another condition may begin, and reports nothing. */
  skipCondition(): void {
    while (!endsCondition(this.peek(1)) || (this.peek(1).tokenType === Comma && !this.inGroup))
      this.skipOne();
  }

  /** Skips one token, or a bracket with all that it holds. */
  skipOne(): void {
    let depth = 0;
    do {
      const type = this.take().tokenType;
      if (type === LeftParenthesis || type === LeftBracket) depth += 1;
      else if (type === RightParenthesis || type === RightBracket) depth -= 1;
    } while (depth > 0 && !this.atEnd);
  }

  /** Goes one level down, directly inside a group or not. @returns what to hand to `leave`. */
  enter(inGroup: boolean): boolean {
    const outer = this.inGroup;
    this.level += 1;
    this.inGroup = inGroup;
    return outer;
  }

  leave(outer: boolean): void {
    this.level -= 1;
    this.inGroup = outer;
  }

  /** Reports that this is too deep, and skips everything up to the closing parenthesis. */
  passOverBracket(): Invalid {
    const start = this.position;
    this.report("TOO_DEEP", []);
    while (this.peek(1).tokenType !== RightParenthesis && !this.atEnd) this.skipOne();
    return this.invalid(start);
  }

  /** True at the `)` of `[a, b)`: a bracket of the other kind, with none of the right kind after it. */
  closesWrongly(open: IToken): boolean {
    const [right, wrong] =
      open.tokenType === LeftBracket ? [RightBracket, RightParenthesis] : [RightParenthesis, RightBracket];
    if (this.peek(1).tokenType !== wrong) return false;
    for (let k = 2; ; k += 1) {
      const type = this.peek(k).tokenType;
      if (type === right) return false;
      if (type === EOF) return true;
    }
  }

  /** Takes the closing bracket, or reports that it is missing; skips what can't precede it. */
  close(open: IToken): void {
    const closing = open.tokenType === LeftBracket ? RightBracket : RightParenthesis;
    const bracket = open.tokenType === LeftBracket ? "]" : ")";
    if (this.closesWrongly(open)) {
      const { start, end } = this.here();
      this.report("UNEXPECTED", [this.written(this.peek(1))], {
        expected: [bracket],
        fix: this.source.fix(bracket, start, end),
      });
      this.take();
      return;
    }
    if (this.peek(1).tokenType !== closing && !this.atEnd) {
      this.report("UNEXPECTED", [this.written(this.peek(1))], { expected: [bracket] });
      while (this.peek(1).tokenType !== closing && !this.atEnd) this.skipOne();
    }
    if (!this.atEnd) {
      this.take();
      return;
    }
    const end = this.behind();
    this.report("UNCLOSED_PARENTHESIS", [bracket], {
      expected: [bracket],
      fix: this.source.fix(bracket, end, end),
    });
  }
}

function endOf(token: IToken): number {
  return token.startOffset + token.image.length;
}
