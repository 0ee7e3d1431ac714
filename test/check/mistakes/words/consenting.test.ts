// The mistake consenting: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "subscribed to newsletter",
    code: "READ_AS",
    message: "`subscribed to newsletter` is read as `consents contains newsletter`.",
    mended: "consents contains newsletter",
  },
  {
    written: "not subscribed to newsletter",
    code: "READ_AS",
    message: "`subscribed to newsletter` is read as `consents contains newsletter`.",
    mended: "not consents contains newsletter",
  },
  {
    written: "unsubscribed from newsletter",
    code: "READ_AS",
    message: "`unsubscribed from newsletter` is read as `consents does not contain newsletter`.",
    mended: "consents does not contain newsletter",
  },
  {
    written: "opted in newsletter",
    code: "READ_AS",
    message: "`opted in newsletter` is read as `consents contains newsletter`.",
    mended: "consents contains newsletter",
  },
  {
    written: "opted out of sms",
    code: "READ_AS",
    message: "`opted out of sms` is read as `consents does not contain sms`.",
    mended: "consents does not contain sms",
  },
  {
    written: "newsletter is true",
    code: "WORDED_OTHERWISE",
    message: "`newsletter is true` is not how this is written. Write `consents contains newsletter`.",
    mended: "consents contains newsletter",
  },
  {
    written: "sms = false",
    code: "WORDED_OTHERWISE",
    message: "`sms = false` is not how this is written. Write `consents does not contain sms`.",
    mended: "consents does not contain sms",
  },
]);
