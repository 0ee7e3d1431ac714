// `no email`, `without orders`, `has no phone`, `with email`: presence or absence, stated with the name alone.
import { resolveName } from "../../../catalog/catalog.js";
import { findEventType } from "../../../catalog/events.js";
import { type Phrase, phrase } from "../phrase.js";

const purchases = /^(?:orders?|purchases?|buys?)$/i;
const window =
  "(?<window> (?:in the (?:last|past)|in|for|within|since|before|after|today|yesterday|this|last)\\b.*)?";

export const absence = phrase(
  new RegExp(
    `^(?:(?:has|have|with) no|no|without(?: an?| any)?|(?:does|do|did)(?: not|n['’]?t) have(?: an?| any)?|lacks?(?: an?)?|has(?: not|n['’]?t)(?: got)?(?: an?| any)) (?<what>.+?)${window}(?: yet| at all| ever| so far)?$`,
    "i",
  ),
  ({ what, window: period }, { catalog }) => {
    const isPurchase = purchases.test(what!);
    if (isPurchase && period === "") return ["orders.count is 0"];
    const since = period!.replace(
      /^ (?:in|for)(?: the)?(?: last| past)?(?: over)? (?=\d+ [a-z])/i,
      " in the last ",
    );
    const event = isPurchase ? "order" : eventNamed(what!);
    const never =
      findEventType(catalog, event) === undefined && findEventType(catalog, what!) === undefined
        ? []
        : [`has not performed ${findEventType(catalog, what!) === undefined ? event : what}${since}`];
    if (period !== "") return never;
    const named = resolveName(catalog, what!);
    if (named === undefined) return never;
    const { type, field } = named.attribute;
    const form = type === "set" ? "is empty" : field.zeroWithout === true ? "is 0" : "is unknown";
    return [`${what} ${form}`, ...never];
  },
);

/** `logins` for the event `login`. */
function eventNamed(words: string): string {
  return words.replace(/s$/i, "");
}

export const presence = phrase(
  /^(?:has|have|with)(?: an?| any)? (?<what>.+)$/i,
  ({ what }, { catalog }) => {
    const named = resolveName(catalog, what!);
    if (named === undefined) return [];
    return [named.attribute.type === "boolean" ? what! : `${what} has any value`];
  },
  { isSynonym: () => true },
);

/** `has phone and email`, `no phone or email`: a second name after a condition on presence. */
export const presenceToo: Phrase = {
  rewrite: ({ text }, { around, catalog }) => {
    const previous = around.before.at(-1);
    const type = resolveName(catalog, text)?.attribute.type;
    if (type === undefined || type === "boolean") return [];
    if (previous?.kind === "Flag") {
      const words = previous.attribute.text;
      if (/^(?:has no|have no|no|without|lacks)\s/i.test(words)) return [`${text} is unknown`];
      return /^(?:has|have|with)\s/i.test(words) ? [`${text} has any value`] : [];
    }
    if (previous?.kind !== "Comparison") return [];
    const { name, negated } = previous.operator;
    if (name !== "has_any_value" && name !== "is_unknown") return [];
    return [`${text} ${(name === "is_unknown") === negated ? "has any value" : "is unknown"}`];
  },
};
