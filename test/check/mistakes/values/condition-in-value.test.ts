// The mistake condition-in-value: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "city is Paris country is France",
    code: "CONDITION_IN_TEXT",
    message:
      "`country is France` is read as part of the text. If it is a condition, write `Paris and country is France`; if not, put the text between quotes.",
    mended: "city is Paris and country is France",
  },
  {
    written: "email contains gmail age is 30",
    code: "CONDITION_IN_TEXT",
    message:
      "`age is 30` is read as part of the text. If it is a condition, write `gmail and age is 30`; if not, put the text between quotes.",
    mended: "email contains gmail and age is 30",
  },
]);
