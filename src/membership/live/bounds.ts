// The bounds of a plan, which are what time moves in it: each value that a condition compares with, and the stored path that it
// is compared to.
import type {
  Bound,
  Field,
  Figure,
  PlanNode,
  PlannedStep,
  Scalar,
  Test,
  ValueSpan,
} from "../../plan/plan.js";
import type { CrossingSource } from "../../store/reads/dirty-marks.js";

/** A value that a condition compares with; the days of a yearly condition are one bound. */
export interface MovingBound {
  readonly source: CrossingSource;
  readonly value: Scalar | readonly string[];
}

/** All of a plan's bounds, in order; plans of one shape differ only in these. */
export interface Bounds {
  readonly shape: string;
  readonly bounds: readonly MovingBound[];
}

/** Splits a node into its bounds and its shape. */
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
    case "compare":
      return {
        ...node,
        left: { ...node.left, field: shapeOfField(node.left.field, bounds) },
        right: { ...node.right, field: shapeOfField(node.right.field, bounds) },
      };
    case "line":
      return { ...node, where: shapeOf(node.where, within, bounds) };
    case "sequence":
      return { ...node, steps: shapesOfSteps(node.steps, bounds) };
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
    default:
      return node satisfies never;
  }
}

function shapeOfField(field: Field, bounds: MovingBound[]): unknown {
  const { figure } = field;
  return figure === undefined ? field : { ...field, figure: shapeOfFigure(figure, bounds) };
}

/** The bound `settled` is compared with the time of the last positive step's record. */
function shapesOfSteps(steps: readonly PlannedStep[], bounds: MovingBound[]): readonly unknown[] {
  let positive: PlannedStep | undefined;
  return steps.map((step) => {
    if (!step.negated) positive = step;
    const { records, type, from, to, where, same, settled } = step;
    const own = { records, ...(type === undefined ? {} : { type }) };
    const source = sourceIn(own, "at");
    if (from !== undefined) bounds.push({ source, value: from.value });
    bounds.push({ source, value: to.value });
    if (settled !== undefined) bounds.push({ source: sourceIn(positive ?? own, "at"), value: settled.value });
    return {
      ...step,
      from: from?.inclusive,
      to: to.inclusive,
      settled: settled?.inclusive,
      where: where === undefined ? undefined : shapeOf(where, own, bounds),
      same: same === undefined ? undefined : shapeOf(same, own, bounds),
    };
  });
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

/** A figure is computed from records; a field of a record is stored in the record, any other field in the customer. */
function sourceOf(field: Field, within: Within, test: Test): CrossingSource {
  const { figure, set } = field;
  if (figure !== undefined) return sourceIn(figure, figure.of?.path ?? "at");
  const path = test.kind === "yearly" ? (field.yearlyPath ?? field.path) : field.path;
  const there = within === undefined ? { collection: "customers" as const, path } : sourceIn(within, path);
  return set === true ? { ...there, set } : there;
}

function sourceIn({ records, type }: NonNullable<Within>, path: string): CrossingSource {
  return { collection: records, ...(type === undefined ? {} : { type }), path };
}

function shapeOfTest(test: Test, source: CrossingSource, bounds: MovingBound[]): unknown {
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
        ...test.values.flatMap(({ from, to }: ValueSpan) => [from, to].map((value) => ({ source, value }))),
      );
      return { kind: test.kind, values: test.values.length };
    case "yearly":
      bounds.push({ source, value: test.days });
      return { kind: test.kind };
    case "known":
    case "startsWith":
    case "endsWith":
    case "contains":
    case "hasAtLeast":
    case "hasAtMost":
    case "bought":
      return test;
    default:
      return test satisfies never;
  }
}

/** The node with the bounds of `places` (indexes into `boundsOf`), which are instants, marked as sliding with the clock. */
export function withSliding(node: PlanNode, places: ReadonlySet<number>): PlanNode {
  if (places.size === 0) return node;
  let place = -1;
  const mark = <Value extends Scalar>(value: Value): Value => {
    place += 1;
    return places.has(place) && typeof value === "object" ? { ...value, slides: true } : value;
  };
  return marked(node, mark);
}

/** Maps each bound, in the order of `boundsOf`. */
type Marking = <Value extends Scalar>(value: Value) => Value;

function marked(node: PlanNode, mark: Marking): PlanNode {
  switch (node.kind) {
    case "and":
    case "or":
      return { ...node, operands: node.operands.map((operand) => marked(operand, mark)) };
    case "not":
      return { ...node, operand: marked(node.operand, mark) };
    case "constant":
      return node;
    case "compare":
      return {
        ...node,
        left: { ...node.left, field: markedField(node.left.field, mark) },
        right: { ...node.right, field: markedField(node.right.field, mark) },
      };
    case "line":
      return { ...node, where: marked(node.where, mark) };
    case "sequence":
      return { ...node, steps: node.steps.map((step) => markedStep(step, mark)) };
    case "predicate":
      return { ...node, field: markedField(node.field, mark), test: markedTest(node.test, mark) };
    default:
      return node satisfies never;
  }
}

function markedField(field: Field, mark: Marking): Field {
  const { figure } = field;
  return figure === undefined ? field : { ...field, figure: markedFigure(figure, mark) };
}

/** In the order of `shapesOfSteps`. */
function markedStep(step: PlannedStep, mark: Marking): PlannedStep {
  const from = step.from && markedBound(step.from, mark);
  const to = markedBound(step.to, mark);
  const settled = step.settled && markedBound(step.settled, mark);
  const where = step.where && marked(step.where, mark);
  const same = step.same && marked(step.same, mark);
  return {
    ...step,
    ...(from && { from }),
    to,
    ...(settled && { settled }),
    ...(where && { where }),
    ...(same && { same }),
  };
}

function markedFigure(figure: Figure, mark: Marking): Figure {
  const from = figure.from && markedBound(figure.from, mark);
  const to = markedBound(figure.to, mark);
  const where = figure.where && marked(figure.where, mark);
  return {
    ...figure,
    ...(from === undefined ? {} : { from }),
    to,
    ...(where === undefined ? {} : { where }),
  };
}

function markedBound(bound: Bound, mark: Marking): Bound {
  return { ...bound, value: mark(bound.value) };
}

function markedTest(test: Test, mark: Marking): Test {
  switch (test.kind) {
    case "range": {
      const from = test.from && markedBound(test.from, mark);
      const to = test.to && markedBound(test.to, mark);
      return { ...test, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    }
    case "oneOf":
      return { ...test, values: test.values.map((value) => mark(value)) };
    case "hasAny":
    case "hasAll":
      return { ...test, values: test.values.map(({ from, to }) => ({ from: mark(from), to: mark(to) })) };
    case "yearly":
      // Days count as one bound, which never slides.
      mark("");
      return test;
    case "known":
    case "startsWith":
    case "endsWith":
    case "contains":
    case "hasAtLeast":
    case "hasAtMost":
    case "bought":
      return test;
    default:
      return test satisfies never;
  }
}
