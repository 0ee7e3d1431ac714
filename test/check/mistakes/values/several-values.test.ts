// The mistake several-values: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "country is Poland or Germany",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `Germany`. Did you mean `country is any of (Poland, Germany)`?",
    mended: "country is any of (Poland, Germany)",
  },
  {
    written: "country is not Poland or Germany",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `Germany`. Did you mean `country is none of (Poland, Germany)`?",
    mended: "country is none of (Poland, Germany)",
  },
  {
    written: "country is not Poland and Germany",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `Germany`. Did you mean `country is none of (Poland, Germany)`?",
    mended: "country is none of (Poland, Germany)",
  },
  {
    written: "city is Paris or Rome",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `Rome`. Did you mean `city is any of (Paris, Rome)`?",
    mended: "city is any of (Paris, Rome)",
  },
  {
    written: "city is Paris, Rome, Berlin",
    code: "WORDED_OTHERWISE",
    message:
      "`city is Paris, Rome, Berlin` is not how this is written. Write `city is any of (Paris, Rome, Berlin)`.",
    mended: "city is any of (Paris, Rome, Berlin)",
  },
  {
    written: "plan is gold or silver and vip",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `silver`. Did you mean `plan is any of (gold, silver)`?",
    mended: "plan is any of (gold, silver) and vip",
  },
  {
    written: "country is Poland or United States",
    code: "UNKNOWN_ATTRIBUTE",
    message:
      "There is no attribute `United States`. Did you mean `country is any of (Poland, United States)`?",
    mended: "country is any of (Poland, United States)",
  },
  {
    written: "city is not Warsaw or Paris",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `Paris`. Did you mean `city is none of (Warsaw, Paris)`?",
    mended: "city is none of (Warsaw, Paris)",
  },
  {
    written: "plan = gold | silver",
    code: "LIST_IN_TEXT",
    message: "`gold | silver` is read as one text. For several values write `is any of (gold, silver)`.",
    mended: "plan is any of (gold, silver)",
  },
]);
