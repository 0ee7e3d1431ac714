// The expression operators that mingo 7.2.7 evaluates unlike MongoDB, corrected, along with those that it evaluates alike:
// - comparisons across types are false there; MongoDB orders all values, missing before null before numbers;
// - `$max` loses its answer where an argument is missing; `$sum` and the like refuse one plain value, and don't look
//   into the array that is their only argument in brackets;
// - `$first`/`$last` flatten, `$last` of an empty array fails, `$size: ["$array"]` is 1, `$not` of "" is true;
// - `$reduce` inside `$filter` or `$map` sees their `$$this`; `$map` keeps missing values, which MongoDB makes null;
// - `$setUnion` fails on null, `$arrayToObject` flattens a value that is an array;
// - in `$group`, `$push` and `$addToSet` collect null for a missing value, which MongoDB leaves out.
import { evalExpr } from "mingo/core";
import * as accumulators from "mingo/operators/accumulator";
import * as expressions from "mingo/operators/expression";
import type { AccumulatorOperator, Any, AnyObject, ExpressionOperator, Options } from "mingo/types";
import { dateOperators } from "./date-operators.js";
import { sortedRows } from "./sorting.js";
import { compareValues, distinctValues, equalValues, isPlainObject, isTrue } from "./values.js";

type Operator = (subject: AnyObject, expression: Any, options: Options) => Any;
type Accumulate = (values: readonly unknown[]) => unknown;

/** `["$a"]` and `"$a"` are the same single argument. */
function single(expression: unknown): unknown {
  return Array.isArray(expression) && expression.length === 1 ? expression[0] : expression;
}

function pair(name: string, subject: AnyObject, expression: Any, options: Options): [unknown, unknown] {
  if (!Array.isArray(expression) || expression.length !== 2)
    throw new TypeError(`${name} takes two arguments.`);
  return [evalExpr(subject, expression[0], options), evalExpr(subject, expression[1], options)];
}

function comparison(name: string, answer: (order: number) => unknown): Operator {
  return (subject, expression, options) => answer(compareValues(...pair(name, subject, expression, options)));
}

const isNothing = (value: unknown): boolean => value === null || value === undefined;
const numbersOf = (values: readonly unknown[]) => values.filter((value) => typeof value === "number");

const accumulate = {
  $sum: (values) => numbersOf(values).reduce((sum, value) => sum + value, 0),
  $avg: (values) => {
    const numbers = numbersOf(values);
    return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  },
  $max: (values) => extreme(values, 1),
  $min: (values) => extreme(values, -1),
} satisfies Record<string, Accumulate>;

function extreme(values: readonly unknown[], direction: 1 | -1): unknown {
  let found: unknown = null;
  for (const value of values) {
    if (isNothing(value)) continue;
    if (found === null || compareValues(value, found) * direction > 0) found = value;
  }
  return found;
}

/** One value for each document of a group; a missing one is undefined. */
function groupValues(documents: readonly unknown[], expression: Any, options: Options): unknown[] {
  if (typeof expression === "number") return documents.map(() => expression);
  // In brackets, because mingo's own $push makes missing values null.
  const wrapped = accumulators.$push([...documents], [expression], options) as unknown[][];
  return wrapped.map(([value]) => value);
}

/** As an expression, over the arguments; in `$group`, where mingo hands the group's documents, over these. */
function accumulator(over: Accumulate): Operator {
  return (subject: unknown, expression, options) => {
    if (Array.isArray(subject)) return over(groupValues(subject, expression, options));
    const argument = single(expression);
    const value = evalExpr(subject, argument, options);
    return over(Array.isArray(value) ? value : [value]);
  };
}

function edge(
  name: string,
  ofGroup: (documents: AnyObject[], expression: Any, options: Options) => Any,
  at: 0 | -1,
): Operator {
  return (subject: unknown, expression, options) => {
    if (Array.isArray(subject)) return ofGroup(subject, expression, options);
    const array = evalExpr(subject, single(expression), options);
    if (isNothing(array)) return null;
    if (!Array.isArray(array)) throw new TypeError(`${name} takes an array.`);
    return array.at(at);
  };
}

const $reduce: Operator = (subject, expression, options) => {
  if (!isPlainObject(expression)) throw new TypeError("$reduce takes { input, initialValue, in }.");
  const input = evalExpr(subject, expression.input, options);
  if (isNothing(input)) return null;
  if (!Array.isArray(input)) throw new TypeError("$reduce takes an array.");
  let value = evalExpr(subject, expression.initialValue, options);
  for (const element of input) {
    const vars = { this: { $literal: element }, value: { $literal: value } };
    value = expressions.$let(subject, { vars, in: expression.in }, options);
  }
  return value;
};

const $map: Operator = (subject, expression, options) => {
  const mapped = expressions.$map(subject, expression as Parameters<typeof expressions.$map>[1], options);
  return Array.isArray(mapped) ? mapped.map((value: unknown) => value ?? null) : mapped;
};

const $in: Operator = (subject, expression, options) => {
  const [value, array] = pair("$in", subject, expression, options);
  if (!Array.isArray(array)) throw new TypeError("$in takes an array as its second argument.");
  return array.some((element) => equalValues(element, value));
};

const $setUnion: Operator = (subject, expression, options) => {
  const sets = evalExpr(subject, Array.isArray(expression) ? expression : [expression], options) as unknown[];
  if (sets.some(isNothing)) return null;
  return distinctValues(
    sets.flatMap((set) => {
      if (!Array.isArray(set)) throw new TypeError("$setUnion takes arrays.");
      return set as unknown[];
    }),
  );
};

const $size: Operator = (subject, expression, options) => {
  const array = evalExpr(subject, single(expression), options);
  if (!Array.isArray(array))
    throw new TypeError("$size takes an array; give a missing one as [] by $ifNull.");
  return array.length;
};

const $sortArray: Operator = (subject, expression, options) => {
  if (!isPlainObject(expression)) throw new TypeError("$sortArray takes { input, sortBy }.");
  const input = evalExpr(subject, expression.input, options);
  if (isNothing(input)) return null;
  if (!Array.isArray(input)) throw new TypeError("$sortArray takes an array.");
  if (isPlainObject(expression.sortBy)) return sortedRows(input, expression.sortBy);
  const direction = expression.sortBy === -1 ? -1 : 1;
  return input.toSorted((left, right) => compareValues(left ?? null, right ?? null) * direction);
};

const $arrayToObject: Operator = (subject, expression, options) => {
  const entries = evalExpr(subject, single(expression), options);
  if (isNothing(entries)) return null;
  if (!Array.isArray(entries)) throw new TypeError("$arrayToObject takes an array.");
  return Object.fromEntries(
    entries.map((entry: unknown): [string, unknown] => {
      const [name, value] = Array.isArray(entry) ? entry : isPlainObject(entry) ? [entry.k, entry.v] : [];
      if (typeof name !== "string")
        throw new TypeError("$arrayToObject takes [name, value] or {k, v} entries.");
      return [name, value];
    }),
  );
};

const mended: Readonly<Record<`$${string}`, Operator>> = {
  $eq: comparison("$eq", (order) => order === 0),
  $ne: comparison("$ne", (order) => order !== 0),
  $lt: comparison("$lt", (order) => order < 0),
  $lte: comparison("$lte", (order) => order <= 0),
  $gt: comparison("$gt", (order) => order > 0),
  $gte: comparison("$gte", (order) => order >= 0),
  $cmp: comparison("$cmp", Math.sign),
  $not: (subject, expression, options) => !isTrue(evalExpr(subject, single(expression), options)),
  $sum: accumulator(accumulate.$sum),
  $avg: accumulator(accumulate.$avg),
  $max: accumulator(accumulate.$max),
  $min: accumulator(accumulate.$min),
  $first: edge("$first", accumulators.$first, 0),
  $last: edge("$last", accumulators.$last, -1),
  $reduce,
  $map,
  $in,
  $setUnion,
  $size,
  $sortArray,
  $arrayToObject,
};

const {
  $abs,
  $add,
  $allElementsTrue,
  $and,
  $anyElementTrue,
  $arrayElemAt,
  $ceil,
  $concatArrays,
  $cond,
  $divide,
  $filter,
  $floor,
  $ifNull,
  $isArray,
  $let,
  $literal,
  $mergeObjects,
  $mod,
  $multiply,
  $objectToArray,
  $or,
  $regexMatch,
  $setDifference,
  $setIntersection,
  $setIsSubset,
  $slice,
  $subtract,
  $switch,
  $toLower,
  $trim,
  $type,
} = expressions;

/** By name, for mingo's context: what MongoDB has and is not here is refused by its name. */
export const expressionOperators = {
  $abs,
  $add,
  $allElementsTrue,
  $and,
  $anyElementTrue,
  $arrayElemAt,
  $ceil,
  $concatArrays,
  $cond,
  $divide,
  $filter,
  $floor,
  $ifNull,
  $isArray,
  $let,
  $literal,
  $mergeObjects,
  $mod,
  $multiply,
  $objectToArray,
  $or,
  $regexMatch,
  $setDifference,
  $setIntersection,
  $setIsSubset,
  $slice,
  $subtract,
  $switch,
  $toLower,
  $trim,
  $type,
  ...dateOperators,
  ...mended,
} as Readonly<Record<`$${string}`, ExpressionOperator>>;

/** The accumulators of `$group` that are no expressions; the others are found among the expression operators. */
export const accumulatorOperators = {
  $count: accumulators.$count,
  $push: (documents: Any[], expression: Any, options: Options) =>
    groupValues(documents, expression, options).filter((value) => value !== undefined),
  $addToSet: (documents: Any[], expression: Any, options: Options) =>
    distinctValues(groupValues(documents, expression, options).filter((value) => value !== undefined)),
} as Readonly<Record<`$${string}`, AccumulatorOperator>>;
