// Which name a mistake of a sentence is about, and as what it can be defined.
import { describe, expect, it } from "vitest";
import { type UndefinedName, undefinedNameOf } from "../../src/console/data/undefined-names.js";
import { languageOf } from "../../src/console/language/service.js";

const language = languageOf({
  project: "default",
  timezone: "Europe/Warsaw",
  currency: "USD",
  customerMetadata: [{ name: "vip", type: "boolean" }],
  orderMetadata: [],
  events: [
    { name: "login", properties: [{ name: "device", type: "string" }] },
    { name: "page viewed", properties: [] },
  ],
  consents: [],
  campaigns: {},
  segments: [],
});

const sentences: readonly (readonly [text: string, found: readonly (UndefinedName | undefined)[]])[] = [
  ["metadata.tier is gold", [{ kind: "CUSTOMER_METADATA", name: "tier" }]],
  ["metadata.`shoe size` is 42", [{ kind: "CUSTOMER_METADATA", name: "shoe size" }]],
  ["tier is gold", [{ kind: "CUSTOMER_METADATA", name: "tier" }]],
  ['performed "wishlist add" in the last 3 days', [{ kind: "EVENT", name: "wishlist add" }]],
  ["performed login where colour is red", [{ kind: "EVENT_PROPERTY", name: "colour", event: "login" }]],
  [
    'sum of colour of "page viewed" is more than 3 and performed login',
    [{ kind: "EVENT_PROPERTY", name: "colour", event: "page viewed" }],
  ],
  ["placed order where metadata.channel is web", [{ kind: "ORDER_METADATA", name: "channel" }]],
  ["performed login where metadata.colour is red", [undefined]],
  ["everyone who ever looked at us is here", [undefined]],
  ["country is", [undefined]],
];

describe("the name that is missing", () => {
  it.each(sentences)("%s", (text, found) => {
    const { diagnostics, parts } = language.analyse(text, Date.parse("2026-11-23T12:00:00Z"));
    expect(diagnostics.map((diagnostic) => undefinedNameOf(diagnostic, text, parts))).toEqual(found);
  });
});
