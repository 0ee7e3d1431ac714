// Conditions on events, on the first or last of them, and on aggregates of them: each is a test of a figure that is computed
// from a customer's records.

import { isDayWindow } from "../../grammar/parser/periods.js";
import type {
  Aggregate,
  EventCondition,
  EventWindow,
  Expression,
  Measure,
  Occurrence,
  SequenceStep,
  Value,
} from "../../grammar/tree.js";
import { oneOfType, resolveName } from "../catalog/catalog.js";
import { findEventType } from "../catalog/events.js";
import { isFractional, isMeasurable, typeOfMeasure } from "../catalog/measures.js";
import type { Attribute, EventType } from "../catalog/model.js";
import type { ValueType } from "../plan/literals.js";
import type { Field, Figure, PlanNode, PlannedStep as SequenceStepPlan } from "../plan/plan.js";
import { checkOperation } from "./comparison.js";
import { aboutMore, allFailed, Failed, fail } from "./failure.js";
import {
  atLeast,
  bothWheres,
  calendarUnits,
  checkCount,
  figureField,
  seenUntil,
  sooner,
} from "./records/figures.js";
import { checkWindow } from "./records/windows.js";
import type { CheckedCondition, Reading, Scope } from "./scope.js";

/** Checks the condition after `where`, and reports what is wrong with it; the checker passes itself in. */
export type CheckWhere = (scope: Scope, node: Expression) => CheckedWhere | undefined;

interface CheckedWhere {
  readonly plan: PlanNode;
  readonly canonical: Expression;
}

/** `performed "page viewed" at least 3 times in the last 7 days where …`, and its negation. */
export function checkEvent(
  scope: Scope,
  node: EventCondition,
  checkWhere: CheckWhere,
): CheckedCondition<EventCondition> | Failed {
  const records = checkRecords(scope, node, checkWhere);
  const counts = node.count === undefined ? undefined : checkCount(scope, node.count);
  const days = node.days === undefined ? undefined : checkCount(scope, node.days);
  const calendar = node.days === undefined ? undefined : calendarUnits(scope, node.days);
  if (
    records instanceof Failed ||
    counts instanceof Failed ||
    days instanceof Failed ||
    calendar instanceof Failed
  )
    return aboutMore(allFailed([records, counts, days, calendar])!, { condition: node });
  const counted = figureField(`number of ${records.type.name}`, { ...records.figure, aggregate: "count" });
  const tests: PlanNode[] = [];
  if (counts !== undefined || days === undefined)
    tests.push({ kind: "predicate", field: counted, test: counts ?? atLeast(1) });
  if (days !== undefined && calendar !== undefined) {
    const figure: Figure = { ...records.figure, aggregate: "different", calendar };
    const field = figureField(`different ${calendar.unit}s of ${records.type.name}`, figure);
    tests.push({ kind: "predicate", field, test: days });
  }
  const [only] = tests;
  const plan: PlanNode = tests.length === 1 ? only! : { kind: "and", operands: tests };
  return {
    plan: node.negated ? { kind: "not", operand: plan } : plan,
    canonical: { ...node, ...records.canonical },
    readings: records.readings,
  };
}

/** `last performed login more than 90 days ago`. */
export function checkOccurrence(scope: Scope, node: Occurrence): CheckedCondition<Occurrence> | Failed {
  const type = findEventType(scope.catalog, node.name.text);
  if (type === undefined) return aboutMore(unknownEvent(scope, node.name), { condition: node });
  const name = `${node.which} ${type.name}`;
  const field = figureField(name, {
    ...recordsOfType(type),
    to: seenUntil(scope),
    aggregate: node.which === "first" ? "min" : "max",
    of: { attribute: "at", scope: "record", path: "at" },
  });
  const attribute: Attribute = { name, phrases: [], type: "datetime", field };
  const operation = checkOperation(scope, node, { attribute, type: "datetime", canonicalName: name });
  if (operation instanceof Failed) return aboutMore(operation, { condition: node });
  return {
    plan: operation.planOn(field),
    canonical: {
      ...node,
      name: { ...node.name, text: type.name },
      operator: operation.operator,
      operands: operation.operands,
    },
    readings: operation.readings,
  };
}

/** `sum of amount of order in the last 365 days where … is at least 1000`. */
export function checkMeasure(
  scope: Scope,
  node: Measure,
  checkWhere: CheckWhere,
): CheckedCondition<Measure> | Failed {
  const measured = checkMeasured(scope, node, checkWhere);
  if (measured instanceof Failed) return aboutMore(measured, { condition: node });
  const { field, type, fractional } = measured;
  const name = field.attribute;
  const attribute: Attribute = { name, phrases: [], type, field, ...(fractional ? { fractional } : {}) };
  const operation = checkOperation(scope, node, { attribute, type, canonicalName: name });
  if (operation instanceof Failed) return aboutMore(operation, { condition: node });
  return {
    plan: operation.planOn(field),
    canonical: { ...measured.canonical, operator: operation.operator, operands: operation.operands },
    readings: [...measured.readings, ...operation.readings],
  };
}

/** What a measure is, before it is compared. */
export interface CheckedMeasure {
  readonly field: Field;
  readonly type: ValueType;
  readonly fractional: boolean;
  readonly canonical: Measure;
  readonly readings: readonly Reading[];
}

export function checkMeasured(scope: Scope, node: Measure, checkWhere: CheckWhere): CheckedMeasure | Failed {
  const records = checkRecords(scope, node, checkWhere);
  const type = eventOf(scope, node)?.type;
  const measured = type === undefined ? new Failed([]) : checkProperty(node, type);
  if (records instanceof Failed || measured instanceof Failed) return allFailed([records, measured])!;
  const { property } = measured;
  const different = node.different === true ? "different " : "";
  const of = property === undefined ? "" : `${property.name} of `;
  const field = figureField(`${node.aggregate} of ${different}${of}${records.type.name}`, {
    ...records.figure,
    aggregate: node.different === true ? "different" : node.aggregate,
    ...(property === undefined ? {} : { of: measuredField(property, node) }),
  });
  return {
    field,
    type: measured.type,
    fractional: isFractional(node.aggregate),
    canonical: {
      ...node,
      ...records.canonical,
      ...(property === undefined || node.property === undefined
        ? {}
        : { property: { ...node.property, text: plainly(property.name) } }),
    },
    readings: records.readings,
  };
}

/** Products are counted as different by their ids. */
function measuredField({ element, field }: Attribute, { different }: Measure): Field {
  if (element !== "product" || different !== true) return field;
  const { sizePath: _size, ...rest } = field;
  return { ...rest, path: "product_keys" };
}

interface CheckedRecords<Node> {
  readonly type: EventType;
  readonly figure: Omit<Figure, "aggregate" | "of">;
  readonly canonical: Pick<
    Node & { readonly window?: EventWindow; readonly where?: Expression },
    "window" | "where"
  > & {
    readonly name: Value;
  };
  readonly readings: readonly Reading[];
}

/** Which records are meant: their type, window and `where`. All three are checked, so that every mistake is reported. */
export function checkRecords<Node extends EventCondition | Measure | SequenceStep>(
  scope: Scope,
  node: Node,
  checkWhere: CheckWhere,
): CheckedRecords<Node> | Failed {
  const event = eventOf(scope, node);
  const type = event?.type ?? unknownEvent(scope, node.name);
  const written = event === undefined ? node.window : event.window;
  const window = written === undefined ? undefined : checkWindow(scope, written);
  if (type instanceof Failed) return allFailed([type, window])!;
  const where =
    node.where === undefined
      ? undefined
      : checkWhere(
          { ...scope, catalog: type.catalog, within: { type, outer: scope.catalog, condition: node } },
          node.where,
        );
  if (window instanceof Failed) return window;
  if (node.where !== undefined && where === undefined) return new Failed([]);
  const seen = seenUntil(scope);
  const condition = bothWheres(window?.where, where?.plan);
  return {
    type,
    figure: {
      ...recordsOfType(type),
      ...(window?.from === undefined ? {} : { from: window.from }),
      to: window?.to === undefined ? seen : sooner(window.to, seen),
      ...(condition === undefined ? {} : { where: condition }),
    },
    canonical: {
      name: { ...node.name, text: type.name },
      // A window that belongs to the name is left out.
      ...(node.window === undefined ? {} : { window: window?.canonical }),
      ...(where === undefined ? {} : { where: where.canonical }),
    } as CheckedRecords<Node>["canonical"],
    readings: window?.readings ?? [],
  };
}

function recordsOfType(type: EventType): Pick<SequenceStepPlan, "records" | "type"> {
  return type.builtIn ? { records: "orders" } : { records: "events", type: type.name };
}

/** The event that a condition names, and its window. */
interface NamedEvent {
  readonly type: EventType;
  readonly window?: EventWindow | undefined;
}

const bareDayIn = /^(.+) in$/i;

/**
 * The event that a condition names; undefined if there is none. If the catalogue knows the whole name, words in it are not read as
 * a window; `in` before `today` belongs to the name only if an event is called so.
 */
export function eventOf(
  { catalog, source }: Scope,
  { name, window }: { readonly name: Value; readonly window?: EventWindow | undefined },
): NamedEvent | undefined {
  const between = window === undefined ? "" : source.raw(name.span.end, window.span.start);
  const isBare = window !== undefined && name.raw === name.text && /^\s+$/.test(between);
  if (isBare) {
    const whole = source.raw(name.span.start, window.span.end).replace(/\s+/g, " ");
    const type = findEventType(catalog, whole);
    if (type !== undefined) return { type };
  }
  const named = findEventType(catalog, name.text);
  if (named !== undefined) return { type: named, window };
  const words = isBare && isDayWindow(window.raw.toLowerCase()) ? bareDayIn.exec(name.text)?.[1] : undefined;
  const type = words === undefined ? undefined : findEventType(catalog, words);
  return type && { type, window };
}

function unknownEvent(scope: Scope, name: Value): Failed {
  const names = scope.catalog.events.map((each) => each.name);
  return fail("UNKNOWN_EVENT", [name.text, undefined, names], name.span, { expected: names, value: name });
}

interface Measured {
  readonly property?: Attribute;
  /** The type that the measure is compared as. */
  readonly type: ValueType;
}

function checkProperty(node: Measure, type: EventType): Measured | Failed {
  const { aggregate, property: written } = node;
  if (written === undefined) {
    if (aggregate === "count") return { type: "number" };
    const names = measurableNames(aggregate, type);
    return fail("MISSING_PROPERTY", [aggregate, type.name, names], node.name.span, { expected: names });
  }
  const attribute = propertyOf(type, written);
  if (attribute instanceof Failed) return attribute;
  if (isMeasurable(aggregate, attribute.type))
    return { property: attribute, type: typeOfMeasure(aggregate, attribute.type) };
  const names = measurableNames(aggregate, type);
  return fail(
    "NOT_MEASURABLE",
    [aggregate, plainly(attribute.name), oneOfType(attribute.type), names],
    written.span,
    { expected: names },
  );
}

/** The property of an event that a name means. */
export function propertyOf(type: EventType, written: Value): Attribute | Failed {
  const property = resolveName(type.catalog, written.text);
  if (property !== undefined && property.aspect === undefined) return property.attribute;
  const names = type.properties.map(({ name }) => plainly(name));
  return fail("UNKNOWN_PROPERTY", [written.text, type.name, undefined, names], written.span, {
    expected: names,
    value: written,
  });
}

/** The properties that an aggregate can be taken of. */
function measurableNames(aggregate: Aggregate, type: EventType): readonly string[] {
  return type.properties
    .filter((each) => isMeasurable(aggregate, each.type))
    .map(({ name }) => plainly(name));
}

/** The name without the backticks that a condition would need: in a measure, the property is a value, which has quotes. */
export function plainly(name: string): string {
  return name.replace(/`((?:[^`]|``)*)`/g, (_, inside: string) => inside.replaceAll("``", "`"));
}
