// `bought MacBook`, `never ordered`, `ordered in the last 30 days`, `more than 3 orders`: orders in a shopkeeper's words.
import { quoteValue } from "../../../../grammar/format.js";
import { findEventType } from "../../../catalog/events.js";
import { phrase } from "../phrase.js";
import { numbersFromZero } from "../words/numbers-in-words.js";

const verb = "(?:bought|ordered|purchased|buys?|purchases?)";
const not =
  "(?<not>(?:has |have |had )?never |(?:has|have|had|did|does|do)(?: not|n['’]?t)(?: ever)? |not )?(?:has |have |had |did |who |placed )?";
const clause =
  "(?:in the (?:last|past)|(?:in|for)(?: the)?(?: last| past)?(?: over| more than| at least)? \\d+|within|since|before|after|between|on|today|yesterday|at least|at most|exactly|more than|less than|once|twice|\\d+ times?|this|last|during|in (?:january|february|march|april|may|june|july|august|september|october|november|december))";

/** The clauses of an event, as the language writes them. */
function clauses(written: string): string {
  return written
    .replace(/^in the past /i, "in the last ")
    .replace(
      /^(?:in|for)(?: the)?(?: last| past)?(?: over| more than| at least)? (?=\d+ [a-z])/i,
      "in the last ",
    )
    .replace(/^during the last /i, "in the last ");
}

export const ordering = phrase(
  new RegExp(
    `^${not}(?:${verb}|orders?)(?: an order| orders?| something| anything| a purchase)?(?<only> only| just)?(?: (?<rest>${clause}\\b.*))?$`,
    "i",
  ),
  ({ not: never, only, rest }) => {
    const event = never === "" ? "placed order" : "has not performed order";
    const bound = only !== "" && /^(?:once|twice|\d)/i.test(rest!) ? "exactly " : "";
    return [rest === "" ? event : `${event} ${bound}${clauses(rest!)}`];
  },
);

export const buying = phrase(
  new RegExp(
    `^${not}${verb} (?:an? |the )?(?:product )?(?!.*\\bbut\\b|(?:only|just|exactly|at least|at most|more than|less than|fewer than|once|twice) |(?:\\d+|${numbersFromZero.join("|")}) times?\\b)(?<product>"[^"]+"|'[^']+'|.+?)(?: (?<rest>${clause}\\b.*))?$`,
    "i",
  ),
  ({ not: never, product, rest }) => {
    const value = /^["']/.test(product!) ? product! : quoteValue(product!);
    if (rest === "") return [`order ${never === "" ? "contains" : "does not contain"} ${value}`];
    const event = never === "" ? "placed order" : "has not performed order";
    return [`${event} ${clauses(rest!)} where product contains ${value}`];
  },
);

/** `ordered but not in the last 90 days`, `bought MacBook but not iPad`. */
export const boughtButNot = phrase(
  new RegExp(
    `^(?:has |have |who )?${verb}(?: (?:something|anything|(?<product>.+?)))? but (?:not|never)(?: (?:bought|ordered))?(?: (?:(?<rest>${clause}\\b.*)|(?<other>.+)))$`,
    "i",
  ),
  ({ product, rest, other }) => {
    const first = product === "" ? "placed order" : `order contains ${quoteValue(product!)}`;
    return rest === ""
      ? [`${first} and order does not contain ${quoteValue(other!)}`]
      : [`${first} and has not performed order ${clauses(rest!)}`];
  },
);

export const countOfOrders = phrase(
  new RegExp(
    `^(?:has |have |with |placed |made )?(?<bound>at least|at most|exactly|more than|less than|over|under|fewer than)? ?(?<number>\\d+|zero|one|two|three) (?:orders?|purchases?)(?: (?<rest>${clause}\\b.*))?$`,
    "i",
  ),
  ({ bound, number: written, rest }) => {
    const inWords = ["zero", "one", "two", "three"].indexOf(written!.toLowerCase());
    const number = inWords < 0 ? written! : String(inWords);
    if (Number(number) === 0 && bound === "")
      return [rest === "" ? "orders.count is 0" : `has not performed order ${clauses(rest!)}`];
    const words = { over: "more than", under: "less than", "fewer than": "less than", "": "at least" };
    const said = bound!.toLowerCase();
    const comparison = words[said as keyof typeof words] ?? said;
    return rest === ""
      ? [`orders.count is ${bound === "" ? "" : comparison} ${number}`.replace(/is (?:exactly)? /, "is ")]
      : [`placed order ${comparison} ${number} times ${clauses(rest!)}`];
  },
  // A number alone may be the least, too.
  {
    isSynonym: (written) => !/ in \d/i.test(written) && /\b(?:at|exactly|than|zero|0)\b/i.test(written),
  },
);

export const orderSign = phrase(
  /^(?:the )?(?:orders?|purchases?)(?: count| number)? (?<sign>[<>]=?|=|is more than|is less than|is at least|is at most|more than|less than|at least|at most) (?<number>\d+)$/i,
  ({ sign, number }) => [`orders.count ${sign!.replace(/^(?=[mla])/i, "is ")} ${number}`],
);

/** `order amount > 100`, `order status is paid`: what belongs to an order, not to its customer. */
export const propertyOfOrder = phrase(
  /^(?:the |an? |any )?order(?:['’]s)? (?<name>[\p{L}_]+(?: [\p{L}_]+)??) ?(?<rest>(?:[<>=!]|is |at |more |less |over |under |above |below |between |contains |starts |ends ).*)$/iu,
  ({ name, rest }, { catalog }) => {
    const words = /^(?:total|value|sum|price|total amount)$/i.test(name!) ? "amount" : name!.toLowerCase();
    const order = findEventType(catalog, "order");
    const isProperty = order?.properties.some((each) => each.name.replace("metadata.", "") === words);
    return isProperty === true ? [`placed order where ${words} ${rest}`] : [];
  },
  { leavesMore: true },
);

/** `placed order over $100`. */
export const orderOver = phrase(
  /^(?<event>.*\b(?:placed|performed) order) (?:of |worth )?(?<bound>over|above|under|below|more than|less than|at least|at most) (?<amount>[$€£]?\d[\d.,]*(?: [A-Z]{3})?)$/i,
  ({ event, bound, amount }) => {
    const words: Readonly<Record<string, string>> = {
      over: "more than",
      above: "more than",
      under: "less than",
      below: "less than",
    };
    return [`${event} where amount is ${words[bound!.toLowerCase()] ?? bound} ${amount}`];
  },
);
