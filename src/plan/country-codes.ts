// ISO 3166-1 alpha-2 codes by every English name and code of a country, normalised.
import countries from "i18n-iso-countries";
import english from "i18n-iso-countries/langs/en.json" with { type: "json" };
import { normaliseText } from "./text.js";

countries.registerLocale(english);

/** Alpha-2 codes in upper case, by every spelling known, normalised. */
export const countryCodes: ReadonlyMap<string, string> = spellings();

function spellings(): Map<string, string> {
  const found = new Map<string, string>();
  for (const [alpha2, names] of Object.entries(countries.getNames("en", { select: "all" }))) {
    for (const name of names) found.set(normaliseText(name), alpha2);
  }
  // Codes last: where a name and a code were ever the same, the code is what people mean.
  for (const [alpha2, alpha3] of Object.entries(countries.getAlpha2Codes())) {
    found.set(alpha2.toLowerCase(), alpha2);
    found.set(alpha3.toLowerCase(), alpha2);
  }
  return found;
}
