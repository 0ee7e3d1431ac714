// The steps of a sequence as links: each positive step with the negative ones that follow it.
import type { PlanNode, PlannedStep } from "../plan/plan.js";

export type SequenceNode = Extract<PlanNode, { kind: "sequence" }>;

/** A positive step, and the negative ones after it up to the next; each with its place among the steps. */
export interface SequenceLink {
  readonly place: number;
  readonly step: PlannedStep;
  readonly negatives: readonly { readonly place: number; readonly step: PlannedStep }[];
}

export function linksOf({ steps }: SequenceNode): readonly SequenceLink[] {
  const links: { place: number; step: PlannedStep; negatives: { place: number; step: PlannedStep }[] }[] = [];
  for (const [index, step] of steps.entries()) {
    if (step.negated) links.at(-1)?.negatives.push({ place: index, step });
    else links.push({ place: index, step, negatives: [] });
  }
  return links;
}
