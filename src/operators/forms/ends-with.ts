// Ends with a text: the reversed text begins with it reversed, so that an index serves it.
import type { Field } from "../../plan/plan.js";
import { escapePattern, reverseText } from "../../plan/text.js";
import { type Filter, type Form, reader } from "./form.js";

function prefix(text: string): Filter {
  return { $regex: `^${escapePattern(reverseText(text))}` };
}

/** @throws RangeError where the field has no reversed text: the catalogue then offers an operator that it can't serve. */
function reversed(field: Field): string {
  if (field.reversedPath === undefined) throw new RangeError(`${field.attribute} has no reversed text.`);
  return field.reversedPath;
}

export const endsWith: Form<"endsWith"> = {
  match: (field, { text }) => ({ [reversed(field)]: prefix(text) }),
  complement: (field, { text }) => ({ [reversed(field)]: { $not: prefix(text) } }),
  holds: (field, { text }) => {
    const read = reader(field.path);
    return (customer) => {
      const value = read(customer);
      return typeof value === "string" && value.endsWith(text);
    };
  },
};
