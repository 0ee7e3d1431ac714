// Guesses what a misspelt name means: the nearest of the existing names.
import { distance } from "fastest-levenshtein";
import { normaliseText } from "../plan/text.js";

/**
 * The name with the fewest edits (Levenshtein) from what was written, ignoring case; undefined if even that one has more
 * than a third of its letters wrong (in a short name two, as in two letters swapped).
 */
export function closest(written: string, names: Iterable<string>): string | undefined {
  const wanted = normaliseText(written).slice(0, 100);
  let best: string | undefined;
  let fewest = Math.max(wanted.length < 4 ? 1 : 2, Math.floor(wanted.length / 3)) + 1;
  for (const name of names) {
    if (Math.abs(name.length - wanted.length) >= fewest) continue;
    const edits = distance(wanted, normaliseText(name));
    if (edits < fewest) {
      best = name;
      fewest = edits;
    }
  }
  return best;
}
