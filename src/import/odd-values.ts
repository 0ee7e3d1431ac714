// Counts values that are imported unchanged but may be mistakes: unknown countries, and names that the project does not define.
import { countryCode } from "../catalog/countries.js";
import { shorten } from "../facts/record-shape.js";
import type { UndefinedNames } from "../facts/undefined-names.js";
import { normaliseText } from "../plan/text.js";
import type { ImportWarning } from "./summary.js";

const maxNames = 1_000;
const maxShown = 10;

export interface CountryCounter {
  observe(written: string | null | undefined): void;
  warnings(): readonly ImportWarning[];
}

export function countryCounter(): CountryCounter {
  const counts = counterOf();
  return {
    observe(written) {
      if (typeof written !== "string" || normaliseText(written) === "") return;
      if (countryCode(written) === undefined) counts.add(normaliseText(written));
    },
    warnings() {
      if (counts.total() === 0) return [];
      const who =
        counts.total() === 1 ? "1 customer has" : `${counts.total().toLocaleString("en")} customers have`;
      const message = `${who} a country that is none, which compares as text: ${counts.shown()}.`;
      return [{ code: "UNKNOWN_COUNTRIES", message }];
    },
  };
}

/** Counts texts, up to `maxNames` distinct ones. */
function counterOf() {
  const counts = new Map<string, number>();
  let total = 0;
  return {
    add(text: string): void {
      total += 1;
      const key = shorten(text);
      if (counts.has(key) || counts.size < maxNames) counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    total: () => total,
    /** The most frequent texts, with their counts. */
    shown(): string {
      const sorted = [...counts].sort(([, one], [, other]) => other - one);
      const shown = sorted
        .slice(0, maxShown)
        .map(([text, count]) => `${text} (${count.toLocaleString("en")})`);
      return sorted.length > shown.length ? `${shown.join(", ")}, …` : shown.join(", ");
    },
  };
}

/** The warnings about names that the project does not define. */
export function undefinedNameWarnings(names: UndefinedNames): readonly ImportWarning[] {
  const found = names.found();
  if (found.length === 0) return [];
  const shown = found.slice(0, maxShown).map(({ kind, event, name, count }) => {
    const of = event === undefined ? "" : ` of ${shorten(event)}`;
    return `${kind} ${shorten(name)}${of} (${count.toLocaleString("en")})`;
  });
  const more = found.length > shown.length ? `, and ${found.length - shown.length} more` : "";
  const message =
    `Names that the project does not define, so that no query can name them yet: ${shown.join(", ")}${more}. ` +
    "They are kept; segmentql define --missing shows them with their types, and defines them with --yes.";
  return [{ code: "UNDEFINED_NAMES", message }];
}
