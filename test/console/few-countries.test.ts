// What stands for i18n-iso-countries in the console's bundle gives what that gives, of what the language asks of it.
import countries from "i18n-iso-countries";
import english from "i18n-iso-countries/langs/en.json" with { type: "json" };
import { expect, it } from "vitest";
import few from "../../src/console/language/bundled/few-countries.js";

countries.registerLocale(english);
few.registerLocale(english);

it("names and codes of countries are the library's", () => {
  expect(few.getNames("en")).toEqual(countries.getNames("en"));
  expect(few.getNames("en", { select: "all" })).toEqual(countries.getNames("en", { select: "all" }));
  expect(few.getAlpha2Codes()).toEqual(countries.getAlpha2Codes());
  for (const code of [...Object.keys(english.countries), "pl", "XX", ""])
    expect(few.getName(code), code).toBe(countries.getName(code, "en"));
});
