// Ends with a text: the reversed text begins with it reversed, so that an index serves it.
import type { Field } from "../../plan/plan.js";
import { escapePattern, reverseText } from "../../plan/text.js";
import { type Filter, type Form, matchesPattern, reader } from "./encoding.js";

/** Stored text is trimmed, so `$` can't match before a final line break. */
function suffix(text: string): string {
  return `${escapePattern(text)}$`;
}

/** The path of the reversed text, and the pattern on it; if it isn't stored, the path of the text, and a pattern on its end. */
function patternOf(field: Field, text: string): readonly [path: string, pattern: Filter] {
  if (field.reversedPath === undefined) return [field.path, { $regex: suffix(text) }];
  return [field.reversedPath, { $regex: `^${escapePattern(reverseText(text))}` }];
}

export const endsWith: Form<"endsWith"> = {
  match: (field, { text }) => {
    const [path, pattern] = patternOf(field, text);
    return { [path]: pattern };
  },
  complement: (field, { text }) => {
    const [path, pattern] = patternOf(field, text);
    return { [path]: { $not: pattern } };
  },
  expression: (field, { text }, read) => matchesPattern(read(field.path), suffix(text)),
  holds: (field, { text }) => {
    const read = reader(field.path);
    return (customer) => {
      const value = read(customer);
      return typeof value === "string" && value.endsWith(text);
    };
  },
};
