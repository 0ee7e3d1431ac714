// What can be written at the cursor, and how well it matches the typed text: the beginning of its canonical name, then of
// another of its names, then of a later word; if nothing matches, a similar spelling.
import { distance } from "fastest-levenshtein";
import type { SuggestionKind } from "./suggestion.js";

/** One way to write a candidate. */
export interface Spelling {
  /** The form that is compared with the typed text; see `matchKey`. */
  readonly key: string;
  readonly insert: string;
  /** True if it ranks like the canonical one. */
  readonly canonical?: boolean;
}

export interface Candidate {
  readonly kind: SuggestionKind;
  readonly label: string;
  readonly documentation: string;
  /** Canonical first. */
  readonly spellings: readonly Spelling[];
  /** Among equal matches, the smaller weight comes first. */
  readonly weight: number;
}

/** A candidate that matches the typed text. */
export interface Match {
  readonly candidate: Candidate;
  readonly spelling: Spelling;
  /** How well, best first: -1 is a whole name, 0 is the beginning of the canonical one. */
  readonly tier: number;
}

/** A candidate that is written in one way. */
export function plain(
  kind: SuggestionKind,
  insert: string,
  documentation: string,
  weight: number,
  label = insert,
): Candidate {
  return { kind, label, documentation, spellings: [{ key: matchKey(label), insert }], weight };
}

/** The form in which names and typed text are compared: case, dots, underscores and hyphens don't count. */
export function matchKey(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\s._-]+/g, " ");
}

/** The candidates that match a key. */
export function matching(candidates: readonly Candidate[], key: string): Match[] {
  const found: Match[] = [];
  for (const candidate of candidates) {
    const match = matchOf(candidate, key);
    if (match !== undefined) found.push(match);
  }
  return found;
}

function matchOf(candidate: Candidate, key: string): Match | undefined {
  const { spellings } = candidate;
  const whole = spellings.find((spelling) => spelling.key === key);
  if (whole !== undefined) return { candidate, spelling: whole, tier: -1 };
  for (const [index, spelling] of spellings.entries()) {
    if (!spelling.key.startsWith(key)) continue;
    return { candidate, spelling, tier: index === 0 || spelling.canonical === true ? 0 : 1 };
  }
  const inside = ` ${key}`;
  const later = spellings.find((spelling) => spelling.key.includes(inside));
  return later === undefined ? undefined : { candidate, spelling: later, tier: 2 };
}

// Longer text is a sentence, and is not matched by similar spelling.
const maxMisspellingLength = 40;

/** The candidates whose beginning is similar: at most every third letter is wrong, or two (in a short word one). */
export function nearlyMatching(candidates: readonly Candidate[], key: string): Match[] {
  if (key.length < 3 || key.length > maxMisspellingLength) return [];
  const most = Math.max(key.length < 4 ? 1 : 2, Math.floor(key.length / 3));
  const found: Match[] = [];
  for (const candidate of candidates) {
    let best: { readonly spelling: Spelling; readonly edits: number } | undefined;
    for (const spelling of candidate.spellings) {
      // A complete name that is followed by more words is not misspelt.
      if (key.startsWith(`${spelling.key} `)) continue;
      const edits = distance(key, spelling.key.slice(0, key.length));
      if (edits <= most && edits < (best?.edits ?? Number.POSITIVE_INFINITY)) best = { spelling, edits };
    }
    if (best !== undefined) found.push({ candidate, spelling: best.spelling, tier: 3 + best.edits });
  }
  return found;
}
