// `consnts contians newsletter`: the attribute and the operator misspelt together.
import { resolveName } from "../../../catalog/catalog.js";
import { diagnostic } from "../../failure.js";
import { asNamed } from "../../names.js";
import { maxGuessedWords, meantBy } from "../guess.js";
import type { Mistake } from "../mistake.js";
import { nearestName } from "./misspelt-name.js";

export const misspeltTwice: Mistake = {
  of: ["UNKNOWN_ATTRIBUTE", "UNKNOWN_PROPERTY"],
  recognise: ({ about: { condition } }, scope) => {
    if (condition?.kind !== "Flag") return undefined;
    const { text, span } = condition.attribute;
    const words = text.split(" ");
    if (words.length > maxGuessedWords) return undefined;
    for (let length = Math.min(words.length - 2, 4); length > 0; length -= 1) {
      const name = nearestName(scope.catalog, words.slice(0, length).join(" "));
      const resolved = name === undefined ? undefined : resolveName(scope.catalog, name);
      if (name === undefined || resolved === undefined) continue;
      const meant = meantBy(scope, asNamed(resolved), words.slice(length).join(" "), span);
      if (meant === undefined) continue;
      const value = meant.operator.operand === "list" ? `(${meant.rest})` : meant.rest;
      const replacement = `${name} ${meant.form} ${value}`;
      return diagnostic("WORDED_OTHERWISE", [text, replacement], span, { fix: { replacement, span } });
    }
    return undefined;
  },
};
