// The mistake segment-words: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: 'member of "VIP"',
    code: "WORDED_OTHERWISE",
    message: '`member of "VIP"` is not how this is written. Write `in segment "VIP"`.',
    mended: 'in segment "VIP"',
  },
  {
    written: "member of VIP",
    code: "WORDED_OTHERWISE",
    message: '`member of VIP` is not how this is written. Write `in segment "VIP"`.',
    mended: 'in segment "VIP"',
  },
  {
    written: 'not member of "VIP"',
    code: "WORDED_OTHERWISE",
    message: '`member of "VIP"` is not how this is written. Write `in segment "VIP"`.',
    mended: 'not in segment "VIP"',
  },
  {
    written: 'is in segment "VIP"',
    code: "WORDED_OTHERWISE",
    message: '`is in segment "VIP"` is not how this is written. Write `in segment "VIP"`.',
    mended: 'in segment "VIP"',
  },
  {
    written: 'is not in segment "VIP"',
    code: "WORDED_OTHERWISE",
    message: '`is not in segment "VIP"` is not how this is written. Write `not in segment "VIP"`.',
    mended: 'not in segment "VIP"',
  },
  {
    written: 'entered segment "VIP" in the last 7 days',
    code: "SEGMENT_OVER_TIME",
    message:
      '`entered segment "VIP" in the last 7 days` asks when customers came or left, which a query can\'t: it asks who is in a segment now, as `in segment "VIP"`. `segment watch` and a segment\'s history report who came and left, and when.',
  },
  {
    written: "left segment VIP yesterday",
    code: "SEGMENT_OVER_TIME",
    message:
      "`left segment VIP yesterday` asks when customers came or left, which a query can't: it asks who is in a segment now, as `in segment \"VIP\"`. `segment watch` and a segment's history report who came and left, and when.",
  },
  {
    written: "dropped out of segment VIP in the last 7 days",
    code: "SEGMENT_OVER_TIME",
    message:
      "`dropped out of segment VIP in the last 7 days` asks when customers came or left, which a query can't: it asks who is in a segment now, as `in segment \"VIP\"`. `segment watch` and a segment's history report who came and left, and when.",
  },
  {
    written: "segment VIP",
    code: "WORDED_OTHERWISE",
    message: '`segment VIP` is not how this is written. Write `in segment "VIP"`.',
    mended: 'in segment "VIP"',
  },
  {
    written: "exclude segment VIP",
    code: "WORDED_OTHERWISE",
    message: '`exclude segment VIP` is not how this is written. Write `not in segment "VIP"`.',
    mended: 'not in segment "VIP"',
  },
  {
    written: "in segment VIP or Regulars",
    code: "WORDED_OTHERWISE",
    message: '`Regulars` is not how this is written. Write `in segment "Regulars"`.',
    mended: 'in segment VIP or in segment "Regulars"',
  },
  {
    written: "10% sample",
    code: "READ_AS",
    message: "`10% sample` is read as `in sample 10%`.",
    mended: "in sample 10%",
  },
  {
    written: "sample of 10%",
    code: "READ_AS",
    message: "`sample of 10%` is read as `in sample 10%`.",
    mended: "in sample 10%",
  },
]);
