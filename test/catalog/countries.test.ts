// Countries however they are written: by ISO's own list, by CLDR's, and as people write them.
import countries from "i18n-iso-countries";
import { describe, expect, it } from "vitest";
import { countryCode, countryValue } from "../../src/catalog/countries.js";
import { isoShortNames } from "./iso-short-names.js";

const codes = Object.keys(countries.getAlpha2Codes());

/** The names that find another country than they should, or none. */
function wrong(names: readonly (readonly [code: string, name: string])[]): readonly string[] {
  return names.flatMap(([code, name]) => {
    const found = countryCode(name);
    return found === code ? [] : [`${name}: ${found ?? "none"}, not ${code}`];
  });
}

describe("a country is found", () => {
  it("by ISO's short name, with and without its article", () => {
    const names = Object.entries(isoShortNames);
    expect(names).toHaveLength(249);
    expect(wrong(names)).toEqual([]);
    expect(
      wrong(names.map(([code, name]) => [code, name.replace(" (the)", "").replace("(the ", "(")])),
    ).toEqual([]);
  });

  it.each(["long", "short"] as const)("by CLDR's %s English name", (style) => {
    const display = new Intl.DisplayNames(["en"], { type: "region", style, fallback: "none" });
    expect(wrong(codes.map((code) => [code, display.of(code) ?? code]))).toEqual([]);
  });

  it("by both codes, in any case", () => {
    const alpha3 = Object.entries(countries.getAlpha3Codes());
    expect(
      wrong(
        alpha3.flatMap(([three, two]) => [
          [two, three],
          [two, three.toLowerCase()],
          [two, two.toLowerCase()],
        ]),
      ),
    ).toEqual([]);
  });

  const written: readonly (readonly [code: string, ...names: string[]])[] = [
    ["US", "USA", "U.S.A.", "U.S.", "the United States", "United States of America", "the USA"],
    ["GB", "UK", "U.K.", "Great Britain", "England", "the UK"],
    ["VN", "Viet Nam", "Vietnam"],
    ["DE", "Deutschland", "Allemagne"],
    ["CH", "Schweiz", "Suisse", "Svizzera"],
    ["ES", "España", "Espana"],
    ["TR", "Türkiye", "Turkiye", "Turkey"],
    ["BA", "Bosnia & Herzegovina", "Bosnia and Herzegovina", "Bosnia-Herzegovina"],
    ["CI", "Côte d'Ivoire", "Côte d’Ivoire", "Cote d’Ivoire", "Ivory Coast"],
    ["LC", "St. Lucia", "St Lucia", "Saint Lucia"],
    ["CD", "DR Congo", "Democratic Republic of the Congo", "the Democratic Republic of Congo"],
    ["CG", "Congo", "Republic of the Congo"],
    ["KR", "South Korea", "Korea, Republic of", "Republic of Korea"],
    ["KP", "North Korea", "Democratic People’s Republic of Korea"],
    ["NL", "the Netherlands", "Holland", "The Netherlands"],
    ["CZ", "Czech Republic", "Czechia"],
    ["MO", "Macau", "Macao"],
    ["ST", "São Tomé and Príncipe", "Sao Tome & Principe"],
    ["TT", "Trinidad and Tobago", "Trinidad & Tobago"],
    ["XK", "Kosovo"],
    ["RU", "Russia", "Russian Federation"],
  ];
  it.each(written)("%s as people write it", (code, ...names) => {
    expect(wrong(names.map((name) => [code, name]))).toEqual([]);
  });

  it("by no name that is not a country's", () => {
    expect(["Narnia", "Europe", "Korea", "Guinea Conakry", "St.", "the"].map(countryCode)).toEqual(
      Array(6).fill(undefined),
    );
    expect(countryValue("Narnia")).toBe("narnia");
  });
});
