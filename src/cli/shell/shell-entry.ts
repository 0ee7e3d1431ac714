// What is typed line by line, put together to whole entries: a query may go over several lines.
import { limits } from "../../../grammar/limits.js";
import { parseQuery } from "../../check/check.js";
import { commandOf } from "./shell-commands.js";

export interface EntryReader {
  /** Takes a line, and returns the entry that it ends; undefined where more is to come, or nothing was written. */
  readonly add: (line: string) => string | undefined;
  /** What was written of an entry that isn't whole yet; empty between two entries. */
  readonly pending: () => string;
  /** Returns that, and forgets it: no more is to come. */
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
      // A blank line ends what can't be whole, as where a quote was forgotten.
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

/** False where a bracket or quote is open, or the last word is `and`, `or` or `not`. */
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

/** The entry as one line, for the history: comments end at a line's end, so they go. */
export function asOneLine(entry: string): string {
  if (!/[\r\n]/.test(entry)) return entry.trim();
  const { tree } = parseQuery(entry);
  const plain = tree.comments.reduceRight(
    (text, { span }) => text.slice(0, span.start) + text.slice(span.end),
    entry,
  );
  return plain.replace(/\s*[\r\n]\s*/g, " ").trim();
}

/** True of an entry that says nothing: white space and comments. */
export function isBlank(entry: string): boolean {
  const { tree, diagnostics } = parseQuery(entry);
  return tree.expression.kind === "Invalid" && diagnostics.every(({ code }) => code === "EMPTY_QUERY");
}
