// What the checker reports: the code, the very words, and the mend.
import { describe, expect, it } from "vitest";
import { marked, mended, unmarked } from "./marked.js";
import { check } from "./world.js";

interface Mistake {
  readonly text: string;
  readonly codes: readonly string[];
  /** The text after its fixes, which must then be right. */
  readonly mended?: string;
}

const mistakes: readonly Mistake[] = [
  { text: "[[emial]] is x", codes: ["UNKNOWN_ATTRIBUTE"], mended: "email is x" },
  { text: "[[the metadata.plam]] is x", codes: ["UNKNOWN_ATTRIBUTE"], mended: "metadata.plan is x" },
  { text: "[[metadata.vips]]", codes: ["UNKNOWN_ATTRIBUTE"], mended: "metadata.vip" },
  { text: "[[`is vipp`]] is x", codes: ["UNKNOWN_ATTRIBUTE"], mended: "`is vip` is x" },
  {
    text: "[[birthdat anniversary]] is today",
    codes: ["UNKNOWN_ATTRIBUTE"],
    mended: "birthdate anniversary is today",
  },
  { text: "[[city`x]] is Paris", codes: ["UNCLOSED_QUOTE"] },
  { text: "the [[(]]vip)", codes: ["UNEXPECTED"] },
  { text: "[[contains]] x", codes: ["MISSING_ATTRIBUTE"] },

  // An operator that is missing, or worded otherwise.
  { text: 'city [["Paris"]]', codes: ["MISSING_OPERATOR"], mended: 'city is "Paris"' },
  { text: "[[vip true]]", codes: ["MISSING_OPERATOR"], mended: "metadata.vip is true" },
  { text: "[[email isn't x]]", codes: ["READ_AS"], mended: "email is not x" },
  { text: "[[email start with x]]", codes: ["READ_AS"], mended: "email starts with x" },
  {
    text: "[[email doesn't contain x]]",
    codes: ["READ_AS"],
    mended: "email does not contain x",
  },
  { text: "email [[not ends with]] x", codes: ["UNKNOWN_OPERATOR"], mended: "email does not end with x" },
  { text: "email [[not =]] x", codes: ["UNKNOWN_OPERATOR"], mended: "email is not x" },
  { text: "[[city in Paris]]", codes: ["UNKNOWN_OPERATOR"], mended: "city is any of (Paris)" },
  { text: "[[age greater than 5]]", codes: ["READ_AS"], mended: "metadata.age is more than 5" },
  { text: "age [[is greater than 5]]", codes: ["READ_AS"], mended: "age is more than 5" },
  {
    text: "age [[is not lower than 5]]",
    codes: ["READ_AS"],
    mended: "age is not less than 5",
  },
  {
    text: "[[created within the last 3 days]]",
    codes: ["READ_AS"],
    mended: "created_at is in the last 3 days",
  },
  { text: "consents [[has at most]] 2", codes: ["UNKNOWN_OPERATOR"] },
  { text: "age [[is more than or equal to]] 5", codes: ["UNKNOWN_OPERATOR"], mended: "age is at least 5" },
  { text: "age [[less than or equal to]] 5", codes: ["UNKNOWN_OPERATOR"], mended: "age is at most 5" },
  { text: "age [[==]] 5", codes: ["UNKNOWN_OPERATOR"], mended: "age = 5" },
  { text: "email [[<>]] x", codes: ["UNKNOWN_OPERATOR"], mended: "email != x" },

  { text: "[[age older than 30]]", codes: ["READ_AS"], mended: "metadata.age is more than 30" },
  { text: "[[age younger than 30]]", codes: ["READ_AS"], mended: "metadata.age is less than 30" },
  {
    text: "[[last order older than 30 days ago]]",
    codes: ["READ_AS"],
    mended: "orders.last_at is more than 30 days ago",
  },

  // An operator misspelt; what stands behind the `and` of a range is no condition of its own.
  {
    text: "[[number of orders betwen 1]] and 3",
    codes: ["UNKNOWN_OPERATOR"],
    mended: "orders.count is between 1 and 3",
  },
  {
    text: "age is [[betwen 18]] and 30 and vip",
    codes: ["UNKNOWN_OPERATOR"],
    mended: "age is between 18 and 30 and vip",
  },
  { text: "[[city contians York]]", codes: ["UNKNOWN_OPERATOR"], mended: "city contains York" },
  { text: "[[email strats with ann]]", codes: ["UNKNOWN_OPERATOR"], mended: "email starts with ann" },
  { text: "age is [[more then 3]]", codes: ["UNKNOWN_OPERATOR"], mended: "age is more than 3" },
  { text: "age is not [[at leest 3]]", codes: ["UNKNOWN_OPERATOR"], mended: "age is not at least 3" },
  {
    text: "[[created in teh last 3 days]]",
    codes: ["UNKNOWN_OPERATOR"],
    mended: "created_at is in the last 3 days",
  },
  {
    text: "created is [[befor 2026-01-01]]",
    codes: ["UNKNOWN_OPERATOR"],
    mended: "created is before 2026-01-01",
  },
  { text: "[[city Pater Noster]]", codes: ["MISSING_OPERATOR"], mended: "city is Pater Noster" },
  { text: "[[city iss Warsaw]]", codes: ["MISSING_OPERATOR"], mended: "city is iss Warsaw" },

  // A value for a condition: the one before is meant, but where it is negated, or the words are anything.
  {
    text: "country is Poland or [[United States]]",
    codes: ["UNKNOWN_ATTRIBUTE"],
    mended: "country is any of (Poland, United States)",
  },
  { text: "age > 3 and vip or [[5]]", codes: ["UNKNOWN_ATTRIBUTE"] },
  { text: "vip or age > 3 or [[5]]", codes: ["UNKNOWN_ATTRIBUTE"], mended: "vip or age > 3 or age > 5" },
  {
    text: "tags contains gold and not [[silver]]",
    codes: ["UNKNOWN_ATTRIBUTE"],
    mended: "tags contains gold and not tags contains silver",
  },
  {
    text: "age is [[three]] or [[4]]",
    codes: ["NOT_A_NUMBER", "UNKNOWN_ATTRIBUTE"],
  },
  { text: "city is not Warsaw or [[Paris]]", codes: ["UNKNOWN_ATTRIBUTE"] },
  { text: "city is Warsaw or [[signed up]]", codes: ["UNKNOWN_ATTRIBUTE"] },

  // Two operators in a row; in text a sign is text.
  { text: "age is [[>]] 5", codes: ["TWO_OPERATORS"], mended: "age > 5" },
  { text: "age is not [[>=]] 5", codes: ["TWO_OPERATORS"], mended: "age is not at least 5" },
  { text: "created is not [[>]] today", codes: ["TWO_OPERATORS"], mended: "created is not after today" },
  { text: "age is [[=]]5", codes: ["TWO_OPERATORS"], mended: "age = 5" },
  { text: "age > [[>]] 5", codes: ["TWO_OPERATORS"], mended: "age > 5" },
  { text: "age > [[<]] 5", codes: ["TWO_OPERATORS"] },
  { text: "source is [[==]] api", codes: ["TWO_OPERATORS"], mended: "source = api" },
  { text: "city is [[= Paris]]", codes: ["SIGN_IN_TEXT"], mended: 'city is "= Paris"' },
  { text: "city is <none>", codes: [] },

  // `and` left out.
  { text: "[[vip age]] is 3", codes: ["MISSING_CONNECTIVE"], mended: "vip and age is 3" },
  { text: "age is [[5 vip is true]]", codes: ["MISSING_CONNECTIVE"], mended: "age is 5 and vip is true" },
  { text: "[[xyzzy]] is 1 and [[foo bar]] is 2", codes: ["UNKNOWN_ATTRIBUTE", "UNKNOWN_ATTRIBUTE"] },
  { text: "[[city Paris]]", codes: ["MISSING_OPERATOR"], mended: "city is Paris" },
  { text: "[[opted in to newsletter]]", codes: ["READ_AS"], mended: "consents contains newsletter" },
  { text: "age [[contains]] 3", codes: ["NO_SUCH_OPERATOR"], mended: "age is 3" },
  { text: "age [[does not contain]] 3", codes: ["NO_SUCH_OPERATOR"], mended: "age is not 3" },
  { text: "tags [[is]] b2b", codes: ["NO_SUCH_OPERATOR"], mended: "tags contains b2b" },
  {
    text: "created [[is at least]] 2026-01-01",
    codes: ["NO_SUCH_OPERATOR"],
    mended: "created is on or after 2026-01-01",
  },
  { text: "age [[before]] 3", codes: ["NO_SUCH_OPERATOR"], mended: "age is less than 3" },
  { text: "email [[is empty]]", codes: ["NO_SUCH_OPERATOR"], mended: "email is unknown" },
  { text: "age [[is not empty]]", codes: ["NO_SUCH_OPERATOR"], mended: "age has any value" },
  {
    text: "tags [[none of]] (a, b)",
    codes: ["NO_SUCH_OPERATOR"],
    mended: "tags does not contain any of (a, b)",
  },
  { text: "email [[contains any of]] (a, b)", codes: ["NO_SUCH_OPERATOR"] },
  { text: "source [[contains]] xyz", codes: ["NO_SUCH_OPERATOR"] },
  { text: "source [[contains]] api", codes: ["NO_SUCH_OPERATOR"], mended: "source is api" },
  { text: "created [[is any of]] (today)", codes: ["NO_SUCH_OPERATOR"] },
  { text: "country [[starts with]] P", codes: ["NO_SUCH_OPERATOR"] },
  { text: "vip [[>]] 3", codes: ["NO_SUCH_OPERATOR"] },
  { text: "[[age]]", codes: ["NEEDS_COMPARISON"] },
  {
    text: "created [[is more than]] 2026-01-01",
    codes: ["NEEDS_RELATIVE_DATE"],
    mended: "created is after 2026-01-01",
  },
  {
    text: "created [[less than]] 2026-01-01",
    codes: ["NEEDS_RELATIVE_DATE"],
    mended: "created is before 2026-01-01",
  },
  { text: "created more than [[30 days]]", codes: ["NOT_A_DATE"], mended: "created more than 30 days ago" },
  { text: "created before [[soon]]", codes: ["NOT_A_DATE"] },
  { text: "created before [[2026/2/1]]", codes: ["NOT_A_DATE"], mended: "created before 2026-02-01" },
  { text: "created before [[01.02.26]]", codes: ["NOT_A_DATE"], mended: "created before 2026-02-01" },
  { text: "created before [[1 Feb 2026]]", codes: ["NOT_A_DATE"], mended: "created before 2026-02-01" },
  {
    text: "birthday anniversary is [[May 1st]]",
    codes: ["NOT_A_DATE"],
    mended: "birthday anniversary is 01.05",
  },
  { text: "created before [[01/02/2026]]", codes: ["NOT_A_DATE"] },
  { text: "created before [[30 February 2026]]", codes: ["NOT_A_DATE"] },
  { text: "created before [[2026-02-30]]", codes: ["NO_SUCH_DATE"] },
  { text: "created before [[30.02]]", codes: ["NO_SUCH_DATE"] },
  { text: "created before [[2026-01-01T25:00]]", codes: ["NO_SUCH_DATE"] },
  { text: "created before [[2026-01-01T10:00:60Z]]", codes: ["NO_SUCH_DATE"] },
  { text: "created before [[9999999999 years ago]]", codes: ["NO_SUCH_DATE"] },
  { text: "created in the last [[9999999999 years]]", codes: ["NO_SUCH_DATE"] },
  { text: "created in the last [[fortnight]]", codes: ["NOT_A_DURATION"] },
  { text: "[[created anniversary]] is today", codes: ["NOT_YEARLY"] },
  {
    text: "birthday anniversary is [[1990-05-01]]",
    codes: ["WHOLE_DATE"],
    mended: "birthday anniversary is 01.05",
  },
  {
    text: "birthday anniversary is [[01.05.1990]]",
    codes: ["WHOLE_DATE"],
    mended: "birthday anniversary is 01.05",
  },
  { text: 'email contains [["a\\u0000b"]]', codes: ["UNSTORABLE_TEXT"] },
  { text: 'source_id is [["\\ud83e"]]', codes: ["UNSTORABLE_TEXT"] },
  { text: 'tags contains [["\\udd8a\\ud83e"]]', codes: ["UNSTORABLE_TEXT"] },
  { text: 'email contains "\\ud83e\\udd8a"', codes: [] },
  { text: 'in sample 10% of [["a\\u0000"]]', codes: ["UNSTORABLE_TEXT"] },
  { text: "vip -- [[\0]]", codes: ["UNSTORABLE_TEXT"], mended: "vip -- " },
  { text: "birthday month is [[Mai]]", codes: ["NOT_A_MONTH"], mended: "birthday month is may" },
  { text: "age is [[abc]]", codes: ["NOT_A_NUMBER"] },
  { text: "age is [[1,5]]", codes: ["NOT_A_NUMBER"], mended: "age is 1.5" },
  { text: "age is [[1.000,50]]", codes: ["NOT_A_NUMBER"], mended: "age is 1000.50" },
  { text: "total spent is [[$10,50]]", codes: ["NOT_AN_AMOUNT"], mended: "total spent is $10.50" },
  { text: "age is [[$5]]", codes: ["NOT_A_NUMBER"] },
  { text: "age is any of (1, [[two]], [[three]])", codes: ["NOT_A_NUMBER", "NOT_A_NUMBER"] },
  { text: "total spent > [[€5]]", codes: ["WRONG_CURRENCY"] },
  { text: "total spent > [[5 GBP]]", codes: ["WRONG_CURRENCY"] },
  { text: "total spent > [[much]]", codes: ["NOT_AN_AMOUNT"] },
  { text: "total spent > [[5 apples]]", codes: ["NOT_AN_AMOUNT"] },
  { text: "vip is [[maybe]]", codes: ["NOT_TRUE_OR_FALSE"] },
  { text: "source is [[mailchump]]", codes: ["UNKNOWN_VALUE"], mended: "source is mailchimp" },
  {
    text: "consents contains [[newsletters]]",
    codes: ["UNKNOWN_VALUE"],
    mended: "consents contains newsletter",
  },
  { text: "intercom type is [[friend]]", codes: ["UNKNOWN_VALUE"] },
  {
    text: "loyalty points in campaign [[Clubs]] is 0",
    codes: ["UNKNOWN_CAMPAIGN"],
    mended: 'loyalty points in campaign "Club" is 0',
  },
  { text: "loyalty points in campaign [[Xmas]] is 0", codes: ["UNKNOWN_CAMPAIGN"] },
  {
    text: "redemptions in campaign [[Club]] is 0",
    codes: ["CAMPAIGN_NOT_TAKEN"],
    mended: "redemptions is 0",
  },
  { text: 'email contains [["  "]]', codes: ["EMPTY_VALUE"] },
  { text: 'source is [[""]]', codes: ["EMPTY_VALUE"] },
  { text: "age between [[30 and 20]]", codes: ["UPSIDE_DOWN"], mended: "age between 20 and 30" },
  { text: "total spent between [[5.009 and 5.001]]", codes: ["UPSIDE_DOWN"] },
  { text: "age between 20[[,]] 30", codes: ["MISSING_AND"], mended: "age between 20 and 30" },
  {
    text: "age between 20 [[or]] 30 and vip",
    codes: ["MISSING_AND"],
    mended: "age between 20 and 30 and vip",
  },
  { text: "age between 20 to 30[[]]", codes: ["MISSING_AND"], mended: "age between 20 and 30" },
  { text: "city is any of [[a]], b", codes: ["MISSING_LIST"], mended: "city is any of (a, b)" },
  { text: "city not in [[a]] b", codes: ["MISSING_LIST"], mended: "city not in (a b)" },
  { text: "city in [a, b[[)]]", codes: ["UNEXPECTED"], mended: "city in [a, b]" },
  {
    text: "created between [[today and yesterday]]",
    codes: ["UPSIDE_DOWN"],
    mended: "created between yesterday and today",
  },
  { text: "tags has at least [[1.5]]", codes: ["NOT_A_COUNT"] },
  { text: "country is [[Polnad]]", codes: ["UNKNOWN_COUNTRY"], mended: "country is Poland" },
  { text: "created is [[30 days ago]]", codes: ["NEARLY_NEVER"], mended: "created is exactly 30 days ago" },
  { text: "created is [[now]]", codes: ["NEARLY_NEVER"] },
  { text: "created on [[30 days ago]]", codes: ["NEARLY_NEVER"], mended: "created is exactly 30 days ago" },
  { text: "created = [[2 hours ago]]", codes: ["NEARLY_NEVER"], mended: "created is exactly 2 hours ago" },
  { text: "visits contains [[30 days ago]]", codes: ["NEARLY_NEVER"] },
  { text: "[[consents has at least 0]] and vip", codes: ["ALWAYS_TRUE"] },
  { text: "[[orders.count exists]]", codes: ["ALWAYS_TRUE"] },
  { text: "[[orders.count >= 0]]", codes: ["ALWAYS_TRUE"] },
  { text: "[[orders.count >= -0.0001]]", codes: ["ALWAYS_TRUE"] },
  { text: "[[redemptions > -1]]", codes: ["ALWAYS_TRUE"] },
  { text: "[[referred customers in campaign Summer is less than 0]]", codes: ["NEVER_TRUE"] },
  { text: "[[orders.count between 0.5 and 0.75]]", codes: ["NEVER_TRUE"] },
  { text: "loyalty points >= 0", codes: [] },
  { text: "[[total spent is 5.005]]", codes: ["NEVER_TRUE"] },
  { text: "not ([[total spent is 5.005]] or vip)", codes: ["NEVER_TRUE"] },
  { text: "([[vip and not vip]]) and age is 3", codes: ["NEVER_TRUE"] },
  { text: "[[vip or not vip]]", codes: ["ALWAYS_TRUE"] },
  { text: "[[age < 5 and age > 6]]", codes: ["NEVER_TRUE"] },
  { text: "birthday anniversary is 29.02", codes: [] },
  { text: "[[birthday less than 0 days ago]]", codes: ["NEVER_TRUE"] },
  { text: "age is 1 and vip and [[metadata.age = 1]]", codes: ["DUPLICATE_CONDITION"] },
  { text: "vip and ([[vip]] and age is 1)", codes: ["DUPLICATE_CONDITION"] },
  { text: "vip and ((age is 1 and [[vip]]) and [[age is 1]])", codes: Array(2).fill("DUPLICATE_CONDITION") },
  { text: "(vip and age is 1) and ([[vip and age is 1]])", codes: ["DUPLICATE_CONDITION"] },
  { text: "all of (vip, age is 1) and [[vip]]", codes: ["DUPLICATE_CONDITION"] },
  { text: "vip or any of ([[vip]], age is 1)", codes: ["DUPLICATE_CONDITION"] },
  { text: "vip and (vip or age is 1)", codes: [] },
  { text: "[[vip and none of (vip, age is 1)]] or age is 3", codes: ["NEVER_TRUE"] },
  {
    text: "[[emial]] is x and age [[contains]] 3 or created before [[2026-02-30]] and (vip[[]]",
    codes: ["UNKNOWN_ATTRIBUTE", "NO_SUCH_OPERATOR", "NO_SUCH_DATE", "UNCLOSED_PARENTHESIS"],
  },
];

describe("the checker's diagnostics", () => {
  it.each(mistakes)("$text", (mistake) => {
    const text = unmarked(mistake.text);
    const { diagnostics, plan } = check(text);
    expect(diagnostics.map(({ code }) => code)).toEqual(mistake.codes);
    expect(marked(text, diagnostics)).toBe(mistake.text);
    expect(plan === undefined).toBe(diagnostics.some(({ severity }) => severity === "ERROR"));
    if (mistake.mended === undefined) return;
    const text2 = mended(text, diagnostics);
    expect(text2).toBe(mistake.mended);
    expect(check(text2).diagnostics).toEqual([]);
  });

  it("the messages are written for marketers", () => {
    expect(check("age contains 3").diagnostics[0]?.message).toBe(
      "`metadata.age` is a number; `contains` works on text and sets. Try `is`, `is any of`, `is less than`, `is more than`, `is at least`, `is at most`, `is between` or `has any value`.",
    );
    expect(check("source is mailchump").diagnostics[0]?.message).toBe(
      "`source` has no value `mailchump`. Did you mean `mailchimp`? It takes `mailchimp`, `intercom`, `web_widget`, `bigcommerce`, `activecampaign`, `shopify`, `api` or `import`.",
    );
  });

  it("a project whose currency is a dollar reads `$` as its own", () => {
    expect(check("total spent > $5", { currency: "CAD" }).diagnostics).toEqual([]);
    expect(check("total spent > $5", { currency: "EUR" }).diagnostics.map(({ code }) => code)).toEqual([
      "WRONG_CURRENCY",
    ]);
    expect(check("total spent > 5 eur", { currency: "EUR" }).diagnostics).toEqual([]);
  });

  it("their number is bounded, with the errors first", () => {
    const codes = (text: string) => check(text).diagnostics.map(({ code }) => code);
    const many = Array.from({ length: 90 }, () => "country is Narnia").join(" or ");
    const reported = codes(`${many} or age in (${"x, ".repeat(50)}y)`);
    expect(reported).toHaveLength(100);
    expect(reported.filter((code) => code === "NOT_A_NUMBER")).toHaveLength(51);
    const long = check(`age is ${"x".repeat(5_000)}`).diagnostics[0];
    expect(long?.message.length).toBeLessThan(300);
  });

  it("the search for what was meant is bounded in time", () => {
    const started = performance.now();
    for (const text of [
      `${"the ".repeat(3_000)}x is 3`,
      `age is ${"1 ".repeat(7_000)}`,
      `age ${"x ".repeat(7_000)}`,
      `${"x ".repeat(7_000)} is 3`,
      "a in (b] or ".repeat(1_300),
      `no phone or${" ".repeat(15_000)}"country" is PL`,
      `no phone or email${" ".repeat(15_000)}= x`,
    ]) {
      expect(check(text).plan).toBeUndefined();
    }
    // Some tens of milliseconds, where nobody else uses the machine; every split of thousands of words would take minutes.
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});
