// What a comparison asks for, in the words that follow `asked for` in a sentence.
import type { OperatorUse, Value } from "../../grammar/tree.js";
import { operatorsByName } from "../operators/index.js";
import { spokenList } from "./wording.js";

interface ExplainedOperation {
  readonly operator: OperatorUse;
  readonly operands: readonly Value[];
}

/** `asked` of the plain operator, and of its complement; an operator that is not in this table is written in its own words. */
type ExpectedWording = (values: readonly string[]) => readonly [plain: string, negated: string];

const most = 8;
const first = (values: readonly string[]): string => values[0] ?? "";
const anyOf = (values: readonly string[]): string => spokenList(values, "or", most);
const part = (words: string): ExpectedWording => {
  const verb = words.replace(/s\b/, "");
  return (values) => [`one that ${words} ${first(values)}`, `one that does not ${verb} ${first(values)}`];
};

const ofOne: Readonly<Record<string, ExpectedWording>> = {
  is: (values) => [first(values), `anything but ${first(values)}`],
  is_any_of: (values) => [anyOf(values), `anything but ${anyOf(values)}`],
  starts_with: part("starts with"),
  ends_with: part("ends with"),
  contains: part("contains"),
  has_any_value: () => ["any value", "it to be unknown"],
  starts_at: (values) => [`on or after ${first(values)}`, `not on or after ${first(values)}`],
};

const ofSet: Readonly<Record<string, ExpectedWording>> = {
  contains: (values) => [first(values), `them to be without ${first(values)}`],
  contains_any_of: (values) => [`any of ${anyOf(values)}`, `none of ${anyOf(values)}`],
  contains_all_of: (values) => [
    `all of ${spokenList(values, "and", most)}`,
    `not all of ${spokenList(values, "and", most)}`,
  ],
  is_empty: () => ["none", "any"],
  has_any_value: () => ["any", "none"],
  has_at_least: (values) => [`at least ${first(values)}`, `fewer than ${first(values)}`],
};

/** What an operation asks for, values as they are written: `more than 60 days ago`, `anything but Paris`. */
export function expectedOf({ operator, operands }: ExplainedOperation, ofASet: boolean): string {
  const values = operands.map(({ text }) => text);
  const said = (ofASet ? ofSet : ofOne)[operator.name]?.(values);
  if (said !== undefined) return said[operator.negated ? 1 : 0];
  const known = operatorsByName.get(operator.name);
  const form = (operator.negated ? known?.negatedSpellings[0] : known?.spellings[0]) ?? operator.raw;
  return `${form.replace(/^is /, "")} ${spokenValues(values, known?.operand)}`.trim();
}

function spokenValues(values: readonly string[], operand: string | undefined): string {
  return operand === "pair" ? values.join(" and ") : spokenList(values, "or", most);
}

/** If both end with the same unit, it is left out of what is asked for: `52 days ago; asked for more than 60`. */
export function elided(seen: string, asked: string): string {
  const unit = / (\w+?)s? ago$/.exec(asked)?.[1];
  if (unit === undefined || !new RegExp(`\\d ${unit}s? ago$`).test(seen) || !/\d \w+ ago$/.test(asked))
    return asked;
  return asked.replace(/ \w+ ago$/, "");
}
