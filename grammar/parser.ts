// Text to tree. The structure of a query is in Chevrotain's rules, with the tree built as they match (about twice as fast
// as walking a syntax tree afterwards); inside a condition, where names and bare values are runs of words, the scanner
// counts out the tokens. The parser never throws and never gives up: what can't stand where it is becomes a diagnostic and
// an Invalid node, and reading goes on behind it, so that several mistakes are told at once.
import { EmbeddedActionsParser, EOF, type IToken } from "chevrotain";
import { readComparison, readMembership, readNothing, readSample } from "./conditions.js";
import type { Diagnostic } from "./diagnostic.js";
import { readEvent, readMeasure, readOccurrence } from "./events.js";
import { limits } from "./limits.js";
import { type OperatorStep, type OperatorSyntax, operatorSteps } from "./operator-syntax.js";
import { Reader } from "./reader.js";
import { endsCondition, noiseWords, type Start, startAt } from "./scanner.js";
import {
  And,
  AnyToken,
  AnyWord,
  Comma,
  LeftParenthesis,
  type Lexeme,
  Not,
  Or,
  RightParenthesis,
  tokenize,
  vocabulary,
} from "./tokens.js";
import { type Comment, type Expression, type Query, treeVersion } from "./tree.js";

export interface Parsed {
  readonly tree: Query;
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses a text; any text whatever. */
export type Parse = (text: string) => Parsed;

/** Makes a parser of the language with these operators. Making one takes some milliseconds: make it once. */
export function createParser(operators: readonly OperatorSyntax[]): Parse {
  const parser = new QueryParser(operators);
  return (text) => parser.parse(text);
}

class QueryParser extends EmbeddedActionsParser {
  readonly #operators: OperatorStep;
  #reader: Reader;

  constructor(operators: readonly OperatorSyntax[]) {
    super(vocabulary, { maxLookahead: 1, nodeLocationTracking: "none", skipValidations: true });
    this.#operators = operatorSteps(operators);
    this.#reader = this.#newReader("");
    this.performSelfAnalysis();
  }

  #newReader(text: string): Reader {
    return new Reader(
      text,
      this.#operators,
      (k) => this.LA(k) as Lexeme,
      () => this.CONSUME(AnyToken) as Lexeme,
      () => this.SUBRULE(this.nested, { ARGS: [this.#reader.inGroup] }),
    );
  }

  parse(text: string): Parsed {
    const reader = this.#newReader(text);
    this.#reader = reader;
    const whole = { span: reader.source.span(0, text.length), raw: text };
    const finish = (expression: Expression, comments: readonly Comment[]): Parsed => ({
      tree: { kind: "Query", version: treeVersion, expression, comments, ...whole },
      diagnostics: reader.source.diagnostics.toSorted((one, other) => one.span.start - other.span.start),
    });
    const bytes = Buffer.byteLength(text, "utf8");
    if (bytes > limits.bytes) {
      reader.report("TEXT_TOO_LONG", [bytes], { span: whole.span });
      return finish({ kind: "Invalid", ...whole }, []);
    }
    const { tokens, remarks } = tokenize(text);
    const comments = remarks.map((remark) => readComment(reader, remark));
    this.input = tokens;
    if (tokens.length === 0) {
      reader.report("EMPTY_QUERY", [], { span: reader.source.end(), expected: ["a condition"] });
      return finish({ kind: "Invalid", ...whole }, comments);
    }
    return finish(this.query(), comments);
  }

  private query = this.RULE("query", (): Expression => {
    const expression = this.SUBRULE(this.expression);
    // Only a bracket or a comma that belongs to nothing is left here.
    this.MANY({
      GATE: () => this.LA(1).tokenType !== EOF,
      DEF: () => {
        this.ACTION(() => this.#reader.report("UNEXPECTED", [this.LA(1).image], { expected: ["and", "or"] }));
        this.CONSUME(AnyToken);
        this.OPTION({
          GATE: () => this.LA(1).tokenType === And || this.LA(1).tokenType === Or,
          DEF: () => this.CONSUME(AnyWord),
        });
        this.OPTION1({
          GATE: () => !endsCondition(this.LA(1) as Lexeme),
          DEF: () => this.SUBRULE1(this.expression),
        });
      },
    });
    return expression;
  });

  private expression = this.RULE("expression", (): Expression => {
    const start = this.ACTION(() => this.#reader.position);
    const operands = [this.SUBRULE(this.conjunction)];
    this.MANY(() => {
      this.CONSUME(Or);
      operands.push(this.SUBRULE1(this.conjunction));
    });
    return this.ACTION(() => only(operands) ?? { kind: "Or", operands, ...this.#reader.from(start) });
  });

  private conjunction = this.RULE("conjunction", (): Expression => {
    const start = this.ACTION(() => this.#reader.position);
    const operands = [this.SUBRULE(this.unary)];
    this.MANY(() => {
      this.CONSUME(And);
      operands.push(this.SUBRULE1(this.unary));
    });
    return this.ACTION(() => only(operands) ?? { kind: "And", operands, ...this.#reader.from(start) });
  });

  // Two nots are none: without this, a text of nots would be a tree as deep as the text is long.
  private unary = this.RULE("unary", (): Expression => {
    const start = this.ACTION(() => this.#reader.position);
    let negated = false;
    this.MANY(() => {
      this.CONSUME(Not);
      negated = !negated;
    });
    const operand = this.SUBRULE(this.primary);
    return this.ACTION((): Expression => {
      if (!negated) return operand;
      return operand.kind === "Not" ? operand.operand : { kind: "Not", operand, ...this.#reader.from(start) };
    });
  });

  private primary = this.RULE("primary", (): Expression => {
    const start = this.ACTION(() => this.#start());
    const expression = this.OR<Expression>({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { GATE: () => start === "paren", ALT: () => this.SUBRULE(this.parenthesis) },
        { GATE: () => start === "group", ALT: () => this.SUBRULE(this.group) },
        { GATE: () => start !== "missing", ALT: () => this.SUBRULE(this.condition, { ARGS: [start] }) },
        { ALT: () => this.SUBRULE(this.nothing) },
      ],
    });
    this.ACTION(() => this.#reader.skipToConditionEnd());
    return expression;
  });

  #start(): Start {
    const look = this.#reader.look;
    const noise = noiseWords(look, 1);
    const start = startAt(look, 1 + noise);
    // Noise stands before attributes and events only: before anything else it is itself the attribute, and unknown.
    return noise > 0 && (start === "paren" || start === "missing") ? "comparison" : start;
  }

  private parenthesis = this.RULE("parenthesis", (): Expression => {
    const open = this.CONSUME(LeftParenthesis) as Lexeme;
    const inside = this.SUBRULE(this.nested, { ARGS: [false] });
    this.ACTION(() => this.#reader.close(open));
    return inside;
  });

  private group = this.RULE("group", (): Expression => {
    const start = this.ACTION(() => this.#reader.position);
    this.ACTION(() => this.#reader.takeMany(noiseWords(this.#reader.look, 1)));
    const quantifier = this.CONSUME(AnyWord) as Lexeme;
    this.CONSUME1(AnyWord);
    let open: Lexeme | undefined;
    const operands: Expression[] = [];
    this.OPTION({
      GATE: () => this.LA(1).tokenType === LeftParenthesis,
      DEF: () => {
        open = this.CONSUME(LeftParenthesis) as Lexeme;
        operands.push(this.SUBRULE(this.nested, { ARGS: [true] }));
        this.MANY(() => {
          this.CONSUME(Comma);
          operands.push(this.SUBRULE1(this.nested, { ARGS: [true] }));
        });
      },
    });
    return this.ACTION((): Expression => {
      const reader = this.#reader;
      if (open === undefined) {
        reader.report("MISSING_LIST", [`${quantifier.image} of`], { expected: ["("] });
        reader.skipCondition();
        return reader.invalid(start);
      }
      reader.close(open);
      const word = quantifier.payload as "all" | "any" | "none";
      return { kind: "Group", quantifier: word, operands, ...reader.from(start) };
    });
  });

  /** An expression one level down; past the deepest allowed, what the bracket holds is passed over. */
  private nested = this.RULE("nested", (inGroup: boolean): Expression => {
    const start = this.ACTION(() => this.#reader.position);
    const outer = this.ACTION(() => this.#reader.inGroup);
    let expression: Expression | undefined;
    this.ACTION(() => {
      this.#reader.level += 1;
      this.#reader.inGroup = inGroup;
    });
    this.OPTION({
      GATE: () => this.#reader.level <= limits.levels,
      DEF: () => {
        expression = this.SUBRULE(this.expression);
      },
    });
    return this.ACTION(() => {
      const reader = this.#reader;
      if (expression === undefined) {
        reader.report("TOO_DEEP", []);
        while (reader.look(1).tokenType !== RightParenthesis && !reader.atEnd) reader.skipOne();
      }
      reader.level -= 1;
      reader.inGroup = outer;
      return expression ?? reader.invalid(start);
    });
  });

  /** For the grammar a condition is a word and what follows; the readers take as many tokens as the scanner says. */
  private condition = this.RULE("condition", (start: Start): Expression => {
    if (this.RECORDING_PHASE) this.CONSUME(AnyWord);
    return this.ACTION(() => readers[start](this.#reader));
  });

  private nothing = this.RULE("nothing", (): Expression => {
    return this.ACTION(() => readNothing(this.#reader));
  });
}

const readers: Readonly<Record<Start, (reader: Reader) => Expression>> = {
  comparison: readComparison,
  event: readEvent,
  occurrence: readOccurrence,
  measure: readMeasure,
  segment: readMembership,
  sample: readSample,
  // These three are rules of their own.
  paren: readNothing,
  group: readNothing,
  missing: readNothing,
};

function only(operands: readonly Expression[]): Expression | undefined {
  return operands.length === 1 ? operands[0] : undefined;
}

function readComment(reader: Reader, remark: IToken): Comment {
  const start = remark.startOffset;
  return {
    kind: "Comment",
    text: remark.image.replace(/^(?:--|#)\s*/, "").trimEnd(),
    span: reader.source.span(start, start + remark.image.length),
    raw: remark.image,
  };
}
