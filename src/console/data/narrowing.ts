// How many customers each condition of a sentence leaves, and how many there would be without it: one request with a count for
// each, built from the queries that the language worker made.
import type { Analysis } from "../language/protocol.js";
import { ask } from "./client.js";
import { countsDocument } from "./counts-document.js";
import { TypedDocumentString } from "./generated.js";

interface NarrowingStep {
  /** The condition as it was written. */
  readonly text: string;
  /** Number of customers that this condition and those before it leave. */
  readonly upTo: number;
  /** How many more there would be without it. */
  readonly without: number;
  /** A query of those. */
  readonly onlyOutside: string;
}

export interface Narrowing {
  /** The sentence that the counts are of. */
  readonly text: string;
  readonly steps: readonly NarrowingStep[];
}

/** The most conditions that are counted: each takes two counts. */
const maxClauses = 12;

type Counts = Readonly<Record<string, { readonly count: number | null }>>;

/** Counts customers of several queries at one moment; null for one with mistakes. */
export async function readCounts(
  queries: readonly string[],
  asOf: string | undefined,
): Promise<readonly (number | null)[]> {
  if (queries.length === 0) return [];
  const variables = Object.fromEntries(queries.map((query, index) => [`q${index}`, query]));
  const answer = await ask(
    new TypedDocumentString<Counts, Record<string, string | null>>(countsDocument(queries.length)),
    { ...variables, asOf: asOf ?? null },
  );
  return queries.map((_, index) => answer[`c${index}`]?.count ?? null);
}

/** Asks how each condition narrows a sentence. @throws Error if there is no answer. */
export async function readNarrowing(analysis: Analysis, asOf: string | undefined): Promise<Narrowing> {
  const clauses = analysis.clauses.slice(0, maxClauses);
  const queries = clauses.flatMap(({ upTo, without = upTo }) => [upTo, without]);
  const counts = await readCounts([analysis.text, ...queries], asOf);
  const whole = counts[0] ?? 0;
  return {
    text: analysis.text,
    steps: clauses.map(({ from, to, onlyOutside }, index) => ({
      text: analysis.text.slice(from, to).replace(/\s+/g, " "),
      upTo: counts[2 * index + 1] ?? 0,
      without: Math.max(0, (counts[2 * index + 2] ?? 0) - whole),
      onlyOutside,
    })),
  };
}
