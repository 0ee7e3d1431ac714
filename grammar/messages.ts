// Every message of the parser, by its code, with typed parameters: one table, so that they read as one voice.
import { limits } from "./limits.js";

const maxQuotedLength = 100;

/** What a message quotes from the text, cut if it is too long to read. */
export function shortened<Parameter>(parameter: Parameter): Parameter | string {
  if (typeof parameter !== "string" || parameter.length <= maxQuotedLength) return parameter;
  return `${parameter.slice(0, maxQuotedLength).replace(/[\ud800-\udbff]$/, "")}…`;
}

const clauseNames = {
  count: "number of times",
  days: "number of different days",
  window: "period",
  where: "`where`",
  same: "`with the same`",
  within: "`within`",
} as const;

export const syntaxMessages = {
  EMPTY_QUERY: () => "The query is empty. Write a condition, as `email ends with .uk`.",
  TEXT_TOO_LONG: (bytes: number) =>
    `The query has ${bytes.toLocaleString("en")} bytes; at most ${limits.bytes.toLocaleString("en")} are allowed. Split it into several segments.`,
  TOO_MANY_CONDITIONS: () =>
    `A query may have at most ${limits.conditions} conditions. Use \`is any of (…)\` for many values of one attribute, or save a part as a segment of its own.`,
  TOO_MANY_EVENT_CONDITIONS: () =>
    `A query may have at most ${limits.eventConditions} conditions on events. Save a part as a segment of its own.`,
  TOO_DEEP: () =>
    `Parentheses may stand inside one another at most ${limits.levels} deep. Take some away: \`and\` is read before \`or\` without any.`,
  TOO_MANY_ITEMS: (count: number) =>
    `This list has ${count.toLocaleString("en")} values; at most ${limits.listItems.toLocaleString("en")} are allowed. Split it into two conditions.`,
  UNCLOSED_QUOTE: (quote: string) =>
    `The quote ${quote} is never closed. Put another ${quote} where the text ends.`,
  UNCLOSED_PARENTHESIS: (bracket: string) =>
    `A bracket is opened and never closed. Put \`${bracket}\` where it ends.`,
  MISSING_CONDITION: (after: string) =>
    after === "" ? "A condition is missing here." : `A condition is missing after \`${after}\`.`,
  MISSING_ATTRIBUTE: (operator: string) =>
    `\`${operator}\` needs an attribute before it, as in \`email ${operator} …\`.`,
  QUOTED_ATTRIBUTE: () =>
    "An attribute is written without quotes, as `email`; a name with special characters goes between backticks.",
  INCOMPLETE_OPERATOR: (written: string, expected: readonly string[]) =>
    `\`${written}\` is not finished: it goes on with ${expected.map((word) => `\`${word}\``).join(" or ")}.`,
  UNKNOWN_OPERATOR: (written: string, instead: string) =>
    `\`${written}\` is not a comparison. Write \`${instead}\` instead.`,
  MISSING_OPERATOR: (attribute: string, value: string) =>
    `A comparison, as \`is\` or \`contains\`, is missing between \`${attribute}\` and \`${value}\`.`,
  MISSING_VALUE: (operator: string) => `\`${operator}\` needs a value after it.`,
  MISSING_AND: (operator: string) =>
    `\`${operator}\` takes two values with \`and\` between them, as \`${operator} 1 and 5\`.`,
  MISSING_LIST: (operator: string) =>
    `\`${operator}\` takes a list in parentheses, as \`${operator} (a, b)\`.`,
  LIST_NOT_TAKEN: (operator: string, instead: string) => `\`${operator}\` takes no list. ${instead}`,
  UNEXPECTED: (written: string) =>
    `\`${written}\` can't stand here. Put \`and\` or \`or\` between conditions, and quotes around a value that has brackets, commas or quotes in it.`,
  COMMA_IN_VALUE: () =>
    "A comma separates values only inside a list. For several values write `is any of (a, b)`; put a value with a comma in it between quotes.",
  DUPLICATE_CLAUSE: (clause: keyof typeof clauseNames) =>
    `An event condition takes one ${clauseNames[clause]} only, and this is a second one. Take one of them away.`,
  COUNT_NOT_TAKEN: (who: string, instead: string) =>
    `${who} takes no number of times. Write ${instead} instead.`,
  MISSING_TIMES: () => "Write `times` after the number, as in `at least 3 times`.",
  MISSING_UNIT: () =>
    "Different what? Write `days`, `weeks`, `months`, `quarters` or `years`, as in `on at least 3 different days`.",
  MISSING_EVENT: (after: string) => `\`${after}\` needs the name of an event after it.`,
  MISSING_COMPARISON: () => "What is the result compared with? Add a comparison, as `is at least 100`.",
  MISSING_SAMPLE_SHARE: () => "`in sample` needs a share after it, as `in sample 10%`.",
} as const;

export type SyntaxCode = keyof typeof syntaxMessages;

/** Messages about a tree that a client passed: for the developer of the form that makes it. */
export const treeMessages = {
  TREE_TOO_LARGE: () =>
    "The tree is larger or deeper than any query within the limits is. Split it into several segments.",
  NOT_A_TREE: (expected: readonly string[]) =>
    `Here the tree must have ${expected.slice(0, 12).join(" or ")}${expected.length > 12 ? " or another that the schema lists" : ""}.`,
  UNKNOWN_FIELD: (names: readonly string[]) =>
    `The tree has no field ${names.map((name) => `\`${name}\``).join(" or ")} here. Take it away.`,
  TOO_FEW_OPERANDS: (least: number) =>
    `At least ${least} must stand here. For an \`And\` or \`Or\` of one condition, use a \`Group\` or the condition by itself.`,
  WRONG_OPERANDS: (operator: string, wanted: number | undefined, found: number) =>
    `\`${operator}\` takes ${wanted === undefined ? "at least one value" : wanted === 0 ? "no value" : wanted === 1 ? "one value" : `${wanted} values`}, and ${found} stand here.`,
  NO_COMPLEMENT: (operator: string) =>
    `\`${operator}\` has no complement. Put the condition into a \`Not\` instead.`,
  NOT_OF_NOT: () => "Two nots are none. Take both away.",
  COUNT_OF_NONE: () =>
    "`has not performed` takes no count. Take it away, or count to 0 with an event that is not negated.",
  READS_OTHERWISE: (text: string) =>
    `As a sentence the tree reads \`${shortened(text)}\`, which means something else. Write names and shares as a sentence has them, special names between backticks.`,
} as const;

export type TreeCode = keyof typeof treeMessages;
