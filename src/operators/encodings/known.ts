// Has a value: unknown ones are not stored.
import { type Form, hasValue, reader } from "./encoding.js";

export const known: Form<"known"> = {
  match: (field) => ({ [field.path]: { $ne: null } }),
  complement: (field) => ({ [field.path]: { $eq: null } }),
  expression: (field, _test, read) => hasValue(read(field.path)),
  holds: (field) => {
    const read = reader(field.path);
    return (customer) => (read(customer) ?? null) !== null;
  },
};
