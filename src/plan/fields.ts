// The fields and conditions of a plan.
import type { Field, Figure, LeafNode, PlanNode, PlannedStep, PredicateNode, RecordSet } from "./plan.js";

/** Every leaf of a node, except those within figures, lines and steps. */
export function leavesOf(node: PlanNode): readonly LeafNode[] {
  const leaves: LeafNode[] = [];
  collectLeaves(node, leaves);
  return leaves;
}

function collectLeaves(node: PlanNode, leaves: LeafNode[]): void {
  switch (node.kind) {
    case "and":
    case "or":
      for (const operand of node.operands) collectLeaves(operand, leaves);
      break;
    case "not":
      collectLeaves(node.operand, leaves);
      break;
    case "constant":
      break;
    case "line":
    case "predicate":
    case "compare":
    case "sequence":
      leaves.push(node);
      break;
    default:
      node satisfies never;
  }
}

/** The conditions within a leaf: on records, on lines of records. */
export function innerNodes(leaf: LeafNode): readonly PlanNode[] {
  const ofField = ({ figure }: Field): readonly PlanNode[] =>
    figure?.where === undefined ? [] : [figure.where];
  switch (leaf.kind) {
    case "predicate":
      return ofField(leaf.field);
    case "compare":
      return [...ofField(leaf.left.field), ...ofField(leaf.right.field)];
    case "line":
      return [leaf.where];
    case "sequence":
      return leaf.steps.flatMap(({ where, same }) => [where ?? [], same ?? []].flat());
    default:
      return leaf satisfies never;
  }
}

/** The fields that a leaf itself reads. */
function fieldsOfLeaf(leaf: LeafNode): readonly Field[] {
  if (leaf.kind === "predicate") return [leaf.field];
  return leaf.kind === "compare" ? [leaf.left.field, leaf.right.field] : [];
}

/** The customer's field of every condition of a node, except those within figures; with duplicates. */
export function fieldsOf(node: PlanNode): readonly Field[] {
  return leavesOf(node).flatMap(fieldsOfLeaf);
}

const ofRecords: ReadonlySet<string> = new Set(["record", "line", "previous", "previousLine"]);

/** The customer's fields that conditions on records compare with, at any depth. */
export function correlatedFields(leaf: LeafNode): readonly Field[] {
  return innerNodes(leaf).flatMap((node) =>
    leavesOf(node).flatMap((inner) => [
      ...fieldsOfLeaf(inner).filter(({ scope }) => !ofRecords.has(scope)),
      ...correlatedFields(inner),
    ]),
  );
}

/** Every customer field that a node reads, including those compared with inside conditions on records. */
export function customerFieldsOf(node: PlanNode): readonly Field[] {
  return leavesOf(node).flatMap((leaf) => [...fieldsOfLeaf(leaf), ...correlatedFields(leaf)]);
}

/** Every figure that a node reads; a figure that another one's conditions compare with comes before that one. */
function figuresOf(node: PlanNode): readonly Figure[] {
  return leavesOf(node).flatMap((leaf) => [
    ...innerNodes(leaf).flatMap(figuresOf),
    ...fieldsOfLeaf(leaf).flatMap(({ figure }) => (figure === undefined ? [] : [figure])),
  ]);
}

/** Every sequence of a node. */
export function sequencesOf(node: PlanNode): readonly Extract<PlanNode, { kind: "sequence" }>[] {
  return leavesOf(node).filter((leaf) => leaf.kind === "sequence");
}

/** The records that a figure or a step of a sequence reads. */
export type RecordSource = Pick<Figure, "records" | "type" | "from" | "to"> | PlannedStep;

/** All that a node reads records for. */
export function recordSourcesOf(node: PlanNode): readonly RecordSource[] {
  return [...figuresOf(node), ...sequencesOf(node).flatMap(({ steps }) => steps)];
}

/** The collections whose records have to be read to evaluate a node. */
export function recordSetsOf(node: PlanNode): ReadonlySet<RecordSet> {
  return new Set(recordSourcesOf(node).map(({ records }) => records));
}

/** The types of events whose records have to be read. */
export function eventTypesOf(node: PlanNode): ReadonlySet<string> {
  return new Set(recordSourcesOf(node).flatMap(({ type }) => type ?? []));
}

/** Every comparison of two fields in a node, including those in conditions on records. */
export function comparisonsOf(node: PlanNode): readonly Extract<PlanNode, { kind: "compare" }>[] {
  return leavesOf(node).flatMap((leaf) => [
    ...(leaf.kind === "compare" ? [leaf] : []),
    ...innerNodes(leaf).flatMap(comparisonsOf),
  ]);
}

/** The node with every predicate replaced by the result of `replace`, including those on records, innermost first. */
export function mapPredicates(node: PlanNode, replace: (predicate: PredicateNode) => PlanNode): PlanNode {
  const inside = (inner: PlanNode): PlanNode => mapPredicates(inner, replace);
  const ofField = (field: Field): Field => {
    const { figure } = field;
    if (figure?.where === undefined) return field;
    return { ...field, figure: { ...figure, where: inside(figure.where) } };
  };
  switch (node.kind) {
    case "and":
    case "or":
      return { ...node, operands: node.operands.map(inside) };
    case "not":
      return { ...node, operand: inside(node.operand) };
    case "constant":
      return node;
    case "predicate":
      return replace({ ...node, field: ofField(node.field) });
    case "compare": {
      const { left, right } = node;
      return {
        ...node,
        left: { ...left, field: ofField(left.field) },
        right: { ...right, field: ofField(right.field) },
      };
    }
    case "line":
      return { ...node, where: inside(node.where) };
    case "sequence":
      return {
        ...node,
        steps: node.steps.map((step) => ({
          ...step,
          ...(step.where === undefined ? {} : { where: inside(step.where) }),
          ...(step.same === undefined ? {} : { same: inside(step.same) }),
        })),
      };
    default:
      return node satisfies never;
  }
}

/** Every predicate of a node, including those of conditions on records. */
export function predicatesOf(node: PlanNode): readonly PredicateNode[] {
  return leavesOf(node).flatMap((leaf) => [
    ...(leaf.kind === "predicate" ? [leaf] : []),
    ...innerNodes(leaf).flatMap(predicatesOf),
  ]);
}
