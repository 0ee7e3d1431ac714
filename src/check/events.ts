// Conditions on events, on the first or last of them, and on what they come to: each is a test of a figure that is worked out
// of a customer's records.
import type {
  EventCondition,
  EventCount,
  EventWindow,
  Expression,
  Measure,
  Occurrence,
  Value,
} from "../../grammar/tree.js";
import { oneOfType, resolveName } from "../catalog/catalog.js";
import { findEventType } from "../catalog/events.js";
import type { Attribute, EventType } from "../catalog/model.js";
import { operatorsByName } from "../operators/index.js";
import { operandAt } from "../operators/operator.js";
import type { Literal, ValueType } from "../plan/literals.js";
import type { Aggregate, Bound, Field, Figure, PlanNode, Test } from "../plan/plan.js";
import { isAfter, sameScalar } from "../plan/scalars.js";
import { checkOperation } from "./comparison.js";
import { aboutMore, allFailed, Failed, fail } from "./failure.js";
import { readLiteral } from "./literals.js";
import { readOperands } from "./operands.js";
import type { CheckedCondition, Reading, Scope } from "./scope.js";

/** Checks the condition behind `where`, and reports what is wrong with it; it is the checker's own, handed in. */
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
  const test = node.count === undefined ? atLeast(1) : checkCount(scope, node.count);
  if (records instanceof Failed || test instanceof Failed)
    return aboutMore(allFailed([records, test])!, { condition: node });
  const field = figureField(`number of ${records.type.name}`, { ...records.figure, aggregate: "count" });
  const predicate: PlanNode = { kind: "predicate", field, test };
  return {
    plan: node.negated ? { kind: "not", operand: predicate } : predicate,
    canonical: { ...node, ...records.canonical },
    readings: records.readings,
  };
}

/** `last performed login more than 90 days ago`. */
export function checkOccurrence(scope: Scope, node: Occurrence): CheckedCondition<Occurrence> | Failed {
  const type = eventTypeOf(scope, node.name);
  if (type instanceof Failed) return aboutMore(type, { condition: node });
  const name = `${node.which} ${type.name}`;
  const field = figureField(name, {
    ...seenUntil(scope, type),
    aggregate: node.which === "first" ? "min" : "max",
    of: { attribute: "at", scope: "record", path: "at" },
  });
  const attribute: Attribute = { name, phrases: [], type: "datetime", field };
  const operation = checkOperation(scope, node, { attribute, type: "datetime", canonicalName: name });
  if (operation instanceof Failed) return aboutMore(operation, { condition: node });
  return {
    plan: operation.planOn(field),
    canonical: { ...node, name: { ...node.name, text: type.name }, operator: operation.operator },
    readings: [operation.reading],
  };
}

/** `sum of amount of order in the last 365 days where … is at least 1000`. */
export function checkMeasure(
  scope: Scope,
  node: Measure,
  checkWhere: CheckWhere,
): CheckedCondition<Measure> | Failed {
  const records = checkRecords(scope, node, checkWhere);
  const type = findEventType(scope.catalog, node.name.text);
  const measured = type === undefined ? new Failed([]) : checkMeasured(node, type);
  if (records instanceof Failed || measured instanceof Failed)
    return aboutMore(allFailed([records, measured])!, { condition: node });
  const { property } = measured;
  const name = `${node.aggregate} of ${property === undefined ? "" : `${property.name} of `}${records.type.name}`;
  const field = figureField(name, {
    ...records.figure,
    aggregate: node.aggregate,
    ...(property === undefined ? {} : { of: property.field }),
  });
  const attribute: Attribute = {
    name,
    phrases: [],
    type: measured.type,
    field,
    ...(node.aggregate === "average" ? { fractional: true } : {}),
  };
  const operation = checkOperation(scope, node, { attribute, type: measured.type, canonicalName: name });
  if (operation instanceof Failed) return aboutMore(operation, { condition: node });
  return {
    plan: operation.planOn(field),
    canonical: {
      ...node,
      ...records.canonical,
      ...(property === undefined || node.property === undefined
        ? {}
        : { property: { ...node.property, text: plainly(property.name) } }),
      operator: operation.operator,
    },
    readings: [...records.readings, operation.reading],
  };
}

interface CheckedRecords<Node> {
  readonly type: EventType;
  readonly figure: Omit<Figure, "aggregate" | "of">;
  readonly canonical: Pick<Node & { readonly where?: Expression }, "where"> & { readonly name: Value };
  readonly readings: readonly Reading[];
}

/** Which records are meant: their type, window and `where`. All three are checked, so that every mistake is told. */
function checkRecords<Node extends EventCondition | Measure>(
  scope: Scope,
  node: Node,
  checkWhere: CheckWhere,
): CheckedRecords<Node> | Failed {
  const type = eventTypeOf(scope, node.name);
  const window = node.window === undefined ? { readings: [] } : checkWindow(scope, node.window);
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
  const seen = seenUntil(scope, type);
  return {
    type,
    figure: {
      ...seen,
      ...(window.from === undefined ? {} : { from: window.from }),
      to: window.to === undefined ? seen.to : sooner(window.to, seen.to),
      ...(where === undefined ? {} : { where: where.plan }),
    },
    canonical: {
      name: { ...node.name, text: type.name },
      ...(where === undefined ? {} : { where: where.canonical }),
    } as CheckedRecords<Node>["canonical"],
    readings: window.readings,
  };
}

/** Every record of a type that is not later than as-of: what is later is not seen yet. */
function seenUntil(scope: Scope, type: EventType): Pick<Figure, "records" | "type" | "to"> {
  const to: Bound = { value: { instant: scope.asOf }, inclusive: true };
  return type.builtIn ? { records: "orders", to } : { records: "events", type: type.name, to };
}

function sooner(one: Bound, other: Bound): Bound {
  if (sameScalar(one.value, other.value)) return one.inclusive ? other : one;
  return isAfter(one.value, other.value) ? other : one;
}

function figureField(attribute: string, figure: Figure): Field {
  const counted = figure.aggregate === "count";
  return {
    attribute,
    scope: "figure",
    path: "value",
    figure,
    ...(counted || figure.aggregate === "sum" ? { zeroWithout: true } : {}),
    ...(counted ? { counted } : {}),
  };
}

function eventTypeOf(scope: Scope, name: Value): EventType | Failed {
  const type = findEventType(scope.catalog, name.text);
  if (type !== undefined) return type;
  const names = scope.catalog.events.map((each) => each.name);
  return fail("UNKNOWN_EVENT", [name.text, undefined, names], name.span, { expected: names, value: name });
}

function atLeast(times: number): Test {
  return { kind: "range", from: { value: times, inclusive: true } };
}

const countTests: Readonly<Record<EventCount["comparison"], (times: number) => Test>> = {
  at_least: atLeast,
  at_most: (times) => ({ kind: "range", to: { value: times, inclusive: true } }),
  exactly: (times) => ({ kind: "oneOf", values: [times] }),
  more_than: (times) => ({ kind: "range", from: { value: times, inclusive: false } }),
  less_than: (times) => ({ kind: "range", to: { value: times, inclusive: false } }),
};

function checkCount(scope: Scope, { comparison, times }: EventCount): Test | Failed {
  // `once` and `twice` come with their number as text.
  const hasAtLeast = operatorsByName.get("has_at_least")!;
  const literal = readLiteral(scope, times, {
    attribute: windowed,
    type: "number",
    operator: hasAtLeast,
    written: times.raw,
  });
  return literal instanceof Failed ? literal : countTests[comparison](Number(literal.from));
}

// What a window's dates are read as: the time of an event.
const windowed: Attribute = {
  name: "the time of an event",
  phrases: [],
  type: "datetime",
  field: { attribute: "at", scope: "record", path: "at" },
};

const windowOperators: Readonly<Record<EventWindow["form"], string>> = {
  in_the_last: "in_the_last",
  since: "on_or_after",
  before: "before",
  after: "after",
  between: "between",
  on: "on",
};

interface CheckedWindow {
  readonly from?: Bound | undefined;
  readonly to?: Bound | undefined;
  readonly readings: readonly Reading[];
}

/** The bounds that a window puts on the time of an event. */
function checkWindow(scope: Scope, window: EventWindow): CheckedWindow | Failed {
  const operator = operatorsByName.get(windowOperators[window.form])!;
  const { span, raw } = window;
  const use = { kind: "Operator", name: operator.name, negated: false, span, raw } as const;
  const operation = { operator: use, operands: window.operands };
  // A window's word is no operator of a comparison, so no mend may change it as one: `use` stays out of what is wanted.
  const wanted = {
    attribute: windowed,
    type: "datetime",
    canonicalName: windowed.name,
    operator,
    written: windowWord(window),
  } as const;
  const literals = readOperands(scope, operation, wanted);
  if (literals instanceof Failed) return literals;
  const readings = [{ operation, wanted, literals }];
  const test = operator.tests.datetime!(literals);
  if (test.kind === "range") return { from: test.from, to: test.to, readings };
  // One instant, or none.
  const { from, to } = spanOf(literals);
  return {
    from: { value: from.from, inclusive: true },
    to: { value: to.to, inclusive: true },
    readings,
  };
}

function spanOf(literals: readonly Literal[]): { readonly from: Literal; readonly to: Literal } {
  return { from: operandAt(literals, 0), to: operandAt(literals, literals.length - 1) };
}

function windowWord({ form }: EventWindow): string {
  return form === "in_the_last" ? "in the last" : form;
}

// What each measure can be taken of; `count` of anything.
const measurable: Readonly<Record<Exclude<Aggregate, "count">, readonly ValueType[]>> = {
  sum: ["number", "money"],
  average: ["number", "money"],
  min: ["number", "money", "date", "datetime"],
  max: ["number", "money", "date", "datetime"],
};

interface Measured {
  readonly property?: Attribute;
  /** What the measure is compared as. */
  readonly type: ValueType;
}

function checkMeasured(node: Measure, type: EventType): Measured | Failed {
  const { aggregate, property: written } = node;
  if (written === undefined) {
    if (aggregate === "count") return { type: "number" };
    const names = measurableNames(aggregate, type);
    return fail("MISSING_PROPERTY", [aggregate, type.name, names], node.name.span, { expected: names });
  }
  const property = resolveName(type.catalog, written.text);
  if (property === undefined || property.aspect !== undefined) {
    const names = type.properties.map(({ name }) => plainly(name));
    return fail("UNKNOWN_PROPERTY", [written.text, type.name, undefined, names], written.span, {
      expected: names,
      value: written,
    });
  }
  const { attribute } = property;
  if (aggregate === "count") return { property: attribute, type: "number" };
  if (measurable[aggregate].includes(attribute.type)) return { property: attribute, type: attribute.type };
  const names = measurableNames(aggregate, type);
  return fail(
    "NOT_MEASURABLE",
    [aggregate, plainly(attribute.name), oneOfType(attribute.type), names],
    written.span,
    { expected: names },
  );
}

/** The properties that an aggregate can be taken of. */
function measurableNames(aggregate: Exclude<Aggregate, "count">, type: EventType): readonly string[] {
  return type.properties
    .filter((each) => measurable[aggregate].includes(each.type))
    .map(({ name }) => plainly(name));
}

/** The name without the backticks that a condition would need: a measure's property is a value, which is quoted. */
function plainly(name: string): string {
  return name.replace(/`((?:[^`]|``)*)`/g, (_, inside: string) => inside.replaceAll("``", "`"));
}
