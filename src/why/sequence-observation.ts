// What a sequence found for a customer: the steps reached, and what is missing.
import type { Sequence, SequenceStep } from "../../grammar/tree.js";
import type { FoundSequence, FoundStep } from "../operators/encodings/sequence.js";
import type { PlanNode } from "../plan/plan.js";
import { compileSequence } from "../predicate/compile.js";
import { textOf } from "../query/canonical-text.js";
import type { Subject } from "./subject.js";
import { spokenDistance, spokenInstant } from "./wording.js";

/** The steps found, with their times, and the first one that is missing; in words. */
export function sequenceSentence(node: Sequence, plan: PlanNode, subject: Subject): string {
  if (plan.kind !== "sequence") return "its steps cannot follow each other so";
  const result = compileSequence(plan)(subject.customer);
  const positives = node.steps.filter(({ negated }) => !negated);
  const { completions, found } = result;
  if (found !== undefined) return chainWords(found, positives, subject).join(", then ");
  const reached = completions.findLastIndex((completed) => completed.length > 0);
  const last = completions[reached]?.at(-1);
  if (last === undefined) return `${stepName(positives[0]!)} did not happen`;
  const chain = chainWords(last, positives, subject).join(", then ");
  if (reached === positives.length - 1) return `${chain}; ${endWords(node, result)}`;
  return `${chain}; ${missingWords(positives[reached + 1]!, result, reached + 1, last, subject)}`;
}

/** `signup on 2026-05-02`, for each step up to one. */
function chainWords(
  last: FoundStep,
  positives: readonly SequenceStep[],
  subject: Subject,
): readonly string[] {
  const records: FoundStep[] = [];
  for (let step: FoundStep | undefined = last; step !== undefined; step = step.previous)
    records.unshift(step);
  return records.map(
    ({ record }, index) =>
      `${stepName(positives[index]!)} on ${spokenInstant(record.at.getTime(), subject, true)}`,
  );
}

function stepName({ name, where }: SequenceStep): string {
  const called = name.text === "order" ? "an order" : name.text;
  return where === undefined ? called : `${called} where ${textOf(where)}`;
}

/** The step that did not follow, and the nearest record of its kind. */
function missingWords(
  step: SequenceStep,
  { passed }: FoundSequence,
  index: number,
  last: FoundStep,
  subject: Subject,
): string {
  const name = step.name.text === "order" ? "order" : step.name.text;
  const missing = `no ${name} ${step.within === undefined ? "after it" : `within ${step.within.text} of it`}`;
  const from = last.record.at.getTime();
  const nearest = passed[index]?.find(({ at }) => at.getTime() > from);
  if (nearest === undefined) return missing;
  const distance = spokenDistance(nearest.at.getTime(), { ...subject, asOf: from }).replace(/^in /, "");
  const how = step.same === undefined ? "" : ", not with the same";
  return `${missing}; the nearest was ${distance} later${how}`;
}

/** Why a sequence whose positive steps are all found is not true: a negative step followed, or may still follow. */
function endWords({ steps }: Sequence, { isPending }: FoundSequence): string {
  const negatives = steps.slice(steps.findLastIndex(({ negated }) => !negated) + 1);
  const names = negatives.map(({ name }) => (name.text === "order" ? "an order" : name.text)).join(" or ");
  const [within] = negatives.flatMap((step) => step.within?.text ?? []);
  if (isPending) return within === undefined ? `${names} may follow yet` : `${within} have not passed since`;
  return `${names} followed`;
}
