// The mistake missing-operator: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "created 30 days ago",
    code: "MISSING_OPERATOR",
    message: "`created 30 days ago` has no comparison. Write `created_at is 30 days ago`.",
    mended: "created_at is 30 days ago",
  },
  {
    written: "city Paris",
    code: "MISSING_OPERATOR",
    message: "`city Paris` has no comparison. Write `city is Paris`.",
    mended: "city is Paris",
  },
  {
    written: "vip true",
    code: "MISSING_OPERATOR",
    message: "`vip true` has no comparison. Write `metadata.vip is true`.",
    mended: "metadata.vip is true",
  },
  {
    written: "city Pater Noster",
    code: "MISSING_OPERATOR",
    message: "`city Pater Noster` has no comparison. Write `city is Pater Noster`.",
    mended: "city is Pater Noster",
  },
  {
    written: "city iss Warsaw",
    code: "MISSING_OPERATOR",
    message: "`city iss Warsaw` has no comparison. Write `city is iss Warsaw`.",
    mended: "city is iss Warsaw",
  },
  {
    written: "opted in to newsletter",
    code: "READ_AS",
    message: "`opted in to newsletter` is read as `consents contains newsletter`.",
    mended: "consents contains newsletter",
  },
  {
    written: "tags are vip",
    code: "MISSING_OPERATOR",
    message: "`tags are vip` has no comparison. Write `metadata.tags contains vip`.",
    mended: "metadata.tags contains vip",
  },
  {
    written: "tags are not vip",
    code: "MISSING_OPERATOR",
    message: "`tags are not vip` has no comparison. Write `metadata.tags does not contain vip`.",
    mended: "metadata.tags does not contain vip",
  },
  {
    written: "tags aren't vip",
    code: "MISSING_OPERATOR",
    message: "`tags aren't vip` has no comparison. Write `metadata.tags does not contain vip`.",
    mended: "metadata.tags does not contain vip",
  },
  {
    written: "tags were never vip",
    code: "MISSING_OPERATOR",
    message: "`tags were never vip` has no comparison. Write `metadata.tags does not contain vip`.",
    mended: "metadata.tags does not contain vip",
  },
  {
    written: "tags not vip",
    code: "MISSING_OPERATOR",
    message: "`tags not vip` has no comparison. Write `metadata.tags does not contain vip`.",
    mended: "metadata.tags does not contain vip",
  },
  {
    written: "city No Fear",
    code: "MISSING_OPERATOR",
    message: "`city No Fear` has no comparison. Write `city is No Fear`.",
    mended: "city is No Fear",
  },
  {
    written: "city no longer Paris",
    code: "MISSING_OPERATOR",
    message: "`city no longer Paris` has no comparison after `city`. Add one, as `is` or `has any value`.",
  },
]);
