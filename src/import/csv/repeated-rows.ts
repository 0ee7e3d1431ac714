// Warnings about rows of a file with the same customer or order.
import { shorten } from "../../facts/record-shape.js";
import type { ImportWarning } from "../summary.js";

export interface RepeatedRows {
  /** Adds two rows with the same id, by their lines. */
  add(id: string, first: number, line: number, differ: boolean): void;
  /** Adds a row whose id is another customer's, and whose customer has the id `own` instead. */
  shared(id: string, first: number, line: number, own: string): void;
  warnings(): readonly ImportWarning[];
}

const maxShown = 10;

export function repeatedRows(what: string): RepeatedRows {
  const differing: string[] = [];
  const sharing: string[] = [];
  let [repeated, different, shares] = [0, 0, 0];
  const list = (shown: readonly string[], count: number): string =>
    `${shown.join("; ")}${count > shown.length ? `; and ${count - shown.length} more` : ""}`;
  return {
    add(id, first, line, differ) {
      repeated += 1;
      if (!differ) return;
      different += 1;
      if (differing.length < maxShown) differing.push(`${shorten(id)} (lines ${first} and ${line})`);
    },
    shared(id, first, line, own) {
      shares += 1;
      if (sharing.length < maxShown)
        sharing.push(`${shorten(id)} (lines ${first} and ${line}, the latter known by ${shorten(own)})`);
    },
    warnings() {
      const warnings: ImportWarning[] = [];
      if (repeated > 0) {
        const rows = `${repeated.toLocaleString("en")} ${repeated === 1 ? "row repeats" : "rows repeat"} a ${what} of an earlier row`;
        const message =
          different === 0
            ? `${rows}, and says the same.`
            : `${rows}; ${different === 1 ? "one differs" : `${different.toLocaleString("en")} differ`}, and what the later row says is kept: ${list(differing, different)}.`;
        warnings.push({ code: "REPEATED_ROWS", message });
      }
      if (shares > 0) {
        const message = `${shares.toLocaleString("en")} ${shares === 1 ? `${what} shares` : `${what}s share`} the id of another, and are kept apart: ${list(sharing, shares)}.`;
        warnings.push({ code: "SHARED_ID", message });
      }
      return warnings;
    },
  };
}
