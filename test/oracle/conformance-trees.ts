// The conformance cases as trees written by hand: what decides is judged first.
import type { Aggregate, Clause, Comparison, Condition, Query, Sample, Subject } from "./tree.js";

/** One condition; `not` in front of the comparison says the opposite. */
function condition(
  written: string,
  subject: string | Subject,
  comparison: Comparison,
  negated: "plain" | "negated" = "plain",
): Condition {
  const of = typeof subject === "string" ? { attribute: subject } : subject;
  return { kind: "condition", subject: of, comparison, negated: negated === "negated", written };
}

const key = (name: string): Subject => ({ attribute: "metadata", key: name });
const texts = (how: "is" | "starts" | "ends" | "contains", ...values: string[]): Comparison => ({
  kind: "text",
  how,
  texts: values,
});
const choices = (...values: string[]): Comparison => ({ kind: "choice", values });
const countries = (...values: string[]): Comparison => ({ kind: "country", texts: values });
const numbers = (how: Extract<Comparison, { kind: "number" }>["how"], ...decimals: string[]): Comparison => ({
  kind: "number",
  how,
  decimals,
});
const holds = (...values: string[]): Comparison => ({
  kind: "contains",
  every: true,
  items: values.map((text) => ({ kind: "text", text })),
});
const known: Comparison = { kind: "known" };
const isTrue: Comparison = { kind: "truth", value: true };
const and = (...operands: Query[]): Query => ({ kind: "and", operands, word: "and" });
const or = (...operands: Query[]): Query => ({ kind: "or", operands, word: "or" });
const not = (operand: Query): Query => ({ kind: "not", operand, word: "not" });
const group = (of: "all" | "any" | "none", ...operands: Query[]): Query => ({
  kind: "group",
  of,
  operands,
  word: `${of} of`,
});
const day = (year: number, month: number, dayOfMonth: number) =>
  ({ kind: "day", year, month, day: dayOfMonth }) as const;
const days = (amount: number) => ({ amount, unit: "day" }) as const;

const inTheLast = (amount: number): Clause => ({
  kind: "window",
  comparison: { kind: "window", toward: "last", span: days(amount) },
  written: `in the last ${amount} days`,
});
const times = (how: "at least" | "exactly", amount: number, written: string): Clause => ({
  kind: "count",
  how,
  times: amount,
  written,
});
const where = (query: Query): Clause => ({ kind: "where", query, written: "where" });
const performed = (head: string, event: string, ...clauses: Clause[]): Query => ({
  kind: "event",
  event,
  negated: /^(has not|did not|never) /.test(head),
  head,
  clauses,
});
const measure = (
  head: string,
  [aggregate, property, event]: readonly [Aggregate, Subject, string],
  clauses: readonly Clause[],
  words: string,
  comparison: Comparison,
): Query => ({
  kind: "measure",
  head,
  aggregate,
  property,
  event,
  clauses,
  words,
  comparison,
  negated: false,
});
const sample = (written: string, percent: string, name: string): Sample => ({
  kind: "sample",
  percent,
  name,
  written,
});
const property = (event: string, name: string): Subject => ({ attribute: "property", key: name, event });
const amount: Subject = { attribute: "amount", event: "order" };
const valueOver100 = where(condition("value > 100", property("login", "value"), numbers("more", "100")));

const january: Comparison = { kind: "date", how: "between", dates: [day(2026, 1, 1), day(2026, 1, 31)] };
const cityIs = (city: string): Condition => condition(`city is ${city}`, "city", texts("is", city));

export const conformanceTrees: readonly Query[] = [
  condition("The last purchased order more than 30 days ago", "orders.last_at", {
    kind: "ago",
    how: "more",
    span: days(30),
  }),
  condition(
    "The total amount of customer orders less than $500",
    "orders.total_amount",
    numbers("less", "500"),
  ),
  and(
    condition("The email ends with .uk", "email", texts("ends", ".uk")),
    condition("the source is Mailchimp", "source", choices("mailchimp")),
  ),
  and(
    condition("The country is Poland", "country", countries("Poland")),
    condition(
      "the total amount of customer orders is more than $100",
      "orders.total_amount",
      numbers("more", "100"),
    ),
  ),
  condition("The email has any value", "email", known),
  condition("The order contains MacBookAir", "order", holds("MacBookAir")),
  condition("The creation date starts at 01.02", "created_at", {
    kind: "date",
    how: "on or after",
    dates: [{ kind: "day and month", day: 1, month: 2 }],
  }),
  condition("email is unknown", "email", known, "negated"),
  condition("name is unknown", "name", known, "negated"),
  cityIs("new york"),
  condition("city is not Warsaw", "city", texts("is", "Warsaw"), "negated"),
  not(cityIs("Warsaw")),
  condition('city is any of (Warsaw, "New York", paris)', "city", texts("is", "Warsaw", "New York", "paris")),
  condition("city is none of (Warsaw, Kraków)", "city", texts("is", "Warsaw", "Kraków"), "negated"),
  condition("plan is a.*b", key("plan"), texts("is", "a.*b")),
  condition("plan contains '.*'", key("plan"), texts("contains", ".*")),
  condition("metadata.plan is gold", key("plan"), texts("is", "gold")),
  condition('name is "Zoë Decomposed"', "name", texts("is", "Zoë Decomposed")),
  condition('name is "and or not"', "name", texts("is", "and or not")),
  condition("metadata.`is vip` exists", key("is vip"), known),
  and(
    condition("phone starts with +48", "phone", texts("starts", "+48")),
    not(condition("phone ends with 0", "phone", texts("ends", "0"))),
  ),
  condition("email does not contain example", "email", texts("contains", "example"), "negated"),
  or(
    condition("source is Web Widget", "source", choices("web_widget")),
    condition("source is BigCommerce", "source", choices("bigcommerce")),
  ),
  condition("country in (PL, France, DEU)", "country", countries("PL", "France", "DEU")),
  condition("mailchimp list is newsletter", "source.mailchimp.list", texts("is", "newsletter")),
  condition("intercom type is lead", "source.intercom.type", choices("lead")),
  or(cityIs("Paris"), and(cityIs("London"), condition("source is api", "source", choices("api")))),
  and(or(cityIs("Paris"), cityIs("London")), condition("source is api", "source", choices("api"))),
  group(
    "none",
    condition("country is PL", "country", countries("PL")),
    condition("country is US", "country", countries("US")),
    condition("email is unknown", "email", known, "negated"),
  ),
  group(
    "any",
    condition("vip", key("vip"), isTrue),
    condition("age is at least 60", key("age"), numbers("at least", "60")),
  ),
  not(or(condition("vip", key("vip"), isTrue), condition("plan is gold", key("plan"), texts("is", "gold")))),
  condition("age between 20 and 30", key("age"), numbers("between", "20", "30")),
  condition("age is not 21", key("age"), numbers("is", "21"), "negated"),
  condition("score < -1.5", key("score"), numbers("less", "-1.5")),
  condition("orders.count = 0", "orders.count", numbers("is", "0")),
  condition("number of orders is at least 3", "orders.count", numbers("at least", "3")),
  condition("last order amount is more than 1,000.50", "orders.last_amount", numbers("more", "1000.50")),
  condition("average order amount is at most $100", "orders.average_amount", numbers("at most", "100")),
  condition("redemptions is more than 1", "redemptions.count", numbers("more", "1")),
  condition("loyalty points is at least 500", "loyalty.points", numbers("at least", "500")),
  condition(
    'loyalty points in campaign "Club" is at least 500',
    { attribute: "loyalty.points", campaign: "Club" },
    numbers("at least", "500"),
  ),
  condition("gift card balance is more than $60", "gift_cards.balance", numbers("more", "60")),
  condition("referred customers is at least 2", "referrals.count", numbers("at least", "2")),
  condition("creation date is 2026-02-01", "created_at", {
    kind: "date",
    how: "is",
    dates: [day(2026, 2, 1)],
  }),
  condition("created before 2026-02-01", "created_at", {
    kind: "date",
    how: "before",
    dates: [day(2026, 2, 1)],
  }),
  condition("created between 01.01.2026 and 31.01.2026", "created_at", january),
  condition("created is not between 01.01.2026 and 31.01.2026", "created_at", january, "negated"),
  condition("last order in the last 30 days", "orders.last_at", {
    kind: "window",
    toward: "last",
    span: days(30),
  }),
  condition("last order in the last week", "orders.last_at", {
    kind: "window",
    toward: "last",
    span: { amount: 1, unit: "week" },
  }),
  condition("last order less than 30 days ago", "orders.last_at", {
    kind: "ago",
    how: "less",
    span: days(30),
  }),
  condition("last order is unknown", "orders.last_at", known, "negated"),
  condition("last order is after start of week", "orders.last_at", {
    kind: "date",
    how: "after",
    dates: [{ kind: "start", of: "week" }],
  }),
  condition("birthday anniversary is today", "birthdate", {
    kind: "anniversary",
    on: { kind: "relative day", days: 0 },
  }),
  condition("birthday anniversary is in the next 7 days", "birthdate", {
    kind: "anniversary window",
    toward: "next",
    span: days(7),
  }),
  condition("metadata.renewal is after today", key("renewal"), {
    kind: "date",
    how: "after",
    dates: [{ kind: "relative day", days: 0 }],
  }),
  condition("created is after start of month", "created_at", {
    kind: "date",
    how: "after",
    dates: [{ kind: "start", of: "month" }],
  }),
  condition("consents contains newsletter", "consents", holds("newsletter")),
  condition("consents contains all of (newsletter, sms)", "consents", holds("newsletter", "sms")),
  condition("consents is unknown", "consents", known, "negated"),
  condition('tags contains any of (B2B, "early adopter")', key("tags"), {
    kind: "contains",
    every: false,
    items: [
      { kind: "text", text: "B2B" },
      { kind: "text", text: "early adopter" },
    ],
  }),
  condition("tags is empty", key("tags"), { kind: "empty" }),
  condition("order does not contain SKU-MUG", "order", holds("SKU-MUG"), "negated"),
  condition("loyalty points is 0", "loyalty.points", numbers("is", "0")),
  condition('age is "21"', key("age"), numbers("is", "21")),
  performed('performed "page viewed"', "page viewed", times("at least", 3, "at least 3 times")),
  performed("performed checkout", "checkout", inTheLast(30)),
  performed("has not performed login", "login", inTheLast(60)),
  performed("never performed checkout", "checkout"),
  performed(
    'performed "page viewed"',
    "page viewed",
    times("at least", 2, "twice"),
    inTheLast(90),
    where(
      and(
        condition("url starts with /pricing", property("page viewed", "url"), texts("starts", "/pricing")),
        condition("mobile is false", property("page viewed", "mobile"), { kind: "truth", value: false }),
      ),
    ),
  ),
  performed("performed login", "login", times("exactly", 2, "exactly 2 times")),
  {
    kind: "occurrence",
    which: "last",
    event: "login",
    comparison: { kind: "ago", how: "more", span: days(45) },
    negated: false,
    written: "last performed login more than 45 days ago",
  },
  performed(
    "placed order",
    "order",
    times("at least", 2, "at least twice"),
    inTheLast(365),
    where(condition("amount is more than $100", amount, numbers("more", "100"))),
  ),
  measure(
    'sum of value of "page viewed"',
    ["sum", property("page viewed", "value"), "page viewed"],
    [inTheLast(90)],
    "is more than 200",
    numbers("more", "200"),
  ),
  measure(
    "sum of amount of order",
    ["sum", amount, "order"],
    [
      where(
        condition(
          "product contains MacBookAir",
          { attribute: "product", event: "order" },
          holds("MacBookAir"),
        ),
      ),
    ],
    "is at least 1000",
    numbers("at least", "1000"),
  ),
  sample('in sample 25% of "spring-test"', "25", "spring-test"),
  performed("performed login", "login", valueOver100, inTheLast(90)),
  and(performed("performed login", "login", valueOver100), cityIs("Paris")),
];
