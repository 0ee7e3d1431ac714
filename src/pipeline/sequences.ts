// Sequences of a customer's records after a join: one expression over the joined lists. src/operators/encodings/sequence.ts
// explains why only the latest completion of each step has to be kept.
import { expressOrder } from "../operators/encodings/compare.js";
import { type FieldReads, literal, type MongoExpression, stored } from "../operators/encodings/encoding.js";
import { expressRecords } from "../operators/encodings/figure.js";
import { correlatedFields } from "../plan/fields.js";
import type { PlannedStep, RecordSet } from "../plan/plan.js";
import { isAfter } from "../plan/scalars.js";
import { expressNode, type PlaceField, recordReads } from "./express.js";
import { linksOf, type SequenceLink, type SequenceNode } from "./sequence-links.js";
import { canPassInTurn, expressInTurn, stepInTurn } from "./sequence-turns.js";
import type { Pipeline } from "./stage.js";

/** A sequence and the field that the pipeline stores its truth in. */
export interface NamedSequence {
  readonly name: string;
  readonly key: string;
  readonly sequence: SequenceNode;
}

/** The collections of a sequence's steps. */
export function recordSetsOfSequence({ steps }: SequenceNode): readonly RecordSet[] {
  return [...new Set(steps.map(({ records }) => records))];
}

/** Whether the records in these lists, of one customer, contain the sequence. */
export function expressSequence(
  sequence: SequenceNode,
  listOf: (records: RecordSet) => string,
  place: PlaceField,
): MongoExpression {
  return isPaired(sequence)
    ? expressPairs(sequence, linksOf(sequence), listOf, place)
    : expressPass(sequence, flagged(sequence, listOf, place));
}

function isPaired({ steps }: SequenceNode): boolean {
  return steps.some(({ same }) => same !== undefined);
}

/** True if a sequence can be worked out from the records of one collection alone, grouped by customer. */
export function isGroupable(sequence: SequenceNode): boolean {
  return (
    !isPaired(sequence) &&
    recordSetsOfSequence(sequence).length === 1 &&
    correlatedFields(sequence).length === 0
  );
}

/** The stages over the collection of a groupable sequence that yield `{ _id, NAME: true }` for each customer that has it. */
export function sequenceStages(project: string, { name, sequence }: NamedSequence): Pipeline {
  const { steps } = sequence;
  const types = [...new Set(steps.flatMap(({ type }) => type ?? []))];
  const end = steps.map(({ to }) => to.value).reduce((last, to) => (isAfter(to, last) ? to : last));
  // No record before the first step's window can pass it, or follow one that does.
  const from = steps[0]?.from;
  const reads = recordReads((field) => field, "$");
  const isInTurn = canPassInTurn(sequence);
  const read = { from, to: { value: end, inclusive: true } };
  const marks = isInTurn
    ? { step: stepInTurn(sequence, reads, read) }
    : Object.fromEntries(
        steps.map((step, index): [string, MongoExpression] => [flag(index), expressStep(step, reads)]),
      );
  const passed = isInTurn
    ? expressInTurn(sequence, "$seen")
    : expressPass(sequence, { $sortArray: { input: "$seen", sortBy: { at: 1 } } });
  return [
    {
      $match: {
        project,
        ...(types.length === 0 ? {} : { type: { $in: types } }),
        at: { ...(from === undefined ? {} : { $gte: stored(from.value) }), $lte: stored(end) },
      },
    },
    { $group: { _id: "$customer", seen: { $push: { at: "$at", ...marks } } } },
    { $project: { [name]: passed } },
    { $match: { [name]: true } },
  ];
}

/** True of the records that pass a step by themselves. */
function expressStep(step: PlannedStep, reads: FieldReads): MongoExpression {
  const conditions = expressRecords(step, reads.record);
  return { $and: step.where === undefined ? conditions : [...conditions, expressNode(step.where, reads)] };
}

// One pass over the records in the order of time.

const flag = (place: number): string => `step_${place}`;

/** Each record with its time and the steps that it passes, in the order of time. */
function flagged(
  { steps }: SequenceNode,
  listOf: (records: RecordSet) => string,
  place: PlaceField,
): MongoExpression {
  const lists = recordSetsOfSequence({ kind: "sequence", steps }).map((records) => {
    const types = [...new Set(steps.flatMap((step) => (step.records === records ? (step.type ?? []) : [])))];
    const flags = steps.map((step, index): [string, MongoExpression] => [
      flag(index),
      step.records === records ? expressStep(step, recordReads(place)) : literal(false),
    ]);
    const list = listOf(records);
    const input =
      types.length === 0
        ? list
        : { $filter: { input: list, as: "record", cond: { $in: ["$$record.type", literal(types)] } } };
    return { $map: { input, as: "record", in: { at: "$$record.at", ...Object.fromEntries(flags) } } };
  });
  const all = lists.length === 1 ? lists[0] : { $concatArrays: lists };
  return { $sortArray: { input: all, sortBy: { at: 1 } } };
}

/**
 * `now_N` is the latest time at which step N was completed (or a negative one happened) up to the current instant, `was_N`
 * the same before that instant: records of one instant do not follow one another.
 * Long because it is one expression, whose parts read the variables of each other.
 */
function expressPass(sequence: SequenceNode, seen: MongoExpression): MongoExpression {
  const { which, steps } = sequence;
  const links = linksOf(sequence);
  const last = links.at(-1)!;
  const ends = last.negatives;
  // Only what a later step depends on is kept, and whether the last one was completed.
  const places = steps.map((_, index) => index).filter((index) => index <= last.place);
  const times = (
    prefix: string,
    value: (index: number) => MongoExpression,
  ): Readonly<Record<string, MongoExpression>> =>
    Object.fromEntries(places.map((index) => [`${prefix}_${index}`, value(index)]));
  const was = (index: number): string => `$$was_${index}`;
  const completes = links.map((link, index): MongoExpression => {
    const passes = `$$this.${flag(link.place)}`;
    const before = links[index - 1];
    if (before === undefined)
      return which === undefined ? passes : { $and: [passes, { $eq: ["$$this.at", "$$edge"] }] };
    const since = was(before.place);
    const { within } = link.step;
    return {
      $and: [
        passes,
        { $ne: [since, null] },
        ...(within === undefined ? [] : [expressOrder("atMost", ["$$this.at"], [since, within])]),
        // A missing time orders before every other.
        ...before.negatives.map((negative) => ({ $lte: [was(negative.place), since] })),
      ],
    };
  });
  const placesOfLinks = new Map(links.map((link, index) => [link.place, index]));
  const next = {
    at: "$$this.at",
    ...times("was", was),
    ...times("now", (index) => {
      const link = placesOfLinks.get(index);
      const happens = link === undefined ? `$$this.${flag(index)}` : completes[link];
      return { $cond: [happens, "$$this.at", `$$value.now_${index}`] };
    }),
    ...(ends.length === 0
      ? {}
      : {
          done: {
            $cond: [completes.at(-1), { $concatArrays: ["$$value.done", ["$$this.at"]] }, "$$value.done"],
          },
        }),
  };
  const fresh = { $gt: ["$$this.at", "$$value.at"] };
  const passed = {
    $reduce: {
      input: "$$seen",
      initialValue: {
        at: null,
        ...times("was", () => null),
        ...times("now", () => null),
        ...(ends.length === 0 ? {} : { done: [] }),
      },
      in: {
        $let: {
          vars: times("was", (index) => ({ $cond: [fresh, `$$value.now_${index}`, `$$value.was_${index}`] })),
          in: next,
        },
      },
    },
  };
  const endsBehind = (times: MongoExpression): MongoExpression => ({
    $anyElementTrue: { $map: { input: times, as: "time", in: { $and: ends.flatMap(expressNoneBehind) } } },
  });
  const found =
    ends.length === 0 ? { $ne: [`$$passed.now_${last.place}`, null] } : endsBehind("$$passed.done");
  // With one positive step there is nothing to keep from record to record.
  const isFirst = `$$each.${flag(last.place)}`;
  const firsts = {
    $filter: {
      input: "$$seen",
      as: "each",
      cond: which === undefined ? isFirst : { $and: [isFirst, { $eq: ["$$each.at", "$$edge"] }] },
    },
  };
  const all =
    links.length === 1
      ? endsBehind({ $map: { input: firsts, as: "each", in: "$$each.at" } })
      : { $let: { vars: { passed }, in: found } };
  const edge = {
    [which === "first" ? "$min" : "$max"]: {
      $map: {
        input: { $filter: { input: "$$seen", as: "each", cond: `$$each.${flag(links[0]!.place)}` } },
        as: "each",
        in: "$$each.at",
      },
    },
  };
  const within = which === undefined ? all : { $let: { vars: { edge }, in: all } };
  return { $let: { vars: { seen }, in: within } };
}

/** That no record of a negative step at the end follows a time, and that its length of time has passed. */
function expressNoneBehind({ place, step }: SequenceLink["negatives"][number]): readonly MongoExpression[] {
  const { within, settled } = step;
  const isBehind = {
    $and: [
      `$$each.${flag(place)}`,
      { $gt: ["$$each.at", "$$time"] },
      ...(within === undefined ? [] : [expressOrder("atMost", ["$$each.at"], ["$$time", within])]),
    ],
  };
  return [
    ...(settled === undefined ? [] : [{ $lte: ["$$time", literal(stored(settled.value))] }]),
    { $not: [{ $anyElementTrue: { $map: { input: "$$seen", as: "each", in: isBehind } } }] },
  ];
}

// With `same`, pairs of records are compared.

function expressPairs(
  { which }: SequenceNode,
  links: readonly SequenceLink[],
  listOf: (records: RecordSet) => string,
  place: PlaceField,
): MongoExpression {
  const seen = (step: PlannedStep): MongoExpression => ({
    $filter: { input: listOf(step.records), as: "record", cond: expressStep(step, recordReads(place)) },
  });
  const steps = links.flatMap((link) => [link, ...link.negatives]);
  const vars = Object.fromEntries(steps.map((each) => [`seen_${each.place}`, seen(each.step)]));
  const [first, ...others] = links;
  const last = links.at(-1)!;
  const found = {
    $anyElementTrue: {
      $map: {
        input: `$$done_${last.place}`,
        as: "previous",
        in: { $and: [literal(true), ...last.negatives.flatMap((each) => expressNoneSame(each, place))] },
      },
    },
  };
  const inside = others.reduceRight<MongoExpression>((later, link, index) => {
    const done = { [`done_${link.place}`]: expressCompletions(links[index]!, link, place) };
    return { $let: { vars: done, in: later } };
  }, found);
  return {
    $let: {
      vars,
      in: { $let: { vars: { [`done_${first!.place}`]: expressChosen(first!, which) }, in: inside } },
    },
  };
}

function expressChosen({ place, step }: SequenceLink, which: SequenceNode["which"]): MongoExpression {
  const seen = `$$seen_${place}`;
  if (which === undefined) return seen;
  const direction = which === "first" ? 1 : -1;
  if (step.records === "orders")
    return { $slice: [{ $sortArray: { input: seen, sortBy: { at: direction, source_id: direction } } }, 1] };
  const edge = { [which === "first" ? "$min" : "$max"]: `${seen}.at` };
  return {
    $let: {
      vars: { edge },
      in: { $filter: { input: seen, as: "record", cond: { $eq: ["$$record.at", "$$edge"] } } },
    },
  };
}

function expressCompletions(
  before: SequenceLink,
  { place: index, step }: SequenceLink,
  place: PlaceField,
): MongoExpression {
  const { within, same } = step;
  const pair = {
    $and: [
      { $lt: ["$$previous.at", "$$record.at"] },
      ...(within === undefined ? [] : [expressOrder("atMost", ["$$record.at"], ["$$previous.at", within])]),
      ...(same === undefined ? [] : [expressNode(same, recordReads(place))]),
      ...before.negatives.map((negative) =>
        expressNone(negative, place, [{ $lt: ["$$between.at", "$$record.at"] }]),
      ),
    ],
  };
  const completes = {
    $anyElementTrue: { $map: { input: `$$done_${before.place}`, as: "previous", in: pair } },
  };
  return { $filter: { input: `$$seen_${index}`, as: "record", cond: completes } };
}

function expressNoneSame(
  negative: SequenceLink["negatives"][number],
  place: PlaceField,
): readonly MongoExpression[] {
  const { within, settled } = negative.step;
  const soon =
    within === undefined ? [] : [expressOrder("atMost", ["$$between.at"], ["$$previous.at", within])];
  return [
    ...(settled === undefined ? [] : [{ $lte: ["$$previous.at", literal(stored(settled.value))] }]),
    expressNone(negative, place, soon),
  ];
}

/** That no record of a negative step that passes the given conditions on its time follows `$$previous`. */
function expressNone(
  { place: index, step }: SequenceLink["negatives"][number],
  place: PlaceField,
  time: readonly MongoExpression[],
): MongoExpression {
  const lies = {
    $and: [
      { $gt: ["$$between.at", "$$previous.at"] },
      ...time,
      ...(step.same === undefined ? [] : [expressNode(step.same, recordReads(place, "$$between."))]),
    ],
  };
  return { $not: [{ $anyElementTrue: { $map: { input: `$$seen_${index}`, as: "between", in: lies } } }] };
}
