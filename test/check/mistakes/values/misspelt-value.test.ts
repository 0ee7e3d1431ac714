// The mistake misspelt-value: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "source is Mailchump",
    code: "UNKNOWN_VALUE",
    message:
      "`source` has no value `Mailchump`. Did you mean `mailchimp`? It takes `mailchimp`, `intercom`, `web_widget`, `bigcommerce`, `activecampaign`, `shopify`, `api` or `import`.",
    mended: "source is mailchimp",
  },
  {
    written: "birthday month is Mai",
    code: "NOT_A_MONTH",
    message: "`Mai` is not a month. Write its full English name, as `May`.",
    mended: "birthday month is may",
  },
  {
    written: "source is mailchump",
    code: "UNKNOWN_VALUE",
    message:
      "`source` has no value `mailchump`. Did you mean `mailchimp`? It takes `mailchimp`, `intercom`, `web_widget`, `bigcommerce`, `activecampaign`, `shopify`, `api` or `import`.",
    mended: "source is mailchimp",
  },
  {
    written: "consents contains newsletters",
    code: "UNKNOWN_VALUE",
    message:
      "`consents` has no value `newsletters`. Did you mean `newsletter`? It takes `newsletter`, `sms` or `phone calls`.",
    mended: "consents contains newsletter",
  },
]);
