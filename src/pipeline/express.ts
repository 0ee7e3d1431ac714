// Conditions on one record among many, and comparisons of two fields, as aggregation expressions, since a `$match` can't express
// them.
import { expressCompare } from "../operators/encodings/compare.js";
import {
  type FieldReads,
  literal,
  type MongoExpression,
  readOfScope,
} from "../operators/encodings/encoding.js";
import { expressKnown, expressRecords, mustBeKnown } from "../operators/encodings/figure.js";
import { expressTest } from "../operators/encodings/index.js";
import type { Field, Figure, PlanNode } from "../plan/plan.js";

/** Gives the place of a customer's field while the pipeline runs. */
export type PlaceField = (field: Field) => Field;

/** How to read from a list of records, each of which is `$$record`, or of the documents of their collection (`$`). */
export function recordReads(
  place: PlaceField,
  record: "$$record." | "$$between." | "$" = "$$record.",
): FieldReads {
  return {
    customer: (field) => expressField(place(field)),
    record: (path) => `${record}${path}`,
    line: (path) => `$$line.${path}`,
    previous: (path) => `$$previous.${path}`,
    previousLine: (path) => `$$previousLine.${path}`,
  };
}

/** The value of a customer's field: for one campaign its entry's, and 0 if that is what a missing value means. */
export function expressField({ path, campaign, zeroWithout }: Field): MongoExpression {
  const value =
    campaign === undefined
      ? `$${path}`
      : {
          $let: {
            vars: {
              entry: {
                $first: {
                  $filter: {
                    input: { $ifNull: [`$${campaign.listPath}`, []] },
                    as: "entry",
                    cond: { $eq: ["$$entry.campaign", literal(campaign.name)] },
                  },
                },
              },
            },
            in: `$$entry.${path}`,
          },
        };
  return zeroWithout === true ? { $ifNull: [value, 0] } : value;
}

/** A node as an expression that is true or false. @throws RangeError for a sequence, which is computed separately. */
export function expressNode(node: PlanNode, reads: FieldReads): MongoExpression {
  switch (node.kind) {
    case "constant":
      return { $literal: node.value };
    case "not":
      return { $not: [expressNode(node.operand, reads)] };
    case "predicate":
      return expressTest(node.field, node.test, readOfScope(node.field, reads));
    case "compare":
      return expressCompare(node, reads);
    case "line": {
      const [read, name] =
        node.previous === true
          ? ([reads.previous, "previousLine"] as const)
          : ([reads.record, "line"] as const);
      return {
        $anyElementTrue: {
          $map: { input: { $ifNull: [read(node.path), []] }, as: name, in: expressNode(node.where, reads) },
        },
      };
    }
    case "sequence":
      throw new RangeError("A sequence is no condition on a record.");
    case "and":
      return { $and: node.operands.map((operand) => expressNode(operand, reads)) };
    case "or":
      return { $or: node.operands.map((operand) => expressNode(operand, reads)) };
    default:
      return node satisfies never;
  }
}

/** True of the records that a figure counts. */
export function expressFigure(figure: Figure, reads: FieldReads): MongoExpression {
  const { where } = figure;
  const of = mustBeKnown(figure);
  const conditions = [
    ...expressRecords(figure, reads.record),
    ...(where === undefined ? [] : [expressNode(where, reads)]),
    ...(of === undefined ? [] : [expressKnown(of, reads.record)]),
  ];
  return conditions.length === 1 ? conditions[0] : { $and: conditions };
}
