// Makes text comparable. Stored values and literals both use it, so that they always agree.

const edges = /^\p{White_Space}+|\p{White_Space}+$/gu;
/** Every character that trimming removes. */
export const whiteSpace =
  "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";
// U+0130 and U+03A3 are the two letters that String.prototype.toLowerCase maps by Unicode's special casing
// (to two code points, and by position in the word) and not by the simple mapping that the language asks for.
const special = /[\u0130\u03a3]/;
// Most texts are ASCII without a space at either end: trimmed and composed already.
const plain = /^[!-~](?:[ -~]*[!-~])?$/;

/** Removes Unicode white space (the property White_Space) from both ends. */
export function trimText(text: string): string {
  return text.replace(edges, "");
}

/**
 * The form in which text compares: trimmed, NFC, lower-cased by Unicode's simple mapping.
 * NFC comes first so that a composed and a decomposed letter lower to the same one.
 */
export function normaliseText(text: string): string {
  if (plain.test(text)) return text.toLowerCase();
  const composed = trimText(text).normalize("NFC");
  const lowered = special.test(composed) ? lowerSimply(composed) : composed.toLowerCase();
  return lowered.normalize("NFC");
}

function lowerSimply(text: string): string {
  let lowered = "";
  for (const character of text) lowered += character === "\u0130" ? "i" : character.toLowerCase();
  return lowered;
}

/** The text reversed, by code point: a suffix becomes a prefix, which an index can serve. */
export function reverseText(text: string): string {
  return Array.from(text).reverse().join("");
}

/** The text as a regular expression that matches it and nothing else, in PCRE and in JavaScript alike. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/#-]/g, "\\$&");
}
