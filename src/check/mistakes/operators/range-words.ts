// `age from 18 to 30`, `age between 18-30`, `age is 18-30`: a range in other words.
import { phrase } from "../phrase.js";

const number = "[$€£]?-?\\d[\\d.,_]*";

export const rangeWords = phrase(
  new RegExp(
    `^(?<name>.*?)(?: (?<not>is not|not)| is)?(?: between| from| in)? (?<low>${number}) ?(?:to|through|-|–|—|\\.\\.\\.?|and) ?(?<high>${number})$`,
    "i",
  ),
  ({ name, not, low, high }) => [`${name} ${not === "" ? "is" : "is not"} between ${low} and ${high}`],
  { isSynonym: () => true },
);
