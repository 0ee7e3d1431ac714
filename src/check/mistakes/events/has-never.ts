// `has never performed login`: `never` needs no `has`.
import { diagnostic } from "../../failure.js";
import type { Mistake } from "../mistake.js";

export const hasNever: Mistake = {
  of: ["UNKNOWN_ATTRIBUTE"],
  recognise: ({ about: { condition } }, { source }) => {
    if (condition?.kind !== "Comparison" && condition?.kind !== "Flag") return undefined;
    const { raw, span } = condition.attribute;
    const match = /^(?:has|have|had)\s+(never\s+(?:performed|placed))(?!\S)/i.exec(raw);
    if (match?.[1] === undefined) return undefined;
    const words = source.span(span.start, span.start + match[0].length);
    return diagnostic("UNKNOWN_ATTRIBUTE", [match[0], match[1]], words, {
      expected: ["an attribute"],
      fix: { replacement: match[1], span: words },
    });
  },
};
