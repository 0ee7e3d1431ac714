// `vip age is 3`, `age is 5 vip is true`: two conditions with nothing between them.
import type { Value } from "../../../../grammar/tree.js";
import { resolveName } from "../../../catalog/catalog.js";
import type { Catalog } from "../../../catalog/model.js";
import { diagnostic, Failed } from "../../failure.js";
import { readLiteral } from "../../literals.js";
import type { Scope, Wanted } from "../../scope.js";
import { maxGuessedWords } from "../guess.js";
import type { Mistake } from "../mistake.js";
import { isBare, valueCodes } from "../value.js";

/** A true/false attribute and the name of the next condition. */
export const twoNames: Mistake = {
  of: ["UNKNOWN_ATTRIBUTE", "UNKNOWN_PROPERTY"],
  recognise: ({ about: { condition } }, { catalog }) => {
    if (condition?.kind !== "Comparison" && condition?.kind !== "Flag") return undefined;
    const { text, span } = condition.attribute;
    const pair = splitNames(catalog, text);
    if (pair === undefined) return undefined;
    return diagnostic("MISSING_CONNECTIVE", [...pair], span, {
      expected: ["and", "or"],
      fix: { replacement: pair.join(" and "), span },
    });
  },
};

function splitNames(catalog: Catalog, text: string): readonly [string, string] | undefined {
  const words = text.split(" ");
  if (words.length > maxGuessedWords) return undefined;
  for (let length = words.length - 1; length > 0; length -= 1) {
    const first = words.slice(0, length).join(" ");
    const second = words.slice(length).join(" ");
    if (
      resolveName(catalog, first)?.attribute.type === "boolean" &&
      resolveName(catalog, second) !== undefined
    )
      return [first, second];
  }
  return undefined;
}

/** A value followed by the next condition. */
export const runOnValue: Mistake = {
  of: valueCodes,
  recognise: ({ about: { value, wanted } }, scope) =>
    value === undefined || wanted === undefined || !isBare(value)
      ? undefined
      : splitValue(scope, value, wanted),
};

// A bound, since every split is tried, and for each the names after it.
const maxSplitWords = 20;

function splitValue(scope: Scope, value: Value, wanted: Wanted) {
  const words = value.text.split(" ", maxSplitWords);
  for (let length = 1; length < words.length; length += 1) {
    const first = words.slice(0, length).join(" ");
    const rest = words.slice(length);
    const begins = rest.some((_, end) => resolveName(scope.catalog, rest.slice(0, end + 1).join(" ")));
    if (!begins || readLiteral(scope, { ...value, text: first, raw: first }, wanted) instanceof Failed)
      continue;
    const second = value.text.slice(first.length + 1);
    return diagnostic("MISSING_CONNECTIVE", [first, second], value.span, {
      expected: ["and", "or"],
      fix: { replacement: `${first} and ${second}`, span: value.span },
    });
  }
  return undefined;
}
