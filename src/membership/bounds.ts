// What in a plan moves with time: each value that something is compared with, and where what is compared with it stands.
import type { Bound, Field, Figure, PlanNode, RecordSet, Scalar, Span, Test } from "../plan/plan.js";

/** Where values stand that a bound is compared with: in customers, or in the records of one kind. */
export interface Source {
  readonly collection: "customers" | RecordSet;
  /** Of events. */
  readonly type?: string;
  readonly path: string;
  /** True where an array stands there. */
  readonly set?: boolean;
}

/** A value that something is compared with; `days` of a year are compared as a whole. */
export interface MovingBound {
  readonly source: Source;
  readonly value: Scalar | readonly string[];
}

/** All of a plan's bounds, in order; two plans of one shape differ in nothing but these. */
export interface Bounds {
  readonly shape: string;
  readonly bounds: readonly MovingBound[];
}

/** Takes a node apart into its bounds and the rest. */
export function boundsOf(node: PlanNode): Bounds {
  const bounds: MovingBound[] = [];
  const shape = JSON.stringify(shapeOf(node, undefined, bounds));
  return { shape, bounds };
}

type Within = Pick<Figure, "records" | "type"> | undefined;

function shapeOf(node: PlanNode, within: Within, bounds: MovingBound[]): unknown {
  switch (node.kind) {
    case "and":
    case "or":
      return { ...node, operands: node.operands.map((operand) => shapeOf(operand, within, bounds)) };
    case "not":
      return { ...node, operand: shapeOf(node.operand, within, bounds) };
    case "constant":
      return node;
    case "predicate": {
      const { figure } = node.field;
      const source = sourceOf(node.field, within, node.test);
      const figureShape = figure === undefined ? undefined : shapeOfFigure(figure, bounds);
      return {
        ...node,
        field: { ...node.field, figure: figureShape },
        test: shapeOfTest(node.test, source, bounds),
      };
    }
  }
}

function shapeOfFigure(figure: Figure, bounds: MovingBound[]): unknown {
  const { records, type, from, to, where } = figure;
  const source = sourceIn({ records, type }, "at");
  if (from !== undefined) bounds.push({ source, value: from.value });
  bounds.push({ source, value: to.value });
  return {
    ...figure,
    from: from?.inclusive,
    to: to.inclusive,
    where: where === undefined ? undefined : shapeOf(where, { records, type }, bounds),
  };
}

/** A figure is the value of some record; a field of a record stands in the record, any other in the customer. */
function sourceOf(field: Field, within: Within, test: Test): Source {
  const { figure, set } = field;
  if (figure !== undefined) return sourceIn(figure, figure.of?.path ?? "at");
  const path = test.kind === "yearly" ? (field.yearlyPath ?? field.path) : field.path;
  const there = within === undefined ? { collection: "customers" as const, path } : sourceIn(within, path);
  return set === true ? { ...there, set } : there;
}

function sourceIn({ records, type }: NonNullable<Within>, path: string): Source {
  return { collection: records, ...(type === undefined ? {} : { type }), path };
}

function shapeOfTest(test: Test, source: Source, bounds: MovingBound[]): unknown {
  switch (test.kind) {
    case "range":
      for (const bound of [test.from, test.to]) {
        if (bound !== undefined) bounds.push({ source, value: bound.value });
      }
      return { kind: test.kind, from: test.from?.inclusive, to: test.to?.inclusive };
    case "oneOf":
      bounds.push(...test.values.map((value) => ({ source, value })));
      return { kind: test.kind, values: test.values.length };
    case "hasAny":
    case "hasAll":
      bounds.push(
        ...test.values.flatMap(({ from, to }: Span) => [from, to].map((value) => ({ source, value }))),
      );
      return { kind: test.kind, values: test.values.length };
    case "yearly":
      bounds.push({ source, value: test.days });
      return { kind: test.kind };
    default:
      return test;
  }
}

/** The node with some of its bounds, by their place among `boundsOf`, later by so many milliseconds; they are instants. */
export function moveInstants(node: PlanNode, places: ReadonlySet<number>, by: number): PlanNode {
  if (places.size === 0 || by === 0) return node;
  let place = -1;
  const move = <Value extends Scalar>(value: Value): Value => {
    place += 1;
    if (!places.has(place) || typeof value !== "object") return value;
    return { ...value, instant: value.instant + by };
  };
  return moved(node, move);
}

/** What is done to each bound, in the order of `boundsOf`. */
type Move = <Value extends Scalar>(value: Value) => Value;

function moved(node: PlanNode, move: Move): PlanNode {
  switch (node.kind) {
    case "and":
    case "or":
      return { ...node, operands: node.operands.map((operand) => moved(operand, move)) };
    case "not":
      return { ...node, operand: moved(node.operand, move) };
    case "constant":
      return node;
    case "predicate": {
      const { figure } = node.field;
      const field = figure === undefined ? node.field : { ...node.field, figure: movedFigure(figure, move) };
      return { ...node, field, test: movedTest(node.test, move) };
    }
  }
}

function movedFigure(figure: Figure, move: Move): Figure {
  const from = figure.from && movedBound(figure.from, move);
  const to = movedBound(figure.to, move);
  const where = figure.where && moved(figure.where, move);
  return {
    ...figure,
    ...(from === undefined ? {} : { from }),
    to,
    ...(where === undefined ? {} : { where }),
  };
}

function movedBound(bound: Bound, move: Move): Bound {
  return { ...bound, value: move(bound.value) };
}

function movedTest(test: Test, move: Move): Test {
  switch (test.kind) {
    case "range": {
      const from = test.from && movedBound(test.from, move);
      const to = test.to && movedBound(test.to, move);
      return { ...test, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    }
    case "oneOf":
      return { ...test, values: test.values.map((value) => move(value)) };
    case "hasAny":
    case "hasAll":
      return { ...test, values: test.values.map(({ from, to }) => ({ from: move(from), to: move(to) })) };
    case "yearly":
      // Days count as one bound, which never slides.
      move("");
      return test;
    default:
      return test;
  }
}
