// Plan to closure over one customer's facts: evaluates membership in microseconds. The encodings of the tests are next to those
// of the pipeline, in src/operators/encodings.

import { sampleNumber } from "../facts/sample.js";
import { compareHolds } from "../operators/encodings/compare.js";
import { type Around, type CustomerFacts, type Predicate, reader } from "../operators/encodings/encoding.js";
import { figureOfRecords, type RecordFacts } from "../operators/encodings/figure.js";
import { holdsTest } from "../operators/encodings/index.js";
import { type FoundSequence, sequenceFinder } from "../operators/encodings/sequence.js";
import type { Field, Figure, PlanNode, PlannedStep, RecordSet, Test } from "../plan/plan.js";

/** A customer's document with the records that conditions on events, and figures within a window, read. */
export interface WithRecords {
  readonly records: Readonly<Record<"events" | "orders", readonly RecordFacts[]>> &
    Readonly<Partial<Record<RecordSet, readonly RecordFacts[]>>>;
}

/**
 * A closure that is true of exactly the customers that the node matches. Tests of products must be resolved before. If the node
 * reads records, its argument is a customer `WithRecords`. With sliding bounds, it can be evaluated as of a later instant.
 */
export function compilePredicate(node: PlanNode): Predicate {
  switch (node.kind) {
    case "constant":
      return () => node.value;
    case "not": {
      const operand = compilePredicate(node.operand);
      return (customer, later, around) => !operand(customer, later, around);
    }
    case "predicate":
      return compileTest(node.field, node.test);
    case "compare":
      return compareHolds(node, fieldReader);
    case "line":
      return compileLine(node);
    case "sequence": {
      const find = compileSequence(node);
      return (customer, later) => find(customer, later).found !== undefined;
    }
    case "and": {
      const operands = node.operands.map(compilePredicate);
      return (customer, later, around) => {
        for (const operand of operands) if (!operand(customer, later, around)) return false;
        return true;
      };
    }
    case "or": {
      const operands = node.operands.map(compilePredicate);
      return (customer, later, around) => {
        for (const operand of operands) if (operand(customer, later, around)) return true;
        return false;
      };
    }
    default:
      return node satisfies never;
  }
}

function compileTest(field: Field, test: Test): Predicate {
  const read = valueReader(field);
  if (read !== undefined) {
    const holds = holdsTest({ attribute: field.attribute, scope: field.scope, path: "value" }, test);
    return (customer, later) => holds({ value: read(customer, later) }, later);
  }
  const holds = holdsTest(field, test);
  const { scope } = field;
  if (scope !== "line" && scope !== "previousLine" && scope !== "previous") return holds;
  return (facts, later, around) => holds(around?.[scope] ?? facts, later, around);
}

/** True if one line passes; the record and its surroundings are unchanged. */
function compileLine({ path, previous, where }: Extract<PlanNode, { kind: "line" }>): Predicate {
  const read = reader(path);
  const holds = compilePredicate(where);
  const [record, line] =
    previous === true ? (["previous", "previousLine"] as const) : (["record", "line"] as const);
  return (facts, later, around = {}) => {
    const lines = read(around[record] ?? facts);
    if (!Array.isArray(lines)) return false;
    return lines.some((each: CustomerFacts) => {
      const inside: Around = { ...around, [line]: each };
      return holds(each, later, inside);
    });
  };
}

/** Finds a sequence among a customer's records. */
export function compileSequence({
  which,
  steps,
}: Extract<PlanNode, { kind: "sequence" }>): (customer: CustomerFacts, later?: number) => FoundSequence {
  const compile = ({ where, same }: PlannedStep) => ({
    where: where === undefined ? () => true : compilePredicate(where),
    same: same === undefined ? undefined : compilePredicate(same),
  });
  return sequenceFinder(which, steps, compile, (customer, { records }) => recordsOf(customer, records));
}

function recordsOf(customer: CustomerFacts, set: RecordSet): readonly RecordFacts[] {
  const { records } = customer as Partial<WithRecords>;
  const found = records?.[set];
  if (found === undefined)
    throw new RangeError(`A condition on ${set} was asked of a customer without these records.`);
  return found;
}

/** Reads a value that is at no path of the document; undefined if a path leads to it. */
export function valueReader(
  field: Field,
): ((customer: CustomerFacts, later?: number) => unknown) | undefined {
  const { sample, figure } = field;
  if (sample !== undefined) {
    return (customer) => sampleNumber(sample, (customer as { readonly source_id: string }).source_id);
  }
  return figure === undefined ? undefined : figureReader(figure);
}

/** Reads the value of any field: for one campaign its entry's, and 0 if that is what a missing value means. */
export function fieldReader(field: Field): (customer: CustomerFacts, later?: number) => unknown {
  const { campaign, zeroWithout, path } = field;
  const read = valueReader(field) ?? reader(path);
  const zero = zeroWithout === true ? 0 : undefined;
  if (campaign === undefined) return (customer, later) => read(customer, later) ?? zero;
  const readList = reader(campaign.listPath);
  return (customer) => {
    const list = readList(customer);
    const entry = Array.isArray(list)
      ? list.find((each: { readonly campaign?: unknown }) => each.campaign === campaign.name)
      : undefined;
    return (entry === undefined ? undefined : read(entry)) ?? zero;
  };
}

function figureReader(figure: Figure): (customer: CustomerFacts, later?: number) => unknown {
  const where = figure.where === undefined ? () => true : compilePredicate(figure.where);
  const figureOf = figureOfRecords(figure, where);
  return (customer, later) => figureOf(recordsOf(customer, figure.records), later, customer);
}
