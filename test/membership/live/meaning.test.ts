// A segment's meaning at successive instants, derived from the preceding one, equals its query checked from scratch.
import { describe, expect, it } from "vitest";
import { catalogOf } from "../../../src/catalog/catalog.js";
import { checkQuery } from "../../../src/check/check.js";
import { type Meaning, meaningOf } from "../../../src/membership/live/plan-at.js";
import type { Plan } from "../../../src/plan/plan.js";
import { compilePredicate } from "../../../src/predicate/compile.js";
import { projectDocument } from "../../support/project.js";

const minute = 60_000;
const hour = 60 * minute;

const queries = [
  "country is PL",
  "last order more than 1 month ago",
  "last order in the last 7 days",
  "created exactly 3 hours ago or created exactly 5 minutes ago",
  "created is today or created is yesterday",
  "created is after 2026-01-01 and last order in the last 7 days",
  "created starts at 28.02",
  "renewal is in the last 1 month",
  "birthday anniversary is in the next 3 days and created less than 1 week ago",
  "visits contains any of (yesterday, 2026-03-29)",
  "performed login exactly 2 times in the last 1 month",
  "performed view where value > 10 in the last 1 week",
  "sum of value of view in the last 30 days is at least 20",
  "not (country is PL or last order more than 1 month ago)",
];

const places: readonly (readonly [zone: string, edge: string])[] = [
  ["Europe/Warsaw", "2026-03-28T23:00:00Z"],
  ["Europe/Warsaw", "2026-03-29T01:00:00Z"],
  ["Europe/Warsaw", "2026-10-25T01:00:00Z"],
  ["Europe/Warsaw", "2026-11-23T12:00:00Z"],
  ["America/Santiago", "2026-09-06T04:00:00Z"],
  ["Asia/Kolkata", "2026-12-31T18:30:00Z"],
];

function planner(query: string, timezone: string): (asOf: number) => Plan | undefined {
  const definition = projectDocument({
    timezone,
    metadataSchema: { renewal: "date", visits: "datetime[]" },
    eventSchemas: { login: {}, view: { value: "number", seen: "date" } },
  });
  return (asOf) => checkQuery(query, catalogOf(definition), asOf).plan;
}

describe.each(places)("in %s at %s", (zone, edge) => {
  const at = Date.parse(edge);
  const instants = [
    ...[-2 * hour, -hour - 1, -20 * minute, -61_000, -1_000, -2, -1, 0, 1, 2, 999, 60_000, 7 * minute],
    ...[29 * minute, hour - 1, hour, hour + 1, 2 * hour],
  ].map((by) => at + by);

  it.each(queries)("%s", (query) => {
    const planAt = planner(query, zone);
    const meaningAt = meaningOf(planAt, zone);
    for (const instant of instants)
      expect(written(meaningAt(instant)), String(instant - at)).toBe(JSON.stringify(planAt(instant)?.where));
  });

  it.each(queries.filter((query) => /last order|created (exactly|is today)|performed|sum of/.test(query)))(
    "who is meant by %s",
    (query) => {
      const planAt = planner(query, zone);
      const meaningAt = meaningOf(planAt, zone);
      const answers = new Set<boolean>();
      for (const instant of instants) {
        const { node, later } = meaningAt(instant)!;
        const [asked, compiled] = [compilePredicate(node), compilePredicate(planAt(instant)!.where)];
        for (const customer of customersNear(instant)) {
          const answer = compiled(customer);
          expect(asked(customer, later), `${instant - at} ${JSON.stringify(customer)}`).toBe(answer);
          answers.add(answer);
        }
      }
      expect(answers.size).toBe(2);
    },
  );
});

/** The node as of the meaning's instant, as it would be written down. */
function written(meaning: Meaning | undefined): string {
  return JSON.stringify(meaning?.node, (_, value: unknown) => {
    if (typeof value !== "object" || value === null || !("slides" in value)) return value;
    const { instant } = value as unknown as { readonly instant: number };
    return { instant: instant + meaning!.later };
  });
}

/** Customers with all their facts at one moment, near the bounds of the queries at an instant. */
function customersNear(instant: number): readonly object[] {
  const day = 24 * hour;
  const ages = [
    0,
    5 * minute,
    3 * hour,
    day,
    7 * day,
    28 * day,
    30 * day,
    31 * day,
    62 * day,
    -3 * day,
    -30 * day,
  ];
  const moments = ages.flatMap((age) => [-hour, -1, 0, 1, hour].map((by) => new Date(instant - age + by)));
  return moments.map((at) => {
    const events = ["login", "view", "view", "login"].map((type) => ({ type, at, facts: { n_value: 15 } }));
    return {
      facts: { country: "DE", created_at: at, metadata: { tt_visits: [at] } },
      activity: { orders: { last_at: at } },
      records: { events, orders: [] },
    };
  });
}

it.each<readonly [query: string, most: number]>([
  ["last order more than 1 month ago", 4],
  ["performed login exactly 2 times in the last 1 month", 4],
  // Its bounds go on with the minutes of the clock.
  ["created exactly 5 minutes ago", 9],
])("%s is not checked at every instant", (query, most) => {
  const planAt = planner(query, "Europe/Warsaw");
  let checked = 0;
  const meaningAt = meaningOf((asOf) => {
    checked += 1;
    return planAt(asOf);
  }, "Europe/Warsaw");
  const start = Date.parse("2026-11-23T12:00:00Z");
  for (let by = 0; by < 59_000; by += 1_000) meaningAt(start + by);
  expect(checked).toBeLessThanOrEqual(most);
});
