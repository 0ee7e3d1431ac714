// What the checker reports: the code, the very words, and the mend.
import { describe, expect, test } from "vitest";
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
  { text: "[[the metadata.plam]] is x", codes: ["UNKNOWN_ATTRIBUTE"] },
  { text: "[[xyzzy]] is 1 and [[foo bar]] is 2", codes: ["UNKNOWN_ATTRIBUTE", "UNKNOWN_ATTRIBUTE"] },
  { text: "[[city Paris]]", codes: ["MISSING_OPERATOR"], mended: "city is Paris" },
  { text: "[[opted in to newsletter]]", codes: ["MISSING_OPERATOR"], mended: "consents contains newsletter" },
  { text: "age [[contains]] 3", codes: ["NO_SUCH_OPERATOR"], mended: "age is 3" },
  { text: "age [[does not contain]] 3", codes: ["NO_SUCH_OPERATOR"], mended: "age is not 3" },
  { text: "tags [[is]] b2b", codes: ["NO_SUCH_OPERATOR"], mended: "tags contains b2b" },
  {
    text: "created [[is at least]] 2026-01-01",
    codes: ["NO_SUCH_OPERATOR"],
    mended: "created is on or after 2026-01-01",
  },
  { text: "age [[before]] 3", codes: ["NO_SUCH_OPERATOR"], mended: "age is less than 3" },
  { text: "email [[is empty]]", codes: ["NO_SUCH_OPERATOR"] },
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
  { text: "created before [[2026-02-30]]", codes: ["NO_SUCH_DATE"] },
  { text: "created before [[30.02]]", codes: ["NO_SUCH_DATE"] },
  { text: "created before [[2026-01-01T25:00]]", codes: ["NO_SUCH_DATE"] },
  { text: "created before [[2026-01-01T10:00:60Z]]", codes: ["NO_SUCH_DATE"] },
  { text: "created before [[9999999999 years ago]]", codes: ["NO_SUCH_DATE"] },
  { text: "created in the last [[9999999999 years]]", codes: ["NO_SUCH_DATE"] },
  { text: "created in the last [[fortnight]]", codes: ["NOT_A_DURATION"] },
  { text: "[[created anniversary]] is today", codes: ["NOT_YEARLY"] },
  { text: "birthday month is [[Mai]]", codes: ["NOT_A_MONTH"], mended: "birthday month is may" },
  { text: "age is [[abc]]", codes: ["NOT_A_NUMBER"] },
  { text: "age is [[1,5]]", codes: ["NOT_A_NUMBER"], mended: "age is 1.5" },
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
  { text: "redemptions in campaign [[Club]] is 0", codes: ["CAMPAIGN_NOT_TAKEN"] },
  { text: 'email contains [["  "]]', codes: ["EMPTY_VALUE"] },
  { text: 'source is [[""]]', codes: ["EMPTY_VALUE"] },
  { text: "age between [[30 and 20]]", codes: ["UPSIDE_DOWN"], mended: "age between 20 and 30" },
  {
    text: "created between [[today and yesterday]]",
    codes: ["UPSIDE_DOWN"],
    mended: "created between yesterday and today",
  },
  { text: "tags has at least [[1.5]]", codes: ["NOT_A_COUNT"] },
  { text: "country is [[Polnad]]", codes: ["UNKNOWN_COUNTRY"], mended: "country is Poland" },
  { text: "created is [[30 days ago]]", codes: ["NEARLY_NEVER"], mended: "created is exactly 30 days ago" },
  { text: "created is [[now]]", codes: ["NEARLY_NEVER"] },
  { text: "age is 1 and vip and [[metadata.age = 1]]", codes: ["DUPLICATE_CONDITION"] },
  { text: "[[performed login]] and [[in sample 10%]]", codes: ["NOT_EVALUATED", "NOT_EVALUATED"] },
  {
    text: "[[emial]] is x and age [[contains]] 3 or created before [[2026-02-30]] and (vip[[]]",
    codes: ["UNKNOWN_ATTRIBUTE", "NO_SUCH_OPERATOR", "NO_SUCH_DATE", "UNCLOSED_PARENTHESIS"],
  },
];

describe("the checker's diagnostics", () => {
  test.each(mistakes)("$text", (mistake) => {
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

  test("is written for a marketer", () => {
    expect(check("age contains 3").diagnostics[0]?.message).toBe(
      "`metadata.age` is a number; `contains` works on text and sets. Try `is`, `is any of`, `is less than`, `is more than`, `is at least`, `is at most`, `is between` or `has any value`.",
    );
    expect(check("source is mailchump").diagnostics[0]?.message).toBe(
      "`source` has no value `mailchump`. Did you mean `mailchimp`? It takes `mailchimp`, `intercom`, `web_widget`, `bigcommerce`, `activecampaign`, `shopify`, `api` or `import`.",
    );
  });

  test("a currency that is a dollar owns the sign", () => {
    expect(check("total spent > $5", { currency: "CAD" }).diagnostics).toEqual([]);
    expect(check("total spent > $5", { currency: "EUR" }).diagnostics.map(({ code }) => code)).toEqual([
      "WRONG_CURRENCY",
    ]);
    expect(check("total spent > 5 eur", { currency: "EUR" }).diagnostics).toEqual([]);
  });
});
