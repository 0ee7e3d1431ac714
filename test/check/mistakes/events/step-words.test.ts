// The mistakes step-words: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "performed login then checkout",
    code: "WORDED_OTHERWISE",
    message: "`login then checkout` is not how this is written. Write `login then performed checkout`.",
    mended: "performed login then performed checkout",
  },
  {
    written: "performed cart updated followed by checkout within 2 days",
    code: "WORDED_OTHERWISE",
    message:
      "`cart updated followed by checkout` is not how this is written. Write `cart updated then performed checkout`.",
    mended: "performed cart updated then performed checkout within 2 days",
  },
  {
    written: "performed cart updated then not checkout within 2 days",
    code: "WORDED_OTHERWISE",
    message:
      "`cart updated then not checkout` is not how this is written. Write `cart updated then not performed checkout`.",
    mended: "performed cart updated then not performed checkout within 2 days",
  },
  {
    written: "performed cart updated but not checkout within 2 days",
    code: "WORDED_OTHERWISE",
    message:
      "`cart updated but not checkout` is not how this is written. Write `cart updated then not performed checkout`.",
    mended: "performed cart updated then not performed checkout within 2 days",
  },
  {
    written: "placed order then review written within 30 days",
    code: "WORDED_OTHERWISE",
    message:
      "`order then review written` is not how this is written. Write `order then performed review written`.",
    mended: "placed order then performed review written within 30 days",
  },
  {
    written: "performed login and then performed checkout",
    code: "WORDED_OTHERWISE",
    message: "`and then performed checkout` is not how this is written. Write `then performed checkout`.",
    mended: "performed login then performed checkout",
  },
  {
    written: "performed login and then checkout within 3 days",
    code: "WORDED_OTHERWISE",
    message:
      "`and then checkout within 3 days` is not how this is written. Write `then performed checkout within 3 days`.",
    mended: "performed login then performed checkout within 3 days",
  },
  {
    written: "performed login and then checkout where value is 3",
    code: "WORDED_OTHERWISE",
    message:
      "`and then checkout where value is 3` is not how this is written. Write `then performed checkout where value is 3`.",
    mended: "performed login then performed checkout where value is 3",
  },
  {
    written: "city is Paris and then performed login",
    code: "WORDED_OTHERWISE",
    message: "`and then performed login` is not how this is written. Write `and performed login`.",
    mended: "city is Paris and performed login",
  },
  {
    written: "city is Paris and then not performed login",
    code: "WORDED_OTHERWISE",
    message:
      "`and then not performed login` is not how this is written. Write `and has not performed login`.",
    mended: "city is Paris and has not performed login",
  },
  {
    written: "has not performed login and then performed checkout",
    code: "UNKNOWN_ATTRIBUTE",
    message:
      "There is no attribute `then performed checkout`. The list of attributes tells what there is; if these words belong to a value, put that value between quotes.",
  },
  {
    written: "performed login 3 times and then performed checkout",
    code: "UNKNOWN_ATTRIBUTE",
    message:
      "There is no attribute `then performed checkout`. The list of attributes tells what there is; if these words belong to a value, put that value between quotes.",
  },
  {
    written: "performed login then performed cart updated and then performed checkout",
    code: "WORDED_OTHERWISE",
    message: "`and then performed checkout` is not how this is written. Write `then performed checkout`.",
    mended: "performed login then performed cart updated then performed checkout",
  },
]);
