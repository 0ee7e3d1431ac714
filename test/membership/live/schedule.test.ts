// How the bounds of a query move in a stretch of time, written out.
import { expect, it } from "vitest";
import { catalogOf } from "../../../src/catalog/catalog.js";
import { checkQuery } from "../../../src/check/check.js";
import { movementsOf } from "../../../src/membership/live/schedule.js";
import { projectDocument } from "../../support/project.js";

const definition = projectDocument({ timezone: "Asia/Kolkata" });

function movementsFrom(query: string, from: string, to: string): readonly string[] {
  const planAt = (asOf: number) => checkQuery(query, catalogOf(definition), asOf).plan;
  const text = (instant: unknown) => new Date(instant as number).toISOString();
  return movementsOf({ planAt }, Date.parse(from), Date.parse(to)).map((movement) => {
    if (movement.kind === "slide")
      return `${text(movement.from)} to ${text(movement.to)} from ${text(movement.start)} by ${movement.step}`;
    if (movement.kind === "turn") return `${text(movement.at)} turns`;
    const [before, after] = [movement.before, movement.after].map((value) =>
      text((value as { instant: number }).instant),
    );
    return `${text(movement.at)} jumps ${before} to ${after}`;
  });
}

it.each<readonly [query: string, from: string, to: string, expected: readonly string[]]>([
  ["country is PL", "2026-11-23T12:00:00Z", "2026-11-23T18:29:59.999Z", []],
  [
    "created more than 1 hour ago",
    "2026-11-23T12:00:00.500Z",
    "2026-11-23T18:29:59.999Z",
    ["2026-11-23T12:00:00.500Z to 2026-11-23T18:29:59.999Z from 2026-11-23T11:00:00.500Z by 1"],
  ],
  [
    // Nineteen hours are two movements, not one for each minute.
    "created exactly 5 minutes ago",
    "2026-11-22T23:00:59.999Z",
    "2026-11-23T18:29:59.999Z",
    [
      "2026-11-22T23:00:59.999Z to 2026-11-23T18:29:59.999Z from 2026-11-22T22:55:00.000Z by 60000",
      "2026-11-22T23:00:59.999Z to 2026-11-23T18:29:59.999Z from 2026-11-22T22:55:59.999Z by 60000",
    ],
  ],
  [
    // Clock hours begin at half past in UTC.
    "created exactly 3 hours ago",
    "2026-11-23T12:00:00Z",
    "2026-11-23T13:00:00Z",
    [
      "2026-11-23T12:30:00.000Z jumps 2026-11-23T08:30:00.000Z to 2026-11-23T09:30:00.000Z",
      "2026-11-23T12:30:00.000Z jumps 2026-11-23T09:29:59.999Z to 2026-11-23T10:29:59.999Z",
    ],
  ],
])("%s from %s to %s", (query, from, to, expected) => {
  expect(movementsFrom(query, from, to)).toEqual(expected);
});
