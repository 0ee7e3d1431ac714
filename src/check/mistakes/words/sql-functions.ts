// `LOWER(city) = 'paris'`, `COUNT(*) > 3`, `created_at > NOW() - INTERVAL '30 days'`: functions of SQL and of spreadsheets.
import { resolveName } from "../../../catalog/catalog.js";
import { phrase } from "../phrase.js";

/** `LOWER(city) = 'paris'`: text compares without case and outer spaces anyway. */
export const functionOfText = phrase(
  /^(?<not>not )?(?:(?:lower|upper|trim|ltrim|rtrim|lcase|ucase|initcap|date)\(|(?:coalesce|ifnull)\((?=[^(),]+, ?(?:''|""|0 ?\) ?>(?! ?-|= ?[-0])))) ?(?<name>[^(),]+?) ?(?:, ?(?:''|""|0) ?)?\) ?(?<rest>.+)$/i,
  ({ not, name, rest }) => [`${not}${name} ${rest}`],
  { leavesMore: true },
);

const figures: Readonly<Record<string, string>> = {
  count: "orders.count",
  sum: "orders.total_amount",
  avg: "orders.average_amount",
  average: "orders.average_amount",
};

/** `COUNT(orders) > 3`, `SUM(order.amount) > 500`: figures of orders. */
export const functionOfOrders = phrase(
  /^(?<function>count|sum|avg|average|min|max)\( ?(?:distinct )?(?<what>\*|[\w. ]+?) ?\)(?: of orders?)? ?(?<rest>(?:[<>=!]|is |at |more |less |between ).*)$/i,
  ({ function: name, what, rest }) => {
    const isOrders =
      /^(?:\*|orders?|orders?[._ ]?(?:id|amount|total|total_amount|value)|amount|total)$/i.test(what!);
    const figure = figures[name!.toLowerCase()];
    if (!isOrders || (figure === undefined && /count/i.test(name!))) return [];
    return [figure === undefined ? `${name!.toLowerCase()} of amount of order ${rest}` : `${figure} ${rest}`];
  },
  { leavesMore: true },
);

const now = "(?:(?:now|getdate|current_timestamp|current_date|curdate|sysdate|today)(?: ?\\( ?\\))?)";
const unit = "(?:minute|hour|day|week|month|quarter|year)";
const ago = `(?:${now} ?- ?(?:interval )?['"]?(?<count1>\\d+)['"]? ?(?<unit1>${unit})?s?['"]?|date_sub\\( ?${now} ?, ?interval ['"]?(?<count2>\\d+)['"]? ?(?<unit2>${unit})s?['"]? ?\\)|dateadd\\( ?(?<unit3>${unit})s? ?, ?-(?<count3>\\d+) ?, ?${now} ?\\))`;

/** `created_at > NOW() - INTERVAL '30 days'`, `created_at >= DATE_SUB(NOW(), INTERVAL 30 DAY)`. */
export const instantByFunction = phrase(
  new RegExp(`^(?<name>[^<>=]+?) ?(?<sign>[<>]=?) ?${ago}$`, "i"),
  ({ name, sign, count1, count2, count3, unit1, unit2, unit3 }) => {
    const count = `${count1}${count2}${count3}`;
    const length = `${count} ${(`${unit1}${unit2}${unit3}` || "day").toLowerCase()}${count === "1" ? "" : "s"}`;
    return [`${name} is ${sign!.startsWith(">") ? "after" : "before"} ${length} ago`];
  },
);

/** `DATEDIFF(NOW(), created_at) < 30`: days since. */
export const daysSince = phrase(
  new RegExp(
    `^datediff\\( ?(?:day ?, ?)?(?:${now} ?, ?(?<name1>[\\w.]+)|(?<name2>[\\w.]+) ?, ?${now}) ?\\) ?(?<sign>[<>]=?) ?(?<days>\\d+)$`,
    "i",
  ),
  ({ name1, name2, sign, days }, { catalog }) => {
    const name = `${name1}${name2}`;
    if (resolveName(catalog, name) === undefined) return [];
    return [`${name} is ${sign!.startsWith("<") ? "after" : "before"} ${days} days ago`];
  },
);

/** `email REGEXP 'gmail'`, `email RLIKE 'gmail'`. */
export const expression = phrase(
  /^(?<name>.+?) (?<not>not )?(?:regexp|rlike|regex|regexp_like|matches regex) (?<value>["'][\p{L}\p{N}@.\s_-]+["'])$/iu,
  ({ name, not, value }) => [`${name} ${not === "" ? "contains" : "does not contain"} ${value}`],
);

/** `YEAR(created_at) = 2025`, `MONTH(birthdate) = 5`. */
export const partOfDate = phrase(
  /^(?:(?<part>year|month)\( ?(?<name>[\w.]+) ?\)|extract\( ?(?<field>year|month) from (?<column>[\w.]+) ?\)) ?(?:=|==|is) ?(?<number>\d{1,4})$/i,
  ({ part, name, field, column, number }, { catalog }) => {
    const attribute = `${name}${column}`;
    const type = resolveName(catalog, attribute)?.attribute.type;
    if (type !== "date" && type !== "datetime") return [];
    if (/year/i.test(`${part}${field}`)) return [`${attribute} in ${number}`];
    const month = months[Number(number) - 1];
    return type === "date" && month !== undefined ? [`${attribute} month is ${month}`] : [];
  },
);

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** `ISNULL(email)`, `EXISTS(email)`, `LENGTH(email) > 0`: presence. */
export const presenceByFunction = phrase(
  /^(?:(?<not>not )?(?:(?<absent>isnull|isempty|isblank)|exists|notnull|isnotnull) ?\(? ?(?<name>[\w.]+(?: [\w.]+){0,4}?) ?\)?|(?:length|len|char_length)\( ?(?<other>[\w.]+) ?\) ?(?<sign>> ?0|>= ?1|= ?0|< ?1))$/i,
  ({ not, absent, name, other, sign }) =>
    other === ""
      ? [`${name} ${(not === "") === (absent === "") ? "has any value" : "is unknown"}`]
      : [`${other} ${sign!.startsWith(">") ? "has any value" : "is unknown"}`],
);
