// Sequences of a customer's records in this process: one pass over the records in the order of time.
//
// A record completes step i if there are records for the positive steps up to i that pass, and it is the last of them. A record r
// that passes step i + 1 by itself completes it exactly if some record p, strictly earlier, completes step i, is not further away
// than `within`, has no record of a negative step between itself and r, and passes `same` with r.
//
// Without `same` only the latest such p has to be considered. Let q be an earlier one: r is not further from p than from q, since
// moving by a length of calendar time keeps the order of instants; and what lies strictly between p and r lies between q and r.
// So whatever q allows p allows too, and only the latest completion of each step has to be kept: each record is visited once for
// each step. With `same` the argument holds among completions with one value; here they are tried from the latest back, until one
// passes, is too far away, or is cut off by a negative step without `same`, which then cuts off all earlier ones, too.
//
// All completions of the last positive step are kept if a negative step ends the sequence: any one of them may have no such
// record after it.
import { move } from "../../plan/calendar.js";
import type { Distance, PlannedStep } from "../../plan/plan.js";
import type { Around, CustomerFacts, Predicate } from "./encoding.js";
import { scalarLater } from "./encoding.js";
import { type RecordFacts, recordTest } from "./figure.js";

/** A customer's records, as a sequence reads them. */
export type RecordsOf = (customer: CustomerFacts, step: PlannedStep) => readonly RecordFacts[];

/** A record that passes a step, with the record of the preceding step. */
export interface FoundStep {
  readonly record: RecordFacts;
  readonly previous?: FoundStep;
}

/** The result of a sequence: the records that completed each positive step, and those that make the whole sequence true. */
export interface FoundSequence {
  readonly completions: readonly (readonly FoundStep[])[];
  /** The records that pass each positive step by itself, in the order of time. */
  readonly passed: readonly (readonly RecordFacts[])[];
  readonly found: FoundStep | undefined;
  /** True if the sequence only waits for the time to pass in which a negative step at the end must not happen. */
  readonly isPending: boolean;
}

interface Tested {
  readonly step: PlannedStep;
  readonly passes: (record: RecordFacts, later: number, customer: CustomerFacts | undefined) => boolean;
  readonly same: Predicate | undefined;
}

/** A positive step with the negative steps after it, up to the next positive one. */
interface Link {
  readonly positive: Tested;
  readonly negatives: readonly Tested[];
}

/** Finds a sequence among a customer's records, at `later` milliseconds after as-of for sliding windows. */
export function sequenceFinder(
  which: "first" | "last" | undefined,
  steps: readonly PlannedStep[],
  compile: (step: PlannedStep) => { readonly where: Predicate; readonly same: Predicate | undefined },
  recordsOf: RecordsOf,
): (customer: CustomerFacts, later?: number) => FoundSequence {
  const tested = steps.map((step): Tested => {
    const { where, same } = compile(step);
    return { step, passes: recordTest(step, where), same };
  });
  const links = linksOf(tested);
  return (customer, later = 0) => {
    const seen = (each: Tested): readonly RecordFacts[] =>
      recordsOf(customer, each.step)
        .filter((record) => each.passes(record, later, customer))
        .toSorted(byTime);
    const negatives = links.map((link) => link.negatives.map((each) => ({ ...each, records: seen(each) })));
    const [first] = links;
    const passed = links.map(({ positive }) => seen(positive));
    const beginnings = first === undefined ? [] : chosen(passed[0]!, which);
    let completed: readonly FoundStep[] = beginnings.map((record) => ({ record }));
    const completions = [completed];
    for (const [index, { positive }] of links.entries()) {
      if (index === 0) continue;
      completed = completionsOf(completed, positive, passed[index]!, negatives[index - 1]!, customer);
      completions.push(completed);
    }
    const trailing = negatives.at(-1) ?? [];
    const open = completed.filter(({ record }) =>
      trailing.every((each) => !hasBehind(each, record, customer)),
    );
    const found = open.findLast(({ record }) => trailing.every(({ step }) => isSettled(step, record, later)));
    return { completions, passed, found, isPending: found === undefined && open.length > 0 };
  };
}

function linksOf(tested: readonly Tested[]): readonly Link[] {
  const links: { positive: Tested; negatives: Tested[] }[] = [];
  for (const each of tested) {
    if (each.step.negated) links.at(-1)?.negatives.push(each);
    else links.push({ positive: each, negatives: [] });
  }
  return links;
}

/** Orders of the same instant are in the order of their ids; for events of the same instant the order makes no difference. */
function byTime(one: RecordFacts, other: RecordFacts): number {
  return one.at.getTime() - other.at.getTime() || (idOf(one) < idOf(other) ? -1 : 1);
}

function idOf(record: RecordFacts): string {
  return (record as { readonly source_id?: string }).source_id ?? "";
}

/** The records that the first step may be: one among orders of the same instant, any among events. */
function chosen(
  records: readonly RecordFacts[],
  which: "first" | "last" | undefined,
): readonly RecordFacts[] {
  const edge = which === "first" ? records[0] : which === "last" ? records.at(-1) : undefined;
  if (which === undefined || edge === undefined) return which === undefined ? records : [];
  if (idOf(edge) !== "") return [edge];
  return records.filter(({ at }) => at.getTime() === edge.at.getTime());
}

type WithSeen = Tested & { readonly records: readonly RecordFacts[] };

function completionsOf(
  before: readonly FoundStep[],
  positive: Tested,
  records: readonly RecordFacts[],
  negatives: readonly WithSeen[],
  customer: CustomerFacts,
): readonly FoundStep[] {
  const found: FoundStep[] = [];
  let earlier = 0;
  for (const record of records) {
    const at = record.at.getTime();
    while (earlier < before.length && before[earlier]!.record.at.getTime() < at) earlier += 1;
    for (let index = earlier - 1; index >= 0; index -= 1) {
      const previous = before[index]!;
      if (positive.step.within !== undefined && at > movedOn(previous.record, positive.step.within)) break;
      if (
        negatives.some(
          (each) => each.same === undefined && liesBetween(each, previous.record, record, customer),
        )
      )
        break;
      if (!passesSame(positive.same, record, previous.record, customer)) continue;
      if (
        negatives.some(
          (each) => each.same !== undefined && liesBetween(each, previous.record, record, customer),
        )
      )
        continue;
      found.push({ record, previous });
      break;
    }
  }
  return found;
}

function passesSame(
  same: Predicate | undefined,
  record: RecordFacts,
  previous: RecordFacts,
  customer: CustomerFacts,
): boolean {
  if (same === undefined) return true;
  const around: Around = { customer, record, previous };
  return same(record, 0, around);
}

function movedOn(record: RecordFacts, { amount, unit, zone }: Distance): number {
  return move(record.at.getTime(), zone, amount, unit);
}

function liesBetween(
  { records, same }: WithSeen,
  previous: RecordFacts,
  record: RecordFacts,
  customer: CustomerFacts,
): boolean {
  const [from, to] = [previous.at.getTime(), record.at.getTime()];
  for (let index = firstAfter(records, from); index < records.length; index += 1) {
    const each = records[index]!;
    if (each.at.getTime() >= to) return false;
    if (passesSame(same, each, previous, customer)) return true;
  }
  return false;
}

/** Whether a record of a negative step at the end follows another record, at most `within` after it. */
function hasBehind(
  { step, records, same }: WithSeen,
  previous: RecordFacts,
  customer: CustomerFacts,
): boolean {
  const end = step.within === undefined ? Number.POSITIVE_INFINITY : movedOn(previous, step.within);
  for (let index = firstAfter(records, previous.at.getTime()); index < records.length; index += 1) {
    const each = records[index]!;
    if (each.at.getTime() > end) return false;
    if (passesSame(same, each, previous, customer)) return true;
  }
  return false;
}

function isSettled({ settled }: PlannedStep, record: RecordFacts, later: number): boolean {
  return settled === undefined || record.at.getTime() <= Number(scalarLater(settled.value, later));
}

/** The index of the first record later than an instant, by binary search. */
function firstAfter(records: readonly RecordFacts[], instant: number): number {
  let [low, high] = [0, records.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (records[middle]!.at.getTime() <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
