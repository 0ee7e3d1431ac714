// Plan to closure over one customer's facts: is this one in, in microseconds. The tests' forms stand beside those of the
// pipeline, in src/operators/forms.

import { sampleNumber } from "../facts/sample.js";
import type { Facts, Predicate } from "../operators/encodings/encoding.js";
import { figureOfRecords, type RecordFacts } from "../operators/encodings/figure.js";
import { holdsTest } from "../operators/encodings/index.js";
import type { Field, Figure, PlanNode, RecordSet, Test } from "../plan/plan.js";

/** A customer's document with the records that conditions on events are about. */
export interface WithRecords {
  readonly records: Readonly<Record<RecordSet, readonly RecordFacts[]>>;
}

/**
 * A closure that is true of just the customers whom the node means. Tests of products must be bound before. Where the node
 * has figures (`needsRecords`), what it is asked of is a customer `WithRecords`. Where bounds slide, it may be asked as of later.
 */
export function compilePredicate(node: PlanNode): Predicate {
  switch (node.kind) {
    case "constant":
      return () => node.value;
    case "not": {
      const operand = compilePredicate(node.operand);
      return (customer, later) => !operand(customer, later);
    }
    case "predicate":
      return compileTest(node.field, node.test);
    case "and": {
      const operands = node.operands.map(compilePredicate);
      return (customer, later) => {
        for (const operand of operands) if (!operand(customer, later)) return false;
        return true;
      };
    }
    case "or": {
      const operands = node.operands.map(compilePredicate);
      return (customer, later) => {
        for (const operand of operands) if (operand(customer, later)) return true;
        return false;
      };
    }
  }
}

function compileTest(field: Field, test: Test): Predicate {
  const read = valueReader(field);
  if (read === undefined) return holdsTest(field, test);
  const holds = holdsTest({ attribute: field.attribute, scope: field.scope, path: "value" }, test);
  return (customer, later) => holds({ value: read(customer, later) }, later);
}

/** How a value is had that no path of the document leads to; undefined where one does. */
export function valueReader(field: Field): ((customer: Facts, later?: number) => unknown) | undefined {
  const { sample, figure } = field;
  if (sample !== undefined) {
    return (customer) => sampleNumber(sample, (customer as { readonly source_id: string }).source_id);
  }
  return figure === undefined ? undefined : figureReader(figure);
}

function figureReader(figure: Figure): (customer: Facts, later?: number) => unknown {
  const where = figure.where === undefined ? () => true : compilePredicate(figure.where);
  const figureOf = figureOfRecords(figure, where);
  return (customer, later) => {
    const { records } = customer as Partial<WithRecords>;
    if (records === undefined)
      throw new RangeError("A condition on events was asked of a customer without records.");
    return figureOf(records[figure.records], later);
  };
}
