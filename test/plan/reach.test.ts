// The bounds of what a length of time comes to hold on every day, and are no wider than the offsets of a zone make them.
import { expect, it } from "vitest";
import { dayMs } from "../../src/clock.js";
import { moveDate } from "../../src/plan/calendar.js";
import { reachOf } from "../../src/plan/reach.js";

const [first, last] = [Date.parse("2023-01-01"), Date.parse("2028-12-31")];

it.each([
  ["day", 1, 1, 1],
  ["week", 1, 7, 7],
  ["month", 1, 28, 31],
  ["quarter", 1, 89, 92],
  ["year", 1, 365, 366],
  ["month", -1, -31, -28],
  ["quarter", -1, -92, -89],
  ["year", -1, -366, -365],
] as const)("%s, %i of them: from %i to %i days", (unit, amount, shortest, longest) => {
  const lengths: number[] = [];
  for (let day = first; day <= last; day += dayMs) {
    const moved = moveDate(new Date(day).toISOString().slice(0, 10), amount, unit);
    lengths.push((Date.parse(moved) - day) / dayMs);
  }
  expect([Math.min(...lengths), Math.max(...lengths)]).toEqual([shortest, longest]);
  expect(reachOf({ amount, unit })).toEqual({ least: (shortest - 2) * dayMs, most: (longest + 2) * dayMs });
});

it("minutes and hours are of one length", () => {
  expect(reachOf({ amount: 90, unit: "minute" })).toEqual({ least: 5_400_000, most: 5_400_000 });
  expect(reachOf({ amount: -2, unit: "hour" })).toEqual({ least: -7_200_000, most: -7_200_000 });
});
