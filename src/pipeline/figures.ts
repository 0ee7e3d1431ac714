// Figures of a plan's conditions on events: computed after a join, or in one pass over the records.

import type { Filter, MongoExpression } from "../operators/encodings/encoding.js";
import { figureOfGroup, figureOfList, matchRecords, mustBeKnown } from "../operators/encodings/figure.js";
import { isGiven } from "../operators/encodings/given.js";
import { matchTest } from "../operators/encodings/index.js";
import { correlatedFields, customerFieldsOf, leavesOf, sequencesOf } from "../plan/fields.js";
import type { Bound, Field, Figure, PlanNode, RecordSet } from "../plan/plan.js";
import { isAfter, sameScalar } from "../plan/scalars.js";
import { expressFigure, type PlaceField, recordReads } from "./express.js";
import { allOf, inPlace, matchNode } from "./match.js";
import { expressSequence, isGroupable, type NamedSequence, recordSetsOfSequence } from "./sequences.js";
import type { Pipeline } from "./stage.js";

/** A figure and the field that the pipeline stores it in. */
export interface NamedFigure {
  readonly name: string;
  readonly figure: Figure;
  readonly field: Field;
}

/** Every different figure of a node, named. */
export function figuresIn(node: PlanNode): readonly NamedFigure[] {
  const found = new Map<string, NamedFigure>();
  for (const leaf of leavesOf(node)) {
    // Most conditions are on a field of the customer alone.
    if (leaf.kind === "predicate" && leaf.field.figure === undefined) continue;
    for (const field of customerFieldsOf(leaf)) addFigure(field, found);
  }
  return [...found.values()];
}

/** Adds a figure after those that its conditions compare with. */
function addFigure(field: Field, found: Map<string, NamedFigure>): void {
  const { figure } = field;
  if (figure === undefined) return;
  for (const inner of fieldsComparedIn(field)) addFigure(inner, found);
  const key = JSON.stringify(figure);
  if (!found.has(key)) found.set(key, { name: `figure_${found.size}`, figure, field });
}

function fieldsComparedIn(field: Field): readonly Field[] {
  return correlatedFields({ kind: "predicate", field, test: { kind: "known" } });
}

/** Every different sequence of a node, named. */
export function sequencesIn(node: PlanNode): readonly NamedSequence[] {
  const found = new Map<string, NamedSequence>();
  for (const sequence of sequencesOf(node)) {
    const key = JSON.stringify(sequence);
    if (!found.has(key)) found.set(key, { name: `sequence_${found.size}`, key, sequence });
  }
  return [...found.values()];
}

/**
 * True if whole customers are needed beside their records: conditions on records compare with the customer's own fields, there is a
 * sequence of more than one collection's records, or a text is compared as it was given.
 */
export function needsCustomers(node: PlanNode): boolean {
  return leavesOf(node).some(
    (leaf) =>
      (leaf.kind === "sequence" && !isGroupable(leaf)) ||
      (leaf.kind === "compare" && (isGiven(leaf.left.as) || isGiven(leaf.right.as))) ||
      correlatedFields(leaf).length > 0,
  );
}

/** The field as the pipeline holds its figure; any other field as it is. */
export function placeFigure(field: Field, figures: readonly NamedFigure[]): Field {
  const { figure } = field;
  if (figure === undefined) return field;
  const key = JSON.stringify(figure);
  const named = figures.find((each) => JSON.stringify(each.figure) === key);
  if (named === undefined) throw new RangeError(`The figure ${field.attribute} has no name.`);
  return { ...field, path: named.name };
}

/** The field of a customer's records after a join. */
export const joinedList = (records: RecordSet): string => `${records}_of_customer`;

/** The collections that the figures are computed from. */
export function recordSets(figures: readonly NamedFigure[]): readonly RecordSet[] {
  return [...new Set(figures.map(({ figure }) => figure.records))];
}

/** Joins each customer's records and computes the figures from the list. */
export function joinStages(
  figures: readonly NamedFigure[],
  sequences: readonly NamedSequence[],
  place: PlaceField,
): Pipeline {
  if (figures.length === 0 && sequences.length === 0) return [];
  const listOf = (records: RecordSet): string => `$${joinedList(records)}`;
  const reads = recordReads(place);
  const values = figures.map(({ name, figure }): [string, MongoExpression] => [
    name,
    figureOfList(figure, listOf(figure.records), expressFigure(figure, reads)),
  ]);
  // A figure that compares with another is computed after it.
  const isNested = figures.some(({ field }) =>
    fieldsComparedIn(field).some(({ figure }) => figure !== undefined),
  );
  const found = sequences.map(({ name, sequence }): [string, MongoExpression] => [
    name,
    expressSequence(sequence, listOf, place),
  ]);
  const groups = [...(isNested ? values.map((value) => [value]) : [values]), found];
  return [
    ...joinedSets(figures, sequences).map((records) => ({
      $lookup: { from: records, localField: "_id", foreignField: "customer", as: joinedList(records) },
    })),
    ...groups.filter(({ length }) => length > 0).map((group) => ({ $set: Object.fromEntries(group) })),
  ];
}

/** The collections that figures or sequences are joined with. */
export function joinedSets(
  figures: readonly NamedFigure[],
  sequences: readonly NamedSequence[],
): readonly RecordSet[] {
  return [
    ...new Set([
      ...recordSets(figures),
      ...sequences.flatMap(({ sequence }) => recordSetsOfSequence(sequence)),
    ]),
  ];
}

/**
 * The stages over one collection that yield, by customer, the figures computed from it: `{ _id, figure_0, … }`.
 * `coarse` leaves out customers who surely don't pass, before their figures are rounded.
 */
export function groupStages(
  project: string,
  records: RecordSet,
  all: readonly NamedFigure[],
  coarse: readonly Filter[] = [],
): Pipeline {
  const figures = all.filter(({ figure }) => figure.records === records);
  const [only] = figures.length === 1 ? figures : [];
  const grouped = figures.map(({ name, figure }) =>
    // The conditions of a single figure are in the `$match`, where an index serves them.
    ({
      name,
      ...figureOfGroup(
        figure,
        name,
        only === undefined
          ? expressFigure(
              figure,
              recordReads((field) => field, "$"),
            )
          : undefined,
      ),
    }),
  );
  const finished = grouped.flatMap(({ name, finish }): [string, MongoExpression][] =>
    finish === undefined ? [] : [[name, finish]],
  );
  return [
    { $match: only === undefined ? matchAny(project, figures) : matchFigure(project, only.figure) },
    { $group: Object.assign({ _id: "$customer" }, ...grouped.map(({ accumulators }) => accumulators)) },
    ...(finished.length === 0 || coarse.length === 0 ? [] : [{ $match: allOf(coarse) }]),
    ...(finished.length === 0 ? [] : [{ $set: Object.fromEntries(finished) }]),
  ];
}

// Rounding changes a sum by much less than this part of it.
const roundingPart = 1e-6;

/** Conditions that unrounded sums pass if the node holds for the rounded ones. */
export function coarseConditions(node: PlanNode, figures: readonly NamedFigure[]): readonly Filter[] {
  if (node.kind === "and") return node.operands.flatMap((operand) => coarseConditions(operand, figures));
  if (node.kind !== "predicate") return [];
  const { field, test } = node;
  if (test.kind !== "range" || field.figure?.aggregate !== "sum") return [];
  const widen = (bound: Bound | undefined, sign: 1 | -1): Bound | undefined => {
    if (typeof bound?.value !== "number") return undefined;
    const more = Math.max(1, Math.abs(bound.value)) * roundingPart;
    return { value: bound.value + sign * more, inclusive: true };
  };
  const [from, to] = [widen(test.from, -1), widen(test.to, 1)];
  return [matchTest(placeFigure(field, figures), { kind: "range", from, to })];
}

/** The records of one figure. */
function matchFigure(project: string, figure: Figure): Filter {
  const { where } = figure;
  const of = mustBeKnown(figure);
  return {
    project,
    ...allOf([
      matchRecords(figure),
      ...(where === undefined ? [] : [matchNode(where, inPlace)]),
      ...(of === undefined
        ? []
        : [matchTest(of, of.set === true ? { kind: "hasAtLeast", size: 1 } : { kind: "known" })]),
    ]),
  };
}

/** The records that any of the figures may count: by type and time, which the index has. */
function matchAny(project: string, figures: readonly NamedFigure[]): Filter {
  const types = new Set(figures.map(({ figure }) => figure.type));
  const windows = [...types].map((type) => {
    const ofType = figures.map(({ figure }) => figure).filter((figure) => figure.type === type);
    const { campaign: _one, ...whole } = ofType.reduce(widened);
    return matchRecords(whole);
  });
  const [window] = windows;
  return windows.length === 1 ? { project, ...window } : { project, $or: windows };
}

/** The smallest window that contains both. */
function widened(one: Figure, other: Figure): Figure {
  const { from: _none, ...rest } = one;
  const from = wider(one.from, other.from, (first, second) => isAfter(second, first));
  return { ...rest, ...(from === undefined ? {} : { from }), to: wider(one.to, other.to, isAfter)! };
}

function wider(
  one: Bound | undefined,
  other: Bound | undefined,
  isWider: (first: Bound["value"], second: Bound["value"]) => boolean,
): Bound | undefined {
  if (one === undefined || other === undefined) return undefined;
  if (sameScalar(one.value, other.value)) return one.inclusive ? one : other;
  return isWider(one.value, other.value) ? one : other;
}
