// Sequences whose steps read different types of event: a record passes one step at most, so that the records of one instant can
// be taken in such an order that none is mistaken for one before another. Each record is then looked at once, with less to keep than
// any sequence needs.
import { expressOrder } from "../operators/encodings/compare.js";
import { type FieldReads, literal, type MongoExpression, stored } from "../operators/encodings/encoding.js";
import { expressRecords } from "../operators/encodings/figure.js";
import type { Bound, PlannedStep } from "../plan/plan.js";
import { sameScalar } from "../plan/scalars.js";
import { expressNode } from "./express.js";
import { linksOf, type SequenceNode } from "./sequence-links.js";

/** True of sequences of events of different types, with one negative step at most at the end. */
export function canPassInTurn(sequence: SequenceNode): boolean {
  const { steps } = sequence;
  const types = new Set(steps.map(({ type }) => type));
  return (
    !types.has(undefined) && types.size === steps.length && linksOf(sequence).at(-1)!.negatives.length <= 1
  );
}

/** The time of all records that are read. */
interface ReadTime {
  readonly from: Bound | undefined;
  readonly to: Bound;
}

/** The number of the step that a record passes by itself; -1 for none. */
export function stepInTurn({ steps }: SequenceNode, reads: FieldReads, read: ReadTime): MongoExpression {
  const type = reads.record("type");
  const conditions = steps.map((step) => furtherConditions(step, reads, read));
  if (conditions.every(({ length }) => length === 0))
    return { $indexOfArray: [literal(steps.map((step) => step.type)), type] };
  return conditions.reduceRight<MongoExpression>(
    (other, further, index) => ({
      $cond: [{ $and: [{ $eq: [type, literal(steps[index]!.type)] }, ...further] }, index, other],
    }),
    -1,
  );
}

/** The conditions of a step that do not follow from its type and from what is read. */
function furtherConditions(step: PlannedStep, reads: FieldReads, read: ReadTime): readonly MongoExpression[] {
  const { type: _type, from, to, where, ...rest } = step;
  const isSame = (one: Bound | undefined, other: Bound | undefined): boolean =>
    one?.inclusive === true && other !== undefined && sameScalar(one.value, other.value);
  // Every record that is read is at or before the end.
  const end = isSame(to, read.to) ? [] : expressRecords({ ...rest, to }, reads.record);
  const begin = from === undefined || isSame(from, read.from) ? [] : [beginsAt(from, reads)];
  return [...begin, ...end, ...(where === undefined ? [] : [expressNode(where, reads)])];
}

function beginsAt({ value, inclusive }: Bound, reads: FieldReads): MongoExpression {
  return { [inclusive ? "$gte" : "$gt"]: [reads.record("at"), literal(stored(value))] };
}

/**
 * Whether a customer's records, each with its time and the number of its step, contain the sequence. `at_N` is the latest time at
 * which step N was completed, unless a negative step has happened since. `open` is the earliest time at which the last positive step
 * was completed since its negative step last happened: the one that is the first to be settled.
 */
export function expressInTurn(sequence: SequenceNode, records: MongoExpression): MongoExpression {
  const { which } = sequence;
  const links = linksOf(sequence);
  const last = links.at(-1)!;
  const [ending] = last.negatives;
  const isStep = (place: number): MongoExpression => ({ $eq: ["$$this.step", place] });
  const completes = links.map(({ place, step: { within } }, index): MongoExpression => {
    const before = links[index - 1];
    if (before === undefined)
      return which === undefined
        ? isStep(place)
        : { $and: [isStep(place), { $eq: ["$$this.at", "$$edge"] }] };
    const since = `$$value.at_${before.place}`;
    return {
      $and: [
        isStep(place),
        { $ne: [since, null] },
        ...(within === undefined ? [] : [expressOrder("atMost", ["$$this.at"], [since, within])]),
      ],
    };
  });
  const earlier = links.slice(0, -1);
  const next = Object.fromEntries(
    earlier.map(({ place, negatives }, index): [string, MongoExpression] => {
      const value = `$$value.at_${place}`;
      const kept =
        negatives.length === 0
          ? value
          : { $cond: [{ $in: ["$$this.step", negatives.map((negative) => negative.place)] }, null, value] };
      return [`at_${place}`, { $cond: [completes[index], "$$this.at", kept] }];
    }),
  );
  const end = endingOf(completes.at(-1), ending);
  // Of one instant, a record of a later step comes first, since it does not follow one of an earlier step.
  const passed = {
    $reduce: {
      input: { $sortArray: { input: records, sortBy: { at: 1, step: -1 } } },
      initialValue: {
        ...Object.fromEntries(earlier.map(({ place }): [string, MongoExpression] => [`at_${place}`, null])),
        ...end.initial,
      },
      in: { ...next, ...end.next },
    },
  };
  const all = { $let: { vars: { passed }, in: end.found } };
  if (which === undefined) return all;
  const firsts = { $filter: { input: records, as: "each", cond: { $eq: ["$$each.step", links[0]!.place] } } };
  const times = { $map: { input: firsts, as: "each", in: "$$each.at" } };
  return { $let: { vars: { edge: { [which === "first" ? "$min" : "$max"]: times } }, in: all } };
}

interface Ending {
  readonly initial: Readonly<Record<string, MongoExpression>>;
  readonly next: Readonly<Record<string, MongoExpression>>;
  readonly found: MongoExpression;
}

/** What is kept of the last positive step, which a record completes, and of the negative step after it. */
function endingOf(completes: MongoExpression, ending: Ended | undefined): Ending {
  const done = "$$value.done";
  if (ending === undefined)
    return { initial: { done: false }, next: { done: { $or: [done, completes] } }, found: "$$passed.done" };
  const { place, step } = ending;
  const { within, settled } = step;
  const open = "$$value.open";
  const happens = { $eq: ["$$this.step", place] };
  const isOver =
    within === undefined ? false : { $not: [expressOrder("atMost", ["$$this.at"], [open, within])] };
  const opens =
    settled === undefined
      ? completes
      : { $and: [completes, { $lte: ["$$this.at", literal(stored(settled.value))] }] };
  return {
    initial: { done: false, open: null },
    next: {
      done: { $or: [done, { $and: [happens, { $ne: [open, null] }, isOver] }] },
      open: {
        $cond: [opens, { $ifNull: [open, "$$this.at"] }, { $cond: [happens, null, open] }],
      },
    },
    found: { $or: ["$$passed.done", { $ne: ["$$passed.open", null] }] },
  };
}

interface Ended {
  readonly place: number;
  readonly step: PlannedStep;
}
