// Tokens. A word is a run of anything but white space, brackets, commas and comparison signs, so that `.uk`, `+48`, `10%`
// and `o'brien` need no quotes; the parser decides, by their place, which words are keywords.
import type { ILexerConfig, IToken } from "chevrotain";
import { type LanguageVersion, treeVersion } from "../tree.js";
import { createToken, Lexer } from "./chevrotain.js";

/** Every token, so that the parser can skip one whatever it is. */
export const AnyToken = createToken({ name: "AnyToken", pattern: Lexer.NA });
/** Every word, keyword or not. */
export const AnyWord = createToken({ name: "AnyWord", pattern: Lexer.NA, categories: AnyToken });

// Backticks quote a part of a name, which may hold anything; a doubled backtick is one backtick.
const wordPattern = /(?!["'])(?:[^\s\u0085()[\],=<>!`≥≤≠]+|!(?!=)|`(?:[^`]|``)*`|`)+/y;

/** Characters that a word can start with, as the lexer's optimiser wants them: one hint halves the lexing time. */
function wordStarts(): number[] {
  const starts: number[] = [];
  for (let code = 0; code < 256; code += 1) {
    if (!/[\s\u0085()[\],=<>"']/.test(String.fromCharCode(code))) starts.push(code);
  }
  // Beyond Latin-1 the optimiser sorts by blocks of 255 code units.
  for (let code = 256; code < 0xffff; code += 64) starts.push(code);
  starts.push(0xffff);
  return starts;
}

/** Every character of white space: the hint must not lack one. */
function spaceStarts(): number[] {
  const isSpace = (code: number): boolean => /[\s\u0085]/.test(String.fromCharCode(code));
  return Array.from({ length: 0x10000 }, (_, code) => code).filter(isSpace);
}

export const Word = createToken({
  name: "Word",
  pattern: wordPattern,
  start_chars_hint: wordStarts(),
  line_breaks: true,
  categories: AnyWord,
});

function keyword(name: string, pattern: RegExp) {
  const start_chars_hint = [pattern.source.charAt(0)];
  return createToken({ name, pattern, start_chars_hint, longer_alt: Word, categories: AnyWord });
}

export const And = keyword("And", /and/);
export const Or = keyword("Or", /or/);
export const Not = keyword("Not", /not/);

export const LeftParenthesis = createToken({ name: "LeftParenthesis", pattern: "(", categories: AnyToken });
export const RightParenthesis = createToken({ name: "RightParenthesis", pattern: ")", categories: AnyToken });
export const LeftBracket = createToken({ name: "LeftBracket", pattern: "[", categories: AnyToken });
export const RightBracket = createToken({ name: "RightBracket", pattern: "]", categories: AnyToken });
export const Comma = createToken({ name: "Comma", pattern: ",", categories: AnyToken });
/**
 * `=`, `!=`, `<`, `<=`, `>`, `>=`, their typographic kin `≠ ≤ ≥`, and what users of other languages write for them: `==`, `<>`,
 * `=>`.
 */
export const Sign = createToken({
  name: "Sign",
  pattern: /!==?|<>|=[<>]|={1,3}|[<>]=?|[≥≤≠]/,
  start_chars_hint: [..."!<=>≥≤≠"],
  categories: AnyToken,
});
export const Quoted = createToken({
  name: "Quoted",
  pattern: /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'/,
  start_chars_hint: ['"', "'"],
  line_breaks: true,
  categories: AnyToken,
});
/** A quote that never closes, to the end of its line. */
export const Unclosed = createToken({
  name: "Unclosed",
  pattern: /["'][^\r\n]*/,
  start_chars_hint: ['"', "'"],
  categories: AnyToken,
});
const Remark = createToken({
  name: "Remark",
  pattern: /(?:--|#)[^\r\n]*/,
  start_chars_hint: ["-", "#"],
  group: "remarks",
});
/** What separates most words; a pattern of one character is matched without a regular expression. */
const Blank = createToken({ name: "Blank", pattern: " ", group: Lexer.SKIPPED });
const Space = createToken({
  name: "Space",
  pattern: /[\s\u0085]+/,
  start_chars_hint: spaceStarts(),
  line_breaks: true,
  group: Lexer.SKIPPED,
});

/** In the order in which the lexer tries them. */
const tokens = [
  Blank,
  Space,
  Remark,
  Quoted,
  Unclosed,
  LeftParenthesis,
  RightParenthesis,
  LeftBracket,
  RightBracket,
  Comma,
  Sign,
  And,
  Or,
  Not,
  Word,
];

/** The parser's vocabulary. */
export const vocabulary = [AnyToken, AnyWord, ...tokens];

/** True of a quote, closed or not. */
export function isQuoteOf(token: IToken): boolean {
  return token.tokenType === Quoted || token.tokenType === Unclosed;
}

/** A lexer of the tokens, with the given options beside its own. */
export function createLexer(options: ILexerConfig) {
  return new Lexer(tokens, { positionTracking: "onlyOffset", ...options });
}

// A test validates the tokens, and that their hints lack no character.
const lexer = createLexer({ ensureOptimizations: true, skipValidations: true });

/**
 * Splits a text into tokens, whose images are in lower case; every text can be split.
 * @param version from the second version of the language on, typographic quotes and minus signs are read as the plain ones.
 */
export function tokenize(
  text: string,
  version: LanguageVersion = treeVersion,
): { readonly tokens: IToken[]; readonly remarks: readonly IToken[] } {
  const lower = lowerCase(text);
  const { tokens, groups } = lexer.tokenize(version === 1 ? lower : plainSigns(lower));
  return { tokens, remarks: groups.remarks ?? [] };
}

/** The text in lower case, of the same length: `İ`, which would become two characters, is unchanged. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return text.replace(/[^\u0130]+/g, (stretch) => stretch.toLowerCase());
}

// A text between quotes of one kind, at a word's start; a quoted part of a name; a typographic quote by itself; and a typographic
// minus before a number.
const quotes =
  /(?<![^\s()[\],=<>≥≤≠])(?:"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|[“”](?:[^“”"\\]|\\[\s\S])*[”“]|‘(?:[^‘’'\\]|\\[\s\S])*’)|`[^`]*`|[“”‘’]|(?<![^\s(),=<>≥≤≠])[–−](?=[\d.])/g;
const typographic = /[“”‘’–−]/;
const plainOf: Readonly<Record<string, string>> = {
  "“": '"',
  "”": '"',
  "‘": "'",
  "’": "'",
  "–": "-",
  "−": "-",
};

/** True of a text with quotes or minus signs that `plainSigns` may replace. */
export function hasTypographicSigns(text: string): boolean {
  return typographic.test(text);
}

/** A word as it was written, with plain signs in place of typographic ones, as in its token. @param image the token's image. */
export function withPlainSigns(written: string, image: string): string {
  return written.replace(/[“”‘’–−]/g, (sign, at: number) =>
    plainOf[sign] === image[at] ? image[at]! : sign,
  );
}

/** The text with plain signs for typographic ones, of the same length; within a quoted text they are unchanged. */
export function plainSigns(text: string): string {
  if (!typographic.test(text)) return text;
  return text.replace(quotes, (found) => {
    const plain = plainOf[found.charAt(0)];
    if (plain === undefined) return found;
    return found.length === 1 ? plain : `${plain}${found.slice(1, -1)}${plain}`;
  });
}
