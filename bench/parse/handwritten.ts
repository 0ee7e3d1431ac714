// A hand-written recursive-descent parser of the segment language: the baseline of the product's parser. It builds the
// same tree (of the language's first version) with the same spans, knows the same operators, and stops at the first mistake: for
// a wrong text it does less than the product, for a right one the same.
import type { OperatorSyntax } from "../../grammar/operator-syntax.js";
import {
  type Aggregate,
  type Comparison,
  type CountComparison,
  type EventCount,
  type EventWindow,
  type Expression,
  type Name,
  type OperatorUse,
  type Query,
  type Value,
} from "../../grammar/tree.js";
import { Kind } from "./handwritten-lexer.js";
import { inEvent, inMeasure, operatorTree, plain, Scanner, type Step } from "./handwritten-scanner.js";

const deepest = 16;
const noise = new Set(["the", "a", "an", "customer", "customers", "customer's"]);
const verbs = new Set(["performed", "perform", "placed"]);
const aggregates = new Set(["sum", "average", "min", "max", "count"]);
/** Makes a parser; it throws a SyntaxMistake at the first mistake in a text. */
export function createHandwrittenParser(operators: readonly OperatorSyntax[]): (text: string) => Query {
  const root = operatorTree(operators.filter(({ version = 1 }) => version === 1));
  return (text) => new HandwrittenParser(text, root).query();
}

class HandwrittenParser extends Scanner {
  level = 0;

  query(): Query {
    const expression = this.expression();
    if (this.peek(0).kind !== Kind.end) throw this.mistake("expected and, or");
    const { text } = this;
    const { comments } = this;
    return {
      kind: "Query",
      version: 1,
      expression,
      comments,
      span: this.span(0, text.length),
      raw: text,
    };
  }

  expression(): Expression {
    const start = this.peek(0).start;
    const first = this.conjunction();
    if (this.peek(0).kind !== Kind.or) return first;
    const operands = [first];
    while (this.peek(0).kind === Kind.or) {
      this.at += 1;
      operands.push(this.conjunction());
    }
    const end = this.behind();
    return { kind: "Or", operands, span: this.span(start, end), raw: this.text.slice(start, end) };
  }

  conjunction(): Expression {
    const start = this.peek(0).start;
    const first = this.unary();
    if (this.peek(0).kind !== Kind.and) return first;
    const operands = [first];
    while (this.peek(0).kind === Kind.and) {
      this.at += 1;
      operands.push(this.unary());
    }
    const end = this.behind();
    return { kind: "And", operands, span: this.span(start, end), raw: this.text.slice(start, end) };
  }

  unary(): Expression {
    if (this.peek(0).kind !== Kind.not) return this.primary();
    const start = this.peek(0).start;
    let negated = false;
    while (this.peek(0).kind === Kind.not) {
      this.at += 1;
      negated = !negated;
    }
    const operand = this.primary();
    if (!negated) return operand;
    if (operand.kind === "Not") return operand.operand;
    const end = this.behind();
    return { kind: "Not", operand, span: this.span(start, end), raw: this.text.slice(start, end) };
  }

  primary(): Expression {
    const start = this.peek(0).start;
    if (this.peek(0).kind === Kind.leftParenthesis) {
      this.at += 1;
      const inside = this.nested();
      this.take(Kind.rightParenthesis);
      return inside;
    }
    const before = this.at;
    while (noise.has(this.peek(0).word)) this.at += 1;
    const first = this.peek(0);
    if (first.kind > Kind.not) {
      if (this.at === before) throw this.mistake("expected a condition");
      this.at = before;
      return this.comparison(start);
    }
    const second = this.peek(1);
    switch (first.word) {
      case "all":
      case "any":
      case "none":
        if (second.word === "of") return this.group(start, first.word);
        break;
      case "performed":
      case "perform":
      case "placed":
        if (second.word !== "is" && second.kind !== Kind.sign) return this.event(start, 1, false);
        break;
      case "has":
      case "did":
        if (verbs.has(second.word)) return this.event(start, 2, false);
        if (second.kind === Kind.not && verbs.has(this.peek(2).word)) return this.event(start, 3, true);
        break;
      case "never":
        if (verbs.has(second.word)) return this.event(start, 2, true);
        break;
      case "first":
      case "last":
        if (verbs.has(second.word)) return this.occurrence(start, first.word);
        break;
      case "in":
        if (second.word === "segment") return this.membership(start);
        if (second.word === "sample") return this.sample(start);
        break;
      default:
        if (second.word === "of" && aggregates.has(first.word))
          return this.measure(start, first.word as Aggregate);
    }
    this.at = before;
    return this.comparison(start);
  }

  nested(): Expression {
    if (this.level === deepest) throw this.mistake("too deep");
    this.level += 1;
    const inside = this.expression();
    this.level -= 1;
    return inside;
  }

  take(kind: number): void {
    if (this.peek(0).kind !== kind) throw this.mistake("unexpected");
    this.at += 1;
  }

  group(start: number, quantifier: "all" | "any" | "none"): Expression {
    this.at += 2;
    this.take(Kind.leftParenthesis);
    const operands = [this.nested()];
    while (this.peek(0).kind === Kind.comma) {
      this.at += 1;
      operands.push(this.nested());
    }
    this.take(Kind.rightParenthesis);
    const end = this.behind();
    return {
      kind: "Group",
      quantifier,
      operands,
      span: this.span(start, end),
      raw: this.text.slice(start, end),
    };
  }

  comparison(start: number): Expression {
    const first = this.at;
    if (this.peek(0).word === "is") throw this.mistake("expected an attribute");
    this.at += 1;
    while (!this.operatorAt(0)) {
      const { kind, word } = this.peek(0);
      const ends = kind > Kind.not || (this.surroundings !== plain && this.clauseAt(0));
      if (ends) {
        if (!this.endsValue()) throw this.mistake("expected a comparison");
        const attribute = this.name(first, this.at);
        return { kind: "Flag", attribute, span: this.span(start, this.behind()), raw: attribute.raw };
      }
      if (word === "in" && this.peek(1).word === "campaign") return this.narrowed(start, first);
      this.at += 1;
    }
    return this.compared(start, this.name(first, this.at), undefined);
  }

  narrowed(start: number, first: number): Expression {
    const attribute = this.name(first, this.at);
    this.at += 2;
    let length = 1;
    if (this.peek(0).word === "is") throw this.mistake("expected a campaign");
    if (this.peek(0).kind !== Kind.quoted)
      while (this.peek(length).kind <= Kind.not && !this.operatorAt(length)) length += 1;
    const campaign = this.run(length);
    if (!this.operatorAt(0)) throw this.mistake("expected a comparison");
    return this.compared(start, attribute, campaign);
  }

  compared(start: number, attribute: Name, campaign: Value | undefined): Comparison {
    const operator = this.operator();
    const operands = this.operands(this.foundStep as Step);
    const end = this.behind();
    const span = this.span(start, end);
    const raw = this.text.slice(start, end);
    if (campaign === undefined) return { kind: "Comparison", attribute, operator, operands, span, raw };
    return { kind: "Comparison", attribute, campaign, operator, operands, span, raw };
  }

  operator(): OperatorUse {
    const start = this.peek(0).start;
    this.at += this.foundLength;
    const end = this.behind();
    const { syntax, negated } = this.foundStep as Step;
    const name = (syntax as OperatorSyntax).name;
    return { kind: "Operator", name, negated, span: this.span(start, end), raw: this.text.slice(start, end) };
  }

  operands(step: Step): Value[] {
    switch ((step.syntax as OperatorSyntax).operand) {
      case "none":
        return [];
      case "list":
        return this.list();
      case "pair": {
        const from = this.value();
        this.take(Kind.and);
        return [from, this.value()];
      }
      default:
        return [this.value()];
    }
  }

  list(): Value[] {
    const open = this.peek(0).kind;
    if (open !== Kind.leftParenthesis && open !== Kind.leftBracket) throw this.mistake("expected a list");
    const items: Value[] = [];
    do {
      this.at += 1;
      items.push(this.listItem());
    } while (this.peek(0).kind === Kind.comma);
    this.take(open + 1);
    return items;
  }

  listItem(): Value {
    const { kind } = this.peek(0);
    if (kind === Kind.quoted) return this.run(1);
    if (!this.startsBare(kind)) throw this.mistake("expected a value");
    let length = 1;
    while (this.peek(length).kind <= Kind.not || this.peek(length).kind === Kind.sign) {
      if (this.endsValue(length)) break;
      length += 1;
    }
    return this.run(length);
  }

  event(start: number, words: number, negated: boolean): Expression {
    this.at += words;
    const outer = this.surroundings;
    this.surroundings = inEvent;
    const name = this.eventName();
    const clauses = this.clauses(!negated);
    this.surroundings = outer;
    const end = this.behind();
    return {
      kind: "Event",
      negated,
      name,
      ...clauses,
      span: this.span(start, end),
      raw: this.text.slice(start, end),
    };
  }

  eventName(): Value {
    if (this.endsValue()) throw this.mistake("expected an event");
    return this.value();
  }

  clauses(takesCount: boolean): { count?: EventCount; window?: EventWindow; where?: Expression } {
    const clauses: { count?: EventCount; window?: EventWindow; where?: Expression } = {};
    while (this.clauseAt(0)) {
      const { word } = this.peek(0);
      if (word === "where") {
        if (clauses.where !== undefined) throw this.mistake("a second where");
        this.at += 1;
        clauses.where = this.nested();
      } else if (isWindowWord(word)) {
        if (clauses.window !== undefined) throw this.mistake("a second window");
        clauses.window = this.window(word);
      } else {
        if (!takesCount || clauses.count !== undefined) throw this.mistake("unexpected count");
        clauses.count = this.count();
      }
    }
    return clauses;
  }

  window(word: string): EventWindow {
    const start = this.peek(0).start;
    let form: EventWindow["form"] = "on";
    const operands: Value[] = [];
    if (word === "today" || word === "yesterday") {
      operands.push(this.run(1));
    } else {
      this.at += word !== "in" ? 1 : this.peek(1).word === "the" ? 3 : 2;
      form = word === "in" || word === "within" ? "in_the_last" : (word as EventWindow["form"]);
      operands.push(this.value());
      if (form === "between") {
        this.take(Kind.and);
        operands.push(this.value());
      }
    }
    const end = this.behind();
    return {
      kind: "EventWindow",
      form,
      operands,
      span: this.span(start, end),
      raw: this.text.slice(start, end),
    };
  }

  count(): EventCount {
    const start = this.peek(0).start;
    let comparison: CountComparison = "at_least";
    switch (this.peek(0).word) {
      case "at":
        comparison = this.peek(1).word === "least" ? "at_least" : "at_most";
        this.at += 2;
        break;
      case "more":
        comparison = "more_than";
        this.at += 2;
        break;
      case "less":
        comparison = "less_than";
        this.at += 2;
        break;
      case "exactly":
        comparison = "exactly";
        this.at += 1;
    }
    const times = this.times();
    const end = this.behind();
    return {
      kind: "EventCount",
      comparison,
      times,
      span: this.span(start, end),
      raw: this.text.slice(start, end),
    };
  }

  times(): Value {
    const { word, kind } = this.peek(0);
    if (word === "once" || word === "twice") {
      const { span, raw } = this.run(1);
      return { kind: "Value", text: word === "once" ? "1" : "2", span, raw };
    }
    const length = this.numberLength(0);
    if (kind > Kind.not || !this.timesAt(length)) throw this.mistake("expected times");
    const times = this.run(length);
    this.at += 1;
    return times;
  }

  occurrence(start: number, which: "first" | "last"): Expression {
    this.at += 2;
    let length = 1;
    const { kind } = this.peek(0);
    if (kind !== Kind.quoted) {
      if (kind > Kind.not) throw this.mistake("expected an event");
      while (this.peek(length).kind <= Kind.not && !this.operatorAt(length)) length += 1;
    }
    const name = this.run(length);
    if (!this.operatorAt(0)) throw this.mistake("expected a comparison");
    const operator = this.operator();
    const operands = this.operands(this.foundStep as Step);
    const end = this.behind();
    const span = this.span(start, end);
    return { kind: "Occurrence", which, name, operator, operands, span, raw: this.text.slice(start, end) };
  }

  measure(start: number, aggregate: Aggregate): Expression {
    this.at += 2;
    const outer = this.surroundings;
    this.surroundings = inMeasure;
    const property = this.property();
    const name = this.eventName();
    const { window, where } = this.clauses(false);
    this.surroundings = plain;
    const { kind, word } = this.peek(0);
    if ((word !== "is" && kind !== Kind.sign) || !this.operatorAt(0))
      throw this.mistake("expected a comparison");
    const operator = this.operator();
    const operands = this.operands(this.foundStep as Step);
    this.surroundings = outer;
    const end = this.behind();
    return {
      kind: "Measure",
      aggregate,
      ...(property === undefined ? undefined : { property }),
      name,
      ...(window === undefined ? undefined : { window }),
      ...(where === undefined ? undefined : { where }),
      operator,
      operands,
      span: this.span(start, end),
      raw: this.text.slice(start, end),
    };
  }

  /** What precedes the first `of` of a measure's name, if there is one. */
  property(): Value | undefined {
    if (this.endsValue()) throw this.mistake("expected an event");
    let length = 1;
    if (this.peek(0).kind !== Kind.quoted) {
      while (this.peek(length).word !== "of") {
        if (this.peek(length).kind > Kind.not || this.endsValue(length)) return undefined;
        length += 1;
      }
    }
    if (this.peek(length).word !== "of") return undefined;
    const property = this.run(length);
    this.at += 1;
    return property;
  }

  membership(start: number): Expression {
    this.at += 2;
    const segment = this.value();
    const end = this.behind();
    return { kind: "Membership", segment, span: this.span(start, end), raw: this.text.slice(start, end) };
  }

  sample(start: number): Expression {
    this.at += 2;
    let length = 1;
    if (this.peek(0).kind > Kind.quoted || this.peek(0).word === "of") throw this.mistake("expected a share");
    while (this.peek(length).kind <= Kind.not && this.peek(length).word !== "of") length += 1;
    const share = this.run(length);
    let name: Value | undefined;
    if (this.peek(0).word === "of") {
      this.at += 1;
      name = this.value();
    }
    const end = this.behind();
    const span = this.span(start, end);
    const raw = this.text.slice(start, end);
    return name === undefined
      ? { kind: "Sample", share, span, raw }
      : { kind: "Sample", share, name, span, raw };
  }
}

function isWindowWord(word: string): boolean {
  switch (word) {
    case "in":
    case "within":
    case "since":
    case "before":
    case "after":
    case "between":
    case "on":
    case "today":
    case "yesterday":
      return true;
    default:
      return false;
  }
}
