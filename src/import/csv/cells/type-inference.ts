// The type of a column's values, from all of its cells: the narrowest that every one of them fits.
import type { PropertyType } from "../../../documents/documents.js";
import { attempt } from "../../../facts/record-error.js";
import type { DateColumn } from "./dates.js";
import { jsonList } from "./lists.js";
import { exactly, type NumberFormat, readNumber } from "./numbers.js";

export interface TypeInference {
  /** Takes a cell, trimmed; a blank one says nothing. */
  observe(text: string): void;
  /** Undefined where every cell was blank. */
  type(): PropertyType | undefined;
}

/** Widest last: text is what fits where nothing narrower does. */
const candidates = ["boolean", "number", "date", "datetime", "string[]", "string"] as const;
type Candidate = (typeof candidates)[number];

const booleanWords: ReadonlySet<string> = new Set(["true", "false", "yes", "no"]);

export function typeInference(format: NumberFormat, dates: DateColumn): TypeInference {
  const fits: Readonly<Record<Candidate, (text: string) => boolean>> = {
    boolean: (text) => booleanWords.has(text.toLowerCase()),
    number: (text) => isPlainNumber(text, format),
    // A day may become an instant, and not the other way round.
    date: (text) => dates.reads(text)?.timed === false,
    datetime: (text) => dates.reads(text) !== undefined,
    "string[]": (text) => jsonList(text) !== undefined,
    string: () => true,
  };
  let left: readonly Candidate[] = candidates;
  let seen = false;
  let ambiguous = false;
  return {
    observe(text) {
      if (text === "") return;
      seen = true;
      if (left.length === 1) return;
      left = left.filter((type) => fits[type](text));
      if (left.includes("datetime") && dates.reads(text)?.ambiguous) ambiguous = true;
    },
    type() {
      if (!seen) return undefined;
      const [type] = left;
      // Dates that could be read two ways are kept as they are written.
      return (type === "date" || type === "datetime") && ambiguous && !dates.hasOrder() ? "string" : type;
    },
  };
}

/** A number that no one meant as an id or a code: without a leading zero or plus, and short enough to be held exactly. */
function isPlainNumber(text: string, format: NumberFormat): boolean {
  if (!/^-?(0|[1-9])/.test(text) || /^-?0\d/.test(text) || /^\d{16,}$/.test(text)) return false;
  return "value" in attempt(() => exactly(readNumber(text, format, ""), text, ""));
}
