// Reading values: quoted, bare, in lists and in pairs.
import type { Fix } from "../diagnostic.js";
import { limits } from "../limits.js";
import type { OperandShape } from "../operator-syntax.js";
import type { OperatorUse, Value } from "../tree.js";
import { clauseAt, valueLength } from "./clause-scanner.js";
import { endsCondition, isAdjacent, startsOperand, startsValue } from "./lookahead.js";
import { distanceAt, type OperatorMatch } from "./operator-scanner.js";
import { periodLength } from "./periods.js";
import type { Reader } from "./reader.js";
import {
  And,
  Comma,
  LeftBracket,
  LeftParenthesis,
  Or,
  Quoted,
  RightBracket,
  RightParenthesis,
  Unclosed,
} from "./tokens.js";

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** The text of a quoted value: quotes off, backslash escapes undone (`\n \r \t \uXXXX`, else the character itself). */
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
  const length = valueLength(reader.peek, 1, reader.context, inList);
  return readAttributeValue(reader, length, inList) ?? readRun(reader, length);
}

/** `customer's city`, `the customer's gift card balance in campaign "Xmas"`: undefined for other words. */
function readAttributeValue(reader: Reader, length: number, inList: boolean): Value | undefined {
  const { peek } = reader;
  const noise = peek(1).image === "the" ? 2 : 1;
  if (peek.version === 1 || peek(noise).image !== "customer's" || length <= noise) return undefined;
  const start = reader.position;
  reader.takeMany(noise);
  let words = length - noise;
  for (let k = 2; k < words; k += 1)
    if (peek(k).image === "in" && peek(k + 1).image === "campaign") words = k - 1;
  const name = readRun(reader, words);
  let campaign: Value | undefined;
  if (peek(1).image === "in" && peek(2).image === "campaign") {
    reader.takeMany(2);
    if (startsValue(peek(1))) campaign = readRun(reader, valueLength(peek, 1, reader.context, inList));
    else reportMissingValue(reader, "in campaign");
  }
  return {
    kind: "Value",
    text: `customer's ${name.text}`,
    attribute: name.text,
    ...(campaign === undefined ? {} : { campaign }),
    span: reader.span(start),
    raw: reader.raw(start),
  };
}

/** A span of the calendar, which is known to begin here. */
export function readPeriod(reader: Reader): Value {
  return readRun(reader, periodLength(reader.peek, 1));
}

/** `7 days after created`, which is known to begin here: the length, the word, and the attribute. */
export function readDistance(reader: Reader): readonly Value[] {
  const length = distanceAt(reader.peek, 1);
  return [readRun(reader, length - 1), readRun(reader, 1), readValue(reader)];
}

/** Reads a value of `length` tokens. */
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

/** Reads an operator that the scanner has found here, and its operands. */
export function readOperation(
  reader: Reader,
  match: OperatorMatch,
): { readonly operator: OperatorUse; readonly operands: readonly Value[] } {
  const start = reader.position;
  reader.takeMany(match.length);
  // A span of the calendar may follow no word at all.
  const isWordless = match.length === 0;
  const operator: OperatorUse = {
    kind: "Operator",
    name: match.syntax.name,
    negated: match.negated,
    span: isWordless ? reader.source.span(start, start) : reader.span(start),
    raw: isWordless ? "" : reader.raw(start),
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
    case "period":
      return [readPeriod(reader)];
    case "distance":
      return readDistance(reader);
    case "value":
    case "duration":
      return readOnly(reader, operator);
    default:
      return shape satisfies never;
  }
}

function readSingle(reader: Reader, operator: OperatorUse): readonly Value[] {
  const type = reader.peek(1).tokenType;
  if (type === LeftParenthesis || type === LeftBracket) {
    const several = operator.negated ? "is none of" : "is any of";
    const { start, end } = operator.span;
    reader.report("LIST_NOT_TAKEN", [operator.raw, severalInstead(operator)], {
      expected: ["a value"],
      fix: operator.name === "is" ? reader.source.fix(several, start, end) : undefined,
    });
    readList(reader, operator);
    return [];
  }
  if (orEqual(reader, operator)) return readSingle(reader, operator);
  if (!startsOperand(reader.peek(1), reader.context) || clauseInsteadOfValue(reader)) {
    reportMissingValue(reader, operator.raw);
    return [];
  }
  return [readValue(reader)];
}

/** How to write several values for an operator that doesn't take a list. */
function severalInstead(operator: OperatorUse): string {
  if (operator.name === "is") return "For several, use `is any of (…)`.";
  if (operator.name === "between") return `Write \`${operator.raw} 1 and 5\`.`;
  const whole = `\`any of (… ${operator.raw} a, … ${operator.raw} b)\``;
  return operator.name === "contains"
    ? `For several, use \`contains any of (…)\` of a set, or ${whole}.`
    : `For several, use ${whole}.`;
}

/** `more than or equal to 5`: reports how to write it, and skips it. */
function orEqual(reader: Reader, operator: OperatorUse): boolean {
  const instead = operator.name === "more_than" ? "at least" : operator.name === "less_than" ? "at most" : "";
  if (instead === "" || reader.peek(1).tokenType !== Or || reader.peek(2).image !== "equal") return false;
  const { start } = operator.span;
  reader.takeMany(reader.peek(3).image === "to" ? 3 : 2);
  // The complement of `more than or equal to` has no other word, so `not` remains.
  const form = operator.negated ? `is not ${instead}` : `is ${instead}`;
  reader.report("UNKNOWN_OPERATOR", [reader.raw(start), form], {
    span: reader.span(start),
    expected: [form],
    fix: reader.source.fix(form, start, reader.behind()),
  });
  return true;
}

/** The only value: a comma after it is reported, and skipped with what follows. */
function readOnly(reader: Reader, operator: OperatorUse): readonly Value[] {
  const values = readSingle(reader, operator);
  if (values.length > 0 && reader.peek(1).tokenType === Comma && !reader.inGroup) {
    reader.report("COMMA_IN_VALUE", [], { expected: ["and", "or"] });
    reader.skipCondition();
  }
  return values;
}

/** `where url is in the last 3 days`: a clause is written in place of the value; `today` alone is a value. */
function clauseInsteadOfValue(reader: Reader): boolean {
  if (reader.context === "plain") return false;
  const word = reader.peek(1).image;
  if (word === "today" || word === "yesterday") return false;
  if (reader.peek.version > 1 && periodLength(reader.peek, 1) > 0) return false;
  return clauseAt(reader.peek, 1, reader.context) !== undefined;
}

export function reportMissingValue(reader: Reader, operator: string): void {
  reader.report("MISSING_VALUE", [operator], { expected: ["a value"] });
}

function readPair(reader: Reader, operator: OperatorUse): readonly Value[] {
  const from = readSingle(reader, operator);
  const and = reader.peek(1);
  if (from.length === 0) {
    // `between and 5`: the end was written, and is not a separate condition.
    if (and.tokenType === And) {
      reader.take();
      reader.skipCondition();
    }
    return [];
  }
  if (and.tokenType !== And) {
    reader.report("MISSING_AND", [operator.raw], { expected: ["and"], fix: insteadOfAnd(reader, from[0]) });
    if (orNumber(reader)) reader.take();
    reader.skipCondition();
    return [];
  }
  reader.take();
  const to = readOnly(reader, operator);
  return to.length === 0 ? [] : [...from, ...to];
}

/** True at the `or` of `between 1 or 5`, if no condition begins after it. */
function orNumber(reader: Reader): boolean {
  const { peek } = reader;
  return peek(1).tokenType === Or && /^[-+$€£\d]/.test(peek(2).image) && endsCondition(peek(3));
}

/** The fix of `between 1, 5`, `between 1 or 5` and `between 1 to 5`. */
function insteadOfAnd(reader: Reader, low: Value | undefined): Fix | undefined {
  const next = reader.peek(1);
  if (orNumber(reader))
    return reader.source.fix("and", next.startOffset, next.startOffset + next.image.length);
  if (next.tokenType === Comma && !reader.inGroup)
    return reader.source.fix(" and", next.startOffset, next.startOffset + 1);
  const parted = /^(\S+)\s+(?:to|-|–|—)\s+(\S+)$/.exec(low?.raw ?? "");
  if (parted === null || low === undefined) return undefined;
  return reader.source.fix(`${parted[1]} and ${parted[2]}`, low.span.start, low.span.end);
}

/** `is any of a, b`: reports the missing brackets at their place, and skips the values. */
export function readWithoutBrackets(reader: Reader, operator: string): void {
  const span = reader.here();
  const start = reader.position;
  if (!startsValue(reader.peek(1))) {
    reader.report("MISSING_LIST", [operator], { span, expected: ["("] });
    return;
  }
  readValue(reader, true);
  while (!reader.inGroup && reader.peek(1).tokenType === Comma && startsValue(reader.peek(2))) {
    reader.take();
    readValue(reader, true);
  }
  reader.report("MISSING_LIST", [operator], {
    span,
    expected: ["("],
    fix: reader.source.fix(`(${reader.raw(start)})`, start, reader.behind()),
  });
}

function readList(reader: Reader, operator: OperatorUse): readonly Value[] {
  const open = reader.peek(1);
  if (open.tokenType !== LeftParenthesis && open.tokenType !== LeftBracket) {
    readWithoutBrackets(reader, operator.raw);
    return [];
  }
  reader.take();
  const closing = open.tokenType === LeftBracket ? RightBracket : RightParenthesis;
  const items: Value[] = [];
  for (;;) {
    if (startsOperand(reader.peek(1), reader.context)) items.push(readValue(reader, true));
    else reportMissingValue(reader, items.length === 0 ? operator.raw : ",");
    if (reader.closesWrongly(open)) break;
    if (reader.peek(1).tokenType !== Comma && reader.peek(1).tokenType !== closing && !reader.atEnd) {
      reader.report("UNEXPECTED", [reader.written(reader.peek(1))], {
        expected: [",", open.image === "[" ? "]" : ")"],
      });
      while (reader.peek(1).tokenType !== Comma && reader.peek(1).tokenType !== closing && !reader.atEnd) {
        reader.skipOne();
      }
    }
    if (reader.peek(1).tokenType !== Comma) break;
    reader.take();
  }
  reader.close(open);
  if (items.length > limits.listItems) {
    reader.report("TOO_MANY_ITEMS", [items.length], { span: reader.span(open.startOffset) });
  }
  return items;
}
