// ISO 3166-1 alpha-2 codes by every English name and code of a country, and its own names, normalised. Customers store the code of
// a name that is known: a name that is added takes a migration, as that of format 9 in src/store/migrations.ts.
import countries from "i18n-iso-countries";
import english from "i18n-iso-countries/langs/en.json" with { type: "json" };
import { countryVariants, ownNames } from "./country-variants.js";
import { normaliseText } from "./text.js";

countries.registerLocale(english);

function allSpellings(): Map<string, string> {
  const found = new Map<string, string>();
  const add = (names: readonly string[], alpha2: string): void => {
    for (const name of names) for (const spelling of spellingsOf(name)) found.set(spelling, alpha2);
  };
  for (const [alpha2, names] of Object.entries(countries.getNames("en", { select: "all" })))
    add(names, alpha2);
  for (const [alpha2, names] of Object.entries(ownNames)) add(names, alpha2);
  for (const [alpha2, names] of Object.entries(countryVariants)) add(names, alpha2);
  // Codes last: if a name and a code were ever the same, the code is what people mean.
  for (const [alpha2, alpha3] of Object.entries(countries.getAlpha2Codes())) {
    found.set(alpha2.toLowerCase(), alpha2);
    found.set(alpha3.toLowerCase(), alpha2);
  }
  return found;
}

type Respelling = readonly [pattern: RegExp, instead: string];

// Each is applied to all spellings made before it.
const respellings: readonly Respelling[] = [
  [/\p{M}+/gu, ""],
  [/ and /g, " & "],
  [/ & /g, " and "],
  [/\bsaint /g, "st. "],
  [/\bsaint /g, "st "],
  [/\bst\.? /g, "saint "],
  [/['’]/g, "’"],
  [/['’]/g, "'"],
  [/^the /, ""],
  [/^(.*) \((?!the)(.*of.*)\)$/, "$1 (the $2)"],
  [/, (?=(?:united )?republic of$)/, ", the "],
];

/**
 * The name in each of its spellings: with and without accents, `and` or `&`, `Saint` or `St.`, either apostrophe, and its
 * article before it, or after it as in ISO's list.
 */
function spellingsOf(name: string): ReadonlySet<string> {
  const spellings = new Set([normaliseText(name)]);
  for (const [pattern, instead] of respellings) {
    for (const spelling of [...spellings]) {
      // Accents are separate marks only in decomposed letters.
      const text = pattern.source.includes("\\p{M}") ? spelling.normalize("NFD") : spelling;
      spellings.add(normaliseText(text.replace(pattern, instead)));
    }
  }
  for (const spelling of [...spellings]) {
    spellings.add(`the ${spelling}`);
    spellings.add(`${spelling} (the)`);
  }
  return spellings;
}

let codes: ReadonlyMap<string, string> | undefined;

/** Alpha-2 codes in upper case, by every spelling known, normalised. Made on first use: not every query names a country. */
export function countryCodes(): ReadonlyMap<string, string> {
  codes ??= allSpellings();
  return codes;
}
