// What a customer's document keeps of changes without an instant of their own.
import { expect, it } from "vitest";
import type { CustomerDocument } from "../../../src/documents/documents.js";
import { knownSince, maxNamed, undatedChangesAfter } from "../../../src/membership/live/concerns.js";

const named = (count: number) => Array.from({ length: count }, (_, index) => `s${index}`);

/** After a change of the profile is evaluated at an instant in the segments, all of which read it. */
function after(segments: readonly string[], at: number, known: CustomerDocument["undated_changes"] = []) {
  const live = new Map(segments.map((id) => [id, { dependencies: ["profile.city"], timedLately: true }]));
  const members = new Map(segments.map((id) => [id, false]));
  const change = { kinds: [{ kind: "PROFILE", at: new Date(at) }] } as const;
  return undatedChangesAfter({ segments: live }, change, { undated_changes: known }, { at, members }, 0);
}

it("names the segments that a change holds back", () => {
  const once = after(["a", "b"], 1_000);
  expect(once).toEqual([{ at: new Date(1_000), segments: ["a", "b"] }]);
  const twice = after(["b"], 2_000, once);
  expect(twice).toEqual([
    { at: new Date(1_000), segments: ["a"] },
    { at: new Date(2_000), segments: ["b"] },
  ]);
  const since = (id: string) => knownSince({ undated_changes: twice! }, { id });
  expect([since("a"), since("b"), since("c")]).toEqual([1_000, 2_000, Number.NEGATIVE_INFINITY]);
});

it("names none where they are many, and holds back every one", () => {
  expect(after(named(maxNamed), 1_000)?.[0]?.segments).toHaveLength(maxNamed);
  const all = after(named(maxNamed + 1), 1_000);
  expect(all).toEqual([{ at: new Date(1_000) }]);
  const later = after(["s0"], 2_000, all);
  expect(later).toEqual([{ at: new Date(1_000) }, { at: new Date(2_000), segments: ["s0"] }]);
  expect(knownSince({ undated_changes: later! }, { id: "s0" })).toBe(2_000);
  expect(knownSince({ undated_changes: later! }, { id: "s1" })).toBe(1_000);
});
