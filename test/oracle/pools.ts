// The values that random worlds and queries are made of. Each list holds what has been known to break such engines.
import type { PropertyType } from "./folder.js";

/** A zone, and an as-of instant that is awkward in it. The first is the plainest: shrinking ends there. */
export const moments: readonly (readonly [string, string])[] = [
  ["Europe/Warsaw", "2026-11-23T12:00:00.000Z"],
  ["UTC", "2026-06-15T00:00:00.000Z"],
  // 31 March, where a month back is the last of February; a leap year's too.
  ["Europe/Warsaw", "2026-03-31T09:30:15.250Z"],
  ["Europe/Warsaw", "2028-03-31T21:59:59.999Z"],
  // The spring change at 01:00Z: just before, on it, and a day after a skipped 02:30.
  ["Europe/Warsaw", "2026-03-29T00:59:59.999Z"],
  ["Europe/Warsaw", "2026-03-29T01:00:00.000Z"],
  ["Europe/Warsaw", "2026-03-30T00:30:00.000Z"],
  // The autumn change at 01:00Z: inside the first and the second 02:30, and a day after them.
  ["Europe/Warsaw", "2026-10-25T00:30:00.000Z"],
  ["Europe/Warsaw", "2026-10-25T01:30:00.000Z"],
  ["Europe/Warsaw", "2026-10-26T01:30:00.000Z"],
  // Already the next year there.
  ["Europe/Warsaw", "2026-12-31T23:30:00.000Z"],
  ["Europe/Warsaw", "2026-02-28T11:00:00.000Z"],
  ["Europe/Warsaw", "2028-02-29T11:00:00.000Z"],
  ["America/New_York", "2026-03-08T07:00:00.000Z"],
  ["America/New_York", "2026-03-09T06:30:00.000Z"],
  ["America/New_York", "2026-11-01T05:30:00.000Z"],
  ["America/New_York", "2026-11-01T06:30:00.000Z"],
  ["America/New_York", "2027-01-01T04:30:00.000Z"],
  ["Asia/Kolkata", "2026-02-28T18:30:00.000Z"],
  ["Asia/Kolkata", "2024-03-01T05:15:30.000Z"],
  // The clock goes forward at midnight: 4 November 2018 begins at 01:00.
  ["America/Sao_Paulo", "2018-11-05T02:30:00.000Z"],
  // 30 December 2011 never was.
  ["Pacific/Apia", "2012-01-01T10:30:00.000Z"],
  ["Pacific/Apia", "2026-11-23T12:00:00.000Z"],
];

/** Clock changes near those moments. */
export const changes: Readonly<Record<string, readonly string[]>> = {
  "Europe/Warsaw": ["2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T00:30:00Z"],
  "America/New_York": ["2026-03-08T07:00:00Z", "2026-11-01T06:00:00Z", "2026-11-01T05:30:00Z"],
  "America/Sao_Paulo": ["2018-11-04T03:00:00Z", "2018-02-18T02:00:00Z"],
  "Australia/Lord_Howe": ["2026-04-04T15:00:00Z", "2026-10-03T15:30:00Z"],
  "Asia/Kathmandu": ["1985-12-31T18:30:00Z"],
  "Pacific/Apia": ["2011-12-30T10:00:00Z"],
};

/** Instants around each of those changes: on it, within the hour that it skips or repeats, and a day or a month from that. */
export const momentsAroundChanges: readonly (readonly [string, string])[] = Object.entries(changes).flatMap(
  ([zone, instants]) =>
    instants.flatMap((change) =>
      [-1, 0, 600_000, 1_800_000, 5_400_000].flatMap((later) =>
        [0, 1, -1, 31].map((days) => {
          const at = Date.parse(change) + later + days * 86_400_000;
          return [zone, new Date(at).toISOString()] as const;
        }),
      ),
    ),
);

/** The windows that queries ask for most, so that records can stand on their edges. */
export const spans: readonly (readonly [
  number,
  "minute" | "hour" | "day" | "week" | "month" | "quarter" | "year",
])[] = [
  [30, "day"],
  [1, "day"],
  [1, "hour"],
  [1, "month"],
  [1, "week"],
  [1, "year"],
  [1, "quarter"],
  [2, "day"],
  [13, "month"],
  [90, "minute"],
  [25, "hour"],
  [1, "minute"],
];

export const days = [
  "1990-02-28",
  "2000-02-29",
  "1996-02-29",
  "1999-03-01",
  "1985-12-31",
  "1985-01-01",
  "1970-01-01",
  "1900-05-31",
  "2026-10-25",
  "2026-03-29",
  "2011-12-30",
];

export const texts = [
  // Ids, of which the case matters only where they are compared with one.
  "crm-1",
  " CRM-1",
  "Warsaw",
  "WARSAW",
  "New York",
  "new york",
  "Łódź",
  "Zoë",
  "Zoe\u0308",
  "Zoe",
  "İstanbul",
  "I\u0307stanbul",
  "istanbul",
  "ıstanbul",
  "i\u0307stanbul",
  "ΟΔΟΣ",
  "οδος",
  "οδοσ",
  "Straße",
  "STRASSE",
  "STRAẞE",
  // A capital that has no composed form, and its lower case that has.
  "J\u030Cx",
  "\u01F0x",
  "\u212Aelvin",
  "ǅ",
  "𐐀𐐁",
  "𐐨𐐩",
  "🙂 shop",
  "\u00a0padded\u0085",
  "  padded ",
  "\ufeffmarked",
  "a.*b",
  "axxb",
  "^a$",
  "[a-z]+",
  "a\\b",
  "$where",
  "o'brien",
  'O\'Reilly "quoted" \\ back',
  "and or not",
  "Truth or Consequences",
  "Stratford on Avon",
  "Walk in the last days",
  "unknown",
  "so unknown",
  "any value",
  "true",
  "null",
  "21",
  "2026-02-01",
  "today",
  "(brackets)",
  "a, b",
  "1,000",
  "#hash",
  "--dash",
  "100%",
  "x=y",
  "__proto__",
  "constructor",
];

export const emails = [
  "Anna@example.com",
  "BOB.1@MAIL.CO.UK",
  "bob.1@mail.co.uk",
  "x@shop.uk ",
  "Straße@beispiel.DE",
  "Émile@shop.pl",
  "E\u0301mile@shop.pl",
  "no-at-sign",
];

export const postcodes = ["00-001", "10001", "SW1A 1AA", "sw1a 1aa", "007"];

export const tags = [
  "b2b",
  "B2B",
  "beta",
  "early adopter",
  "Zoe\u0308",
  "ZOË",
  " beta ",
  "ΟΔΟΣ",
  "a,b",
  "VIP list",
];

export const numbers = [
  0, 1, 21, -1, 0.1, 0.3, -1.625, 1000.5, 1.02, 33.33, 1_000_000, 9_007_199_254_740_991, -0.000_1,
];

export const amounts = [0, 1, -1, -50_000, 9_999, 10_000, 10_001, 50_000, 100_050, 33_333, 100_000_000_000];

export const products = [
  { product_id: "p1", sku: "SKU-MBA-13", name: "MacBookAir 13" },
  { product_id: "p2", sku: null, name: "iPhone 17" },
  { product_id: "p3", sku: "SKU-CASE", name: "Case for MacBookAir" },
  { product_id: "p4", sku: "p1", name: 'Mug "Hello" (İ)' },
  { product_id: "p5", name: null },
  { product_id: "p6", sku: " ", name: "   " },
  // The same product under another name, and written otherwise.
  { product_id: "p1", sku: "SKU-MBA-13", name: "Macbook\u00a0Air" },
  { product_id: "P2 ", sku: "x.*y", name: "ΟΔΟΣ Zoe\u0308" },
  { product_id: "10", sku: "1,000", name: "and" },
];

/** What events are called, and what is known of each. A project's are some of these. */
export const eventNames = [
  "page viewed",
  "login",
  "checkout",
  // One that differs by case alone: only the exact spelling reaches either.
  "Login",
  "end of trial",
  "in the last",
  "the end",
  "customer created",
  "ΟΔΟΣ Zoe\u0308",
  "$set",
  "a.b",
  'said "hi"',
  "constructor",
  "toString",
  "3 times",
];

/** The properties that an event may have. */
export const eventProperties: readonly (readonly [string, PropertyType])[] = [
  ["url", "string"],
  ["value", "number"],
  ["mobile", "boolean"],
  ["day", "date"],
  ["seen", "datetime"],
  ["tags", "string[]"],
  ["sizes", "number[]"],
  ["flags", "boolean[]"],
  ["visits", "date[]"],
  ["logins", "datetime[]"],
  ["Url", "string"],
  ["unit price", "number"],
  ["is vip", "boolean"],
  ["under_score", "number"],
  ["$where", "string"],
  ["a.b", "number"],
  ["constructor", "number"],
  ["hasOwnProperty", "boolean"],
  // Names that customers and events have too.
  ["email", "string"],
  ["city", "number"],
  ["type", "string"],
  ["at", "datetime"],
  ["customer", "string"],
  // Words of the language.
  ["count", "number"],
  ["not", "boolean"],
  ["order", "date"],
];

/** What an order's metadata may hold besides the keys of a customer's. */
export const orderKeys: readonly (readonly [string, PropertyType])[] = [
  ["channel", "string"],
  ["amount", "string"],
  ["Status", "boolean"],
  ["quantity", "number"],
  ["shipping", "number"],
];

/** Numbers of events, which are added up. */
export const measurements = [
  0, 1, -1, 0.1, 0.2, 0.3, 0.7, 1.1, 2.2, -1.625, 19.99, 33.33, 1000.5, 1_000_000, -0.000_1,
];

export const sampleNames = [
  "spring-test",
  "Spring-Test",
  "Zoë",
  "Zoe\u0308",
  'say "hi"',
  "a/b",
  " padded ",
  "10%",
  "50",
];

export const sources = [
  "mailchimp",
  "intercom",
  "web_widget",
  "bigcommerce",
  "activecampaign",
  "shopify",
  "api",
  "import",
] as const;

export const countrySpellings = [
  "PL",
  "Poland",
  "POL",
  " poland ",
  "FR",
  "France",
  "deu",
  "US",
  "IN",
  "India",
  "NO",
  "IS",
  "AND",
  "GB",
  "Narnia",
  "NARNIA",
  "Côte Perdue",
  "T\u00dcRK\u0130YE",
  "Tu\u0308rkI\u0307ye",
];

export const sourceIds = [
  "crm-1",
  "crm-2",
  "crm-3",
  "crm-4",
  "crm-5",
  "crm-10",
  "CRM-1",
  "\u00e91",
  "e\u03011",
  "Σ",
  "σ",
  "a b",
  "id.with.dots",
  "$id",
  "__proto__",
  "constructor",
  "𐐀",
  "7",
];

export const campaigns: readonly (readonly string[])[] = [
  ["Xmas", "Birthday"],
  ["Club", "CLUB"],
  ["Bring a friend", "$set", "a.b"],
  ["__proto", "constructor", 'Say "hi"'],
];

export const metadataKeys: readonly (readonly [string, PropertyType])[] = [
  ["plan", "string"],
  ["age", "number"],
  ["vip", "boolean"],
  ["renewal", "date"],
  ["seen", "datetime"],
  ["tags", "string[]"],
  ["sizes", "number[]"],
  ["flags", "boolean[]"],
  ["visits", "date[]"],
  ["logins", "datetime[]"],
  ["Plan", "string"],
  ["is vip", "boolean"],
  ["under_score", "string"],
  ["Ünïcode", "number"],
  ["a.b", "number"],
  ["$where", "string"],
  ["price $", "number"],
  // Not `__proto__` itself, which a product may well refuse as a name: pass it to worldArbitrary if it doesn't.
  ["__defineGetter__", "string"],
  ["constructor", "number"],
  ["toString", "boolean"],
  ["hasOwnProperty", "string[]"],
  // Names that something else has too: only `metadata.` reaches these.
  ["email", "string"],
  ["city", "number"],
  ["order", "date"],
  ["created", "datetime"],
  // A word of the language.
  ["not", "boolean"],
];
