// Wrong texts with their diagnostics. The part that each is about is between « and », which are not part of the text; an
// empty pair is a place where something is missing.

/** A text with its marks, and the codes of its diagnostics in the order of the marks. */
export type Mistake = readonly [marked: string, ...codes: string[]];

export const mistakes: readonly Mistake[] = [
  // Nothing there.
  ["«»", "EMPTY_QUERY"],
  [" \n «»", "EMPTY_QUERY"],
  ["-- only a remark«»", "EMPTY_QUERY"],

  // A condition is missing.
  ["city is Paris and«»", "MISSING_CONDITION"],
  ["city is Paris or «»", "MISSING_CONDITION"],
  ["«and» city is Paris", "MISSING_CONDITION"],
  ["city is Paris and «or» vip", "MISSING_CONDITION"],
  ["not«»", "MISSING_CONDITION"],
  ["(«)»", "MISSING_CONDITION"],
  ["any of («)»", "MISSING_CONDITION"],
  ["any of (a, «)»", "MISSING_CONDITION"],
  ["any of («,» a)", "MISSING_CONDITION"],
  ["performed login where«»", "MISSING_CONDITION"],
  ["«)»", "MISSING_CONDITION"],
  ["«,» a", "MISSING_CONDITION"],
  ["a and («)» or «or» b and«»", "MISSING_CONDITION", "MISSING_CONDITION", "MISSING_CONDITION"],

  // Brackets.
  ["(city is Paris«»", "UNCLOSED_PARENTHESIS"],
  ["((a and b) or c«»", "UNCLOSED_PARENTHESIS"],
  ["((a«»«»", "UNCLOSED_PARENTHESIS", "UNCLOSED_PARENTHESIS"],
  ["any of (a, b«»", "UNCLOSED_PARENTHESIS"],
  ["city in (a, b«»", "UNCLOSED_PARENTHESIS"],
  ["city in [a, b«»", "UNCLOSED_PARENTHESIS"],
  ["performed x where (a is 1«»", "UNCLOSED_PARENTHESIS"],
  ["city in (a, b «]»)", "UNEXPECTED"],
  ["(vip «]»)", "UNEXPECTED"],
  ["(a)«)»", "UNEXPECTED"],
  ["a «)» and b and «)»", "UNEXPECTED", "MISSING_CONDITION"],
  ["a «,» b", "UNEXPECTED"],
  ["(vip «,» b)", "UNEXPECTED"],
  ["city is Paris «(»b)", "UNEXPECTED"],
  ["the «(»city is Paris)", "UNEXPECTED"],
  ["all of «a», b", "MISSING_LIST"],
  ["all of«»", "MISSING_LIST"],

  // Attributes.
  ["«is» 5", "MISSING_ATTRIBUTE"],
  ["«=» 5", "MISSING_ATTRIBUTE"],
  ["vip and «is» 5", "MISSING_ATTRIBUTE"],
  ['«"email"» is x', "QUOTED_ATTRIBUTE"],
  ["«'a b'» starts with x and «\"c\"»", "QUOTED_ATTRIBUTE", "QUOTED_ATTRIBUTE"],
  ['«"email is x»', "UNCLOSED_QUOTE"],
  ["«`email» is x", "UNCLOSED_QUOTE"],

  // Operators.
  ["email starts«»", "INCOMPLETE_OPERATOR"],
  ["email starts «foo» and vip", "INCOMPLETE_OPERATOR"],
  ["email ends «in» .uk", "INCOMPLETE_OPERATOR"],
  ["email does not«»", "INCOMPLETE_OPERATOR"],
  ["email does «contain» x", "INCOMPLETE_OPERATOR"],
  ["email does not exist «yet»", "UNEXPECTED"],
  ["loyalty points in campaign X starts«»", "INCOMPLETE_OPERATOR"],
  ['loyalty points in campaign "X"«»', "MISSING_COMPARISON"],
  ["loyalty points in campaign«»", "MISSING_VALUE"],
  ["loyalty points in campaign «is» 5", "MISSING_VALUE"],

  // Values.
  ["city is«»", "MISSING_VALUE"],
  ["city is «and» vip", "MISSING_VALUE"],
  ["(city is «)»", "MISSING_VALUE"],
  ["city contains«»", "MISSING_VALUE"],
  ["age is less than«»", "MISSING_VALUE"],
  ["age less than«»", "MISSING_VALUE"],
  ["created before«»", "MISSING_VALUE"],
  ["age >«»", "MISSING_VALUE"],
  ["age > «and» vip", "MISSING_VALUE"],
  ["count of login where age is «>» 5 is 3", "MISSING_VALUE"],
  ["age «==» 5 and vip and«»", "UNKNOWN_OPERATOR", "MISSING_CONDITION"],
  ["age «<>» 5", "UNKNOWN_OPERATOR"],
  ["age «=>» 5", "UNKNOWN_OPERATOR"],
  ["age «=<» 5", "UNKNOWN_OPERATOR"],
  ["points in campaign Club «==» 5", "UNKNOWN_OPERATOR"],
  ["age «is more than or equal to» 5", "UNKNOWN_OPERATOR"],
  ["age «less than or equal» 5 and«»", "UNKNOWN_OPERATOR", "MISSING_CONDITION"],
  ['city «"Paris"» and«»', "MISSING_OPERATOR", "MISSING_CONDITION"],
  ['city is new «"York"»', "UNEXPECTED"],
  ['city is "New"«York»', "UNEXPECTED"],
  ["city is New «[»York]", "UNEXPECTED"],
  ["city is a«,» b and vip", "COMMA_IN_VALUE"],
  ["city is a«,» b, c", "COMMA_IN_VALUE"],
  ["(city is a«,» b)", "COMMA_IN_VALUE"],
  ["any of ((city is a«,» b), c)", "COMMA_IN_VALUE"],
  ["total is 1,000«,» 2", "COMMA_IN_VALUE"],
  ["total is 1«,» 000", "COMMA_IN_VALUE"],
  ['email is «"open»', "UNCLOSED_QUOTE"],
  ["email is «'open and city is \"x»", "UNCLOSED_QUOTE"],
  ['email is «"open»\nand city is«»', "UNCLOSED_QUOTE", "MISSING_VALUE"],
  ['city in («"a, b)»«»', "UNCLOSED_QUOTE", "UNCLOSED_PARENTHESIS"],

  // Two values, and lists.
  ["age between 5«»", "MISSING_AND"],
  ["age between 5«,» 7", "MISSING_AND"],
  ["age between 5 «)»", "MISSING_AND"],
  ["age between 5 and«»", "MISSING_VALUE"],
  ["age between 5 «or» 7", "MISSING_AND"],
  ["age between 5 to 7«»", "MISSING_AND"],
  ["age between «and» 7", "MISSING_VALUE"],
  ["city in [a, b«)»", "UNEXPECTED"],
  ["(city is Paris«]» and vip", "UNEXPECTED"],
  ["age between 5 and 7«,» 9", "COMMA_IN_VALUE"],
  ["age between «(»1, 2)", "LIST_NOT_TAKEN"],
  ["city is «(»a, b)", "LIST_NOT_TAKEN"],
  ["city is not «[»a, b] and vip", "LIST_NOT_TAKEN"],
  ["age > «(»5)", "LIST_NOT_TAKEN"],
  ["city contains any of«»", "MISSING_LIST"],
  ["city contains any of «x»", "MISSING_LIST"],
  ["city is any of «Paris» and vip", "MISSING_LIST"],
  ["city is none of «Paris», London", "MISSING_LIST"],
  ["city in («)»", "MISSING_VALUE"],
  ["city in («,»«)»", "MISSING_VALUE", "MISSING_VALUE"],
  ["city in (a,«)»", "MISSING_VALUE"],
  ["city in (a,«,»b)", "MISSING_VALUE"],
  ['city in (a b «"c"»)', "UNEXPECTED"],
  ["city in (a «and» b)", "UNEXPECTED"],
  ["city in (a «(»b), c)", "UNEXPECTED"],

  // Events.
  ["performed«»", "MISSING_EVENT"],
  ["performed «and» vip", "MISSING_EVENT"],
  ["performed «once»", "MISSING_EVENT"],
  ["performed «in» the last week", "MISSING_EVENT"],
  ["has performed«»", "MISSING_EVENT"],
  ["never performed «where» a is 1", "MISSING_EVENT"],
  ["has not performed x «twice»", "COUNT_NOT_TAKEN"],
  ["never performed x «at most 3 times» in the last week", "COUNT_NOT_TAKEN"],
  ["performed x at least 3«»", "MISSING_TIMES"],
  ["performed x at least 3 «and» vip", "MISSING_TIMES"],
  ["performed x more than 90 «days» ago", "MISSING_TIMES"],
  ["performed x at least«»", "MISSING_VALUE"],
  ["performed x at least «times» today", "MISSING_VALUE"],
  ["performed x at least «where» a is 1", "MISSING_VALUE"],
  ["performed x twice «once»", "DUPLICATE_CLAUSE"],
  ["performed x today «yesterday»", "DUPLICATE_CLAUSE"],
  ["performed x in the last week «since 01.02»", "DUPLICATE_CLAUSE"],
  ["performed x where a is 1 «where b is 2»", "DUPLICATE_CLAUSE"],
  ["performed x once where a is 1 today «twice» «tomorrow»", "DUPLICATE_CLAUSE", "DUPLICATE_CLAUSE"],
  ["performed x in the last«»", "MISSING_VALUE"],
  ["performed x since«»", "MISSING_VALUE"],
  ["performed x since «where» a is 1", "MISSING_VALUE"],
  ["performed x on «and» vip", "MISSING_VALUE"],
  ["performed x between 01.01«»", "MISSING_AND"],
  ["performed x between 01.01 and«»", "MISSING_VALUE"],
  ["performed x where url is in the last«»", "MISSING_VALUE"],
  ["performed x where url is «twice»", "MISSING_VALUE"],
  ["performed x where a is 1«,» b is 2", "COMMA_IN_VALUE"],
  ["(performed x where a is 1) «today»", "UNEXPECTED"],

  // First and last, measures, membership, samples.
  ["last performed«»", "MISSING_EVENT"],
  ["last performed «more» than 3 days ago", "MISSING_EVENT"],
  ["last performed login«»", "MISSING_COMPARISON"],
  ["last performed login «and» vip", "MISSING_COMPARISON"],
  ["first performed login is«»", "MISSING_VALUE"],
  ["sum of«»", "MISSING_EVENT"],
  ["sum of amount of«»", "MISSING_EVENT"],
  ["count of «is» 3", "MISSING_EVENT"],
  ["count of «where» a is 1 is 3", "MISSING_EVENT"],
  ["sum of amount of order«»", "MISSING_COMPARISON"],
  ["sum of amount of order «and» vip", "MISSING_COMPARISON"],
  ["sum of amount of order «at» least 3", "MISSING_COMPARISON"],
  ["sum of amount of order where mobile is at least 5«»", "MISSING_COMPARISON"],
  ["sum of amount of order is«»", "MISSING_VALUE"],
  ["sum of amount of order «twice» is 3", "COUNT_NOT_TAKEN"],
  ["in segment«»", "MISSING_VALUE"],
  ["in segment «and» vip", "MISSING_VALUE"],
  ['in segment "VIP" «x»', "UNEXPECTED"],
  ["in sample«»", "MISSING_SAMPLE_SHARE"],
  ['in sample «of» "x"', "MISSING_SAMPLE_SHARE"],
  ["in sample 10% of«»", "MISSING_VALUE"],
  ['in sample 10% «"x"»', "UNEXPECTED"],

  // Several at once, and what is right is read all the same.
  [
    "email starts «or» (city is «)» or age between 5 «or» city in (a, «)» or vip and«»",
    "INCOMPLETE_OPERATOR",
    "MISSING_VALUE",
    "MISSING_AND",
    "MISSING_VALUE",
    "MISSING_CONDITION",
  ],
];

/** The text without its marks, and the stretches of it that they enclosed. */
export function unmarked(marked: string): { text: string; stretches: { start: number; end: number }[] } {
  const stretches: { start: number; end: number }[] = [];
  let text = "";
  for (const part of marked.split(/([«»])/)) {
    const last = stretches.at(-1);
    if (part === "«") stretches.push({ start: text.length, end: text.length });
    else if (part === "»" && last !== undefined) last.end = text.length;
    else text += part;
  }
  return { text, stretches };
}
