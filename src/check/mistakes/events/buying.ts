// `bought MacBook`, `never ordered`, `ordered in the last 30 days`, `more than 3 orders`: orders in a shopkeeper's words.
import { quoteValue } from "../../../../grammar/format.js";
import { phrase } from "../phrase.js";

const verb = "(?:bought|ordered|purchased|buys?|purchases?)";
const not =
  "(?<not>(?:has |have |had )?never |(?:has|have|had|did|does|do)(?: not|n['’]?t)(?: ever)? |not )?(?:has |have |had |did |who |placed )?";
const clause =
  "(?:in the (?:last|past)|in \\d|within|since|before|after|between|on|today|yesterday|at least|at most|exactly|more than|less than|once|twice|\\d+ times?|this|last|during|in (?:january|february|march|april|may|june|july|august|september|october|november|december))";

/** The clauses of an event, as the language writes them. */
function clauses(written: string): string {
  return written
    .replace(/^in the past /i, "in the last ")
    .replace(/^in (?=\d)/i, "in the last ")
    .replace(/^during the last /i, "in the last ");
}

export const ordering = phrase(
  new RegExp(
    `^${not}(?:${verb}|orders?)(?: an order| something| anything| a purchase)?(?: (?<rest>${clause}\\b.*))?$`,
    "i",
  ),
  ({ not: never, rest }) => {
    const event = never === "" ? "placed order" : "has not performed order";
    return [rest === "" ? event : `${event} ${clauses(rest!)}`];
  },
);

export const buying = phrase(
  new RegExp(
    `^${not}${verb} (?:an? |the )?(?:product )?(?!.*\\bbut\\b)(?<product>"[^"]+"|'[^']+'|.+?)(?: (?<rest>${clause}\\b.*))?$`,
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
    `^(?:has |have |with |placed |made )?(?<bound>at least|at most|exactly|more than|less than|over|under|fewer than)? ?(?<number>\\d+) (?:orders?|purchases?)(?: (?<rest>${clause}\\b.*))?$`,
    "i",
  ),
  ({ bound, number, rest }) => {
    const words = { over: "more than", under: "less than", "fewer than": "less than", "": "at least" };
    const said = bound!.toLowerCase();
    const comparison = words[said as keyof typeof words] ?? said;
    return rest === ""
      ? [`orders.count is ${comparison} ${number}`.replace("is exactly", "is")]
      : [`placed order ${comparison} ${number} times ${clauses(rest!)}`];
  },
  { isSynonym: (written) => !/ in \d/i.test(written) },
);

export const orderSign = phrase(
  /^(?:the )?(?:orders?|purchases?)(?: count| number)? (?<sign>[<>]=?|=|is more than|is less than|is at least|is at most|more than|less than|at least|at most) (?<number>\d+)$/i,
  ({ sign, number }) => [`orders.count ${sign!.replace(/^(?=[mla])/i, "is ")} ${number}`],
);
