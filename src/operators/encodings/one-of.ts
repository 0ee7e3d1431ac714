// Equals one of some values.
import {
  always,
  comparable,
  type Form,
  isSliding,
  literal,
  never,
  reader,
  scalar,
  scalarLater,
  stored,
} from "./encoding.js";

export const oneOf: Form<"oneOf"> = {
  match: (field, { values }) => {
    const [first] = values;
    if (first === undefined) return never;
    return { [field.path]: values.length === 1 ? { $eq: stored(first) } : { $in: values.map(stored) } };
  },
  complement: (field, { values }) => {
    const [first] = values;
    if (first === undefined) return always;
    return { [field.path]: values.length === 1 ? { $ne: stored(first) } : { $nin: values.map(stored) } };
  },
  expression: (field, { values }, read) => ({
    $in: [{ $ifNull: [read(field.path), null] }, literal(values.map(stored))],
  }),
  holds: (field, { values }) => {
    const read = reader(field.path);
    const [only] = values;
    if (values.every((value) => typeof value !== "object")) {
      if (values.length === 1) return (customer) => read(customer) === only;
      const wanted = new Set<unknown>(values);
      return (customer) => wanted.has(read(customer));
    }
    if (values.some(isSliding)) {
      return (customer, later = 0) => {
        const found = comparable(read(customer));
        return values.some((value) => scalarLater(value, later) === found);
      };
    }
    const wanted = new Set<unknown>(values.map(scalar));
    return (customer) => wanted.has(comparable(read(customer)));
  },
};
