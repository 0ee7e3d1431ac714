// Why a customer matches a sentence or not: condition by condition, and what would let them in.
import { Check, Minus, X } from "lucide-react";
import type { ReactNode } from "react";
import type { Answer } from "../data/answer.js";
import type { WhyQuery } from "../data/generated.js";
import { strings } from "../en.js";
import { FailureNote, SlowNote } from "./states.js";

type Answered = WhyQuery["segmentWhy"];
type Clause = Pick<
  Answered["clauses"][number],
  "index" | "depth" | "kind" | "holds" | "text" | "actual" | "sentence"
>;

/** What is known of why a customer is in or out. */
interface Known {
  readonly holds: boolean | null;
  readonly clauses: readonly Clause[];
  readonly nearest: { readonly sentences: readonly string[]; readonly reason: string | null } | null;
}

/** Why a customer matches a sentence, or doesn't. */
export function Why({ answer }: { readonly answer: Answer<WhyQuery> }): ReactNode {
  const why = answer.data?.segmentWhy;
  return (
    <section className="why" data-stale={answer.isStale} aria-label={strings.explore.why}>
      <SlowNote answer={answer} />
      {answer.failure === undefined ? null : <FailureNote failure={answer.failure} retry={answer.retry} />}
      {why === undefined ? null : <Reasons why={why} />}
    </section>
  );
}

/** The verdict, each condition, and what would let the customer in. */
export function Reasons({ why }: { readonly why: Known }): ReactNode {
  if (why.holds === null) return null;
  return (
    <>
      <p className={why.holds ? "verdict verdict-in" : "verdict verdict-out"}>
        {why.holds ? <Check size={16} aria-hidden="true" /> : <Minus size={16} aria-hidden="true" />}
        <strong>{why.holds ? strings.why.in : strings.why.out}</strong>
        <span>{why.holds ? strings.why.inMore : strings.why.outMore}</span>
      </p>
      <ul className="clauses" aria-label={strings.why.clauses}>
        {why.clauses
          .filter(({ kind }) => kind === "CONDITION" || kind === "NOT" || kind === "OR")
          .map(({ index, depth, holds, text, actual, sentence }) => (
            <li key={index} className="clause" data-depth={Math.min(depth, 4)} data-holds={holds}>
              {holds ? <Check size={15} aria-hidden="true" /> : <X size={15} aria-hidden="true" />}
              <span className="hidden">{holds ? strings.why.holds : strings.why.holdsNot}: </span>
              <span>
                <span className="clause-text">{text}</span>
                <span className="clause-seen">{actual ?? sentence}</span>
              </span>
            </li>
          ))}
      </ul>
      {why.nearest === null ? null : <Nearest nearest={why.nearest} />}
    </>
  );
}

function Nearest({ nearest }: { readonly nearest: NonNullable<Known["nearest"]> }): ReactNode {
  return (
    <div className="nearest">
      <h3>{strings.why.nearest}</h3>
      {nearest.sentences.length === 0 ? (
        <p>{nearest.reason ?? strings.why.noNearest}</p>
      ) : (
        <ol>
          {nearest.sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ol>
      )}
    </div>
  );
}
