// For each code of a diagnostic, queries that get it, with the wrong part marked: `[[emial]] ends with .uk`. docs/diagnostics.md is
// made of them, and they are tested: each gives its code, there, and nothing else.
import type { SyntaxCode, TreeCode } from "../../grammar/messages.js";
import type { Code } from "../../src/check/messages.js";

const many = (count: number, write: (number: number) => string, joint: string): string =>
  Array.from({ length: count }, (_, index) => write(index + 1)).join(joint);

/** Examples of every code that a text can get. */
export const examples: Readonly<Record<SyntaxCode | Code, readonly string[]>> = {
  EMPTY_QUERY: ["[[]]"],
  TEXT_TOO_LONG: [`[[email is ${"x".repeat(16_384)}]]`],
  TOO_MANY_CONDITIONS: [`${many(100, (age) => `age is ${age}`, " or ")} or [[age]] is 101`],
  TOO_MANY_EVENT_CONDITIONS: [
    `${many(10, (times) => `performed login ${times} times`, " or ")} or [[performed]] login 11 times`,
  ],
  TOO_DEEP: [`${"(".repeat(16)}([[vip]])${")".repeat(16)}`],
  TOO_MANY_ITEMS: [`city is any of [[(${many(1_001, (number) => `Lane ${number}`, ", ")})]]`],
  UNCLOSED_QUOTE: ['city is [["New York]]'],
  UNCLOSED_PARENTHESIS: ["(vip or age is 1[[]]", "city is any of (Paris, Rome[[]]"],
  MISSING_CONDITION: ["vip and[[]]", "[[or]] vip"],
  MISSING_ATTRIBUTE: ["[[is]] Paris", "[[contains]] x"],
  QUOTED_ATTRIBUTE: ['[["email"]] ends with .uk'],
  INCOMPLETE_OPERATOR: ["email starts[[]]"],
  UNKNOWN_OPERATOR: ["age [[==]] 5", "[[age greater than 5]]", "email [[not ends with]] .uk"],
  MISSING_OPERATOR: ['city [["Paris"]]', "[[city Paris]]", "[[created in 2026]]"],
  MISSING_VALUE: ["email ends with[[]]"],
  MISSING_AND: ["age between 20[[,]] 30", "age between 20 to 30[[]]"],
  MISSING_LIST: ["city is any of [[Paris]], Rome"],
  LIST_NOT_TAKEN: ["city is [[(]]Paris, Rome)"],
  UNEXPECTED: ["(vip)[[)]]", "the [[(]]vip)"],
  COMMA_IN_VALUE: ["created before today[[,]] soon"],
  DUPLICATE_CLAUSE: ["performed login today [[yesterday]]"],
  COUNT_NOT_TAKEN: ["has not performed login [[3 times]]"],
  MISSING_TIMES: ["performed login at least 3[[]]"],
  MISSING_EVENT: ["performed[[]]"],
  MISSING_COMPARISON: ["sum of amount of order[[]]"],
  MISSING_SAMPLE_SHARE: ["in sample[[]]"],

  UNKNOWN_ATTRIBUTE: ["[[emial]] ends with .uk", "[[favourite colour]] is red"],
  WORDED_OTHERWISE: ["[[bought Blue Mug in the last 30 days]]", "[[no email]]", "[[vip && age is 30]]"],
  NOT_A_WORD: ["city is [[Paris && vip]]", "name is [[Fear but Loathing]]"],
  VALUE_NEEDS_QUOTES: ["country is [[Trinidad and Tobago]]"],
  WORD_AS_TEXT: ["name is [[null]]", "email IS NOT [[NULL]]"],
  MARK_IN_TEXT: ["city is Paris[[.]]"],
  UNEXPECTED_MARK: ["age is 30[[;]]"],
  PATTERN_IN_TEXT: ["email is [[*@gmail.com]]"],
  LIST_IN_TEXT: ["city is [[neither Paris nor Rome]]"],
  CLAUSE_IN_TEXT: ["order contains [[tea in the last 30 days]]"],
  CONDITION_IN_TEXT: ["city is [[Paris country is France]]"],
  BIRTHDAY_AS_DATE: ["birthday [[in the next 7 days]]"],
  WHOLE_DATE: ["birthday anniversary is [[1990-05-01]]"],
  SIGN_BEFORE_AGO: ["last order [[>]] 30 days ago"],
  UNSTORABLE_TEXT: ['city is [["a\\u0000b"]]'],
  TWO_OPERATORS: ["age is [[>]] 5", "age > [[<]] 5"],
  SIGN_IN_TEXT: ["city is [[= Paris]]"],
  MISSING_CONNECTIVE: ["[[vip age]] is 3", "age is [[5 vip is true]]"],
  UNKNOWN_CAMPAIGN: ["loyalty points in campaign [[Clubs]] is 0"],
  CAMPAIGN_NOT_TAKEN: ["redemptions in campaign [[Club]] is 0"],
  NO_SUCH_OPERATOR: ["age [[contains]] 3", "country [[starts with]] P"],
  NEEDS_COMPARISON: ["[[age]]"],
  NEEDS_RELATIVE_DATE: ["created [[is more than]] 2026-01-01"],
  NOT_YEARLY: ["[[created anniversary]] is today"],
  EMPTY_VALUE: ['city is [[""]]'],
  NOT_A_NUMBER: ["age is [[young]]", "age is [[1,5]]"],
  NOT_AN_AMOUNT: ["total spent is more than [[much]]", "total spent is [[$10,50]]"],
  WRONG_CURRENCY: ["total spent is more than [[€5]]"],
  NOT_TRUE_OR_FALSE: ["vip is [[maybe]]"],
  UNKNOWN_VALUE: ["source is [[mailchump]]", "consents contains [[letters]]"],
  UNKNOWN_COUNTRY: ["country is [[Polnad]]"],
  NOT_A_DATE: ["created before [[soon]]", "created before [[1 Feb 2026]]"],
  NO_SUCH_DATE: ["created before [[2026-02-30]]"],
  NOT_A_DURATION: ["created in the last [[fortnight]]"],
  NOT_A_MONTH: ["birthday month is [[Mai]]"],
  NOT_A_COUNT: ["tags has at least [[1.5]]"],
  UPSIDE_DOWN: ["age is between [[30 and 20]]"],
  UNKNOWN_SEGMENT: ['in segment [["Regulras"]]'],
  ARCHIVED_SEGMENT: ['in segment [["Old friends"]]'],
  SEGMENT_CYCLE: ['in segment [["Chicken"]]'],
  SEGMENT_HAS_MISTAKES: ['in segment [["Broken"]]'],
  SEGMENTS_TOO_DEEP: ['in segment [["Nest 9"]]'],
  SEGMENTS_TOO_LARGE: [
    `${many(10, (age) => `in segment "Hundred" and age is ${age}`, " or ")} or in segment [["Hundred"]] and vip`,
  ],
  UNKNOWN_EVENT: ["performed [[logni]]"],
  UNKNOWN_PROPERTY: ["performed login where [[devise]] is phone"],
  ATTRIBUTE_IN_WHERE: ["performed login where device is phone and [[city]] is Paris"],
  NOT_IN_WHERE: [
    "performed login where device is phone and [[in sample 10%]]",
    "performed login where [[performed order]]",
  ],
  MISSING_PROPERTY: ["sum of [[order]] is at least 100"],
  NOT_MEASURABLE: ["sum of [[device]] of login is at least 100"],
  NOT_A_SHARE: ["in sample [[150%]]", "in sample [[10]]"],
  NEARLY_NEVER: ["created is [[30 days ago]]", "created is [[now]]"],
  NO_SUCH_VALUE: ["city is [[Pariss]]", "metadata.plan is [[platinum]]"],
  ALWAYS_TRUE: ["[[vip or not vip]]"],
  NEVER_TRUE: ["[[age < 5 and age > 6]]"],
  DUPLICATE_CONDITION: ["vip and age is 1 and [[metadata.age = 1]]"],
};

const query = (expression: unknown) => ({ kind: "Query", version: 1, expression });
const flag = { kind: "Flag", attribute: { kind: "Name", text: "vip" } };
const age = { kind: "Name", text: "age" };
const value = (text: string) => ({ kind: "Value", text });

/** For each code that only a tree from outside can get, a tree that gets it, and where. */
export const treeExamples: Readonly<Record<TreeCode, { readonly tree: unknown; readonly path: string }>> = {
  TREE_TOO_LARGE: {
    tree: query({ kind: "And", operands: Array(50_000).fill(flag) }),
    path: "",
  },
  NOT_A_TREE: { tree: query({ kind: "Xor", operands: [flag, flag] }), path: "/expression/kind" },
  UNKNOWN_FIELD: { tree: query({ ...flag, span: {} }), path: "/expression" },
  TOO_FEW_OPERANDS: { tree: query({ kind: "And", operands: [flag] }), path: "/expression/operands" },
  WRONG_OPERANDS: {
    tree: query({
      kind: "Comparison",
      attribute: age,
      operator: { kind: "Operator", name: "between", negated: false },
      operands: [value("20")],
    }),
    path: "/expression/operands",
  },
  NO_COMPLEMENT: {
    tree: query({
      kind: "Comparison",
      attribute: age,
      operator: { kind: "Operator", name: "<", negated: true },
      operands: [value("20")],
    }),
    path: "/expression/operator/negated",
  },
  NOT_OF_NOT: { tree: query({ kind: "Not", operand: { kind: "Not", operand: flag } }), path: "/expression" },
  COUNT_OF_NONE: {
    tree: query({
      kind: "Event",
      negated: true,
      name: value("login"),
      count: { kind: "EventCount", comparison: "exactly", times: value("3") },
    }),
    path: "/expression/count",
  },
  READS_OTHERWISE: {
    tree: query({ kind: "Flag", attribute: { kind: "Name", text: "vip or age is 3" } }),
    path: "/expression",
  },
};
