// The lexer of the hand-written parser: one pass over the character codes, every token classified as it is made.

/** Kinds of tokens. Words come first: a kind up to `not` is a word, up to `word` or `not` one of a name or bare value. */
export const Kind = {
  word: 0,
  not: 1,
  and: 2,
  or: 3,
  quoted: 4,
  sign: 5,
  comma: 6,
  leftParenthesis: 7,
  rightParenthesis: 8,
  leftBracket: 9,
  rightBracket: 10,
  end: 11,
} as const;

export interface Token {
  readonly kind: number;
  readonly start: number;
  readonly end: number;
  /** The text in lower case. */
  readonly word: string;
}

export interface Remark {
  readonly start: number;
  readonly end: number;
}

/** A text that is no sentence of the language. */
export class SyntaxMistake extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(`${message} at ${offset}`);
  }
}

// What a character means to the lexer: part of a word, white space, or one that needs a closer look.
const wordPart = 0;
const space = 1;
const quote = 2;
const backtick = 3;
const exclamation = 4;
const dash = 5;
const hash = 6;
const other = 7;

const classes = new Uint8Array(128);
for (const code of [9, 10, 11, 12, 13, 32]) classes[code] = space;
for (const character of "\"'") classes[character.charCodeAt(0)] = quote;
for (const character of "()[],=<>") classes[character.charCodeAt(0)] = other;
classes["`".charCodeAt(0)] = backtick;
classes["!".charCodeAt(0)] = exclamation;
classes["-".charCodeAt(0)] = dash;
classes["#".charCodeAt(0)] = hash;

function classOf(code: number): number {
  if (code < 128) return classes[code] as number;
  if (code < 0x1680) return code === 0x85 || code === 0xa0 ? space : wordPart;
  const isSpace =
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff;
  return isSpace ? space : wordPart;
}

/** Splits a text into tokens, an `end` last. @throws SyntaxMistake if a quote is not closed. */
export function tokenize(text: string): { readonly tokens: Token[]; readonly remarks: Remark[] } {
  const tokens: Token[] = [];
  const remarks: Remark[] = [];
  const length = text.length;
  let at = 0;
  while (at < length) {
    const code = text.charCodeAt(at);
    const start = at;
    switch (classOf(code)) {
      case space:
        at += 1;
        continue;
      case quote:
        at = endOfQuoted(text, start, code);
        tokens.push({ kind: Kind.quoted, start, end: at, word: "" });
        continue;
      case hash:
        at = endOfLine(text, at);
        remarks.push({ start, end: at });
        continue;
      case dash:
        if (text.charCodeAt(at + 1) === 45) {
          at = endOfLine(text, at);
          remarks.push({ start, end: at });
          continue;
        }
        break;
      case exclamation:
        if (text.charCodeAt(at + 1) === 61) {
          at += 2;
          tokens.push({ kind: Kind.sign, start, end: at, word: "!=" });
          continue;
        }
        break;
      case other: {
        const token = punctuation(text, start, code);
        at = token.end;
        tokens.push(token);
        continue;
      }
    }
    at = endOfWord(text, start);
    const word = text.slice(start, at).toLowerCase();
    tokens.push({ kind: wordKind(word), start, end: at, word });
  }
  tokens.push({ kind: Kind.end, start: length, end: length, word: "" });
  return { tokens, remarks };
}

function wordKind(word: string): number {
  if (word.length > 3) return Kind.word;
  return word === "and" ? Kind.and : word === "or" ? Kind.or : word === "not" ? Kind.not : Kind.word;
}

function punctuation(text: string, start: number, code: number): Token {
  const end = start + 1;
  switch (code) {
    case 40:
      return { kind: Kind.leftParenthesis, start, end, word: "(" };
    case 41:
      return { kind: Kind.rightParenthesis, start, end, word: ")" };
    case 44:
      return { kind: Kind.comma, start, end, word: "," };
    case 91:
      return { kind: Kind.leftBracket, start, end, word: "[" };
    case 93:
      return { kind: Kind.rightBracket, start, end, word: "]" };
    case 61:
      return { kind: Kind.sign, start, end, word: "=" };
  }
  const orEqual = text.charCodeAt(end) === 61;
  if (code === 60)
    return { kind: Kind.sign, start, end: orEqual ? end + 1 : end, word: orEqual ? "<=" : "<" };
  return { kind: Kind.sign, start, end: orEqual ? end + 1 : end, word: orEqual ? ">=" : ">" };
}

function endOfWord(text: string, start: number): number {
  const length = text.length;
  let at = start;
  while (at < length) {
    switch (classOf(text.charCodeAt(at))) {
      case space:
      case other:
        return at;
      case exclamation:
        if (text.charCodeAt(at + 1) === 61) return at;
        break;
      case backtick:
        at = endOfBackticks(text, at);
        continue;
    }
    at += 1;
  }
  return at;
}

/** The place after the closing backtick, a doubled one being part of the name; after the first one if none closes. */
function endOfBackticks(text: string, start: number): number {
  let close = text.indexOf("`", start + 1);
  while (close !== -1 && text.charCodeAt(close + 1) === 96) close = text.indexOf("`", close + 2);
  if (close === -1) throw new SyntaxMistake("unclosed `", start);
  return close + 1;
}

function endOfQuoted(text: string, start: number, code: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const here = text.charCodeAt(at);
    if (here === code) return at + 1;
    if (here === 92) at += 1;
  }
  throw new SyntaxMistake("unclosed quote", start);
}

function endOfLine(text: string, start: number): number {
  let at = start;
  while (at < text.length && text.charCodeAt(at) !== 10 && text.charCodeAt(at) !== 13) at += 1;
  return at;
}
