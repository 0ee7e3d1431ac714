// Countries as one value, however they are written: an ISO 3166 English name, its two letters or its three.
import countries from "i18n-iso-countries";
import english from "i18n-iso-countries/langs/en.json" with { type: "json" };
import { normaliseText } from "../plan/text.js";

countries.registerLocale(english);

/** ISO 3166-1 alpha-2 code by every spelling known, normalised. */
const codes: ReadonlyMap<string, string> = spellings();

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

/** The ISO 3166-1 alpha-2 code of a country as written, in upper case; undefined where it is no ISO name or code. */
export function countryCode(written: string): string | undefined {
  return codes.get(normaliseText(written));
}

/**
 * The value that a country compares by: its alpha-2 code in upper case or, where it is no ISO name, its normalised
 * (so lower-case) text. The two can't meet. Undefined where the text is blank.
 */
export function countryValue(written: string): string | undefined {
  return countryCode(written) ?? (normaliseText(written) || undefined);
}

/** The English name of an alpha-2 code. */
export function countryName(code: string): string {
  return countries.getName(code, "en") ?? code;
}

/** Every English name, for suggestions. */
export const countryNames: readonly string[] = Object.values(countries.getNames("en"));
