// Walks to the cursor: the state shared by the functions that find out where in a query the cursor is. The tokens are those up
// to the cursor; the last one is a placeholder for the word that is being typed there, so that the scanner answers as it does
// if a value or a name follows.
import type { IToken } from "chevrotain";
import { limits } from "../limits.js";
import type { OperatorStep } from "../operator-syntax.js";
import { EOF } from "../parser/chevrotain.js";
import { comparisonLength, endsValue } from "../parser/clause-scanner.js";
import { beginsClause } from "../parser/clause-words.js";
import { type Context, isDigit, type Lookahead, lookaheadOf } from "../parser/lookahead.js";
import { isDistanceUnit } from "../parser/operator-scanner.js";
import { beginsPeriod } from "../parser/periods.js";
import {
  LeftBracket,
  LeftParenthesis,
  Not,
  Quoted,
  RightBracket,
  RightParenthesis,
  Unclosed,
  Word,
} from "../parser/tokens.js";
import { unquote } from "../parser/values.js";
import type { Behind, ComparedSubject, EventFrame, Expectation, Typed } from "./expectation.js";

/** The surroundings of a condition: what may follow it there. */
export interface CursorPlace {
  /** Brackets and commas that may follow. */
  readonly closing: readonly string[];
  /** The event whose properties conditions are over, in a `where`. */
  readonly event?: string;
  /** True inside `item (…)`, over the properties of one line of an order. */
  readonly line?: true;
  /** The condition on events whose clauses may follow. */
  readonly owner?: EventFrame;
}

const end: IToken = { image: "", startOffset: Number.NaN, tokenType: EOF, tokenTypeIdx: 0 };

type WithoutTyped<Kind> = Kind extends Expectation ? Omit<Kind, "typed"> : never;

export class Walk {
  readonly expectations: Expectation[] = [];
  /** Where bare values end at present. */
  context: Context = "plain";
  /** True once the cursor was reached: nothing is read after it. */
  reached = false;
  #next = 0;
  #level = 0;
  /** Where the operator of the last comparison begins, for an operator with `or` in it. */
  #operation: { readonly at: number; readonly subject: ComparedSubject } | undefined;

  constructor(
    readonly text: string,
    readonly cursor: number,
    /** The last one is the placeholder. */
    readonly tokens: readonly IToken[],
    readonly word: Typed,
    readonly operators: OperatorStep,
    readonly expression: (walk: Walk, place: CursorPlace) => void,
  ) {}

  /** The `k`-th token from here; 1 is the next. */
  readonly peek = lookaheadOf((k) => this.tokens[this.#next + k - 1] ?? end);

  /** The place of the placeholder token, counted from here; less than 1 once it was taken. */
  get ahead(): number {
    return this.tokens.length - this.#next;
  }

  take(count = 1): void {
    this.#next += count;
  }

  /** Skips one token, or a bracket with all that it holds. */
  skipOne(): void {
    let depth = 0;
    do {
      const type = this.peek(1).tokenType;
      if (type === LeftParenthesis || type === LeftBracket) depth += 1;
      else if (type === RightParenthesis || type === RightBracket) depth -= 1;
      this.take();
    } while (depth > 0 && this.ahead > 0);
  }

  /** Reads the next level down; if that is too deep, nothing is expected. */
  nested(place: CursorPlace): void {
    this.#level += 1;
    if (this.#level > limits.levels) this.reached = true;
    else this.expression(this, place);
    this.#level -= 1;
  }

  /** The tokens as they are if the text ends before the `k`-th. */
  endedAt(k: number): Lookahead {
    return lookaheadOf((at) => (at < k ? this.peek(at) : end));
  }

  /** Reads what follows with bare values that end as they do in a context. */
  inContext(context: Context, read: () => void): void {
    const outer = this.context;
    this.context = context;
    read();
    this.context = outer;
  }

  /** The text of the tokens from the `from`-th up to before the `to`-th, without quotes. */
  words(from: number, to: number): string {
    const first = this.peek(from);
    const last = this.peek(to - 1);
    if (to <= from || first.tokenType === EOF) return "";
    const raw = this.text.slice(first.startOffset, last.startOffset + last.image.length);
    return first.tokenType === Quoted && to === from + 1 ? unquote(raw) : raw.replace(/\s+/g, " ");
  }

  /** The same in lower case, as the language's own words compare. */
  images(from: number, to: number): string {
    let images = "";
    for (let k = from; k < to; k += 1) images += k === from ? this.peek(k).image : ` ${this.peek(k).image}`;
    return images;
  }

  /** The words that a suggestion which begins with the `k`-th token would complete. */
  typedFrom(k: number): Typed {
    if (k === this.ahead) return this.word;
    const from = this.peek(k).startOffset;
    const text = this.text.slice(from, this.cursor).replace(/\s+/g, " ").replaceAll("`", "");
    // If no word is being typed, the suggestion does not replace what follows the cursor.
    return { from, to: this.word.from < this.cursor ? this.word.to : this.cursor, text };
  }

  /** Notes what may be written at the cursor, beginning with the `k`-th token; the cursor is thereby reached. */
  expect(k: number, expectation: WithoutTyped<Expectation>): void {
    this.reached = true;
    // Inside a quote there are only names and values, which begin with it.
    if (this.word.quote !== undefined && (k !== this.ahead || !quotable.has(expectation.kind))) return;
    this.expectations.push({ ...expectation, typed: this.typedFrom(k) } as Expectation);
  }

  /** What may follow a whole condition at the cursor. */
  expectAfter(place: CursorPlace, behind?: Behind): void {
    const k = this.ahead;
    // A measure is no condition before it is compared; in its `where`, there are conditions.
    const compared = place.owner?.measure === undefined || place.event !== undefined;
    if (compared)
      this.expect(k, {
        kind: "connective",
        closing: place.closing,
        ...(behind === undefined ? {} : { behind }),
      });
    // A true/false property alone takes no clause.
    if (place.owner !== undefined && behind?.kind !== "flag") this.expectClause(k, place.owner, behind);
  }

  /** A clause that begins with the `k`-th token, or the comparison of a measure. */
  expectClause(k: number, frame: EventFrame, behind?: Behind): void {
    this.expect(k, { kind: "clause", frame, ...(behind === undefined ? {} : { behind }) });
    const subject = measureSubject(frame);
    if (subject !== undefined && k === this.ahead) this.expect(k, { kind: "operator", subject });
  }

  /** Clauses whose first words are typed already, from the `first`-th token on at the earliest. */
  expectBegunClauses(
    first: number,
    frameOf: (k: number) => EventFrame,
    behindOf: (k: number) => Behind | undefined = () => undefined,
  ): void {
    for (let k = this.ahead - 1; k >= Math.max(first, this.ahead - maxClauseLength); k -= 1)
      this.expectBegunClause(k, frameOf(k), behindOf(k));
  }

  /** A clause whose first words are typed already, from the `k`-th token on. */
  expectBegunClause(k: number, frame: EventFrame, behind?: Behind): void {
    const { ahead } = this;
    const { taken } = frame;
    const { image } = this.peek(k);
    if (beginsClause(this.images(k, ahead))) this.expectClause(k, frame, behind);
    if (!taken.has("window") && (image === "in" || image === "during") && this.#mayBePeriod(k + 1)) {
      const subject: ComparedSubject = {
        kind: "window",
        ...(frame.figure === undefined ? {} : { figure: frame.figure }),
      };
      this.expect(k + 1, { kind: "value", subject, operator: "in_period", shape: "period", listed: [] });
    }
    if (!taken.has("days") && (image === "in" || image === "on")) {
      const number = k + 1 + comparisonLength(this.peek, k + 1);
      if (ahead === number + 1 && this.#isNumber(number)) {
        this.expect(ahead, { kind: "keyword", words: ["different"] });
        return;
      }
    }
    if (!taken.has("same") && image === "with") this.#expectSame(k, frame);
    const countsDays = /(?:^| )(?:on|in)(?: exactly| \w+ (?:least|most|than))?$/.test(this.images(k - 3, k));
    if (!taken.has("count") && k === ahead - 1 && this.#isNumber(k) && !countsDays)
      this.expect(ahead, { kind: "keyword", words: ["times"] });
  }

  /** True if a span of the calendar may begin with the `k`-th token, of which at most one word is typed. */
  #mayBePeriod(k: number): boolean {
    return k === this.ahead || (k === this.ahead - 1 && beginsPeriod(this.peek(k).image));
  }

  #isNumber(k: number): boolean {
    return isDigit(this.peek(k).image.charCodeAt(0));
  }

  /** `with amount the same as`: the property behind the `k`-th token, or the words behind that. */
  #expectSame(k: number, { event }: EventFrame): void {
    this.expect(k + 1, { kind: "condition", nameOnly: true, event });
    for (let at = Math.max(k + 2, this.ahead - 2); at <= this.ahead; at += 1)
      if ("the same as ".startsWith(this.images(at, this.ahead)))
        this.expect(at, { kind: "keyword", words: ["the same as"] });
  }

  /** Operators, of which the first words may be typed already, from the `first`-th token on at the earliest. */
  expectOperators(first: number, place: CursorPlace, subjectOf: (k: number) => ComparedSubject): void {
    const { ahead } = this;
    for (let k = ahead; k >= Math.max(first, ahead - maxOperatorLength); k -= 1)
      this.expectOperator(k, place, subjectOf(k));
  }

  /** An operator whose words are typed already from the `k`-th token on; if they are a whole operator, also what follows it. */
  expectOperator(k: number, place: CursorPlace, subject: ComparedSubject): void {
    const { ahead } = this;
    this.#expectTimed(k, subject);
    const step = this.operatorPath(k);
    if (step === undefined) return;
    this.expect(k, { kind: "operator", subject });
    if (k === ahead) {
      if (subject.kind === "attribute") this.expectAfter(place, { kind: "flag", subject });
      return;
    }
    const whole = step.end?.syntax;
    if (whole?.operand !== "none" && whole?.operand !== "list") return;
    const behind: Behind = { kind: "operator", subject, operator: whole.name };
    if (whole.operand === "none") this.expectAfter(place, behind);
    else this.expect(ahead, { kind: "keyword", words: ["("], behind });
  }

  /**
   * `is in November 2026`, `is within 7 days after`: operators that what follows them distinguishes, of which the first words may
   * be typed already, from the `k`-th token on.
   */
  #expectTimed(k: number, subject: ComparedSubject): void {
    const value = { kind: "value", subject, listed: [] } as const;
    let step: OperatorStep | undefined = this.operators;
    for (let at = k; at <= this.ahead && step !== undefined; at += 1) {
      const typed = this.ahead - at;
      if (step.period !== undefined && this.#mayBePeriod(at))
        this.expect(at, {
          ...value,
          operator: "in_period",
          shape: "period",
          ...(at === k ? { wordless: true } : {}),
        });
      if (step.distance !== undefined) {
        if (typed === 0 || (typed === 1 && this.#isNumber(at)))
          this.expect(at, { ...value, operator: "within", shape: "distance" });
        else this.expectBehindLength(at);
      }
      step = step.next.get(this.peek(at).image);
    }
  }

  /** `7 days`, `a day` or `day` from the `k`-th token on may be followed by the attribute that it is counted from. */
  expectBehindLength(k: number): void {
    const unit = this.ahead - 1;
    const isCounted = unit === k + 1 && (this.#isNumber(k) || /^an?$/.test(this.peek(k).image));
    if ((unit === k || isCounted) && isDistanceUnit(this.peek(unit).image))
      this.expect(this.ahead, { kind: "keyword", words: ["after", "before", "of"] });
  }

  /** The step that the tokens from the `k`-th to the cursor lead to in the operators' words; undefined if they lead nowhere. */
  operatorPath(k: number): OperatorStep | undefined {
    let step: OperatorStep | undefined = this.operators;
    for (let at = k; at < this.ahead && step !== undefined; at += 1)
      step = step.next.get(this.peek(at).image);
    return step;
  }

  /** Marks that the operator of a comparison begins here. */
  beginOperation(subject: ComparedSubject): void {
    this.#operation = { at: this.#next, subject };
  }

  /** `created is on or`: the connective may be a part of the preceding operator. */
  expectJoinedOperator(): void {
    if (this.#operation === undefined) return;
    const k = this.#operation.at - this.#next + 1;
    if (this.operatorPath(k) !== undefined)
      this.expect(k, { kind: "operator", subject: this.#operation.subject });
  }

  /** Skips what can't follow a condition; reaches the cursor if nothing else may begin before it. */
  behindCondition(place: CursorPlace): void {
    while (!this.reached && (this.ahead === 1 || !endsValue(this.peek, 1, this.context))) {
      if (this.ahead < 1) return;
      if (this.ahead === 1) this.expectAfter(place);
      else this.skipOne();
    }
  }
}

/** The most words that an operator, and a clause's beginning, have before the last. */
const maxOperatorLength = 7;
const maxClauseLength = 5;

const quotable: ReadonlySet<Expectation["kind"]> = new Set(["value", "event", "campaign", "segment"]);

/** The measure that is compared, if the condition on events is a measure. */
export function measureSubject({ event, measure }: EventFrame): ComparedSubject | undefined {
  return measure === undefined ? undefined : { kind: "measure", event, ...measure };
}

/** A word that can be part of a name or bare value. */
export function isPlain(token: IToken): boolean {
  return token.tokenType === Word || token.tokenType === Not;
}

/** True of a quote, closed or not. */
export function isQuote(token: IToken): boolean {
  return token.tokenType === Quoted || token.tokenType === Unclosed;
}
