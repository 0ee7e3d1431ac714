// The mistake event-words: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "has never login",
    code: "READ_AS",
    message: "`has never login` is read as `has not performed login`.",
    mended: "has not performed login",
  },
  {
    written: "never has performed login",
    code: "READ_AS",
    message: "`never has performed login` is read as `has not performed login`.",
    mended: "has not performed login",
  },
  {
    written: "has never opened email",
    code: "READ_AS",
    message: "`has never opened email` is read as `has not performed email opened`.",
    mended: "has not performed email opened",
  },
  {
    written: "has never checkout",
    code: "READ_AS",
    message: "`has never checkout` is read as `has not performed checkout`.",
    mended: "has not performed checkout",
  },
  {
    written: "hasn't performed login in the last 30 days",
    code: "READ_AS",
    message:
      "`hasn't performed login in the last 30 days` is read as `has not performed login in the last 30 days`.",
    mended: "has not performed login in the last 30 days",
  },
  {
    written: "performed login last 30 days",
    code: "WORDED_OTHERWISE",
    message:
      "`performed login last 30 days` is not how this is written. Write `performed login in the last 30 days`.",
    mended: "performed login in the last 30 days",
  },
  {
    written: "login count > 5",
    code: "WORDED_OTHERWISE",
    message: "`login count > 5` is not how this is written. Write `count of login > 5`.",
    mended: "count of login > 5",
  },
  {
    written: "number of logins is at least 5",
    code: "WORDED_OTHERWISE",
    message:
      "`number of logins is at least 5` is not how this is written. Write `count of login is at least 5`.",
    mended: "count of login is at least 5",
  },
  {
    written: "at least 5 logins in the last 30 days",
    code: "WORDED_OTHERWISE",
    message:
      "`at least 5 logins in the last 30 days` is not how this is written. Write `performed login at least 5 times in the last 30 days`.",
    mended: "performed login at least 5 times in the last 30 days",
  },
  {
    written: "last login 30 days ago",
    code: "WORDED_OTHERWISE",
    message:
      "`last login 30 days ago` is not how this is written. Write `last performed login exactly 30 days ago`.",
    mended: "last performed login exactly 30 days ago",
  },
  {
    written: "performed login zero times",
    code: "WORDED_OTHERWISE",
    message:
      "`performed login zero times` is not how this is written. Write `performed login exactly 0 times`.",
    mended: "performed login exactly 0 times",
  },
  {
    written: "performed login more than zero times in the last two weeks",
    code: "WORDED_OTHERWISE",
    message:
      "`performed login more than zero times in the last two weeks` is not how this is written. Write `performed login more than 0 times in the last 2 weeks`.",
    mended: "performed login more than 0 times in the last 2 weeks",
  },
]);
