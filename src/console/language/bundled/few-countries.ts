// Stands for i18n-iso-countries in bundles: the functions of it that the language calls, for the one language that is registered.
import codes from "i18n-iso-countries/codes.json" with { type: "json" };

type Names = Readonly<Record<string, string | readonly string[]>>;

let names: Names = {};

const all = (of: string | readonly string[]): readonly string[] => (typeof of === "string" ? [of] : of);

export default {
  registerLocale: ({ countries }: { readonly countries: Names }): void => {
    names = countries;
  },
  /** The official name; undefined if the code is of no country. */
  getName: (code: string): string | undefined => all(names[code.toUpperCase()] ?? [])[0],
  /** By alpha-2 code: all names, or the official one. */
  getNames: (_locale: string, { select }: { readonly select?: "all" } = {}) =>
    Object.fromEntries(
      Object.entries(names).map(([code, of]) => [code, select === "all" ? all(of) : all(of)[0]]),
    ),
  /** Alpha-3 codes by alpha-2 code. */
  getAlpha2Codes: (): Readonly<Record<string, string>> =>
    Object.fromEntries(codes.map(([alpha2, alpha3]) => [alpha2, alpha3])),
};
