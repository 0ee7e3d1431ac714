// What the measures of events (`sum of amount of order`) can be taken of, and what they are compared as.
import type { Aggregate } from "../../grammar/tree.js";
import type { ValueType } from "../plan/literals.js";

// Numbers can be added; dates have a first and a last. Anything can be counted.
const measurable: Readonly<Record<Exclude<Aggregate, "count">, readonly ValueType[]>> = {
  sum: ["number", "money"],
  average: ["number", "money"],
  min: ["number", "money", "date", "datetime"],
  max: ["number", "money", "date", "datetime"],
};

export function isMeasurable(aggregate: Aggregate, type: ValueType): boolean {
  return aggregate === "count" || measurable[aggregate].includes(type);
}

/** The type of a measure's value. @param property type of the property measured; undefined if there is none. */
export function typeOfMeasure<Type extends ValueType | undefined>(
  aggregate: Aggregate,
  property: Type,
): Type | "number" {
  return aggregate === "count" ? "number" : property;
}

/** True of measures of whole numbers that may be fractions themselves. */
export function isFractional(aggregate: Aggregate): boolean {
  return aggregate === "average";
}
