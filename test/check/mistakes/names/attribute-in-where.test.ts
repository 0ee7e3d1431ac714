// The mistake attribute-in-where: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "performed login where score is 3",
    code: "ATTRIBUTE_IN_WHERE",
    message:
      "`metadata.score` is the customer's, and what follows `where` is about `login` alone. Write `performed login and …` to go on with the customer.",
    mended: "performed login and score is 3",
  },
  {
    written: "performed login where name is x",
    code: "ATTRIBUTE_IN_WHERE",
    message:
      "`name` is the customer's, and what follows `where` is about `login` alone. Write `performed login and …` to go on with the customer.",
    mended: "performed login and name is x",
  },
  {
    written: "performed login where device is mobile and city is Paris",
    code: "ATTRIBUTE_IN_WHERE",
    message:
      "`city` is the customer's, and what follows `where` is about `login` alone. Write `(performed login where device is mobile) …` to go on with the customer.",
    mended: "(performed login where device is mobile) and city is Paris",
  },
]);
