// `email ends in .uk`, `email has gmail`, `country: Poland`, `first name is Anna`: conditions on text in other words.
import { resolveName } from "../../../catalog/catalog.js";
import { phrase } from "../phrase.js";

const text: ReadonlySet<string> = new Set(["text", "exact"]);

export const partOfText = phrase(
  /^(?<name>.+?) (?<not>does not |doesn['’]?t |do not |not )?(?:has|have|having|with|contains?|containing|includes?|including) (?!at (?:least|most)|any |more |less |no )(?<value>.+)$/i,
  ({ name, not, value }, { catalog }) => {
    const type = resolveName(catalog, name!)?.attribute.type;
    if (type === undefined || (!text.has(type) && type !== "set")) return [];
    return [`${name} ${not === "" ? "contains" : "does not contain"} ${value}`];
  },
);

export const endOfText = phrase(
  /^(?<name>.+?) (?<not>does not |doesn['’]?t |do not |not )?(?<which>start|begin|end)(?:s|ing)?[ _-]?(?:with|in|on|by) ?(?<value>.+)$/i,
  ({ name, not, which, value }, { catalog }) => {
    const type = resolveName(catalog, name!)?.attribute.type;
    if (type === undefined || !text.has(type)) return [];
    const word = which!.toLowerCase() === "end" ? "end" : "start";
    return [`${name} ${not === "" ? `${word}s` : `does not ${word}`} with ${value}`];
  },
);

/** `on the gold plan`. */
export const valueThenName = phrase(
  /^(?:on|in|with|has) (?:the |an? )?(?<value>.+) (?<name>[\p{L}_]+)$/iu,
  ({ value, name }, { catalog }) => {
    const type = resolveName(catalog, name!)?.attribute.type;
    return type !== undefined && text.has(type) ? [`${name} is ${value}`] : [];
  },
);

/** `tagged gold`. */
export const tagged = phrase(
  /^(?<not>not )?tagged(?: as| with)? (?<value>.+)$/i,
  ({ not, value }, { catalog }) =>
    resolveName(catalog, "tags") === undefined
      ? []
      : [`tags ${not === "" ? "contains" : "does not contain"} ${value}`],
  { isSynonym: () => true },
);

/** `older than 30`: an age, or a date of birth. */
export const olderThan = phrase(
  /^(?<which>older|younger|over|under) (?:than )?(?<age>\d{1,3})(?: years?(?: old)?)?$/i,
  ({ which, age }, { catalog }) => {
    const bound = /older|over/i.test(which!) ? "more" : "less";
    return resolveName(catalog, "age") === undefined
      ? [`birthdate ${bound} than ${age} years ago`]
      : [`age is ${bound} than ${age}`];
  },
  { isSynonym: () => true },
);

/** `country: Poland`. */
export const colon = phrase(/^(?<name>[^:]+?) ?: ?(?<value>\S.*)$/, ({ name, value }, { catalog }) =>
  resolveName(catalog, name!) === undefined ? [] : [`${name} is ${value}`],
);

export const partsOfName = phrase(
  /^(?<which>first|last|given|family|sur)[ -]?name (?<op>is not|is|=|starts with|ends with) (?<value>.+)$/i,
  ({ which, op, value }) => {
    const [plain, negated] = /first|given/i.test(which!)
      ? ["starts with", "does not start with"]
      : ["ends with", "does not end with"];
    return [`name ${/not/i.test(op!) ? negated : plain} ${value}`];
  },
);
