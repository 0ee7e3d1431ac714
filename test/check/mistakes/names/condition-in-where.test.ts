// The mistake condition-in-where: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "performed login where device is x and performed checkout",
    code: "NOT_IN_WHERE",
    message:
      "A condition on events can't stand after `where`, which is about the properties of `login`. Write `(performed login where device is x) …` to go on with the customer.",
    mended: "(performed login where device is x) and performed checkout",
  },
  {
    written: "performed login where device is x and in segment VIP",
    code: "NOT_IN_WHERE",
    message:
      "A condition on segments can't stand after `where`, which is about the properties of `login`. Write `(performed login where device is x) …` to go on with the customer.",
    mended: "(performed login where device is x) and in segment VIP",
  },
  {
    written: "performed login where in sample 10%",
    code: "NOT_IN_WHERE",
    message:
      "A sample can't stand after `where`, which is about the properties of `login`. Write `performed login and …` to go on with the customer.",
    mended: "performed login and in sample 10%",
  },
  {
    written: "performed login where device is phone and in sample 10%",
    code: "NOT_IN_WHERE",
    message:
      "A sample can't stand after `where`, which is about the properties of `login`. Write `(performed login where device is phone) …` to go on with the customer.",
    mended: "(performed login where device is phone) and in sample 10%",
  },
  {
    written: "performed login where performed checkout",
    code: "NOT_IN_WHERE",
    message:
      "A condition on events can't stand after `where`, which is about the properties of `login`. Write `performed login and …` to go on with the customer.",
    mended: "performed login and performed checkout",
  },
]);
