// Changes that may turn a condition on one thing after another: the missing steps happen now, one after the other, and then the
// time passes in which nothing more may happen. Each is tried; none of them has to be right.
import type { FoundStep } from "../../operators/encodings/sequence.js";
import { move } from "../../plan/calendar.js";
import { leavesOf } from "../../plan/fields.js";
import type { Field, PlanNode, PlannedStep } from "../../plan/plan.js";
import { compileSequence } from "../../predicate/compile.js";
import type { GivenRecord, ProfileChange } from "../change.js";
import { addRecords, cancellations } from "./record-proposals.js";
import { recordsFor } from "./record-shapes.js";
import type { SeenCustomer, SequenceGoal } from "./search-context.js";
import { instantsOfSteps } from "./waiting.js";

type Proposals = readonly (readonly ProfileChange[])[];
type Found = ReturnType<ReturnType<typeof compileSequence>>;
type RecordFound = FoundStep["record"];

/** A step has to be later than the step before it. */
const betweenStepsMs = 60_000;
/** The maximum number of records of a step that it is tried to continue from, and of shapes of each record. */
const maxBeginnings = 3;

/**
 * What may turn the condition, waiting included. Trying the steps out is charged to the search, and ends when its budget does.
 * @throws what the search's slices throw at their limits.
 */
export async function proposeForSequence(goal: SequenceGoal): Promise<Proposals> {
  const { leaf, requirement, situation } = goal;
  const found = compileSequence(leaf)(situation.customer);
  const waits = instantsOfSteps(goal, leaf.steps).map((instant): readonly ProfileChange[] => [
    { kind: "wait_until", instant },
  ]);
  return [...waits, ...(requirement.wanted ? await completing(goal, found) : undoing(goal, found))];
}

/** From each step that was reached, the steps that are missing; the fewest first. */
async function completing(goal: SequenceGoal, { completions }: Found): Promise<Proposals> {
  const continued = completions.flatMap((completed, index) =>
    completed
      .slice(-maxBeginnings)
      .toReversed()
      .map(({ record }) => ({ next: index + 1, record })),
  );
  const links = linksOf(goal.leaf.steps);
  const found: (readonly ProfileChange[])[] = [];
  for (const { next, record } of [...continued.toReversed(), { next: 0, record: undefined }])
    found.push(...(await happening(goal, links, next, record)));
  return found;
}

/** A positive step, and the negative ones behind it. */
interface Link {
  readonly positive: PlannedStep;
  readonly negatives: readonly PlannedStep[];
}

function linksOf(steps: readonly PlannedStep[]): readonly Link[] {
  const links: { positive: PlannedStep; negatives: PlannedStep[] }[] = [];
  for (const step of steps) {
    if (step.negated) links.at(-1)?.negatives.push(step);
    else links.push({ positive: step, negatives: [] });
  }
  return links;
}

/** What has happened so far: the changes, the instant, and the record of the latest positive step. */
interface Progress {
  readonly changes: readonly ProfileChange[];
  readonly asOf: number;
  readonly customer: SeenCustomer;
  readonly previous: RecordFound | undefined;
}

/** The positive steps from one on happen, and the time of the negative ones at the end passes. */
async function happening(
  goal: SequenceGoal,
  links: readonly Link[],
  next: number,
  previous: RecordFound | undefined,
): Promise<Proposals> {
  const { asOf, customer } = goal.situation;
  let reached: readonly Progress[] = [{ changes: [], asOf, customer, previous }];
  for (let index = next; index < links.length; index += 1) {
    const { positive } = links[index]!;
    const behind = links[index + 1];
    const further: Progress[] = [];
    for (const progress of reached) {
      const wanted = maxBeginnings - further.length;
      if (wanted > 0) further.push(...(await stepsFrom(goal, progress, positive, behind?.positive, wanted)));
    }
    reached = further;
  }
  const negatives = links.at(-1)?.negatives ?? [];
  return reached
    .map((progress) => [...progress.changes, ...settling(progress, negatives)])
    .filter((changes) => changes.length > 0);
}

/** The step happens: for each shape that its record may have, at most `wanted` times. */
async function stepsFrom(
  goal: SequenceGoal,
  progress: Progress,
  step: PlannedStep,
  next: PlannedStep | undefined,
  wanted: number,
): Promise<readonly Progress[]> {
  const { previous } = progress;
  const waits = previous !== undefined && previous.at.getTime() >= progress.asOf;
  const asOf = waits ? previous.at.getTime() + betweenStepsMs : progress.asOf;
  const before: readonly ProfileChange[] = waits ? [{ kind: "wait_until", instant: asOf }] : [];
  const inner = { ...goal, situation: { ...goal.situation, asOf, customer: progress.customer } };
  const conditions = [step.where, step.same, sharedWith(next)].filter((node) => node !== undefined);
  const read = { ...step, where: { kind: "and", operands: conditions } as const };
  const shapes = recordsFor(inner, read, undefined, previous === undefined ? {} : { previous });
  const found: Progress[] = [];
  for (const shape of shapes) {
    if (found.length === wanted) break;
    const added = addRecords(inner, step, 1, shape);
    const changes = [...progress.changes, ...before, ...added];
    const customer = await goal.after([...goal.situation.changes, ...changes], asOf);
    const record = customer === undefined ? undefined : addedRecord(customer, step, added);
    if (customer !== undefined && record !== undefined)
      found.push({ changes, asOf, customer, previous: record });
  }
  return found;
}

/** The condition that a record has what the next step has to share with it. */
function sharedWith(next: PlannedStep | undefined): PlanNode | undefined {
  if (next?.same === undefined) return undefined;
  const fields = leavesOf(next.same).flatMap((leaf): readonly Field[] => {
    if (leaf.kind === "line") return leaf.previous === true ? [products] : previousOf(leavesOf(leaf.where));
    return previousOf([leaf]);
  });
  const [field] = fields;
  if (field === undefined) return undefined;
  return {
    kind: "predicate",
    field: { ...field, scope: "record" },
    test: field.set === true ? { kind: "hasAtLeast", size: 1 } : { kind: "known" },
  };
}

const products: Field = { attribute: "product", scope: "record", path: "product_keys", set: true };

function previousOf(leaves: ReturnType<typeof leavesOf>): readonly Field[] {
  return leaves.flatMap((leaf) =>
    leaf.kind === "compare"
      ? [leaf.left.field, leaf.right.field].filter(({ scope }) => scope === "previous")
      : [],
  );
}

/** The record that a change has added, as the customer has it. */
function addedRecord(
  { records }: SeenCustomer,
  { records: set }: PlannedStep,
  added: readonly ProfileChange[],
): RecordFound | undefined {
  const [change] = added;
  const [given]: readonly GivenRecord[] = change?.kind === "add_records" ? change.records : [];
  const id = set === "orders" ? given?.source_id : given?.id;
  return records[set].find((record) => {
    const { source_id, event_id } = record as { readonly source_id?: string; readonly event_id?: string };
    return (set === "orders" ? source_id : event_id) === id;
  });
}

/** The time passes within which the negative steps at the end must not happen. */
function settling({ asOf, previous }: Progress, negatives: readonly PlannedStep[]): readonly ProfileChange[] {
  if (previous === undefined) return [];
  const ends = negatives.flatMap(({ within }) =>
    within === undefined ? [] : [move(previous.at.getTime(), within.zone, within.amount, within.unit)],
  );
  const end = Math.max(...ends);
  return end > asOf ? [{ kind: "wait_until", instant: end }] : [];
}

/**
 * What makes the condition false: what must not happen at its end happens, its first step happens once more if it is the last
 * that counts, or orders are cancelled.
 */
function undoing(goal: SequenceGoal, { found, passed }: Found): Proposals {
  const { leaf, situation } = goal;
  const links = linksOf(leaf.steps);
  const trailing = links.at(-1)?.negatives ?? [];
  const previous = found?.record;
  const happens = (step: PlannedStep, around: RecordFound | undefined): Proposals => {
    const operands = [step.where, step.same].filter((node) => node !== undefined);
    const read = { ...step, where: { kind: "and", operands } as const };
    return recordsFor(goal, read, undefined, around === undefined ? {} : { previous: around }).map((shape) =>
      addRecords(goal, step, 1, shape),
    );
  };
  const [first] = links;
  const orders = links.flatMap(({ positive }, index) =>
    positive.records === "orders" ? (passed[index] ?? []) : [],
  );
  const latestFirst = [...new Set(orders)].toSorted((one, other) => other.at.getTime() - one.at.getTime());
  return [
    ...trailing.flatMap((step) => happens(step, previous)),
    ...(leaf.which === "last" && first !== undefined ? happens(first.positive, undefined) : []),
    ...cancellations({ situation }, latestFirst as unknown as Parameters<typeof cancellations>[1]),
  ];
}
