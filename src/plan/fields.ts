// The fields that a plan asks of.
import type { Field, PlanNode, RecordSet } from "./plan.js";

/** The field of every condition of a node, those within figures left out; one may come twice. */
export function fieldsOf(node: PlanNode): readonly Field[] {
  switch (node.kind) {
    case "and":
    case "or":
      return node.operands.flatMap(fieldsOf);
    case "not":
      return fieldsOf(node.operand);
    case "predicate":
      return [node.field];
    case "constant":
      return [];
  }
}

/** Which collections' records have to be read to tell whether a customer is meant. */
export function recordSetsOf(node: PlanNode): ReadonlySet<RecordSet> {
  return new Set(fieldsOf(node).flatMap(({ figure }) => (figure === undefined ? [] : [figure.records])));
}

/** The node with every predicate replaced by what `replace` makes of it, figures' conditions included, innermost first. */
export function mapPredicates(
  node: PlanNode,
  replace: (predicate: Extract<PlanNode, { kind: "predicate" }>) => PlanNode,
): PlanNode {
  switch (node.kind) {
    case "and":
    case "or":
      return { ...node, operands: node.operands.map((operand) => mapPredicates(operand, replace)) };
    case "not":
      return { ...node, operand: mapPredicates(node.operand, replace) };
    case "constant":
      return node;
    case "predicate": {
      const { figure } = node.field;
      if (figure?.where === undefined) return replace(node);
      const where = mapPredicates(figure.where, replace);
      return replace({ ...node, field: { ...node.field, figure: { ...figure, where } } });
    }
  }
}

/** Every predicate of a node, those of figures' conditions included. */
export function predicatesOf(node: PlanNode): readonly Extract<PlanNode, { kind: "predicate" }>[] {
  switch (node.kind) {
    case "and":
    case "or":
      return node.operands.flatMap(predicatesOf);
    case "not":
      return predicatesOf(node.operand);
    case "constant":
      return [];
    case "predicate": {
      const { where } = node.field.figure ?? {};
      return where === undefined ? [node] : [node, ...predicatesOf(where)];
    }
  }
}
