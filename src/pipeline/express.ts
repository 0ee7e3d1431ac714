// Conditions on one record among many, as aggregation expressions: where a `$match` can't tell them apart.

import type { Expression, Read } from "../operators/encodings/encoding.js";
import { expressKnown, expressRecords, mustBeKnown } from "../operators/encodings/figure.js";
import { expressTest } from "../operators/encodings/index.js";
import type { Figure, PlanNode } from "../plan/plan.js";

/** A node over one record's fields as an expression. */
export function expressNode(node: PlanNode, read: Read): Expression {
  switch (node.kind) {
    case "constant":
      return { $literal: node.value };
    case "not":
      return { $not: [expressNode(node.operand, read)] };
    case "predicate":
      return expressTest(node.field, node.test, read);
    case "and":
      return { $and: node.operands.map((operand) => expressNode(operand, read)) };
    case "or":
      return { $or: node.operands.map((operand) => expressNode(operand, read)) };
  }
}

/** True of the records that a figure is taken of. */
export function expressFigure(figure: Figure, read: Read): Expression {
  const { where } = figure;
  const of = mustBeKnown(figure);
  const conditions = [
    ...expressRecords(figure, read),
    ...(where === undefined ? [] : [expressNode(where, read)]),
    ...(of === undefined ? [] : [expressKnown(of, read)]),
  ];
  return conditions.length === 1 ? conditions[0] : { $and: conditions };
}
