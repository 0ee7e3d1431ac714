// Reading token by token: what the parser and the readers of conditions share. It marks where nodes begin and end, and
// reports what can't stand where it is.
import { EOF } from "chevrotain";
import type { Fix, Span } from "./diagnostic.js";
import { limits } from "./limits.js";
import { type SyntaxCode, syntaxMessages } from "./messages.js";
import type { OperatorStep } from "./operator-syntax.js";
import { type Context, endsCondition, endsValue } from "./scanner.js";
import { Source } from "./source.js";
import {
  Comma,
  LeftBracket,
  LeftParenthesis,
  type Lexeme,
  RightBracket,
  RightParenthesis,
} from "./tokens.js";
import type { Expression, Invalid } from "./tree.js";

/** The tokens being read, and what is known so far. One is made for each text. */
export class Reader {
  readonly source: Source;
  /** Where bare values end at present. */
  context: Context = "plain";
  level = 0;
  /** True right inside a group, where a comma parts conditions; not so in a parenthesis inside it. */
  inGroup = false;
  #conditions = 0;
  #eventConditions = 0;

  constructor(
    text: string,
    readonly operators: OperatorStep,
    /** The `k`-th token from here; 1 is the next. */
    readonly look: (k: number) => Lexeme,
    /** Takes the next token, which must not be the end. */
    readonly take: () => Lexeme,
    /** Reads an expression that stands one level down. */
    readonly nested: () => Expression,
  ) {
    this.source = new Source(text);
  }

  get atEnd(): boolean {
    return this.look(1).tokenType === EOF;
  }

  /** Where the next token starts. */
  get position(): number {
    return this.atEnd ? this.source.text.length : this.look(1).startOffset;
  }

  /** Span and text of a node from an offset to the end of the last token taken. */
  from(start: number): { readonly span: Span; readonly raw: string } {
    const end = Math.max(start, this.behind());
    return { span: this.source.span(start, end), raw: this.source.text.slice(start, end) };
  }

  /** The next token's span; the empty one at the end of the text. */
  here(): Span {
    const token = this.look(1);
    if (token.tokenType === EOF) return this.source.end();
    return this.source.span(token.startOffset, token.startOffset + token.image.length);
  }

  /** The end of the last token taken; 0 before the first. */
  behind(): number {
    const last = this.look(0);
    return last.tokenType === EOF ? 0 : last.startOffset + last.image.length;
  }

  takeMany(count: number): void {
    for (let taken = 0; taken < count; taken += 1) this.take();
  }

  invalid(start: number): Invalid {
    return { kind: "Invalid", ...this.from(start) };
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
    // What was said to be missing here has been said of this token.
    if (code === "UNEXPECTED" && this.source.diagnostics.at(-1)?.span.start === span.start) return;
    const message = (syntaxMessages[code] as (...values: unknown[]) => string)(...parameters);
    this.source.report(code, message, span, more);
  }

  countCondition(onEvents: boolean): void {
    this.#conditions += 1;
    if (this.#conditions === limits.conditions + 1) this.report("TOO_MANY_CONDITIONS", []);
    if (!onEvents) return;
    this.#eventConditions += 1;
    if (this.#eventConditions === limits.eventConditions + 1) this.report("TOO_MANY_EVENT_CONDITIONS", []);
  }

  /** Passes over what can't stand behind a condition, up to where another may begin, having said so once. */
  skipToConditionEnd(): void {
    if (endsValue(this.look, 1, this.context)) return;
    this.report("UNEXPECTED", [this.look(1).image], { expected: ["and", "or"] });
    this.skipCondition();
  }

  /** Passes over tokens up to where another condition may begin, without a word. */
  skipCondition(): void {
    while (!endsCondition(this.look(1)) || (this.look(1).tokenType === Comma && !this.inGroup))
      this.skipOne();
  }

  /** Passes over one token, or over all that a bracket holds. */
  skipOne(): void {
    let depth = 0;
    do {
      const type = this.take().tokenType;
      if (type === LeftParenthesis || type === LeftBracket) depth += 1;
      else if (type === RightParenthesis || type === RightBracket) depth -= 1;
    } while (depth > 0 && !this.atEnd);
  }

  /** Takes the closing bracket, or says that it is missing; passes over what can't stand before it. */
  close(open: Lexeme): void {
    const closing = open.tokenType === LeftBracket ? RightBracket : RightParenthesis;
    const bracket = open.tokenType === LeftBracket ? "]" : ")";
    if (this.look(1).tokenType !== closing && !this.atEnd) {
      this.report("UNEXPECTED", [this.look(1).image], { expected: [bracket] });
      while (this.look(1).tokenType !== closing && !this.atEnd) this.skipOne();
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
