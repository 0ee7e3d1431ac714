// `7 days after created`: a length of time, a direction, and one of the customer's dates.
import type { Value } from "../../../grammar/tree.js";
import { move } from "../../plan/calendar.js";
import type { Distance } from "../../plan/plan.js";
import { readDuration } from "../dates.js";
import { Failed, fail } from "../failure.js";
import type { Scope } from "../scope.js";
import { type AttributeValue, resolveAttribute } from "./attribute-values.js";

export interface ReadDistance {
  readonly distance: Distance;
  readonly direction: string;
  readonly anchor: AttributeValue;
  readonly canonical: readonly Value[];
}

/** A length of time, in the units of the project's zone. */
export function readLengthOfTime(scope: Scope, value: Value, written: string): Distance | Failed {
  const duration = readDuration(value.text);
  if (duration === undefined)
    return fail("NOT_A_DURATION", [value.text, written], value.span, {
      expected: ["a length of time"],
      value,
    });
  const zone = scope.catalog.timezone;
  try {
    // The calendar has to reach that far from every time that a customer may have.
    move(scope.asOf, zone, -2 * duration.amount, duration.unit);
    move(scope.asOf, zone, 2 * duration.amount, duration.unit);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return fail("NO_SUCH_DATE", [value.text], value.span, { expected: ["a shorter time"], value });
  }
  return { ...duration, zone };
}

/** Reads the three operands of a distance. */
export function readDistance(scope: Scope, operands: readonly Value[]): ReadDistance | Failed {
  const [length, direction, name] = operands;
  // The parser has reported what is missing.
  if (length === undefined || direction === undefined || name === undefined) return new Failed([]);
  const distance = readLengthOfTime(scope, length, "within");
  if (distance instanceof Failed) return distance;
  const anchor = resolveAttribute(scope, name, name.attribute ?? name.text);
  if (anchor instanceof Failed) return anchor;
  if (anchor === undefined)
    return fail("NOT_A_DATED_ATTRIBUTE", [name.raw, undefined], name.span, { value: name });
  const { attribute: _bare, ...plain } = name;
  return {
    distance,
    direction: direction.text.toLowerCase(),
    anchor,
    canonical: [length, direction, { ...plain, text: anchor.attribute.name }],
  };
}
