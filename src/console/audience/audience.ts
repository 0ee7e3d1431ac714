// An audience: segments, each with how it counts, and a sentence.
import { quoted } from "../../../grammar/format.js";
import type { Analysis } from "../language/protocol.js";

/** How a segment counts. */
export type How = "allOf" | "anyOf" | "noneOf";

export interface ChosenSegment {
  readonly id: string;
  readonly name: string;
  readonly how: How;
}

/** Segments and sentence together as one sentence; empty for everyone. */
export function audienceOf(query: string, segments: readonly ChosenSegment[]): string {
  const named = (how: How): readonly string[] =>
    segments.filter((segment) => segment.how === how).map(({ name }) => `in segment ${quoted(name)}`);
  const any = named("anyOf");
  const written = query.trim();
  return [
    ...named("allOf"),
    ...(any.length === 0 ? [] : [`any of (${any.join(", ")})`]),
    ...named("noneOf").map((condition) => `not ${condition}`),
    // On lines of its own, since it may end with a comment.
    ...(written === "" ? [] : [`(\n${written}\n)`]),
  ].join(" and ");
}

/** The sentence to save: what the editor takes the text to mean, if its analysis is of this text. */
export function sentenceOf(query: string, analysis: Pick<Analysis, "text" | "meant"> | undefined): string {
  return analysis?.text === query ? (analysis.meant?.text ?? query) : query;
}

/** The audience as the API takes it. */
export function audienceInput(query: string, segments: readonly ChosenSegment[]) {
  const ids = (how: How): string[] => segments.filter((segment) => segment.how === how).map(({ id }) => id);
  return {
    query: query.trim() === "" ? null : query,
    allOf: ids("allOf"),
    anyOf: ids("anyOf"),
    noneOf: ids("noneOf"),
  };
}
