// Reading conditions on attributes, segments and samples. The scanner has decided which kind begins here.

import type { Expression, Name, Value } from "../tree.js";
import { endsValue, everyoneLength, lengthUpToOf } from "./clause-scanner.js";
import { type ComparisonShape, comparisonAt } from "./comparison-scanner.js";
import { endsCondition, noiseWords, startsValue } from "./lookahead.js";
import { operatorAt } from "./operator-scanner.js";
import type { Reader } from "./reader.js";
import { Comma, LeftParenthesis, Quoted, RightBracket, Sign, Unclosed } from "./tokens.js";
import { readOperation, readRun, readValue, readWithoutBrackets, reportMissingValue } from "./values.js";
import { readWindow } from "./windows.js";

/** `email ends with .uk`, `loyalty points in campaign "Club" is 0`, or a true/false attribute alone. */
export function readComparison(reader: Reader): Expression {
  const start = reader.position;
  reader.countCondition(false);
  const shape = comparisonAt(reader.peek, 1, reader.operators, reader.context);
  if (reader.peek(1).image === "is") return readWithoutAttribute(reader, start);
  const attribute = readName(reader, shape.name);
  let campaign: Value | undefined;
  if (shape.campaign !== undefined) {
    reader.takeMany(2);
    if (shape.campaign === 0) reportMissingValue(reader, "in campaign");
    else campaign = readRun(reader, shape.campaign);
  }
  const window = shape.window ? readWindow(reader) : undefined;
  const match = shape.window ? operatorAt(reader.peek, 1, reader.operators, reader.context) : shape.operator;
  if (match !== undefined) {
    const { operator, operands } = readOperation(reader, match);
    if (isUnclosed(attribute.text)) return reader.invalid(start);
    const span = reader.span(start);
    const raw = reader.raw(start);
    // Most comparisons have neither, and an object literal without spreads takes a tenth of the time.
    if (campaign === undefined && window === undefined)
      return { kind: "Comparison", attribute, operator, operands, span, raw };
    const narrowed = {
      ...(campaign === undefined ? {} : { campaign }),
      ...(window === undefined ? {} : { window }),
    };
    return { kind: "Comparison", attribute, ...narrowed, operator, operands, span, raw };
  }
  if (shape.unfinished !== undefined) {
    reportUnfinished(reader, shape.unfinished);
    return reader.invalid(start);
  }
  if (shape.campaign !== undefined) {
    if (campaign !== undefined && !reportUnknownSign(reader)) {
      reader.report("MISSING_COMPARISON", [], { expected: ["is", "is at least", "is more than"] });
    }
    return reader.invalid(start);
  }
  // An open quote has swallowed what follows; and a token that can't follow a name is a better report than that the name is
  // alone.
  if (isUnclosed(attribute.text) || reportUnknownSign(reader) || reportBehindName(reader, attribute)) {
    return reader.invalid(start);
  }
  return { kind: "Flag", attribute, span: reader.span(start), raw: reader.raw(start) };
}

/** What the signs of other languages are in this one. */
export const signsMeant: Readonly<Record<string, string>> = {
  "==": "=",
  "===": "=",
  "!==": "!=",
  "<>": "!=",
  "=>": ">=",
  "=<": "<=",
};

/** `age == 5`: a sign that the language does not have. */
function reportUnknownSign(reader: Reader): boolean {
  const token = reader.peek(1);
  const sign = token.tokenType === Sign ? signsMeant[token.image] : undefined;
  if (sign === undefined) return false;
  const { start, end } = reader.here();
  reader.report("UNKNOWN_OPERATOR", [token.image, sign], {
    expected: [sign],
    fix: reader.source.fix(sign, start, end),
  });
  reader.skipCondition();
  return true;
}

/** `city "Paris"`, `the (vip)`: a value or a bracket right after a name. */
function reportBehindName(reader: Reader, { text }: Name): boolean {
  const next = reader.peek(1);
  if (endsValue(reader.peek, 1, reader.context)) return false;
  if (next.tokenType === Quoted) {
    reader.report("MISSING_OPERATOR", [text, reader.written(next)], {
      expected: ["is", "contains"],
      fix: reader.source.fix("is ", next.startOffset, next.startOffset),
    });
    reader.skipCondition();
  } else {
    reader.skipToConditionEnd();
  }
  return true;
}

function readName(reader: Reader, words: number): Name {
  const start = reader.position;
  let text = reader.written(reader.take());
  for (let taken = 1; taken < words; taken += 1) text += ` ${reader.written(reader.take())}`;
  const span = reader.span(start);
  if (isUnclosed(text)) {
    reader.report("UNCLOSED_QUOTE", ["`"], { span, expected: ["`"] });
  }
  return { kind: "Name", text, span, raw: reader.raw(start) };
}

/** `everyone`, `all customers`. */
export function readEveryone(reader: Reader): Expression {
  const start = reader.position;
  reader.countCondition(false);
  const noise = noiseWords(reader.peek, 1);
  reader.takeMany(noise + everyoneLength(reader.peek, 1 + noise));
  return { kind: "Everyone", span: reader.span(start), raw: reader.raw(start) };
}

/** `item (product contains MacBook and quantity is at least 2)`. */
export function readItem(reader: Reader): Expression {
  const start = reader.position;
  reader.countCondition(false);
  reader.takeMany(noiseWords(reader.peek, 1) + 1);
  const open = reader.take();
  const operand = reader.nested(false);
  reader.close(open);
  return { kind: "Item", operand, span: reader.span(start), raw: reader.raw(start) };
}

/** An odd number of backticks leaves one open. */
function isUnclosed(name: string): boolean {
  return name.includes("`") && name.split("`").length % 2 === 0;
}

/** `email starts`: reports what is missing, and skips what is written there instead. */
function reportUnfinished(reader: Reader, unfinished: NonNullable<ComparisonShape["unfinished"]>): void {
  const start = reader.position;
  reader.takeMany(unfinished.length);
  const written = reader.raw(start);
  if (unfinished.end === undefined) {
    reader.report("INCOMPLETE_OPERATOR", [written, unfinished.next], { expected: unfinished.next });
  } else if (unfinished.end.syntax.operand === "list") {
    readWithoutBrackets(reader, written);
  } else if (unfinished.end.syntax.operand === "none") {
    reader.report("UNEXPECTED", [reader.written(reader.peek(1))], { expected: ["and", "or"] });
  } else {
    reportMissingValue(reader, written);
  }
  reader.skipCondition();
}

/** A condition whose first token can't begin one: an operator, a bracket, a quoted name, or nothing at all. */
export function readNothing(reader: Reader): Expression {
  const start = reader.position;
  const token = reader.peek(1);
  if (token.tokenType === Sign) return readWithoutAttribute(reader, start);
  if (token.tokenType === Quoted || token.tokenType === Unclosed) {
    const inside = reader.written(token).slice(1, token.tokenType === Quoted ? -1 : undefined);
    if (token.tokenType === Quoted) {
      const end = token.startOffset + token.image.length;
      reader.report("QUOTED_ATTRIBUTE", [], {
        expected: ["an attribute"],
        fix: reader.source.fix(`\`${inside.replaceAll("`", "``")}\``, token.startOffset, end),
      });
    } else {
      reader.report("UNCLOSED_QUOTE", [token.image.charAt(0)]);
    }
  } else if (endsCondition(token) && token.tokenType !== RightBracket) {
    reader.report("MISSING_CONDITION", [reader.written(reader.peek(0))], { expected: ["a condition"] });
    return reader.invalid(start);
  } else {
    reader.report("UNEXPECTED", [reader.written(token)], { expected: ["a condition"] });
  }
  while (!endsCondition(reader.peek(1)) || reader.peek(1).tokenType === RightBracket) reader.skipOne();
  return reader.invalid(start);
}

function readWithoutAttribute(reader: Reader, start: number): Expression {
  reader.report("MISSING_ATTRIBUTE", [reader.written(reader.peek(1))], { expected: ["an attribute"] });
  reader.skipCondition();
  return reader.invalid(start);
}

/** `in segment "VIP"`. */
export function readMembership(reader: Reader): Expression {
  const start = reader.position;
  reader.countCondition(false);
  reader.takeMany(noiseWords(reader.peek, 1) + 2);
  if (!startsValue(reader.peek(1))) {
    reportMissingValue(reader, "in segment");
    return reader.invalid(start);
  }
  const segment = readValue(reader);
  return { kind: "Membership", segment, span: reader.span(start), raw: reader.raw(start) };
}

/** `in sample 10% of "spring-test"`. */
export function readSample(reader: Reader): Expression {
  const start = reader.position;
  reader.countCondition(false);
  reader.takeMany(noiseWords(reader.peek, 1) + 2);
  const first = reader.peek(1);
  if (!startsValue(first) || first.image === "of") {
    reader.report("MISSING_SAMPLE_SHARE", [], { expected: ["a percentage"] });
    reader.skipCondition();
    return reader.invalid(start);
  }
  const share = readRun(reader, lengthUpToOf(reader.peek, 1, "plain"));
  if (reader.peek(1).image !== "of")
    return { kind: "Sample", share, span: reader.span(start), raw: reader.raw(start) };
  reader.take();
  if (!startsValue(reader.peek(1))) {
    reportMissingValue(reader, "of");
    return reader.invalid(start);
  }
  const name = readValue(reader);
  return { kind: "Sample", share, name, span: reader.span(start), raw: reader.raw(start) };
}

/** `any of (a, b)`. */
export function readGroup(reader: Reader): Expression {
  const start = reader.position;
  reader.takeMany(noiseWords(reader.peek, 1));
  const quantifier = reader.take();
  reader.take();
  const open = reader.peek(1);
  if (open.tokenType !== LeftParenthesis) {
    reader.report("MISSING_LIST", [`${reader.written(quantifier)} of`], { expected: ["("] });
    reader.skipCondition();
    return reader.invalid(start);
  }
  const operands: Expression[] = [];
  do {
    reader.take();
    operands.push(reader.nested(true));
  } while (reader.peek(1).tokenType === Comma);
  reader.close(open);
  const word = quantifier.image as "all" | "any" | "none";
  return { kind: "Group", quantifier: word, operands, span: reader.span(start), raw: reader.raw(start) };
}
