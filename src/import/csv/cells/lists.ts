// Lists in one cell, in the notations that tools write: `a; b`, `"VIP","Summer 2026"`, `["red", "blue"]`.
import { trimText } from "../../../plan/text.js";

/** The separator of a list's elements if a mapping names none. */
export const defaultListSeparator = ";";

/**
 * The elements of a cell, trimmed, without blank ones.
 * @param given the separator of elements that are not quoted; `any`: the first of `;`, `|` and `,` that the cell has.
 */
export function readList(text: string, given: string): readonly string[] {
  const separator = given === "any" ? ([";", "|"].find((each) => text.includes(each)) ?? ",") : given;
  return (jsonList(text) ?? quotedList(text, separator) ?? text.split(separator))
    .map(trimText)
    .filter((element) => element !== "");
}

/** True if the cell has the separator; of `any`, one of them. */
export function hasSeparator(text: string, given: string): boolean {
  return given === "any" ? /[;|,]/.test(text) : text.includes(given);
}

/** A list in JSON or Python notation; undefined if it is none. */
export function jsonList(text: string): readonly string[] | undefined {
  if (!text.startsWith("[") || !text.endsWith("]")) return undefined;
  // Without double quotes, it may be a Python list, which differs from JSON in its quotes only.
  const written = text.includes('"') ? text : text.replaceAll("'", '"');
  let parsed: unknown;
  try {
    parsed = JSON.parse(written);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parsed) || parsed.some((element) => typeof element === "object" && element !== null)) {
    return undefined;
  }
  // Numbers are returned as they are written, not as JSON has parsed them.
  if (parsed.some((element) => typeof element === "number")) return text.slice(1, -1).split(",");
  return parsed.filter((element) => element !== null).map(String);
}

const quoted = /^\s*"((?:[^"]|"")*)"\s*(?:([,;|])|$)/;
const bare = (separator: string) =>
  new RegExp(`^([^"${separator === "|" ? "\\|" : separator},;]*)(?:([,;|])|$)`);

/** Quoted elements separated by a comma, semicolon or bar; undefined if the cell does not begin with a quote. */
function quotedList(text: string, separator: string): readonly string[] | undefined {
  if (!text.startsWith('"')) return undefined;
  const elements: string[] = [];
  let rest = text;
  while (rest !== "") {
    const found = quoted.exec(rest) ?? bare(separator).exec(rest);
    if (found === null || found[0] === "") return undefined;
    elements.push(found[1]!.replaceAll('""', '"'));
    rest = rest.slice(found[0].length);
  }
  return elements;
}
