// Conditions on events, measures and samples in a small world, with all expectations computed by hand.
import { expect, it } from "vitest";
import { evaluate } from "./evaluate.js";
import type { Order, ShopEvent, World } from "./folder.js";
import { printQuery } from "./printing.js";
import type { Aggregate, Clause, Comparison, Query, Subject } from "./tree.js";

/** One in the afternoon in Warsaw. */
const asOf = "2026-11-23T12:00:00.000Z";

function view(at: string, properties: ShopEvent["properties"], id?: string): ShopEvent {
  return { customer: "a", type: "view", at, properties, ...(id === undefined ? {} : { id }) };
}

const second = view("2026-11-22T23:00:00.000Z", { value: 0.2, day: "2026-02-01" }, "e2");
// The day on which the clock goes back begins; known by its content, so two of them are two.
const autumn = view("2026-10-24T22:00:00.000Z", { value: -1, seen: "2026-03-29T01:00:00.000Z" });

function order(source_id: string, amount: number, status: string, more: Partial<Order> = {}): Order {
  return {
    source_id,
    customer: "a",
    created_at: "2026-11-01T10:00:00.000Z",
    status,
    amount,
    items: [],
    ...more,
  };
}

const line = (product_id: string, quantity: number) => ({
  product_id,
  sku: "S-1",
  name: "Mug",
  quantity,
  price: 100,
});
const mugs = order("o-1", 1000, "PAID", {
  items: [line("p1", 0.1), line("P1 ", 0.2)],
  metadata: { channel: " Web " },
});

const world: World = {
  project: {
    timezone: "Europe/Warsaw",
    currency: "USD",
    asOf,
    metadataSchema: {},
    orderMetadataSchema: { channel: "string", amount: "number" },
    eventSchemas: {
      view: {
        url: "string",
        value: "number",
        mobile: "boolean",
        day: "date",
        seen: "datetime",
        tags: "string[]",
      },
      login: {},
      Login: {},
    },
    consents: [],
    campaigns: { gift_cards: [], loyalty: [], referrals: [], discounts: [] },
  },
  customers: [{ source_id: "a" }, { source_id: "b" }, { source_id: "c" }],
  orders: [
    mugs,
    order("o-2", 250, "FULFILLED", { created_at: "2026-11-02T10:00:00.000Z", metadata: { amount: 7 } }),
    order("o-3", 999_999, "CANCELED", { created_at: "2026-11-03T10:00:00.000Z" }),
    order("o-4", 999_999, "PAID", { created_at: "2026-11-23T12:00:00.001Z" }),
    mugs,
  ],
  redemptions: [],
  gift_cards: [],
  loyalty: [],
  referrals: [],
  events: [
    view(asOf, { url: "/Pricing", value: 0.1, mobile: true, day: "2026-01-31", tags: ["x", "X "] }, "e1"),
    second,
    view("2026-11-22T22:59:59.999Z", { url: " ", value: null, tags: [] }, "e3"),
    second,
    autumn,
    autumn,
    // Not seen yet.
    view("2026-11-23T12:00:00.001Z", { value: 1000 }, "e4"),
    { id: "e5", customer: "b", type: "Login", at: "2026-03-28T12:00:00.000Z" },
    { id: "e6", customer: "b", type: "login", at: "2026-02-28T12:00:00.000Z", properties: null },
    { id: "e7", customer: "b", type: "login", at: "2026-11-23T13:00:00.000Z" },
  ],
};

const day = (month: number, dayOfMonth: number) =>
  ({ kind: "day", year: 2026, month, day: dayOfMonth }) as const;
const onDay = (days: number): Comparison => ({
  kind: "date",
  how: "is",
  dates: [{ kind: "relative day", days }],
});
const date = (
  how: "is" | "before" | "after" | "on or after",
  month: number,
  dayOfMonth: number,
): Comparison => ({
  kind: "date",
  how,
  dates: [day(month, dayOfMonth)],
});
const last = (amount: number, unit: "day" | "month" | "minute"): Comparison => ({
  kind: "window",
  toward: "last",
  span: { amount, unit },
});
const number = (how: Extract<Comparison, { kind: "number" }>["how"], ...decimals: string[]): Comparison => ({
  kind: "number",
  how,
  decimals,
});
const text = (how: "is" | "contains", value: string): Comparison => ({ kind: "text", how, texts: [value] });
const has = (item: string): Comparison => ({
  kind: "contains",
  every: true,
  items: [{ kind: "text", text: item }],
});
const known: Comparison = { kind: "known" };

const count = (how: Extract<Clause, { kind: "count" }>["how"], times: number): Clause => ({
  kind: "count",
  how,
  times,
  written: `${how} ${times} times`,
});
const within = (comparison: Comparison): Clause => ({
  kind: "window",
  comparison,
  written: JSON.stringify(comparison),
});
const where = (query: Query): Clause => ({ kind: "where", query, written: "where" });
const of = (event: string, name: string): Subject =>
  event === "order" && name !== "channel"
    ? { attribute: name, event }
    : { attribute: event === "order" ? "metadata" : "property", key: name, event };
const condition = (subject: Subject, comparison: Comparison, negated = false): Query => ({
  kind: "condition",
  subject,
  comparison,
  negated,
  written: `${subject.key ?? subject.attribute} ${JSON.stringify(comparison)}`,
});
const performed = (event: string, ...clauses: Clause[]): Query => ({
  kind: "event",
  event,
  negated: false,
  head: `performed ${event}`,
  clauses,
});
const never = (event: string, ...clauses: Clause[]): Query => ({
  kind: "event",
  event,
  negated: true,
  head: `never performed ${event}`,
  clauses,
});
const occurrence = (
  which: "first" | "last",
  event: string,
  comparison: Comparison,
  negated = false,
): Query => ({
  kind: "occurrence",
  which,
  event,
  comparison,
  negated,
  written: `${which} performed ${event} ${negated ? "not " : ""}${JSON.stringify(comparison)}`,
});
function measure(
  [aggregate, event, name]: readonly [Aggregate, string, string?],
  comparison: Comparison,
  clauses: readonly Clause[] = [],
  negated = false,
): Query {
  return {
    kind: "measure",
    aggregate,
    event,
    ...(name === undefined ? {} : { property: of(event, name) }),
    head: `${aggregate} of ${name ?? ""} of ${event}`,
    clauses,
    comparison,
    negated,
    words: `${negated ? "not " : ""}${JSON.stringify(comparison)}`,
  };
}
const sample = (percent: string, name: string): Query => ({
  kind: "sample",
  percent,
  name,
  written: `in sample ${percent}% of "${name}"`,
});

const urlIs = (value: string) => where(condition(of("view", "url"), text("is", value)));
const isPositive = where(condition(of("view", "value"), number("more", "0")));

const cases: readonly (readonly [Query, readonly string[]])[] = [
  // a's views: at as-of, at midnight, just before midnight, and two at the beginning of 25 October.
  [performed("view"), ["a"]],
  [performed("view", count("exactly", 5)), ["a"]],
  [performed("view", count("at least", 5)), ["a"]],
  [performed("view", count("at least", 6)), []],
  [performed("view", count("more", 4)), ["a"]],
  [performed("view", count("more", 5)), []],
  [performed("view", count("at most", 5)), ["a", "b", "c"]],
  [performed("view", count("at most", 4)), ["b", "c"]],
  [performed("view", count("less", 5)), ["b", "c"]],
  [performed("view", count("exactly", 0)), ["b", "c"]],
  [never("view"), ["b", "c"]],
  [never("view", within(date("before", 10, 25))), ["a", "b", "c"]],
  // The project's days.
  [performed("view", count("exactly", 2), within(onDay(0))), ["a"]],
  [performed("view", count("exactly", 1), within(onDay(-1))), ["a"]],
  [performed("view", count("exactly", 2), within(date("is", 10, 25))), ["a"]],
  [performed("view", count("exactly", 3), within(date("after", 10, 25))), ["a"]],
  [performed("view", count("exactly", 5), within(date("on or after", 10, 25))), ["a"]],
  [performed("view", count("exactly", 5), within(last(30, "day"))), ["a"]],
  [performed("view", count("exactly", 3), within(last(29, "day"))), ["a"]],
  [performed("view", count("exactly", 1), within(last(1, "minute"))), ["a"]],
  // In a `where` every condition is on one event, two-valued.
  [performed("view", urlIs(" /PRICING ")), ["a"]],
  [performed("view", urlIs("/pricing"), count("more", 1)), []],
  [performed("view", where(condition(of("view", "url"), known, true)), count("exactly", 4)), ["a"]],
  [performed("view", where(condition(of("view", "url"), text("is", "x"), true)), count("exactly", 5)), ["a"]],
  [performed("view", isPositive, count("exactly", 2)), ["a"]],
  [
    performed(
      "view",
      where({ kind: "not", word: "not", operand: condition(of("view", "value"), number("more", "0")) }),
      count("exactly", 3),
    ),
    ["a"],
  ],
  [performed("view", where(condition(of("view", "mobile"), { kind: "truth", value: true }))), ["a"]],
  [performed("view", where(condition(of("view", "mobile"), { kind: "truth", value: false }))), []],
  [performed("view", where(condition(of("view", "tags"), { kind: "empty" })), count("exactly", 4)), ["a"]],
  [performed("view", where(condition(of("view", "tags"), { kind: "size", atLeast: 2 }))), []],
  [performed("view", where(condition(of("view", "day"), { kind: "month", month: 2 }))), ["a"]],
  [performed("view", where(condition(of("view", "seen"), date("is", 3, 29))), count("exactly", 2)), ["a"]],
  // Names that differ by case alone, and what is not seen yet.
  [performed("login"), ["b"]],
  [performed("Login", within(date("is", 3, 28))), ["b"]],
  [performed("login", count("exactly", 1)), ["b"]],
  [occurrence("last", "login", date("is", 2, 28)), ["b"]],
  [occurrence("last", "view", onDay(0)), ["a"]],
  [occurrence("first", "view", date("is", 10, 25)), ["a"]],
  [occurrence("first", "view", date("is", 10, 25), true), ["b", "c"]],
  [occurrence("first", "view", known, true), ["b", "c"]],
  // Measures: decimals add up exactly, unknown values don't count, and nothing has no average.
  [measure(["sum", "view", "value"], number("is", "-1.7")), ["a"]],
  [measure(["sum", "view", "value"], number("is", "0.3"), [isPositive]), ["a"]],
  [measure(["sum", "view", "value"], number("is", "0")), ["b", "c"]],
  [measure(["sum", "view", "value"], known), ["a", "b", "c"]],
  [measure(["average", "view", "value"], number("is", "-0.425")), ["a"]],
  [measure(["average", "view", "value"], number("at most", "0")), ["a"]],
  [measure(["average", "view", "value"], number("at most", "0"), [], true), ["b", "c"]],
  [measure(["average", "view", "value"], known, [], true), ["b", "c"]],
  [measure(["average", "view", "value"], number("is", "0.15"), [isPositive]), ["a"]],
  [measure(["min", "view", "value"], number("is", "-1")), ["a"]],
  [measure(["max", "view", "value"], number("is", "0.2")), ["a"]],
  [measure(["max", "view", "value"], number("less", "5")), ["a"]],
  [measure(["count", "view"], number("is", "5")), ["a"]],
  [measure(["count", "view"], number("is", "0")), ["b", "c"]],
  [measure(["count", "view", "value"], number("is", "4")), ["a"]],
  [measure(["count", "view", "url"], number("is", "1")), ["a"]],
  [measure(["count", "view", "tags"], number("is", "1")), ["a"]],
  [measure(["min", "view", "day"], date("is", 1, 31)), ["a"]],
  [measure(["max", "view", "day"], date("is", 2, 1)), ["a"]],
  [measure(["max", "view", "seen"], date("is", 3, 29)), ["a"]],
  [measure(["max", "view", "seen"], known, [], true), ["b", "c"]],
  // Orders: one is canceled, one not seen yet, one passed twice.
  [performed("order", count("exactly", 2)), ["a"]],
  [never("order"), ["b", "c"]],
  [measure(["sum", "order", "amount"], number("is", "12.5")), ["a"]],
  [measure(["average", "order", "amount"], number("is", "6.25")), ["a"]],
  [measure(["max", "order", "amount"], number("is", "10")), ["a"]],
  [measure(["max", "order", "quantity"], number("is", "0.3")), ["a"]],
  [measure(["min", "order", "quantity"], number("is", "0")), ["a"]],
  [measure(["count", "order", "product"], number("is", "1")), ["a"]],
  [measure(["count", "order", "channel"], number("is", "1")), ["a"]],
  [performed("order", where(condition(of("order", "product"), has("mu")))), ["a"]],
  [performed("order", where(condition(of("order", "product"), { kind: "size", atLeast: 2 }))), []],
  [performed("order", where(condition(of("order", "status"), text("is", "canceled")))), []],
  [performed("order", where(condition(of("order", "status"), text("is", "paid")))), ["a"]],
  [performed("order", where(condition(of("order", "channel"), text("is", "web")))), ["a"]],
  [performed("order", where(condition(of("order", "amount"), number("is", "2.5")))), ["a"]],
  [occurrence("last", "order", date("is", 11, 2)), ["a"]],
  // By sha256sum: of 2^32, `/a` is 41.53 %, `/b` 59.40 %, `/c` 97.9695 %; `Zoë/a` 65.78 %, `Zoë/b` 34.72 %, `Zoë/c` 48.13 %.
  [sample("41.5", ""), []],
  [sample("41.53", ""), ["a"]],
  [sample("97.969", ""), ["a", "b"]],
  [sample("97.97", ""), ["a", "b", "c"]],
  [sample("48", "Zoë"), ["b"]],
  [sample("48.2", "Zoë"), ["b", "c"]],
  [sample("0", ""), []],
  [sample("100", "Zoë"), ["a", "b", "c"]],
];

it.each(cases.map(([query, members]) => [printQuery(query), query, members] as const))(
  "%s",
  (_, query, members) => {
    expect(evaluate(world, query, Date.parse(asOf))).toEqual(members);
  },
);
