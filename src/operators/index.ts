// Every operator of the language, in the order in which suggestions name them.
import { isAfter } from "./date/after.js";
import { isBefore } from "./date/before.js";
import { exactly } from "./date/exactly.js";
import { inPeriod } from "./date/in-period.js";
import { inTheLast } from "./date/in-the-last.js";
import { inTheNext } from "./date/in-the-next.js";
import { on } from "./date/on.js";
import { onOrAfter } from "./date/on-or-after.js";
import { onOrBefore } from "./date/on-or-before.js";
import { since } from "./date/since.js";
import { startsAt } from "./date/starts-at.js";
import { isWithin } from "./date/within.js";
import { is } from "./equality/is.js";
import { isAnyOf } from "./equality/is-any-of.js";
import { isEmpty } from "./equality/is-empty.js";
import { hasAnyValue } from "./equality/known.js";
import type { Operator } from "./operator.js";
import { atLeast } from "./order/at-least.js";
import { atMost } from "./order/at-most.js";
import { isBetween } from "./order/between.js";
import { greaterOrEqualSign } from "./order/greater-or-equal-sign.js";
import { greaterSign } from "./order/greater-sign.js";
import { lessOrEqualSign } from "./order/less-or-equal-sign.js";
import { lessSign } from "./order/less-sign.js";
import { lessThan } from "./order/less-than.js";
import { moreThan } from "./order/more-than.js";
import { containsAllOf } from "./set/contains-all-of.js";
import { containsAnyOf } from "./set/contains-any-of.js";
import { hasAtLeast } from "./set/has-at-least.js";
import { contains } from "./text/contains.js";
import { endsWith } from "./text/ends-with.js";
import { startsWith } from "./text/starts-with.js";

export const operators: readonly Operator[] = [
  is,
  isAnyOf,
  startsWith,
  endsWith,
  contains,
  containsAnyOf,
  containsAllOf,
  lessThan,
  moreThan,
  atLeast,
  atMost,
  isBetween,
  on,
  isBefore,
  isAfter,
  onOrBefore,
  onOrAfter,
  startsAt,
  exactly,
  inPeriod,
  since,
  isWithin,
  inTheLast,
  inTheNext,
  isEmpty,
  hasAtLeast,
  hasAnyValue,
  lessSign,
  lessOrEqualSign,
  greaterSign,
  greaterOrEqualSign,
];

export const operatorsByName: ReadonlyMap<string, Operator> = new Map(
  operators.map((operator) => [operator.name, operator]),
);
