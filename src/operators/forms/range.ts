// Lies between two bounds, either of which may be missing.
import {
  comparable,
  type Filter,
  type Form,
  hasValue,
  literal,
  reader,
  scalar,
  stored,
  type TestOf,
} from "./form.js";

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
    const low = from === undefined ? undefined : scalar(from.value);
    const high = to === undefined ? undefined : scalar(to.value);
    const type = typeof (low ?? high);
    return (customer) => {
      const value = comparable(read(customer)) as string | number;
      // As in MongoDB, values of another type than the bounds' are never within them.
      if (typeof value !== type) return false;
      if (low !== undefined && (from?.inclusive === true ? value < low : value <= low)) return false;
      return high === undefined || (to?.inclusive === true ? value <= high : value < high);
    };
  },
};
