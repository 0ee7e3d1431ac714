// `30 < age`, `18 <= age <= 30`, `has at least 500 loyalty points`, `aged over 30`: the number before the name, or an age in
// other words.
import { resolveName } from "../../../catalog/catalog.js";
import { pair, phrase } from "../phrase.js";

const turned: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=" };
const number = "[$€£]?-?\\d[\\d.,_]*";

export const numberFirst = phrase(
  new RegExp(
    `^(?<low>${number}) ?(?<sign>[<>]=?|=) ?(?<name>[^<>=]+?)(?: ?(?<also>[<>]=?) ?(?<high>${number}))?$`,
    "i",
  ),
  ({ low, sign, name, also, high }, ...where) => {
    const first = `${name} ${turned[sign!]} ${low}`;
    if (also === "") return [first];
    if (sign === "<=" && also === "<=") return [`${name} is between ${low} and ${high}`];
    return [pair(`${first} and ${name} ${also} ${high}`, ...where)];
  },
);

/** `has at least 500 loyalty points`. */
export const hasNumberOf = phrase(
  new RegExp(
    `^(?:has |have |with )?(?<bound>at least|at most|exactly|more than|less than|fewer than|over|under)? ?(?<number>${number}) (?<name>[\\p{L}_. ]+)$`,
    "iu",
  ),
  ({ bound, number: amount, name }, { catalog }) => {
    const type = resolveName(catalog, name!)?.attribute.type;
    if (type !== "number" && type !== "money") return [];
    const words = { over: "more than", under: "less than", "fewer than": "less than", "": "at least" };
    const said = bound!.toLowerCase();
    return [`${name} is ${words[said as keyof typeof words] ?? said} ${amount}`.replace("is exactly", "is")];
  },
);

/** `referred at least 2 friends`. */
export const referred = phrase(
  /^(?:has |have )?referred(?: (?<bound>at least|at most|more than|less than|exactly))? (?<number>\d+)(?: (?:friends?|customers?|people|others))?$/i,
  ({ bound, number: count }) => [
    `referrals.count is ${bound === "" ? "at least" : bound} ${count}`.replace("is exactly", "is"),
  ],
);

/** `aged over 30`, `aged 18 to 30`. */
export const aged = phrase(
  /^(?:is |are )?aged (?<rest>\d.*|(?:over|under|above|below|between|from|more|less|at)\b.*)$/i,
  ({ rest }, { catalog }) =>
    resolveName(catalog, "age") === undefined ? [] : [`age ${rest}`, `age is ${rest}`],
  { leavesMore: true },
);
