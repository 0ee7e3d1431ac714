// Infers the type of a column from all of its cells: the narrowest type that every cell fits.
import type { PropertyType } from "../../../documents/documents.js";
import { attempt } from "../../../facts/record-error.js";
import { booleanWords } from "./boolean-words.js";
import type { DateColumn } from "./dates.js";
import { defaultListSeparator, hasSeparator, jsonList } from "./lists.js";
import { exactly, type NumberFormat, readNumber } from "./numbers.js";
import type { CellFormat } from "./typed-cells.js";

export interface TypeInference {
  /** Observes a trimmed cell; a blank one is ignored. */
  observe(text: string): void;
  /** Undefined if every cell was blank. */
  type(): PropertyType | undefined;
  /** The cells that alone make a column of numbers text; undefined if there are none, or too many. */
  exceptions(): Exceptions | undefined;
}

export interface Exceptions {
  readonly count: number;
  /** One of them. */
  readonly example: string;
  /** True if they are numbers that can't be held exactly. */
  readonly areInexact: boolean;
}

/** The column would be one of numbers if at most one cell in so many were no number. */
const rarely = 10;

/** From the narrowest to the widest: every cell fits `string`. */
const candidates = ["boolean", "number", "date", "datetime", "string[]", "string"] as const;
type Candidate = (typeof candidates)[number];

/** @param mayBeList true if text of which a cell has a separator is a list. */
export function typeInference(format: CellFormat, dates: DateColumn, mayBeList = false): TypeInference {
  const words = booleanWords();
  const separator = format.listSeparator ?? defaultListSeparator;
  /** True for a text of several elements: its commas separate them, and group no digits. */
  const isSeparated = (text: string): boolean => mayBeList && hasSeparator(text, separator);
  const fits: Readonly<Record<Candidate, (text: string) => boolean>> = {
    boolean: (text) => words.observe(text),
    number: (text) => !isSeparated(text) && isPlainNumber(text, format),
    // A day can be read as an instant, but not the other way round.
    date: (text) => dates.reads(text)?.timed === false,
    datetime: (text) => dates.reads(text) !== undefined,
    "string[]": (text) => jsonList(text) !== undefined,
    string: () => true,
  };
  let left: readonly Candidate[] = candidates;
  let seen = false;
  let separated = false;
  let ambiguous = false;
  let numbers = 0;
  const inexact = { count: 0, example: "" };
  const others = { count: 0, example: "" };
  const observeNumber = (text: string): void => {
    if (fits.number(text)) {
      numbers += 1;
      return;
    }
    const kind = isInexact(text, format) ? inexact : others;
    kind.count += 1;
    kind.example ||= text;
  };
  return {
    observe(text) {
      if (text === "") return;
      seen = true;
      separated ||= isSeparated(text);
      // The first cells show whether the column is one of numbers.
      if (others.count <= maxOthers || others.count * rarely <= numbers) observeNumber(text);
      if (left.length === 1) return;
      left = left.filter((type) => fits[type](text));
      if (left.includes("datetime") && dates.reads(text)?.ambiguous) ambiguous = true;
    },
    type() {
      if (!seen) return undefined;
      const [type] = left[0] === "boolean" && !words.areSure() ? left.slice(1) : left;
      if (type === "string" && separated) return "string[]";
      // Dates whose order of day and month is ambiguous remain text.
      return (type === "date" || type === "datetime") && ambiguous && !dates.hasOrder() ? "string" : type;
    },
    exceptions() {
      if (this.type() !== "string") return undefined;
      const kind = others.count === 0 ? inexact : others;
      const count = inexact.count + others.count;
      if (count === 0 || count * rarely > numbers + count) return undefined;
      return { count, example: kind.example, areInexact: others.count === 0 };
    },
  };
}

const maxOthers = 20;

/** A number with more digits than can be held exactly; not an id, which is a whole number without a separator. */
function isInexact(text: string, format: NumberFormat): boolean {
  if (!/^-?[\d.,]+$/.test(text)) return false;
  const read = attempt(() => readNumber(text, format, ""));
  return "value" in read && "reason" in attempt(() => exactly(read.value, text, ""));
}

/** A number that is hardly an id or a code: without a leading zero or plus, and short enough to be exact. */
function isPlainNumber(text: string, format: NumberFormat): boolean {
  if (!/^-?(0|[1-9])/.test(text) || /^-?0\d/.test(text) || /^\d{16,}$/.test(text)) return false;
  return "value" in attempt(() => exactly(readNumber(text, format, ""), text, ""));
}
