// Text to tree. The structure of a query is in Chevrotain's rules, with the tree built as they match (about twice as fast
// as walking a syntax tree afterwards); inside a condition, where names and bare values are runs of words, the scanner
// counts the tokens. The parser never throws and never gives up: a token that can't be where it is becomes a diagnostic and
// an Invalid node, and reading continues after it, so that several mistakes are reported at once.
import type { IToken } from "chevrotain";
import type { Diagnostic } from "../diagnostic.js";
import { limits } from "../limits.js";
import { type OperatorStep, type OperatorSyntax, operatorSteps } from "../operator-syntax.js";
import { type Comment, type Expression, type LanguageVersion, type Query, treeVersion } from "../tree.js";
import { utf8Length } from "../utf8.js";
import { EmbeddedActionsParser, EOF } from "./chevrotain.js";
import { type Start, startAt } from "./clause-scanner.js";
import {
  readComparison,
  readEveryone,
  readGroup,
  readItem,
  readMembership,
  readNothing,
  readSample,
} from "./conditions.js";
import { readEvent, readMeasure, readOccurrence } from "./events.js";
import { endsCondition, noiseWords } from "./lookahead.js";
import { Reader, type TokenStream } from "./reader.js";
import { And, AnyToken, AnyWord, LeftParenthesis, Not, Or, tokenize, vocabulary } from "./tokens.js";

interface Parsed {
  readonly tree: Query;
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses any text in a version of the language, by default the latest. */
export type Parse = (text: string, version?: LanguageVersion) => Parsed;

/** Makes a parser of the language with these operators. Making one takes some milliseconds: make it once. */
export function createParser(operators: readonly OperatorSyntax[]): Parse {
  const parser = new QueryParser(operators);
  return (text, version = treeVersion) => parser.parse(text, version);
}

class QueryParser extends EmbeddedActionsParser {
  readonly #operators: Readonly<Record<LanguageVersion, OperatorStep>>;
  readonly #streams: Readonly<Record<LanguageVersion, TokenStream>> = {
    1: this.#streamOf(1),
    2: this.#streamOf(2),
  };
  #reader: Reader;

  constructor(operators: readonly OperatorSyntax[]) {
    super(vocabulary, { maxLookahead: 1, nodeLocationTracking: "none", skipValidations: true });
    this.#operators = { 1: operatorSteps(operators, 1), 2: operatorSteps(operators, 2) };
    this.#reader = new Reader("", this.#operators[treeVersion], this.#streams[treeVersion]);
    this.performSelfAnalysis();
  }

  #streamOf(version: LanguageVersion): TokenStream {
    return {
      peek: Object.assign((k: number) => this.LA(k), { version }),
      take: () => {
        const token = this.LA(1);
        this.SKIP_TOKEN();
        return token;
      },
      nested: (inGroup) => this.SUBRULE(this.nested, { ARGS: [inGroup] }),
    };
  }

  parse(text: string, version: LanguageVersion): Parsed {
    const reader = new Reader(text, this.#operators[version], this.#streams[version]);
    this.#reader = reader;
    const { source } = reader;
    const { expression, comments } = this.#read(text, reader);
    const span = source.span(0, text.length);
    return {
      tree: { kind: "Query", version, expression, comments, span, raw: text },
      diagnostics: source.diagnostics.sort((one, other) => one.span.start - other.span.start),
    };
  }

  #read(text: string, reader: Reader): Pick<Query, "expression" | "comments"> {
    const span = reader.source.span(0, text.length);
    // A UTF-16 unit has at most three bytes in UTF-8.
    const bytes = text.length * 3 <= limits.bytes ? text.length : utf8Length(text);
    if (bytes > limits.bytes) {
      reader.report("TEXT_TOO_LONG", [bytes], { span });
      return { expression: { kind: "Invalid", span, raw: text }, comments: [] };
    }
    const { tokens, remarks } = tokenize(text, reader.peek.version);
    const comments = remarks.map((remark) => readComment(reader, remark));
    this.input = tokens;
    if (tokens.length === 0) {
      reader.report("EMPTY_QUERY", [], { span: reader.source.end(), expected: ["a condition"] });
      return { expression: { kind: "Invalid", span, raw: text }, comments };
    }
    return { expression: this.query(), comments };
  }

  // Chevrotain runs each rule once on an empty text to learn the grammar; code that must not run then is in an ACTION.

  private query = this.RULE("query", (): Expression => {
    const expression = this.SUBRULE(this.expression);
    // Only a bracket or a comma without a counterpart is left here.
    this.MANY({
      GATE: () => this.LA(1).tokenType !== EOF,
      DEF: () => {
        this.#reader.report("UNEXPECTED", [this.#reader.written(this.LA(1))], { expected: ["and", "or"] });
        this.CONSUME(AnyToken);
        this.OPTION({
          GATE: () => this.LA(1).tokenType === And || this.LA(1).tokenType === Or,
          DEF: () => this.CONSUME(AnyWord),
        });
        this.OPTION1({
          GATE: () => !endsCondition(this.LA(1)),
          DEF: () => this.SUBRULE1(this.expression),
        });
      },
    });
    return expression;
  });

  private expression = this.RULE("expression", (): Expression => {
    const reader = this.#reader;
    const start = reader.position;
    const first = this.SUBRULE(this.conjunction);
    const operands = [first];
    this.MANY(() => {
      this.CONSUME(Or);
      operands.push(this.SUBRULE1(this.conjunction));
    });
    if (operands.length === 1) return first;
    return { kind: "Or", operands, span: reader.span(start), raw: reader.raw(start) };
  });

  private conjunction = this.RULE("conjunction", (): Expression => {
    const reader = this.#reader;
    const start = reader.position;
    const first = this.SUBRULE(this.primary);
    const operands = [first];
    this.MANY(() => {
      this.CONSUME(And);
      operands.push(this.SUBRULE1(this.primary));
    });
    if (operands.length === 1) return first;
    return { kind: "And", operands, span: reader.span(start), raw: reader.raw(start) };
  });

  private primary = this.RULE("primary", (): Expression => {
    const expression = this.OR(this.#primaries);
    this.ACTION(() => this.#reader.skipToConditionEnd());
    return expression;
  });

  // For Chevrotain a condition is a word and what follows; the readers take as many tokens as the scanner says.
  readonly #primaries = [
    { ALT: () => this.SUBRULE(this.negation) },
    { ALT: () => this.SUBRULE(this.parenthesis) },
    {
      ALT: (): Expression => {
        if (this.RECORDING_PHASE) this.CONSUME(AnyWord);
        return this.ACTION(() => readers[this.#start()](this.#reader));
      },
    },
    { ALT: () => this.ACTION(() => readNothing(this.#reader)) },
  ];

  #start(): Start {
    const { peek } = this.#reader;
    const noise = noiseWords(peek, 1);
    const start = startAt(peek, 1 + noise, this.#reader.context);
    // Noise only precedes attributes and events: before anything else it is itself an attribute, and unknown.
    return noise > 0 && (start === "paren" || start === "missing") ? "comparison" : start;
  }

  // Two nots cancel out: otherwise a text of nots would be a tree as deep as the text is long.
  private negation = this.RULE("negation", (): Expression => {
    const reader = this.#reader;
    const start = reader.position;
    let negated = false;
    this.AT_LEAST_ONE(() => {
      this.CONSUME(Not);
      negated = !negated;
    });
    const operand = this.SUBRULE(this.primary);
    if (!negated) return operand;
    if (operand.kind === "Not") return operand.operand;
    return { kind: "Not", operand, span: reader.span(start), raw: reader.raw(start) };
  });

  private parenthesis = this.RULE("parenthesis", (): Expression => {
    const open = this.CONSUME(LeftParenthesis);
    const inside = this.SUBRULE(this.nested, { ARGS: [false] });
    this.ACTION(() => this.#reader.close(open));
    return inside;
  });

  /** An expression one level down; below the deepest level allowed, the bracket's content is skipped. */
  private nested = this.RULE("nested", (inGroup: boolean): Expression => {
    const reader = this.#reader;
    const outer = reader.enter(inGroup);
    const expression =
      reader.level > limits.levels ? reader.passOverBracket() : this.SUBRULE(this.expression);
    reader.leave(outer);
    return expression;
  });
}

const readers: Readonly<Record<Start, (reader: Reader) => Expression>> = {
  comparison: readComparison,
  event: readEvent,
  occurrence: readOccurrence,
  measure: readMeasure,
  segment: readMembership,
  sample: readSample,
  everyone: readEveryone,
  item: readItem,
  group: readGroup,
  paren: readNothing,
  missing: readNothing,
};

function readComment({ source }: Reader, remark: IToken): Comment {
  const start = remark.startOffset;
  const end = start + remark.image.length;
  const raw = source.raw(start, end);
  return {
    kind: "Comment",
    text: raw.replace(/^(?:--|#)\s*/, "").trimEnd(),
    span: source.span(start, end),
    raw,
  };
}
