// The mistake misspelt-event: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: 'performed "pasword changed"',
    code: "UNKNOWN_EVENT",
    message: "There is no event `pasword changed`. Did you mean `password changed`?",
    mended: "performed password changed",
  },
  {
    written: "performed chekout in the last week",
    code: "UNKNOWN_EVENT",
    message: "There is no event `chekout`. Did you mean `checkout`?",
    mended: "performed checkout in the last week",
  },
  {
    written: "in segment Vippp",
    code: "UNKNOWN_SEGMENT",
    message: "There is no segment `Vippp`. Did you mean `VIP`?",
    mended: 'in segment "VIP"',
  },
  {
    written: "in segment Vipp",
    code: "UNKNOWN_SEGMENT",
    message: "There is no segment `Vipp`. Did you mean `VIP`?",
    mended: 'in segment "VIP"',
  },
  {
    written: "performed logins",
    code: "UNKNOWN_EVENT",
    message: "There is no event `logins`. Did you mean `login`?",
    mended: "performed login",
  },
]);
