// The mistake text-words: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "first name is Anna",
    code: "WORDED_OTHERWISE",
    message: "`first name is Anna` is not how this is written. Write `name starts with Anna`.",
    mended: "name starts with Anna",
  },
  {
    written: "country: Poland",
    code: "WORDED_OTHERWISE",
    message: "`country: Poland` is not how this is written. Write `country is Poland`.",
    mended: "country is Poland",
  },
  {
    written: "email ends in .uk",
    code: "WORDED_OTHERWISE",
    message: "`email ends in .uk` is not how this is written. Write `email ends with .uk`.",
    mended: "email ends with .uk",
  },
  {
    written: "email does not contains gmail",
    code: "WORDED_OTHERWISE",
    message:
      "`email does not contains gmail` is not how this is written. Write `email does not contain gmail`.",
    mended: "email does not contain gmail",
  },
  {
    written: "email has gmail",
    code: "WORDED_OTHERWISE",
    message: "`email has gmail` is not how this is written. Write `email contains gmail`.",
    mended: "email contains gmail",
  },
  {
    written: "has tag sale",
    code: "WORDED_OTHERWISE",
    message: "`has tag sale` is not how this is written. Write `tags contains sale`.",
    mended: "tags contains sale",
  },
  {
    written: "tag is not sale",
    code: "WORDED_OTHERWISE",
    message: "`tag is not sale` is not how this is written. Write `tags does not contain sale`.",
    mended: "tags does not contain sale",
  },
  {
    written: "does not have tag VIP",
    code: "WORDED_OTHERWISE",
    message: "`does not have tag VIP` is not how this is written. Write `tags does not contain VIP`.",
    mended: "tags does not contain VIP",
  },
  {
    written: "email domain is gmail.com",
    code: "WORDED_OTHERWISE",
    message: "`email domain is gmail.com` is not how this is written. Write `email ends with @gmail.com`.",
    mended: "email ends with @gmail.com",
  },
  {
    written: "email provider is not gmail.com",
    code: "WORDED_OTHERWISE",
    message:
      "`email provider is not gmail.com` is not how this is written. Write `email does not end with @gmail.com`.",
    mended: "email does not end with @gmail.com",
  },
  {
    written: "city does not equal Paris",
    code: "WORDED_OTHERWISE",
    message: "`city does not equal Paris` is not how this is written. Write `city is not Paris`.",
    mended: "city is not Paris",
  },
  {
    written: "'sale' in tags",
    code: "WORDED_OTHERWISE",
    message: "`'sale' in tags` is not how this is written. Write `tags contains 'sale'`.",
    mended: "tags contains 'sale'",
  },
  {
    written: "tags @> 'sale'",
    code: "WORDED_OTHERWISE",
    message: "`tags @> 'sale'` is not how this is written. Write `tags contains 'sale'`.",
    mended: "tags contains 'sale'",
  },
]);
