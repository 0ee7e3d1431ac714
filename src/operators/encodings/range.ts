// Lies between two bounds, either of which may be missing.
import type { Bound } from "../../plan/plan.js";
import {
  type CustomerFacts,
  comparable,
  type Filter,
  type Form,
  hasValue,
  isSliding,
  literal,
  type Predicate,
  reader,
  scalar,
  scalarLater,
  stored,
  type TestOf,
} from "./encoding.js";

function bounds({ from, to }: TestOf<"range">): Filter {
  return {
    ...(from === undefined ? {} : { [from.inclusive ? "$gte" : "$gt"]: stored(from.value) }),
    ...(to === undefined ? {} : { [to.inclusive ? "$lte" : "$lt"]: stored(to.value) }),
  };
}

export const range: Form<"range"> = {
  match: (field, test) => ({ [field.path]: bounds(test) }),
  complement: (field, test) => ({ [field.path]: { $not: bounds(test) } }),
  expression: (field, { from, to }, read) => {
    const path = read(field.path);
    return {
      $and: [
        hasValue(path),
        ...(from === undefined
          ? []
          : [{ [from.inclusive ? "$gte" : "$gt"]: [path, literal(stored(from.value))] }]),
        ...(to === undefined ? [] : [{ [to.inclusive ? "$lte" : "$lt"]: [path, literal(stored(to.value))] }]),
      ],
    };
  },
  holds: (field, { from, to }) => {
    const read = reader(field.path);
    if (isSliding(from?.value) || isSliding(to?.value)) return slidingRange(read, { from, to });
    const low = from === undefined ? undefined : scalar(from.value);
    const high = to === undefined ? undefined : scalar(to.value);
    const type = typeof (low ?? high);
    const ofInstants = typeof (from ?? to)?.value === "object";
    // A missing bound is infinite.
    const [lowest, highest] = type === "number" ? [low ?? -Infinity, high ?? Infinity] : [low, high];
    const [lowIn, highIn] = [from?.inclusive !== false, to?.inclusive !== false];
    const within = (value: string | number): boolean =>
      (lowest === undefined || (lowIn ? value >= lowest : value > lowest)) &&
      (highest === undefined || (highIn ? value <= highest : value < highest));
    // As in MongoDB, values of another type than the bounds' are never within them.
    return (customer) => {
      const found = read(customer);
      const value = ofInstants ? comparable(found) : found;
      return typeof value === type && within(value as string | number);
    };
  },
};

/** Between instants of which at least one slides with the clock. */
function slidingRange(
  read: (customer: CustomerFacts) => unknown,
  { from, to }: Pick<TestOf<"range">, "from" | "to">,
): Predicate {
  const end = (bound: Bound | undefined, otherwise: number, later: number): number =>
    bound === undefined ? otherwise : (scalarLater(bound.value, later) as number);
  const [lowIn, highIn] = [from?.inclusive !== false, to?.inclusive !== false];
  return (customer, later = 0) => {
    const value = comparable(read(customer));
    if (typeof value !== "number") return false;
    const [low, high] = [end(from, -Infinity, later), end(to, Infinity, later)];
    return (value > low || (lowIn && value === low)) && (value < high || (highIn && value === high));
  };
}
