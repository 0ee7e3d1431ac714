// Every operator of the language, in the order in which suggestions name them.
import { isAfter } from "./after.js";
import { atLeast } from "./at-least.js";
import { atMost } from "./at-most.js";
import { isBefore } from "./before.js";
import { isBetween } from "./between.js";
import { contains } from "./contains.js";
import { containsAllOf } from "./contains-all-of.js";
import { containsAnyOf } from "./contains-any-of.js";
import { endsWith } from "./ends-with.js";
import { exactly } from "./exactly.js";
import { greaterOrEqualSign } from "./greater-or-equal-sign.js";
import { greaterSign } from "./greater-sign.js";
import { hasAtLeast } from "./has-at-least.js";
import { inTheLast } from "./in-the-last.js";
import { inTheNext } from "./in-the-next.js";
import { is } from "./is.js";
import { isAnyOf } from "./is-any-of.js";
import { isEmpty } from "./is-empty.js";
import { hasAnyValue } from "./known.js";
import { lessOrEqualSign } from "./less-or-equal-sign.js";
import { lessSign } from "./less-sign.js";
import { lessThan } from "./less-than.js";
import { moreThan } from "./more-than.js";
import { on } from "./on.js";
import { onOrAfter } from "./on-or-after.js";
import { onOrBefore } from "./on-or-before.js";
import type { Operator } from "./operator.js";
import { startsAt } from "./starts-at.js";
import { startsWith } from "./starts-with.js";

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
