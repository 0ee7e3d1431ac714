// Why a customer is in or out: the truth of each clause, with the actual value and what the clause asks for.
import type { Span } from "../../grammar/diagnostic.js";
import { isConnective } from "../../grammar/tree.js";
import { compilePredicate } from "../predicate/compile.js";
import { textOf } from "../query/canonical-text.js";
import type { Part } from "../query/part.js";
import type { Slices } from "../store/slices.js";
import { type Observation, observationOf } from "./observations.js";
import type { Subject } from "./subject.js";

export type ReportedClauseKind = "and" | "or" | "not" | "all_of" | "any_of" | "none_of" | "condition";

/** A clause of a query, for one customer. */
export interface Clause extends Observation {
  readonly kind: ReportedClauseKind;
  readonly holds: boolean;
  /** The clause in its canonical form, in one line. */
  readonly text: string;
  /** Its place in the text of the query, or of the segment that it is a part of. */
  readonly span: Span;
  /** Its parts; of `in segment`, the segment's own query. */
  readonly clauses: readonly Clause[];
  /** For `in segment`: the name of the segment. */
  readonly segment?: string;
}

/** The query of the segment that a condition names, if its parts are reported, too. */
export type PartsOfSegment = (segmentId: string) => Part | undefined;

/** The clauses of a query for the subject; evaluated in slices. */
export async function explainClauses(
  part: Part,
  subject: Subject,
  ofSegment: PartsOfSegment,
  slices: Slices,
): Promise<Clause> {
  const { canonical, parts } = part;
  const clauses: Clause[] = [];
  for (const each of parts ?? []) {
    clauses.push(await explainClauses(each, subject, ofSegment, slices));
    if (slices.isOver()) await slices.next();
  }
  const base = { text: textOf(canonical), span: canonical.span, clauses };
  if (!isConnective(canonical)) {
    const holds = compilePredicate(part.plan)(subject.customer);
    const observation = observationOf(part, holds, subject);
    if (canonical.kind !== "Membership") return { kind: "condition", holds, ...base, ...observation };
    const inside = canonical.segmentId === undefined ? undefined : ofSegment(canonical.segmentId);
    const nested =
      inside === undefined ? [] : [await explainClauses(inside, subject, () => undefined, slices)];
    return {
      kind: "condition",
      holds,
      ...base,
      ...observation,
      clauses: nested,
      segment: canonical.segment.text,
    };
  }
  switch (canonical.kind) {
    case "And":
      return joinedClause(
        "and",
        clauses.every(({ holds }) => holds),
        base,
      );
    case "Or":
      return joinedClause(
        "or",
        clauses.some(({ holds }) => holds),
        base,
      );
    case "Not":
      return joinedClause(
        "not",
        clauses.every(({ holds }) => !holds),
        base,
      );
    case "Group":
      return groupClause(canonical.quantifier, base);
    default:
      return canonical satisfies never;
  }
}

type Base = Pick<Clause, "text" | "span" | "clauses">;

function groupClause(quantifier: "all" | "any" | "none", base: Base): Clause {
  const some = base.clauses.some(({ holds }) => holds);
  if (quantifier === "all")
    return joinedClause(
      "all_of",
      base.clauses.every(({ holds }) => holds),
      base,
    );
  return quantifier === "any" ? joinedClause("any_of", some, base) : joinedClause("none_of", !some, base);
}

function joinedClause(kind: Exclude<ReportedClauseKind, "condition">, holds: boolean, base: Base): Clause {
  const { clauses } = base;
  const true_ = clauses.filter((clause) => clause.holds).length;
  return { kind, holds, ...base, sentence: joinedSentence(kind, true_, clauses.length) };
}

function joinedSentence(
  kind: Exclude<ReportedClauseKind, "condition">,
  holding: number,
  all: number,
): string {
  const asked = { and: "all", all_of: "all", or: "one", any_of: "one", not: "none", none_of: "none" }[kind];
  const seen = holding === 0 ? "none" : holding === all ? "all" : String(holding);
  if (all === 1)
    return `${holding === 1 ? "this is so" : "this is not so"}; asked that it ${kind === "not" || kind === "none_of" ? "is not" : "is"}`;
  return `${seen} of these ${all} ${holding === 1 ? "is" : "are"} so; asked for ${asked}`;
}
