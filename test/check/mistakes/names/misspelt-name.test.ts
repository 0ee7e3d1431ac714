// The mistake misspelt-name: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "number of my orders is 3",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `number of my orders`. Did you mean `number of orders`?",
    mended: "number of orders is 3",
  },
  {
    written: "total amount spent is more than 5",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `total amount spent`. Did you mean `amount spent`?",
    mended: "amount spent is more than 5",
  },
  {
    written: "cuntry is nott Poland",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `cuntry`. Did you mean `country`?",
    mended: "country is nott Poland",
  },
  {
    written: "last order date time > 3 days ago",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `last order date time`. Did you mean `last order date`?",
    mended: "last order date > 3 days ago",
  },
  {
    written: "emial ends with .uk",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `emial`. Did you mean `email`?",
    mended: "email ends with .uk",
  },
  {
    written: "emial is x",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `emial`. Did you mean `email`?",
    mended: "email is x",
  },
  {
    written: "the metadata.plam is x",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `the metadata.plam`. Did you mean `metadata.plan`?",
    mended: "metadata.plan is x",
  },
  {
    written: "metadta is gold",
    code: "METADATA_KEY",
    message:
      "`metadta` needs a key behind it, as `metadata.KEY`. Try `metadata.plan`, `metadata.age`, `metadata.gender`, `metadata.vip`, `metadata.tags`, `metadata.score`, `metadata.renewal`, `metadata.last_seen` or one of 2 more.",
  },
  {
    written: "custom field is gold",
    code: "METADATA_KEY",
    message:
      "`custom field` needs a key behind it, as `metadata.KEY`. Try `metadata.plan`, `metadata.age`, `metadata.gender`, `metadata.vip`, `metadata.tags`, `metadata.score`, `metadata.renewal`, `metadata.last_seen` or one of 2 more.",
  },
  {
    written: "metadta.plan is gold",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `metadta.plan`. Did you mean `metadata.plan`?",
    mended: "metadata.plan is gold",
  },
  {
    written: "custom_fields.plan is gold",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `custom_fields.plan`. Did you mean `metadata.plan`?",
    mended: "metadata.plan is gold",
  },
  {
    written: "customers.city is Paris",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `customers.city`. Did you mean `city`?",
    mended: "city is Paris",
  },
  {
    written: "total spnt is above 300",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `total spnt`. Did you mean `total spent`?",
    mended: "total spent is more than 300",
  },
  {
    written: "lst ordr is in last 30 days",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `lst ordr`. Did you mean `last order`?",
    mended: "last order is in last 30 days",
  },
]);
