// `country is Polnad`: a text that is no country's name, which compares as text.
import { quoteValue } from "../../../../grammar/format.js";
import { countryCode, countryNames } from "../../../catalog/countries.js";
import { closest } from "../../closest.js";
import { diagnostic } from "../../failure.js";
import type { Suspicion } from "../mistake.js";
import { sortedText } from "../words/sql.js";

export const unknownCountry: Suspicion = {
  of: ["country"],
  suspect: ({ operation }, { around, catalog }) => {
    const unknown = operation.operands.filter(({ text }) => countryCode(text) === undefined);
    if (unknown.length === 0) return [];
    const [next] = around.behind;
    return (
      unknown
        // `Poland order by name` is reported as such.
        .filter(({ text }) => sortedText(catalog, text) === undefined)
        // `Trinidad and Tobago`: the rest of the name is taken for a condition, which is reported.
        .filter(({ text }) => !(next?.kind === "Flag" && countryCode(`${text} and ${next.attribute.text}`)))
        .map(({ text, span }) => {
          const meant = closest(text, countryNames);
          return diagnostic("UNKNOWN_COUNTRY", [text, meant], span, {
            fix: meant === undefined ? undefined : { replacement: quoteValue(meant), span },
          });
        })
    );
  },
};
