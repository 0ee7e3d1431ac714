// Joins typed lines to entries: a query may have several lines.
import { limits } from "../../../grammar/limits.js";
import { parseQuery } from "../../check/check.js";
import { commandOf } from "./shell-commands.js";

export interface EntryReader {
  /** Adds a line, and returns the entry that it completes; undefined if the entry is incomplete or blank. */
  readonly add: (line: string) => string | undefined;
  /** The lines of an incomplete entry; empty between two entries. */
  readonly pending: () => string;
  /** Returns the lines of the incomplete entry, and discards them. */
  readonly take: () => string;
}

export function entryReader(): EntryReader {
  let pending = "";
  const take = (): string => {
    const entry = pending;
    pending = "";
    return entry;
  };
  return {
    add(line) {
      // A blank line ends an entry that would never be complete, as after a missing quote.
      if (line.trim() === "") return pending === "" ? undefined : take();
      const text = pending === "" ? line : `${pending}\n${line}`;
      const goesOn = /\S\s*\\\s*$/.exec(text);
      if (goesOn !== null) {
        pending = text.slice(0, goesOn.index + 1);
        return undefined;
      }
      pending = text;
      return isWhole(text) ? take() : undefined;
    },
    pending: () => pending,
    take,
  };
}

/** False if a bracket or quote is open, or the last word is `and`, `or` or `not`. */
function isWhole(text: string): boolean {
  const command = commandOf(text);
  const query = command === undefined ? text : command.query;
  if (query === undefined || query.trim() === "" || query.length > limits.bytes) return true;
  return !parseQuery(query).diagnostics.some(
    ({ code, span }) =>
      code === "UNCLOSED_QUOTE" ||
      code === "UNCLOSED_PARENTHESIS" ||
      (code === "MISSING_CONDITION" && query.slice(span.start).trim() === ""),
  );
}

/** The entry as one line, for the history. Comments, which end at the end of a line, are removed. */
export function asOneLine(entry: string): string {
  if (!/[\r\n]/.test(entry)) return entry.trim();
  const { tree } = parseQuery(entry);
  const plain = tree.comments.reduceRight(
    (text, { span }) => text.slice(0, span.start) + text.slice(span.end),
    entry,
  );
  return plain.replace(/\s*[\r\n]\s*/g, " ").trim();
}

/** True of an entry of only white space and comments. */
export function isBlank(entry: string): boolean {
  const { tree, diagnostics } = parseQuery(entry);
  return tree.expression.kind === "Invalid" && diagnostics.every(({ code }) => code === "EMPTY_QUERY");
}
