// Reading values: quoted, bare, in lists and in pairs.
import { limits } from "./limits.js";
import type { OperandShape } from "./operator-syntax.js";
import type { Reader } from "./reader.js";
import { clauseAt, isAdjacent, type OperatorMatch, startsValue, valueLength } from "./scanner.js";
import {
  And,
  Comma,
  LeftBracket,
  LeftParenthesis,
  Quoted,
  RightBracket,
  RightParenthesis,
  Unclosed,
} from "./tokens.js";
import type { OperatorUse, Value } from "./tree.js";

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** What a quoted value says: quotes off, backslash escapes undone (`\n \r \t \uXXXX`, else the character itself). */
export function unquote(image: string): string {
  const inside = image.slice(1, -1);
  if (!inside.includes("\\")) return inside;
  return inside.replace(
    /\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g,
    (_, code: string | undefined, character: string) =>
      code === undefined ? (escapes[character] ?? character) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** Reads the value that is known to begin here. */
export function readValue(reader: Reader, inList = false): Value {
  return readRun(reader, valueLength(reader.look, 1, reader.context, inList));
}

/** Reads a value of so many tokens. */
export function readRun(reader: Reader, length: number): Value {
  const first = reader.take();
  const start = first.startOffset;
  if (first.tokenType === Quoted && length === 1) {
    const raw = reader.raw(start);
    return { kind: "Value", text: unquote(raw), span: reader.span(start), raw };
  }
  if (first.tokenType === Unclosed) {
    const quote = first.image.charAt(0);
    const end = reader.behind();
    reader.report("UNCLOSED_QUOTE", [quote], {
      span: reader.span(start),
      expected: [quote],
      fix: reader.source.fix(quote, end, end),
    });
    const raw = reader.raw(start);
    return { kind: "Value", text: raw.slice(1), span: reader.span(start), raw };
  }
  let text = reader.written(first);
  let previous = first;
  for (let taken = 1; taken < length; taken += 1) {
    const token = reader.take();
    const word = reader.written(token);
    text += isAdjacent(previous, token) ? word : ` ${word}`;
    previous = token;
  }
  return { kind: "Value", text, span: reader.span(start), raw: reader.raw(start) };
}

/** Reads an operator that the scanner has found here, and what it takes. */
export function readOperation(
  reader: Reader,
  match: OperatorMatch,
): { readonly operator: OperatorUse; readonly operands: readonly Value[] } {
  const start = reader.position;
  reader.takeMany(match.length);
  const operator: OperatorUse = {
    kind: "Operator",
    name: match.syntax.name,
    negated: match.negated,
    span: reader.span(start),
    raw: reader.raw(start),
  };
  return { operator, operands: readOperands(reader, operator, match.syntax.operand) };
}

function readOperands(reader: Reader, operator: OperatorUse, shape: OperandShape): readonly Value[] {
  switch (shape) {
    case "none":
      return [];
    case "list":
      return readList(reader, operator);
    case "pair":
      return readPair(reader, operator);
    default:
      return readOnly(reader, operator);
  }
}

function readSingle(reader: Reader, operator: OperatorUse): readonly Value[] {
  const type = reader.look(1).tokenType;
  if (type === LeftParenthesis || type === LeftBracket) {
    const several = operator.negated ? "is none of" : "is any of";
    const { start, end } = operator.span;
    reader.report("LIST_NOT_TAKEN", [operator.raw], {
      expected: ["a value"],
      fix: operator.name === "is" ? reader.source.fix(several, start, end) : undefined,
    });
    readList(reader, operator);
    return [];
  }
  if (!startsValue(reader.look(1)) || clauseInsteadOfValue(reader)) {
    reportMissingValue(reader, operator.raw);
    return [];
  }
  return [readValue(reader)];
}

/** A value with none behind it: a comma there is told of, and passed over with what follows. */
function readOnly(reader: Reader, operator: OperatorUse): readonly Value[] {
  const values = readSingle(reader, operator);
  if (values.length > 0 && reader.look(1).tokenType === Comma && !reader.inGroup) {
    reader.report("COMMA_IN_VALUE", [], { expected: ["and", "or"] });
    reader.skipCondition();
  }
  return values;
}

/** `where url is in the last 3 days`: a clause stands where the value should; `today` alone is a value. */
function clauseInsteadOfValue(reader: Reader): boolean {
  if (reader.context === "plain") return false;
  const word = reader.look(1).image;
  return word !== "today" && word !== "yesterday" && clauseAt(reader.look, 1) !== undefined;
}

export function reportMissingValue(reader: Reader, operator: string): void {
  reader.report("MISSING_VALUE", [operator], { expected: ["a value"] });
}

function readPair(reader: Reader, operator: OperatorUse): readonly Value[] {
  const from = readSingle(reader, operator);
  if (from.length === 0) return [];
  if (reader.look(1).tokenType !== And) {
    reader.report("MISSING_AND", [operator.raw], { expected: ["and"] });
    reader.skipCondition();
    return [];
  }
  reader.take();
  const to = readOnly(reader, operator);
  return to.length === 0 ? [] : [...from, ...to];
}

function readList(reader: Reader, operator: OperatorUse): readonly Value[] {
  const open = reader.look(1);
  if (open.tokenType !== LeftParenthesis && open.tokenType !== LeftBracket) {
    reader.report("MISSING_LIST", [operator.raw], { expected: ["("] });
    return [];
  }
  reader.take();
  const closing = open.tokenType === LeftBracket ? RightBracket : RightParenthesis;
  const items: Value[] = [];
  for (;;) {
    if (startsValue(reader.look(1))) items.push(readValue(reader, true));
    else reportMissingValue(reader, items.length === 0 ? operator.raw : ",");
    if (reader.look(1).tokenType !== Comma && reader.look(1).tokenType !== closing && !reader.atEnd) {
      reader.report("UNEXPECTED", [reader.written(reader.look(1))], {
        expected: [",", open.image === "[" ? "]" : ")"],
      });
      while (reader.look(1).tokenType !== Comma && reader.look(1).tokenType !== closing && !reader.atEnd) {
        reader.skipOne();
      }
    }
    if (reader.look(1).tokenType !== Comma) break;
    reader.take();
  }
  reader.close(open);
  if (items.length > limits.listItems) {
    reader.report("TOO_MANY_ITEMS", [items.length], { span: reader.span(open.startOffset) });
  }
  return items;
}
