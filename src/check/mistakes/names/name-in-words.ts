// `email adress ends with .uk`, `the customer's favourite plan is gold`: several words that contain an attribute's name, or
// nearly.
import { distance } from "fastest-levenshtein";
import { quoteValue } from "../../../../grammar/format.js";
import { resolveName } from "../../../catalog/catalog.js";
import { findEventType } from "../../../catalog/events.js";
import type { Catalog } from "../../../catalog/model.js";
import { normaliseText } from "../../../plan/text.js";
import { diagnostic } from "../../failure.js";
import { maxGuessedWords } from "../guess.js";
import type { Mistake } from "../mistake.js";
import { nearestName } from "./misspelt-name.js";

export const nameInWords: Mistake = {
  of: ["UNKNOWN_ATTRIBUTE"],
  recognise: ({ about: { condition }, expected }, { catalog }) => {
    if (condition?.kind !== "Comparison") return undefined;
    const { text, span } = condition.attribute;
    const words = text.split(" ");
    if (words.length > maxGuessedWords) return undefined;
    for (let length = words.length - 1; length > 0; length -= 1) {
      for (let start = words.length - length; start >= 0; start -= 1) {
        const part = words.slice(start, start + length).join(" ");
        const meant = resolveName(catalog, part) === undefined ? misspeltPart(catalog, part) : part;
        if (meant === undefined) continue;
        const around = [words.slice(0, start), words.slice(start + length)];
        if (around.some((others) => saysMore(catalog, others))) continue;
        return diagnostic("UNKNOWN_ATTRIBUTE", [text, meant], span, {
          expected,
          fix: { replacement: meant, span },
        });
      }
    }
    return undefined;
  },
};

/** The name that is meant by a part of the words: `Status` beside other words is not `state`. */
function misspeltPart(catalog: Catalog, part: string): string | undefined {
  if (part.length < 5) return undefined;
  const meant = nearestName(catalog, part);
  if (meant === undefined || part.includes(" ")) return meant;
  const wrong = distance(normaliseText(part), normaliseText(meant.replace(/^metadata\./, "")));
  return wrong <= Math.max(1, Math.floor(part.length / 5)) ? meant : undefined;
}

/** True of words that are a condition or a connective of their own, which a mend must not leave out. */
function saysMore(catalog: Catalog, words: readonly string[]): boolean {
  return words.some(
    (word, start) =>
      /^(?:and|or|not|no|unless|without|except|but|if)$/i.test(word) ||
      words.some(
        (_, end) =>
          end >= start &&
          resolveName(catalog, words.slice(start, end + 1).join(" "))?.attribute.type === "boolean",
      ),
  );
}

/** An event's name in place of an attribute's: events are performed, not compared. */
export const eventAsName: Mistake = {
  of: ["UNKNOWN_ATTRIBUTE", "NEEDS_COMPARISON"],
  recognise: ({ about: { condition } }, { catalog, within }) => {
    if (condition?.kind !== "Flag" || within !== undefined) return undefined;
    const { text, span } = condition.attribute;
    const type = findEventType(catalog, text);
    if (type === undefined) return undefined;
    const replacement = `performed ${quoteValue(type.name)}`;
    return diagnostic("WORDED_OTHERWISE", [text, replacement], span, { fix: { replacement, span } });
  },
};
