// Holds a text anywhere.
import { escapePattern } from "../../plan/text.js";
import type { Form } from "./form.js";

export const contains: Form<"contains"> = {
  match: (field, { text }) => ({ [field.path]: { $regex: escapePattern(text) } }),
  complement: (field, { text }) => ({ [field.path]: { $not: { $regex: escapePattern(text) } } }),
};
