// `spent over 500`, `revenue > 1000`: what customers spend, in a shopkeeper's words.
import { phrase } from "../phrase.js";

const bound =
  "(?<bound>more than|less than|at least|at most|exactly|over|under|above|below|between|up to|[<>]=?|=)";
const words: Readonly<Record<string, string>> = {
  over: "is more than",
  above: "is more than",
  under: "is less than",
  below: "is less than",
  "up to": "is at most",
  exactly: "is",
};

function compared(written: string): string {
  const lower = written.toLowerCase();
  return words[lower] ?? (/^[<>=]/.test(lower) ? lower : `is ${lower}`);
}

/** `1k` as 1000, `500+` as 500. */
function amount(written: string): string {
  return written.replace(/^([$€£]?\d+)k\b/i, "$1000").replace(/(?<=\d)\+$/, "");
}

export const spending = phrase(
  new RegExp(
    `^(?:has |have |who )?(?:spent|spends|spend|paid)(?: a total of)?(?: ${bound})? (?<rest>[$€£]?\\d.*?)(?: (?<when>(?:in|during|since|this|last|previous|today|yesterday)\\b.*))?$`,
    "i",
  ),
  ({ bound: written, rest, when }) => [
    `orders.total_amount ${when === "" ? "" : `${when} `}${written === "" ? "is at least" : compared(written!)} ${amount(rest!)}`,
  ],
);

const figures: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:total )?(?:revenue|turnover|ltv|clv|lifetime (?:value|spend|revenue)|total spend(?:ing)?|spend(?:ing)?)$/i,
    "orders.total_amount",
  ],
  [/^(?:average order value|aov|average basket|average spend)$/i, "orders.average_amount"],
  [
    /^(?:orders? count|total orders|total number of orders|purchases|purchase count|number of purchases)$/i,
    "orders.count",
  ],
  [/^(?:last purchase|last purchase date|latest order|most recent order)$/i, "orders.last_at"],
  [/^(?:first purchase|first purchase date)$/i, "orders.first_at"],
  [/^(?:sign ?up date|registration date|registered|joined|signed up)$/i, "created_at"],
  [/^(?:e ?mail|e ?mail address|email adress|mail)$/i, "email"],
  [/^(?:telephone|mobile|mobile number|telephone number)$/i, "phone"],
  [/^(?:born|was born)$/i, "birthdate"],
  [/^(?:points|reward points)$/i, "loyalty.points"],
];

/** A figure under another name than the catalogue's. */
export const figureOtherwise = phrase(
  new RegExp(
    `^(?:the )?(?:customer\\.|customer's )?(?<name>[a-z ]+?) (?<rest>(?:is |was |are )?(?:not )?(?:${bound.replace("(?<bound>", "(?:")}|in the|in \\d{4}|starts|ends|contains|does|has|on|before|after|is|within|exists|unknown|since)(?: .*)?)$`,
    "i",
  ),
  ({ name, rest }) =>
    figures.filter(([pattern]) => pattern.test(name!)).map(([, meant]) => `${meant} ${rest}`),
  {
    leavesMore: true,
    // A lifetime value may be foretold, and points may be gathered or left.
    isSynonym: (written) => !/\b(?:ltv|clv|lifetime|points|mobile)\b/i.test(written),
  },
);
