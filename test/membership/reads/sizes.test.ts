// The sizes of a segment over time, on every store, folded from intervals that are written out.
import { describe, expect, it } from "vitest";
import { fixedClock } from "../../../src/clock.js";
import type { Cause, MembershipDocument } from "../../../src/documents/membership-documents.js";
import { lastingId } from "../../../src/membership/maintain/transitions.js";
import { sizesAt } from "../../../src/membership/reads/history.js";
import { everyStore } from "../../store/every-store.js";
import { storeOfSuite } from "../../store/store-of-suite.js";

const day = (text: string) => `2026-05-${text}T12:00:00.000Z`;

/** Who, from when, and until when: two leave at the instant at which another comes, one comes and leaves at one instant. */
const intervals: readonly (readonly [sourceId: string, from: string, to?: string])[] = [
  ["c-1", "01"],
  ["c-2", "01", "10"],
  ["c-3", "05", "10"],
  ["c-4", "10", "20"],
  ["c-5", "15", "15"],
  ["c-2", "20"],
  ["c-6", "31"],
];

const cases: readonly (readonly [what: string, instants: readonly string[], sizes: readonly number[]])[] = [
  ["before anybody came", ["2026-04-30T12:00:00.000Z"], [0]],
  [
    "just before, at and after",
    [day("01").replace("12:00:00.000", "11:59:59.999"), day("01"), day("02")],
    [0, 2, 2],
  ],
  ["over all of it", ["01", "05", "10", "15", "20", "31"].map(day), [2, 3, 2, 2, 2, 3]],
  ["just before some leave", [day("10").replace("12:00:00.000", "11:59:59.999"), day("10")], [3, 2]],
  ["between changes", ["07", "07", "12"].map(day), [3, 3, 2]],
  ["long after", ["2027-01-01T00:00:00.000Z"], [3]],
  ["at no instant", [], []],
];

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);
  const engine = { store, clock: fixedClock(Date.parse(day("31"))) };

  it.each(cases)("%s", async (what, instants, sizes) => {
    const project = `sizes-${what.replaceAll(" ", "-")}`;
    await store.write((transaction) =>
      transaction.put("memberships", [
        ...intervals.map(([customer, from, to], index) =>
          intervalOf(project, "poles", index, customer, from, to),
        ),
        // Another segment's do not count.
        intervalOf(project, "buyers", 0, "c-1", "01"),
      ]),
    );
    expect(await sizesAt(engine, project, "poles", instants.map(Date.parse))).toEqual(sizes);
  });
});

function intervalOf(
  project: string,
  segment: string,
  number: number,
  sourceId: string,
  from: string,
  to?: string,
): MembershipDocument {
  const [entered_at, entered_by] = at(from);
  const customer = `${project}/${sourceId}`;
  const interval = { project, segment, customer, entered_at, entered_by };
  if (to === undefined) return { ...interval, _id: lastingId(project, segment, customer) };
  const [left_at, left_by] = at(to);
  return { ...interval, _id: `${project}/${segment}/0.${number}`, left_at, left_by };
}

function at(text: string): [Date, Cause] {
  return [new Date(day(text)), { kind: "PROFILE", at: new Date(day(text)) }];
}
