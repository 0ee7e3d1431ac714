// Typographic quotes and signs, as phones and word processors write them: read as the plain ones in every door to the language.
import { describe, expect, it, test } from "vitest";
import { catalogOf } from "../../src/catalog/catalog.js";
import { suggestAt } from "../../src/suggest/suggest.js";
import { asOf, check, project } from "../check/world.js";

/** What was typed, and the same with plain signs. */
const pairs: readonly (readonly [typed: string, plain: string])[] = [
  ["The customer’s email ends with .uk", "The customer's email ends with .uk"],
  ["city is “New York”", 'city is "New York"'],
  ["city is ‘New York’ and vip", "city is 'New York' and vip"],
  ["city is any of (“New York”, ‘Paris’, Rome)", "city is any of (\"New York\", 'Paris', Rome)"],
  ["name ends with O’Brien", "name ends with O'Brien"],
  ["name is Sean O’Brien or city is L‘Aquila", "name is Sean O'Brien or city is L'Aquila"],
  ["plan is customer’s city", "plan is customer's city"],
  ["age ≥ 18", "age >= 18"],
  ["age ≤ 18 and age ≠ 17", "age <= 18 and age != 17"],
  ["created ≥ 2026-01-01", "created >= 2026-01-01"],
  ["age is –5", "age is -5"],
  ["age > −5.5", "age > -5.5"],
  [
    "performed “page viewed” where url contains ‘/pricing’",
    "performed \"page viewed\" where url contains '/pricing'",
  ],
  ["in segment “VIP”", 'in segment "VIP"'],
  ["email isn’t x", "email isn't x"],
  ["age between 18–30", "age between 18-30"],
];

const ends = (diagnostics: ReturnType<typeof check>["diagnostics"]) =>
  diagnostics.map(({ code, span: { start, end } }) => [code, start, end]);

describe("typographic signs", () => {
  test.each(pairs)("%s means %s", (typed, plain) => {
    const [one, other] = [check(typed), check(plain)];
    expect(one.canonical).toBe(other.canonical);
    expect(one.plan).toEqual(other.plan);
    if (typed.length === plain.length) expect(ends(one.diagnostics)).toEqual(ends(other.diagnostics));
  });

  test.each(pairs.filter(([typed, plain]) => typed.length === plain.length))(
    "%s is completed as %s is, wherever the cursor stands",
    (typed, plain) => {
      for (let cursor = 0; cursor <= typed.length; cursor += 1) {
        const at = (text: string) =>
          suggestAt(catalogOf(project), text, cursor, { asOf, first: 10 }).map(
            ({ kind, label, insert, replace }) => ({ kind, label, insert, replace }),
          );
        expect([cursor, at(typed)]).toEqual([cursor, at(plain)]);
      }
    },
  );

  it("stay as they are within a text between plain quotes", () => {
    expect(check('name is "O’Brien – “the one”"').canonical).toBe('name is "O’Brien – “the one”"');
    expect(check("city is Baden–Baden").canonical).toBe("city is Baden–Baden");
  });
});
