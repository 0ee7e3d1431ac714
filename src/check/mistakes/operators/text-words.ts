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
  { isSynonym: (written) => /^on the \S+ \S+$/i.test(written) },
);

/** `has tag gold`, `tag is gold`: an element of a list, in the singular of its name. */
export const elementOfSet = phrase(
  /^(?:(?:(?:has|have|with)(?<no> no)?|(?<not>(?:does|do)(?: not|n['’]?t) have|hasn['’]?t|has not|without)) (?:an? |the )?(?<name>[\p{L}_]+) (?<value>.+)|(?<single>[\p{L}_]+) (?:is|=|equals)(?<other> not)? (?<only>.+))$/iu,
  ({ no, not, name, value, single, other, only }, { catalog }) => {
    const plural = `${name}${single}s`;
    const isSet = (words: string) => resolveName(catalog, words)?.attribute.type === "set";
    if (!isSet(plural) || isSet(`${name}${single}`)) return [];
    return [`${plural} ${no + not! + other === "" ? "contains" : "does not contain"} ${value}${only}`];
  },
);

/** `'VIP' in tags`, `tags @> 'VIP'`, `'VIP' = ANY(tags)`. */
export const valueInSet = phrase(
  /^(?:(?<value>"[^"]+"|'[^']+'|[\p{L}\p{N}_-]+) (?<not>not )?(?:in|= ?any) ?\(?(?<name>[\p{L}_. ]+?)\)?|(?<set>[\p{L}_.]+) @> ?(?<element>.+))$/iu,
  ({ value, not, name, set, element }, { catalog }) =>
    resolveName(catalog, `${name}${set}`)?.attribute.type === "set"
      ? [`${name}${set} ${not === "" ? "contains" : "does not contain"} ${value}${element}`]
      : [],
);

/** `email domain is gmail.com`. */
export const domainOfEmail = phrase(
  /^(?:the )?e-?mail(?:['’]s)? (?:domain|provider|host)(?: name)? (?<op>is not|is|=|==|!=|equals|ends with|contains) (?<quote>["']?)@?(?<value>[^"']+)["']?$/i,
  ({ op, value }) =>
    /contains/i.test(op!)
      ? [`email contains ${value}`]
      : [`email ${/not|!/i.test(op!) ? "does not end with" : "ends with"} @${value}`],
);

/** `city does not equal Paris`. */
export const notEqual = phrase(
  /^(?<name>.+?) (?:does|do|did)(?: not|n['’]?t) (?:equals?|be|match) (?:to )?(?<value>.+)$/i,
  ({ name, value }) => [`${name} is not ${value}`],
);

/** `tagged gold`. */
export const tagged = phrase(
  /^(?<not>not )?tagged(?: as| with)? (?!(?:not|neither|never|no|none|only|any|all|both|either|in|on|before|after|since|within|during|between|today|yesterday|this|last)\b)(?<value>.+)$/i,
  ({ not, value }, { catalog }) =>
    resolveName(catalog, "tags") === undefined
      ? []
      : [`tags ${not === "" ? "contains" : "does not contain"} ${value}`],
  { isSynonym: (written) => /^(?:not )?tagged(?: as| with)? (?:"[^"]*"|'[^']*'|[^\s"']+)$/i.test(written) },
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
  resolveName(catalog, name!) === undefined
    ? []
    : [`${name} is ${value}`, `${name} in the ${value}`, `${name} ${value}`],
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
