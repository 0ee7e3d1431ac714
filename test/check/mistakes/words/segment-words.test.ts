// The mistake segment-words: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: 'member of "VIP"',
    code: "WORDED_OTHERWISE",
    message: '`member of "VIP"` is not how this is written. Write `in segment "VIP"`.',
    mended: 'in segment "VIP"',
  },
  {
    written: "member of VIP",
    code: "WORDED_OTHERWISE",
    message: '`member of VIP` is not how this is written. Write `in segment "VIP"`.',
    mended: 'in segment "VIP"',
  },
  {
    written: 'not member of "VIP"',
    code: "WORDED_OTHERWISE",
    message: '`member of "VIP"` is not how this is written. Write `in segment "VIP"`.',
    mended: 'not in segment "VIP"',
  },
  {
    written: 'is in segment "VIP"',
    code: "WORDED_OTHERWISE",
    message: '`is in segment "VIP"` is not how this is written. Write `in segment "VIP"`.',
    mended: 'in segment "VIP"',
  },
  {
    written: 'is not in segment "VIP"',
    code: "WORDED_OTHERWISE",
    message: '`is not in segment "VIP"` is not how this is written. Write `not in segment "VIP"`.',
    mended: 'not in segment "VIP"',
  },
]);
