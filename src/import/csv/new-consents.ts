// Finds the consents in a file that the project does not define. They are added to its definition, as a mapping's own consents are.
import { shorten } from "../../facts/record-shape.js";
import { normaliseText } from "../../plan/text.js";
import type { ImportWarning } from "../summary.js";

export interface NewConsents {
  /** Observes the consents of a row. */
  observe(consents: readonly string[]): void;
  /** The consents to define; none if there are more than anyone names. */
  names(): readonly string[];
  warnings(): readonly ImportWarning[];
}

/** A file with more of them has something else in the column. */
const maxNew = 50;
const maxShown = 10;
const maxLength = 256;

/** @param defined the consents of the project and of the mapping. */
export function newConsents(defined: readonly string[]): NewConsents {
  const known = new Set(defined.map(normaliseText));
  const counts = new Map<string, { readonly name: string; count: number }>();
  const isTooMany = (): boolean => counts.size > maxNew;
  return {
    observe(consents) {
      for (const name of consents) {
        const key = normaliseText(name);
        if (key === "" || known.has(key) || name.length > maxLength || isTooMany()) continue;
        const found = counts.get(key);
        if (found === undefined) counts.set(key, { name, count: 1 });
        else found.count += 1;
      }
    },
    names: () => (isTooMany() ? [] : [...counts.values()].map(({ name }) => name)),
    warnings() {
      if (counts.size === 0) return [];
      const all = [...counts.values()].toSorted((one, other) => other.count - one.count);
      const shown = all
        .slice(0, maxShown)
        .map(({ name, count }) => `${shorten(name)} (${count.toLocaleString("en")})`)
        .join(", ");
      const more = all.length > maxShown ? ", …" : "";
      const message = isTooMany()
        ? `The column of consents names more than ${maxNew} that the project does not define, which is too many to define them all: ${shown}${more}. ` +
          "Correct the mapping; or define those that are right with segmentql define consent NAME, and import the file again."
        : `Consents that the project did not define were added to it: ${shown}${more}.`;
      return [{ code: "NEW_CONSENTS", message }];
    },
  };
}
