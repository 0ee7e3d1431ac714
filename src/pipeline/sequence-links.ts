// The steps of a sequence as links: each positive step with the negative ones that follow it.
import type { PlanNode, SequenceStep } from "../plan/plan.js";

export type Sequence = Extract<PlanNode, { kind: "sequence" }>;

/** A positive step, and the negative ones after it up to the next; each with its place among the steps. */
export interface Link {
  readonly place: number;
  readonly step: SequenceStep;
  readonly negatives: readonly { readonly place: number; readonly step: SequenceStep }[];
}

export function linksOf({ steps }: Sequence): readonly Link[] {
  const links: { place: number; step: SequenceStep; negatives: { place: number; step: SequenceStep }[] }[] =
    [];
  for (const [index, step] of steps.entries()) {
    if (step.negated) links.at(-1)?.negatives.push({ place: index, step });
    else links.push({ place: index, step, negatives: [] });
  }
  return links;
}
