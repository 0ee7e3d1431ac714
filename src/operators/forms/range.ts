// Lies between two bounds, either of which may be missing.
import { type Filter, type Form, stored, type TestOf } from "./form.js";

function bounds({ from, to }: TestOf<"range">): Filter {
  return {
    ...(from === undefined ? {} : { [from.inclusive ? "$gte" : "$gt"]: stored(from.value) }),
    ...(to === undefined ? {} : { [to.inclusive ? "$lte" : "$lt"]: stored(to.value) }),
  };
}

export const range: Form<"range"> = {
  match: (field, test) => ({ [field.path]: bounds(test) }),
  complement: (field, test) => ({ [field.path]: { $not: bounds(test) } }),
};
