// The mistakes numbers-in-words: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "created in the last two weeks",
    code: "WORDED_OTHERWISE",
    message:
      "`created in the last two weeks` is not how this is written. Write `created in the last 2 weeks`.",
    mended: "created in the last 2 weeks",
  },
  {
    written: "performed login zero times in the last two weeks",
    code: "WORDED_OTHERWISE",
    message:
      "`performed login zero times in the last two weeks` is not how this is written. Write `performed login exactly 0 times in the last 2 weeks`.",
    mended: "performed login exactly 0 times in the last 2 weeks",
  },
  {
    written: 'performed page viewed where url is "three days left" in the last two weeks',
    code: "WORDED_OTHERWISE",
    message:
      '`performed page viewed where url is "three days left" in the last two weeks` is not how this is written. Write `performed page viewed where url is "three days left" in the last 2 weeks`.',
    mended: 'performed page viewed where url is "three days left" in the last 2 weeks',
  },
  {
    written: "performed page viewed where url is three days left in the last two weeks",
    code: "WORDED_OTHERWISE",
    message:
      "`performed page viewed where url is three days left in the last two weeks` is not how this is written. Write `performed page viewed where url is three days left in the last 2 weeks`.",
    mended: "performed page viewed where url is three days left in the last 2 weeks",
  },
  {
    written: "performed page viewed where url contains shirt three times in the last two weeks",
    code: "WORDED_OTHERWISE",
    message:
      "`performed page viewed where url contains shirt three times in the last two weeks` is not how this is written. Write `performed page viewed where url contains shirt 3 times in the last 2 weeks`.",
    mended: "performed page viewed where url contains shirt 3 times in the last 2 weeks",
  },
]);
