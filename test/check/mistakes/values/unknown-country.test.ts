// The mistake unknown-country: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "country is Frnace",
    code: "UNKNOWN_COUNTRY",
    message:
      "`Frnace` is not a country that we know (ISO 3166), so it is compared as text. Did you mean `France`?",
    mended: "country is France",
  },
  {
    written: "country is Polnad",
    code: "UNKNOWN_COUNTRY",
    message:
      "`Polnad` is not a country that we know (ISO 3166), so it is compared as text. Did you mean `Poland`?",
    mended: "country is Poland",
  },
]);
