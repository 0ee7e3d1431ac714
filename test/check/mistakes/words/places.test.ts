// The mistake places: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "lives in Warsaw",
    code: "WORDED_OTHERWISE",
    message: "`lives in Warsaw` is not how this is written. Write `city is Warsaw`.",
    mended: "city is Warsaw",
  },
  {
    written: "lives in Poland",
    code: "READ_AS",
    message: "`lives in Poland` is read as `country is Poland`.",
    mended: "country is Poland",
  },
  {
    written: "from Poland",
    code: "READ_AS",
    message: "`from Poland` is read as `country is Poland`.",
    mended: "country is Poland",
  },
  {
    written: "customers from Poland",
    code: "READ_AS",
    message: "`customers from Poland` is read as `country is Poland`.",
    mended: "country is Poland",
  },
]);
