// What queries read of a customer, and what no customer may look like.
import { describe, expect, it } from "vitest";
import type { Profile } from "../../src/documents/documents.js";
import { deriveFacts } from "../../src/facts/customer-facts.js";
import { readProfile } from "../../src/facts/profile.js";
import { attempt } from "../../src/facts/record-error.js";
import { projectDocument } from "../support/project.js";

const definition = projectDocument({
  metadataSchema: {
    plan: "string",
    age: "number",
    vip: "boolean",
    renewal: "date",
    seen: "datetime",
    tags: "string[]",
    days: "date[]",
    "is vip": "string",
    Level: "number",
    level: "string",
  },
  consents: ["Newsletter", "SMS"],
});

const derive = (profile: object) => deriveFacts(readProfile({ source_id: "a", ...profile }), definition);
const factsOf = (profile: object) => derive(profile).facts as unknown as Record<string, unknown>;
const reasonOf = (record: unknown) => attempt(() => deriveFacts(readProfile(record), definition));

describe("facts of a profile", () => {
  it("normalises and reverses text, without fields for unknown values", () => {
    const derived = derive({
      source_id: "Crm-1",
      name: "  Émile\u00a0GARCÍA ",
      email: "A@X.UK",
      phone: null,
      address: { city: "   ", state: "NY", country: "Poland" },
      source: "Web Widget",
      source_metadata: { web_widget: { id: "W-2" }, intercom: { type: "Lead" }, mailchimp: null },
    });
    expect(derived).toEqual({
      facts: {
        source_id: "Crm-1",
        name: "émile\u00a0garcía",
        email: "a@x.uk",
        state: "ny",
        country: "PL",
        source: "web_widget",
        intercom_type: "lead",
        web_widget_id: "w-2",
        consents: [],
        metadata: { ss_tags: [], dd_days: [] },
      },
      reversed: {
        source_id: "1-mrC",
        name: "aícrag\u00a0elimé",
        email: "ku.x@a",
        state: "yn",
        web_widget_id: "2-w",
        metadata: {},
      },
      yearly: { metadata: {} },
    });
    expect(Object.keys(derived.facts)).not.toContain("phone");
  });

  it.each([
    ["2026-07-01T10:00:00Z", "2026-07-01T10:00:00.000Z"],
    ["2026-07-01T10:00:00.125+02:00", "2026-07-01T08:00:00.125Z"],
    ["2026-07-01T10:00", "2026-07-01T08:00:00.000Z"],
    ["2026-07-01", "2026-06-30T22:00:00.000Z"],
    // The clock skips 02:30 on this day, and repeats it on the other.
    ["2026-03-29T02:30:00", "2026-03-29T01:30:00.000Z"],
    ["2026-10-25T02:30:00", "2026-10-25T00:30:00.000Z"],
    [" 2026-01-05 ", "2026-01-04T23:00:00.000Z"],
  ])("takes %s as %s in Warsaw", (written, instant) => {
    expect(factsOf({ created_at: written }).created_at).toEqual(new Date(instant));
  });

  it("keeps the day and its yearly form of a birthdate", () => {
    const { facts, yearly } = derive({ birthdate: "1960-02-29" });
    expect(facts.birthdate).toBe("1960-02-29");
    expect(yearly).toEqual({ birthdate: "02-29", metadata: {} });
  });

  it("stores a country that is not an ISO name as text", () => {
    expect(factsOf({ address: { country: "EIRE " } }).country).toBe("eire");
  });

  it("normalises consents, without duplicates", () => {
    expect(factsOf({ consents: ["newsletter", "NEWSLETTER ", "Sms"] }).consents).toEqual([
      "newsletter",
      "sms",
    ]);
  });

  it("types metadata as the schema says", () => {
    const { facts, reversed, yearly } = derive({
      metadata: {
        PLAN: " Gold ",
        age: 21.5,
        vip: false,
        renewal: "2026-11-03",
        seen: "2026-11-03T01:00:00",
        tags: ["B2B", "b2b", " ", null, "beta"],
        days: ["2026-01-01"],
        "is vip": "yes",
        unheard: { of: 1 },
      },
    });
    expect(facts.metadata).toEqual({
      s_plan: "gold",
      n_age: 21.5,
      b_vip: false,
      d_renewal: "2026-11-03",
      t_seen: new Date("2026-11-03T00:00:00Z"),
      ss_tags: ["b2b", "beta"],
      dd_days: ["2026-01-01"],
      "s_is%20vip": "yes",
    });
    expect(reversed.metadata).toEqual({ s_plan: "dlog", "s_is%20vip": "sey" });
    expect(yearly.metadata).toEqual({ d_renewal: "11-03" });
  });

  it.each([
    ["null and blank are unknown", { plan: " ", age: null, vip: "" }, {}],
    ["the exact key before one of another case", { PLAN: "silver", plan: "gold" }, { s_plan: "gold" }],
    ["neither, where two keys are alike but for case", { LEVEL: 3 }, {}],
    ["each by its exact spelling", { Level: 3, level: "three" }, { n_Level: 3, s_level: "three" }],
  ])("reads metadata keys: %s", (_, metadata, expected) => {
    expect(factsOf({ metadata }).metadata).toEqual({ ss_tags: [], dd_days: [], ...expected });
  });

  it("keeps the profile as it was given", () => {
    const profile = { source_id: "a", name: " A ", metadata: { unheard: [1] }, shoe: 42 } as Profile;
    expect(readProfile(profile)).toStrictEqual(profile);
  });
});

describe("a record that is not a customer", () => {
  it.each<[unknown, string]>([
    [[], 'a record is an object, as {"source_id": "…"}, not a list'],
    [{}, "`source_id` is missing: it must be text"],
    [{ source_id: 7 }, "`source_id` must be text, not 7"],
    [{ source_id: "  " }, "`source_id` is blank"],
    [{ source_id: "x".repeat(257) }, "`source_id` has more than 256 characters"],
    [{ source_id: "a\u0000" }, "`source_id` holds a null character, which can't be stored; remove it"],
    [{ source_id: "a\ud800" }, "`source_id` holds half of a character, which can't be stored; remove it"],
    [{ source_id: "a", name: "x".repeat(1_025) }, "`name` has more than 1,024 characters"],
    [{ source_id: "a", address: "Rome" }, '`address` must be an object, not the text "Rome"'],
    [
      { source_id: "a", birthdate: "2026-02-30" },
      '`birthdate` is "2026-02-30", which is no day; write one as 1990-02-28, or as --02-28 without its year',
    ],
    [
      { source_id: "a", birthdate: "1.2.1990" },
      '`birthdate` is "1.2.1990", which is no day; write one as 1990-02-28, or as --02-28 without its year',
    ],
    [
      { source_id: "a", created_at: "2026-13-01" },
      '`created_at` is "2026-13-01", which is no date; write one as 2026-02-01 or 2026-02-01T10:00:00Z',
    ],
    [
      { source_id: "a", source: "hubspot" },
      '`source` is "hubspot"; it must be one of mailchimp, intercom, web_widget, bigcommerce, activecampaign, shopify, api, import',
    ],
    [
      { source_id: "a", source_metadata: { intercom: { type: "boss" } } },
      '`source_metadata.intercom.type` is "boss"; it must be one of lead, user',
    ],
    [
      { source_id: "a", consents: ["fax"] },
      '`consents` holds "fax", which is no consent of the project (it has Newsletter, SMS); correct it, or define it: segmentql define consent "fax"',
    ],
    [{ source_id: "a", metadata: { age: "21" } }, '`metadata.age` must be a number, not the text "21"'],
    [{ source_id: "a", metadata: { vip: 1 } }, "`metadata.vip` must be true or false, not 1"],
    [
      { source_id: "a", metadata: { Renewal: "2026-02-30" } },
      '`metadata.Renewal` must be a day as 2026-02-01, not the text "2026-02-30"',
    ],
    [
      { source_id: "a", metadata: { tags: "b2b" } },
      '`metadata.tags` must be a list, each of it text, not the text "b2b"',
    ],
    [{ source_id: "a", metadata: { tags: ["a", 1] } }, "`metadata.tags[1]` must be text, not 1"],
    [
      { source_id: "a", metadata: { tags: Array(1_001).fill("a") } },
      "`metadata.tags` has 1001 elements; 1000 is the most that a list may have",
    ],
    [
      { source_id: "a", metadata: { plan: "x".repeat(8_193) } },
      "`metadata.plan` has 8193 characters; 8192 is the most that a text may have",
    ],
    [
      {
        source_id: "a",
        metadata: Object.fromEntries(Array.from({ length: 257 }, (_, index) => [`k${index}`, 1])),
      },
      "`metadata` has more than 256 keys",
    ],
    [
      { source_id: "a", metadata: { blob: "x".repeat(65_536) } },
      "the record has 65576 bytes as JSON; 65536 is the most that one may have",
    ],
    [
      { source_id: "a", metadata: { seen: [{ "a\0b": 1 }] } },
      'the record has a key "a\\u0000b", which holds a null character; name it otherwise',
    ],
    [
      JSON.parse('{"source_id":"a","metadata":{"__proto__":1}}'),
      'the record has a key "__proto__"; name it otherwise',
    ],
    [
      { source_id: "a", metadata: { seen: ["x", { y: "a\0b" }] } },
      "`metadata.seen.1.y` holds a null character, which can't be stored; remove it",
    ],
    [{ source_id: "a", metadata: nested(20) }, "the record is nested more than 16 levels deep"],
  ])("is refused (%#)", (record, reason) => {
    expect(reasonOf(record)).toMatchObject({ reason });
  });
});

function nested(levels: number): object {
  return levels === 0 ? {} : { in: nested(levels - 1) };
}
