// `city is Paris country is France`: a condition that was read as part of the preceding text value.
import { resolveName } from "../../../catalog/catalog.js";
import type { Catalog } from "../../../catalog/model.js";
import { diagnostic } from "../../failure.js";
import type { Scope } from "../../scope.js";
import { maxGuessedWords } from "../guess.js";
import type { Suspicion } from "../mistake.js";
import { isBare, textTypes } from "../value.js";
import { holdsConnective } from "../words/other-connectives.js";

const comparison =
  /^(?:is|=|!=|<>|[<>]=?|contains|starts|ends|does|has|before|after|between|in|not|over|under|at|more|less|exists)$/i;

// Words that people write between conditions, and that no value ends with.
const connective =
  /^(.*\S)\s+(but|plus|\+|&|as well as|except|excluding|unless|without|not|with|where|who)$/i;

export const conditionInValue: Suspicion = {
  of: [...textTypes, "country"],
  suspect: ({ operation }, scope) => {
    const value = operation.operands.at(-1);
    if (value === undefined || !value.text.includes(" ") || !isBare(value) || holdsConnective(value))
      return [];
    const split = splitBefore(value.text, scope);
    if (split === undefined) return [];
    const [, before = split[0], word = "and"] = connective.exec(split[0]) ?? [];
    const joint = /^(?:except|excluding|unless|without|not)$/i.test(word) ? "and not" : "and";
    const fix = { replacement: `${before} ${joint} ${split[1]}`, span: value.span };
    if (scope.mending?.keeps(fix) === false) return [];
    return [diagnostic("CONDITION_IN_TEXT", [split[1], fix.replacement], value.span, { fix })];
  },
};

const presence =
  /^(?<before>.*\S)\s+(?<said>(?:(?<not>without|with no|has no|have no|having no|no|lacking)|with|has|having)(?: an?| any)? (?<what>\S.*))$/i;

/** `city is Paris without email`: what customers have or lack, that was read as part of the preceding text value. */
export const presenceInValue: Suspicion = {
  of: [...textTypes, "country"],
  suspect: ({ operation }, { catalog, mending }) => {
    const value = operation.operands.at(-1);
    if (value === undefined || !isBare(value)) return [];
    const found = presence.exec(value.text)?.groups;
    if (found === undefined) return [];
    const { before, said, not, what } = found;
    const condition = presenceOf(catalog, what!, not !== undefined);
    if (condition === undefined) return [];
    const fix = {
      replacement: `${before!.replace(/ (?:but|and)$/i, "")} and ${condition}`,
      span: value.span,
    };
    if (mending?.keeps(fix) === false) return [];
    return [diagnostic("CONDITION_IN_TEXT", [said!, fix.replacement], value.span, { fix })];
  },
};

function presenceOf(catalog: Catalog, what: string, isNegated: boolean): string | undefined {
  if (/^(?:orders?|purchases?)$/i.test(what)) return isNegated ? "has not performed order" : "placed order";
  const attribute = resolveName(catalog, what)?.attribute;
  if (attribute === undefined || attribute.type === "boolean") return undefined;
  return `${what} ${isNegated ? "is unknown" : "has any value"}`;
}

/** The value and the condition after it: a name followed by a comparison, or a true/false attribute at the end. */
function splitBefore(text: string, { catalog }: Scope): readonly [string, string] | undefined {
  const words = text.split(" ");
  if (words.length > maxGuessedWords) return undefined;
  for (let start = 1; start < words.length; start += 1) {
    for (let end = words.length; end > start; end -= 1) {
      const resolved = resolveName(catalog, words.slice(start, end).join(" "));
      if (resolved === undefined) continue;
      const isFlag = end === words.length && resolved.attribute.type === "boolean";
      if (isFlag || comparison.test(words[end] ?? ""))
        return [words.slice(0, start).join(" ").replace(/,$/, ""), words.slice(start).join(" ")];
    }
  }
  return undefined;
}
