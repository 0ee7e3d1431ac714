// `lives in Warsaw`, `from Poland`: a customer's place, without an attribute.
import { quoteValue } from "../../../../grammar/format.js";
import { countryCode } from "../../../catalog/countries.js";
import { enumerationValue, sources } from "../../../catalog/enumerations.js";
import { phrase } from "../phrase.js";

export const places = phrase(
  /^(?:customers? )?(?<not>(?:is |are |does |do )?(?:not|n['’]?t) )?(?:(?:is |are )?(?:lives?|living|located|based|resides?|residing|comes?|coming|came|is|are|born) (?:in|from|at)|from|in|located in) (?!segment|sample|campaign|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*$|(?:the )?(?:last|past|this|next|previous)\b)(?:the )?(?<place>[\p{L}][\p{L}\s.'’-]*)$/iu,
  ({ not, place }) => {
    const value = quoteValue(place!);
    const operator = not === "" ? "is" : "is not";
    const source = enumerationValue(sources, place!);
    if (source !== undefined) return [`source ${operator} ${source}`];
    return [`${countryCode(place!) === undefined ? "city" : "country"} ${operator} ${value}`];
  },
  // Any other word may be a region's, too; so may two letters, and Georgia.
  {
    isSynonym: (written, meant) =>
      !meant.startsWith("city ") && !/\bborn\b|\s(?:\p{L}\p{L}|georgia)$/iu.test(written),
  },
);
