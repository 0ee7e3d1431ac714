// `no email`, `without orders`, `has no phone`, `with email`: presence or absence, stated with the name alone.
import { resolveName } from "../../../catalog/catalog.js";
import { findEventType } from "../../../catalog/events.js";
import type { Attribute } from "../../../catalog/model.js";
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

/**
 * `or email`, up to the next connective, comma or closing bracket: a name of ten words at most. Words and spaces are disjoint and
 * bounded, so that the time is linear in the text.
 */
const orName =
  /\s{1,9}or\s{1,9}(?<name>[\p{L}\p{N}_.-]+(?: [\p{L}\p{N}_.-]+){0,9}?)(?=\s{1,9}(?:and|or)\b|\s{0,9}(?:[),\]]|$))/iuy;

/** `no phone or email or city`: none of them. `or` comes before `and` here: `no phone or email and vip` is about phone and email. */
export const absenceOfEither: Phrase = {
  rewrite: ({ text, span }, { catalog, source }) => {
    const what = /^(?:(?:has|have|with) no|no|without(?: an?| any)?) (?<what>.+)$/i.exec(text)?.groups?.what;
    const first = what === undefined ? undefined : resolveName(catalog, what)?.attribute;
    if (what === undefined || first === undefined) return [];
    const all = [present(what, first)];
    const { text: whole } = source;
    let { end } = span;
    for (;;) {
      orName.lastIndex = end;
      const name = orName.exec(whole)?.groups?.name;
      const attribute = name === undefined ? undefined : resolveName(catalog, name)?.attribute;
      // A true/false attribute is a condition by itself.
      if (name === undefined || attribute === undefined || attribute.type === "boolean") break;
      all.push(present(name, attribute));
      end = orName.lastIndex;
    }
    return all.length === 1 ? [] : [{ text: `none of (${all.join(", ")})`, end }];
  },
};

/** `logins` for the event `login`. */
function eventNamed(words: string): string {
  return words.replace(/s$/i, "");
}

function present(words: string, { type, field }: Attribute): string {
  if (type === "boolean") return words;
  return `${words} ${field.zeroWithout === true ? "is more than 0" : "has any value"}`;
}

export const presence = phrase(
  /^(?:has|have|with)(?: an?| any)? (?<what>.+)$/i,
  ({ what }, { catalog }) => {
    const named = resolveName(catalog, what!);
    if (named === undefined) return [];
    return [present(what!, named.attribute)];
  },
  // Of a number that is never missing, an amount may be meant.
  { isSynonym: (_written, meant) => !meant.endsWith(" 0") },
);

/** `has phone and email`: a second name after a condition on presence. After absence, it may be meant of both. */
export const presenceToo: Phrase = {
  rewrite: ({ text }, { around, catalog }) => {
    const previous = around.before.at(-1);
    const attribute = resolveName(catalog, text)?.attribute;
    if (attribute === undefined || attribute.type === "boolean") return [];
    if (previous?.kind === "Flag") {
      const words = previous.attribute.text;
      return /^(?:has|have|with)\s/i.test(words) ? [present(text, attribute)] : [];
    }
    if (previous?.kind !== "Comparison") return [];
    const { name, negated } = previous.operator;
    if (name !== "has_any_value" && name !== "is_unknown") return [];
    return (name === "is_unknown") === negated ? [present(text, attribute)] : [];
  },
};
