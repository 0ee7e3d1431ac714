// `age from 18 to 30`, `age between 18-30`, `age is 18-30`: a range in other words.
import { resolveName } from "../../../catalog/catalog.js";
import { isDate } from "../dates/date-words.js";
import { phrase } from "../phrase.js";

const number = "[$€£]?-?\\d[\\d.,_]*";
/** A year, or a day as in `01.02`. */
const dated = /^(?:19|20)\d\d$|^\d{1,2}\.\d{2}(?:\.\d+)?$/;

export const rangeWords = phrase(
  new RegExp(
    `^(?<name>.*?)(?: (?<not>is not|not)| is)?(?: between|(?<preposition> from| in))? (?<low>${number}) ?(?:to|through|-|–|—|\\.\\.\\.?|and) ?(?<high>${number})$`,
    "i",
  ),
  ({ name, not, preposition, low, high }, { catalog }) => {
    // A time at which a figure is to be taken, not a range of its values.
    const isDated = preposition !== "" && (dated.test(low!) || dated.test(high!));
    if (isDated && !isDate(resolveName(catalog, name!)?.attribute.type)) return [];
    return [`${name} ${not === "" ? "is" : "is not"} between ${low} and ${high}`];
  },
  { isSynonym: () => true },
);
