// What a suggestion is, and the limits of a request.
import { limits } from "../../grammar/limits.js";
import { utf8Length } from "../../grammar/utf8.js";

const suggestionKinds = [
  "ATTRIBUTE",
  "OPERATOR",
  "VALUE",
  "EVENT",
  "PROPERTY",
  "UNIT",
  "CONNECTIVE",
  "KEYWORD",
] as const;
export type SuggestionKind = (typeof suggestionKinds)[number];

export interface Suggestion {
  readonly kind: SuggestionKind;
  /** What a list shows. */
  readonly label: string;
  /** The text that replaces `replace`. */
  readonly insert: string;
  /** Offsets in UTF-16 units, `end` exclusive; empty if the text is only inserted. */
  readonly replace: { readonly start: number; readonly end: number };
  /** One line of documentation. */
  readonly documentation: string;
}

/** An invalid request for suggestions: `message` says how to correct it. */
export class SuggestionError extends Error {
  override readonly name = "SuggestionError";
}

/** The maximum number of suggestions in one answer. */
export const maxSuggestions = 100;

/** @throws SuggestionError if it is not a valid number of suggestions. */
export function checkFirst(first: number): void {
  if (Number.isInteger(first) && first >= 1 && first <= maxSuggestions) return;
  throw new SuggestionError(`\`first\` is ${first}; ask for 1 to ${maxSuggestions} suggestions at once.`);
}

/** @throws SuggestionError if the text is longer than a query may be, or the cursor is not in it. */
export function checkCursor(text: string, cursor: number): void {
  const bytes = text.length * 3 <= limits.bytes ? text.length : utf8Length(text);
  if (bytes > limits.bytes) {
    throw new SuggestionError(
      `The query has ${bytes.toLocaleString("en")} bytes; at most ${limits.bytes.toLocaleString("en")} are allowed. Split it into several segments.`,
    );
  }
  if (Number.isInteger(cursor) && cursor >= 0 && cursor <= text.length) return;
  throw new SuggestionError(
    `\`cursor\` is ${cursor}; give an offset from 0 to ${text.length}, the length of the query in UTF-16 units.`,
  );
}
