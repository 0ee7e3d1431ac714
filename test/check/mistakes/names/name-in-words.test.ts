// The mistake name-in-words: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "the postal address city is Paris",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `the postal address city`. Did you mean `city`?",
    mended: "city is Paris",
  },
  {
    written: "age of customer is 3",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `age of customer`. Did you mean `age`?",
    mended: "age is 3",
  },
  {
    written: "the phone of the customer is 5",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `the phone of the customer`. Did you mean `the phone`?",
    mended: "the phone is 5",
  },
  {
    written: "the name of customer is x",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `the name of customer`. Did you mean `the name`?",
    mended: "the name is x",
  },
  {
    written: "vip unless city is Paris",
    code: "WORDED_OTHERWISE",
    message: "`vip unless city is Paris` is not how this is written. Write `vip and not city is Paris`.",
    mended: "vip and not city is Paris",
  },
  {
    written: "favourite vip city is Paris",
    code: "UNKNOWN_ATTRIBUTE",
    message:
      "There is no attribute `favourite vip city`. The list of attributes tells what there is; if these words belong to a value, put that value between quotes.",
  },
]);
