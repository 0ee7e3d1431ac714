// Has a value: unknown ones are not stored.
import { type Form, reader } from "./form.js";

export const known: Form<"known"> = {
  match: (field) => ({ [field.path]: { $ne: null } }),
  complement: (field) => ({ [field.path]: { $eq: null } }),
  holds: (field) => {
    const read = reader(field.path);
    return (customer) => (read(customer) ?? null) !== null;
  },
};
