// The mistake other-connectives: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "vip && age is 30",
    code: "WORDED_OTHERWISE",
    message: "`vip && age is 30` is not how this is written. Write `vip and age is 30`.",
    mended: "vip and age is 30",
  },
  {
    written: "city is Paris && country is France",
    code: "NOT_A_WORD",
    message: "`&&` is no word of this language: it is `and`. A value with `&&` in it goes between quotes.",
    mended: "city is Paris and country is France",
  },
  {
    written: "city is Paris || city is Rome",
    code: "NOT_A_WORD",
    message: "`||` is no word of this language: it is `or`. A value with `||` in it goes between quotes.",
    mended: "city is Paris or city is Rome",
  },
  {
    written: "!vip",
    code: "WORDED_OTHERWISE",
    message: "`!vip` is not how this is written. Write `not vip`.",
    mended: "not vip",
  },
  {
    written: "city is Paris but age is more than 30",
    code: "NOT_A_WORD",
    message: "`but` is no word of this language: it is `and`. A value with `but` in it goes between quotes.",
    mended: "city is Paris and age is more than 30",
  },
  {
    written: "vip & age is 30",
    code: "WORDED_OTHERWISE",
    message: "`vip & age is 30` is not how this is written. Write `vip and age is 30`.",
    mended: "vip and age is 30",
  },
  {
    written: "! vip",
    code: "WORDED_OTHERWISE",
    message: "`! vip` is not how this is written. Write `not vip`.",
    mended: "not vip",
  },
  {
    written: "everyone but vip",
    code: "WORDED_OTHERWISE",
    message: "`everyone but vip` is not how this is written. Write `everyone and not vip`.",
    mended: "everyone and not vip",
  },
  {
    written: "city is Paris + vip",
    code: "CONDITION_IN_TEXT",
    message:
      "`vip` is read as part of the text. If it is a condition, write `Paris and vip`; if not, put the text between quotes.",
    mended: "city is Paris and vip",
  },
]);
