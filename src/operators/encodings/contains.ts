// Contains a text anywhere.
import { escapePattern } from "../../plan/text.js";
import { type Form, matchesPattern, reader } from "./encoding.js";

export const contains: Form<"contains"> = {
  match: (field, { text }) => ({ [field.path]: { $regex: escapePattern(text) } }),
  complement: (field, { text }) => ({ [field.path]: { $not: { $regex: escapePattern(text) } } }),
  expression: (field, { text }, read) => matchesPattern(read(field.path), escapePattern(text)),
  holds: (field, { text }) => {
    const read = reader(field.path);
    return (customer) => {
      const value = read(customer);
      return typeof value === "string" && value.includes(text);
    };
  },
};
