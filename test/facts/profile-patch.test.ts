// What is newly said of a customer, and what the profile is after it.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Profile } from "../../src/documents/documents.js";
import { type CustomerPatch, combinedPatches, patched, readPatch } from "../../src/facts/profile-patch.js";
import { attempt } from "../../src/facts/record-error.js";

const before: Profile = {
  source_id: "a",
  name: "Ada",
  address: { city: "Köln", country: "DE" },
  consents: ["newsletter", "SMS"],
  metadata: { age: 3, tags: ["vip"] },
};

describe("patched", () => {
  it.each<[string, Omit<CustomerPatch, "source_id">, Partial<Profile>]>([
    ["nothing", {}, {}],
    ["a value", { name: "Bo" }, { name: "Bo" }],
    ["one part of an address", { address: { country: "AT" } }, { address: { city: "Köln", country: "AT" } }],
    [
      "metadata, key by key",
      { metadata: { age: 4, plan: "gold" } },
      { metadata: { age: 4, tags: ["vip"], plan: "gold" } },
    ],
    ["a list, whole", { metadata: { tags: ["b2b"] } }, { metadata: { age: 3, tags: ["b2b"] } }],
    [
      "one consent, whatever its case",
      { consents: { sms: false, post: true } },
      { consents: ["newsletter", "post"] },
    ],
    ["all consents", { consents: ["post"] }, { consents: ["post"] }],
    ["no consent", { consents: null }, { consents: [] }],
  ])("changes %s and leaves the rest", (_, patch, changed) => {
    expect(patched(before, { source_id: "a", ...patch })).toEqual({ ...before, ...changed });
  });

  it("removes fields that are null", () => {
    expect(
      patched(before, { source_id: "a", name: null, address: { city: null }, metadata: { age: null } }),
    ).toEqual({
      source_id: "a",
      address: { country: "DE" },
      consents: ["newsletter", "SMS"],
      metadata: { tags: ["vip"] },
    });
  });

  it("makes a profile if there was none", () => {
    expect(patched(undefined, { source_id: "a", name: null, consents: { sms: false, post: true } })).toEqual({
      source_id: "a",
      consents: ["post"],
    });
  });
});

const value = fc.option(fc.constantFrom("x", "y"));
const arbitraryPatch: fc.Arbitrary<CustomerPatch> = fc
  .record(
    {
      name: value,
      email: value,
      address: fc.record({ city: value, country: value }, { requiredKeys: [] }),
      metadata: fc.record({ one: value, other: value }, { requiredKeys: [] }),
      consents: fc.oneof(
        fc.uniqueArray(fc.constantFrom("post", "sms")),
        fc.dictionary(fc.constantFrom("post", "sms"), fc.boolean(), { noNullPrototype: true }),
        fc.constant(null),
      ),
    },
    { requiredKeys: [] },
  )
  .map((patch) => ({ source_id: "a", ...patch }));

it("yields the same by two patches as by both combined", () => {
  const sorted = ({ consents, ...profile }: Profile) => ({
    ...profile,
    ...(consents === undefined ? {} : { consents: [...(consents ?? [])].sort() }),
  });
  fc.assert(
    fc.property(arbitraryPatch, arbitraryPatch, arbitraryPatch, (first, one, other) => {
      const known = patched(undefined, first);
      const apart = patched(patched(known, one), other);
      expect(sorted(patched(known, combinedPatches(one, other)))).toEqual(sorted(apart));
    }),
    { numRuns: 1_000 },
  );
});

it.each([
  [
    { source_id: "a", consents: { sms: "yes" } },
    "`consents` must be a list of consents, or an object of true and false",
  ],
  [{ source_id: "a", name: 3 }, "`name` must be text, not 3"],
  [{ name: "x" }, "`source_id` is missing: it must be text"],
])("refuses what is no patch (%#)", (record, reason) => {
  expect(attempt(() => readPatch(record))).toMatchObject({ reason });
});
