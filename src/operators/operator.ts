// What an operator is: its words, the types it takes, and the test that it makes. A new operator needs only a file here
// and a line in index.ts.
import type { Literal, ValueType } from "../plan/literals.js";
import type { Test } from "../plan/plan.js";

/** The test of the operands, which the checker has read by the type and in the number that `operand` asks for. */
export type Bind = (operands: readonly Literal[]) => Test;

export interface Operator {
  /** The name in the syntax tree. */
  readonly name: string;
  /** Ways to write it, canonical first, lower case. */
  readonly spellings: readonly string[];
  /** Ways to write its exact complement, canonical first. */
  readonly negatedSpellings: readonly string[];
  /**
   * Synonyms that people write for it, lower case; verbs also in the form of a negation: `include`. They are read where nothing
   * else can be meant.
   */
  readonly spoken?: readonly string[];
  /** What people write for it that the language refuses, or that may mean another: only offered as a mend. */
  readonly misworded?: readonly string[];
  /** The names of operators that mean the same for other types, nearest first. */
  readonly counterparts?: readonly string[];
  /** What follows: nothing, one value, a list, `A and B`, or a length of time that is read as the span from or to as-of. */
  readonly operand: "none" | "value" | "list" | "pair" | "duration" | "period" | "distance";
  /** The first version of the language that has it, if not version 1. */
  readonly version?: 2;
  /** The direction of a length of time, for `duration`. */
  readonly direction?: "past" | "future";
  /** The operand's type if it is not the attribute's: a count of elements. */
  readonly operandType?: "number";
  /** The test for each type; a type that is missing here doesn't have the operator. */
  readonly tests: Readonly<Partial<Record<ValueType, Bind>>>;
  /** Types for which the operand must be `N units ago`. */
  readonly relativeOnly?: readonly ValueType[];
}

/** `is at least` with an optional `is`; negated, `is not at least`. */
export function worded(words: string): Pick<Operator, "spellings" | "negatedSpellings"> {
  return { spellings: [`is ${words}`, words], negatedSpellings: [`is not ${words}`, `not ${words}`] };
}

/** The operand that an operator of this shape always has. */
export function operandAt(operands: readonly Literal[], index: number): Literal {
  const operand = operands[index];
  if (operand === undefined) throw new RangeError(`An operator was bound without its operand ${index}.`);
  return operand;
}

/** The same binding for several types. */
export function forTypes(types: readonly ValueType[], bind: Bind): Operator["tests"] {
  return Object.fromEntries(types.map((type) => [type, bind]));
}
