// Conditions in the words of other products' segments: Klaviyo's and Mailchimp's, and Shopify's language.
import { resolveName } from "../../../catalog/catalog.js";
import { phrase } from "../phrase.js";

/** `City | is | Paris`: the parts of a condition between bars. */
export const barsBetween = phrase(
  /^(?<first>[^|"']+) \| (?<rest>[^"']+)$/,
  ({ first, rest }) => [`${first} ${rest!.replace(/ \| /g, " ")}`],
  { leavesMore: true },
);

/** `placed order at least once over all time`, `ordered ever`. */
export const overAllTime = phrase(
  /^(?<words>.*\S) (?:over all time|of all time|at any time|ever|at all)$/i,
  ({ words }) => [words!],
  { leavesMore: true },
);

/** `someone is in VIP`, `If someone is not in VIP`: a list as a segment, and a person as the subject. */
export const someoneWho = phrase(
  /^(?:if |where )?(?:someone|somebody|a person|person|the person|a customer|the customer|contact|the contact) (?:who )?(?<rest>(?:is|has|was) .+)$/i,
  ({ rest }) => [rest!],
  { leavesMore: true },
);

/** `only one order`, `just 2 purchases`. */
export const onlyOne = phrase(
  /^(?:has |have |with |placed |made )?(?:only|just) (?<number>\d+) (?:orders?|purchases?)$/i,
  ({ number }) => [`orders.count is ${number}`],
);

/** Names in Shopify's language, and what they are here. */
const shopify: Readonly<Record<string, string>> = {
  customer_tags: "tags",
  customer_countries: "country",
  customer_added_date: "created_at",
  last_order_date: "orders.last_at",
  first_order_date: "orders.first_at",
  amount_spent: "orders.total_amount",
  number_of_orders: "orders.count",
  customer_email_domain: "email",
};
const units: Readonly<Record<string, string>> = { d: "days", w: "weeks", m: "months", y: "years" };

/** `customer_tags CONTAINS 'vip'`, `last_order_date < -90d`. */
export const shopifyNames = phrase(
  /^(?<name>[a-z]+(?:_[a-z]+)+) (?<operator>not contains|contains|[<>]=?|!=|=|is not|is) (?<value>.+)$/i,
  ({ name, operator: written, value: said }, { catalog }) => {
    const meant = shopify[name!.toLowerCase()];
    if (meant === undefined || resolveName(catalog, meant) === undefined) return [];
    const operator = written!.toLowerCase();
    const value = said!.replace(/^'(.*)'$/, "$1");
    if (meant === "email")
      return operator === "=" || operator === "is" ? [`email ends with @${value.replace(/^@/, "")}`] : [];
    const isSet = meant === "tags";
    const words =
      operator === "contains"
        ? isSet
          ? "contains"
          : "is"
        : operator === "not contains"
          ? isSet
            ? "does not contain"
            : "is not"
          : operator;
    const ago = /^-(\d+)([dwmy])$/i.exec(value);
    if (ago === null) return [`${meant} ${words} ${said!.replace(/^'(.*)'$/, "$1")}`];
    const when = `${ago[1]} ${units[ago[2]!.toLowerCase()]} ago`;
    const side = { "<": "before", "<=": "on or before", ">": "after", ">=": "on or after" }[words];
    return side === undefined ? [] : [`${meant} is ${side} ${when}`.replace("is on or", "on or")];
  },
);
