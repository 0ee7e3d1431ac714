// A date falls on one of some days of the year.
import type { Field } from "../../plan/plan.js";
import { type Form, literal, reader } from "./encoding.js";

/** @throws RangeError if the field has no day of the year. */
function dayPath(field: Field): string {
  if (field.yearlyPath === undefined) throw new RangeError(`${field.attribute} has no day of the year.`);
  return field.yearlyPath;
}

export const yearly: Form<"yearly"> = {
  match: (field, { days }) => ({ [dayPath(field)]: { $in: days } }),
  complement: (field, { days }) => ({ [dayPath(field)]: { $nin: days } }),
  expression: (field, { days }, read) => ({
    $in: [{ $ifNull: [read(dayPath(field)), null] }, literal(days)],
  }),
  holds: (field, { days }) => {
    const read = reader(dayPath(field));
    const wanted = new Set<unknown>(days);
    return (customer) => wanted.has(read(customer));
  },
};
