// Countries as one value, however they are written: an English name of ISO 3166 or CLDR, a usual variant, its two letters or its
// three.
import countries from "i18n-iso-countries";
import english from "i18n-iso-countries/langs/en.json" with { type: "json" };
import { countryCodes } from "../plan/country-codes.js";
import { normaliseText } from "../plan/text.js";

countries.registerLocale(english);

/** The ISO 3166-1 alpha-2 code of a country as written, in upper case; undefined if it is no name or code of one. */
export function countryCode(written: string): string | undefined {
  return countryCodes().get(normaliseText(written));
}

/**
 * The value that a country compares by: its alpha-2 code in upper case or, if it is no ISO name, its normalised
 * (so lower-case) text. The two can't meet. Undefined if the text is blank.
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
