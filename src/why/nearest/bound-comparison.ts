// A comparison of two fields as a test of one of them: the other one has the value that it has now.
import { sideReader } from "../../operators/encodings/compare.js";
import type { Around } from "../../operators/encodings/encoding.js";
import { move, moveDate, wholeDay } from "../../plan/calendar.js";
import type { Bound, Distance, Field, PlanNode, PredicateNode, Scalar, Side, Test } from "../../plan/plan.js";
import { fieldReader } from "../../predicate/compile.js";

export type CompareNode = Extract<PlanNode, { kind: "compare" }>;
export type SideName = "left" | "right";

type Value = string | number | boolean;

/**
 * The test of one side's field that the comparison comes to; undefined if the other side is unknown. For the part in a comparison
 * of a text with its part, and for elements of sets, it is sufficient, not necessary.
 */
export function boundTo(node: CompareNode, name: SideName, around: Around): PredicateNode | undefined {
  const own = node[name];
  const other = node[name === "left" ? "right" : "left"];
  const found = sideReader(other, fieldReader)(around, 0);
  const values = (Array.isArray(found) ? found : [found]).filter((value) => value !== undefined);
  const test = values.length === 0 ? undefined : testFor(node, name, own, values as readonly Value[], around);
  return test === undefined ? undefined : { kind: "predicate", field: own.field, test };
}

function testFor(
  { relation, ...sides }: CompareNode,
  name: SideName,
  own: Side,
  values: readonly Value[],
  around: Around,
): Test | undefined {
  const other = sides[name === "left" ? "right" : "left"];
  const spans = values.map((value) => stored(value, own, isInstant(own, other, around)));
  const [first] = spans;
  if (first === undefined) return undefined;
  const part = String(values[0]);
  switch (relation) {
    case "same":
      return first.from === first.to
        ? { kind: "oneOf", values: [first.from] }
        : { kind: "range", from: bound(first.from, true), to: bound(first.to, true) };
    case "less":
    case "atMost": {
      const inclusive = relation === "atMost";
      // A day that may be equal is within the bounds as a whole.
      return name === "left"
        ? { kind: "range", to: bound(inclusive ? first.to : first.from, inclusive) }
        : { kind: "range", from: bound(inclusive ? first.from : first.to, inclusive) };
    }
    case "startsWith":
    case "endsWith":
    case "contains":
      return name === "left" ? { kind: relation, text: part } : { kind: "oneOf", values: [part] };
    case "has":
    case "shares":
      return own.field.set === true
        ? { kind: "hasAny", values: spans }
        : { kind: "oneOf", values: spans.map(({ from }) => from) };
    default:
      return relation satisfies never;
  }
}

function bound(value: Scalar, inclusive: boolean): Bound {
  return { value, inclusive };
}

/** True if both sides compare as instants. */
function isInstant(own: Side, other: Side, around: Around): boolean {
  if (own.as !== undefined || other.as !== undefined) return false;
  const facts = around[placeOf(other.field)];
  return facts !== undefined && fieldReader(other.field)(facts) instanceof Date;
}

/** The place in which a field's value is found. */
function placeOf({ scope }: Field): keyof Around {
  return scope === "record" || scope === "line" || scope === "previous" || scope === "previousLine"
    ? scope
    : "customer";
}

/** The stored values of a side that compare as a value. */
function stored(
  value: Value,
  { as, shift }: Side,
  instant: boolean,
): { readonly from: Scalar; readonly to: Scalar } {
  const back = shift === undefined ? value : movedBack(value, shift);
  if (as?.kind === "day") {
    const { from, to } = wholeDay(String(back), as.zone);
    return { from: { instant: from }, to: { instant: to } };
  }
  const one: Scalar =
    as?.kind === "major" ? Number(back) * as.scale : instant ? { instant: Number(back) } : back;
  return { from: one, to: one };
}

function movedBack(value: Value, { amount, unit, zone }: Distance): Value {
  if (typeof value === "number") return move(value, zone, -amount, unit);
  return unit === "minute" || unit === "hour" ? value : moveDate(String(value), -amount, unit);
}

/**
 * A condition on a record or a line with every comparison as a test of it, as far as the customer and the preceding record have
 * the values; a condition on a line of the preceding record becomes one for each of its lines.
 */
export function boundNode(node: PlanNode, around: Around): PlanNode {
  switch (node.kind) {
    case "constant":
    case "predicate":
    case "sequence":
      return node;
    case "not":
      return { kind: "not", operand: boundNode(node.operand, around) };
    case "and":
    case "or":
      return { kind: node.kind, operands: node.operands.map((each) => boundNode(each, around)) };
    case "line": {
      if (node.previous !== true) return { ...node, where: boundNode(node.where, around) };
      const lines =
        around.previous === undefined ? undefined : fieldReader(linesAt(node.path))(around.previous);
      return {
        kind: "or",
        operands: (Array.isArray(lines) ? lines : []).map((line: object) =>
          boundNode(node.where, { ...around, previousLine: line }),
        ),
      };
    }
    case "compare": {
      for (const name of ["left", "right"] as const) {
        const { scope } = node[name].field;
        if (scope !== "record" && scope !== "line") continue;
        const other = placeOf(node[name === "left" ? "right" : "left"].field);
        const bound = around[other] === undefined ? undefined : boundTo(node, name, around);
        if (bound !== undefined) return bound;
      }
      return node;
    }
    default:
      return node satisfies never;
  }
}

function linesAt(path: string): Field {
  return { attribute: "lines", scope: "previous", path };
}
