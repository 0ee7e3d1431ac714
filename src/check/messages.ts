// Every message of the checker, by its code, with typed parameters: one table, so that they read as one voice.
import type { Severity } from "../../grammar/diagnostic.js";
import { limits } from "../../grammar/limits.js";
import { severalOfTypes } from "../catalog/catalog.js";
import type { ValueType } from "../plan/literals.js";

/** `a`, `b` or `c`, each in backticks; past eight the rest is counted. */
function oneOfThese(names: readonly string[]): string {
  const shown = names.slice(0, 8).map((name) => `\`${name}\``);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(", ")} or one of ${rest} more`;
  const last = shown.pop();
  return shown.length === 0 ? (last ?? "nothing") : `${shown.join(", ")} or ${last}`;
}

/** `.`, followed by a question if a suggestion is close enough. */
function meant(suggestion: string | undefined): string {
  return suggestion === undefined ? "" : ` Did you mean \`${suggestion}\`?`;
}

/** `UPSIDE_DOWN` as a warning, for a saved query whose range was valid once. */
export function emptyRange(first: string, second: string): string {
  return `The range is empty, so it matches no one: by now, ${first} comes after ${second}. Change the query if it is still needed.`;
}

interface Message {
  readonly severity: Severity;
  readonly text: (...parameters: never[]) => string;
}

function error<Parameters extends readonly unknown[]>(text: (...parameters: Parameters) => string) {
  return { severity: "ERROR", text } as const;
}

function warning<Parameters extends readonly unknown[]>(text: (...parameters: Parameters) => string) {
  return { severity: "WARNING", text } as const;
}

function hint<Parameters extends readonly unknown[]>(text: (...parameters: Parameters) => string) {
  return { severity: "HINT", text } as const;
}

export const messages = {
  UNKNOWN_ATTRIBUTE: error((written: string, suggestion: string | undefined) =>
    suggestion === undefined
      ? `There is no attribute \`${written}\`. The list of attributes tells what there is; if these words belong to a value, put that value between quotes.`
      : `There is no attribute \`${written}\`.${meant(suggestion)}`,
  ),
  MISSING_OPERATOR: error((written: string, attribute: string, fix: string | undefined) =>
    fix === undefined
      ? `\`${written}\` has no comparison after \`${attribute}\`. Add one, as \`is\` or \`has any value\`.`
      : `\`${written}\` has no comparison. Write \`${fix}\`.`,
  ),
  UNKNOWN_OPERATOR: error((written: string, instead: string | undefined) =>
    instead === undefined
      ? `\`${written}\` is not a comparison that can stand here.`
      : `\`${written}\` is not a comparison. Write \`${instead}\` instead.`,
  ),
  WORDED_OTHERWISE: error(
    (written: string, instead: string) => `\`${written}\` is not how this is written. Write \`${instead}\`.`,
  ),
  SEGMENT_OVER_TIME: error(
    (written: string, instead: string) =>
      `\`${written}\` asks when customers came or left, which a query can't: it asks who is in a segment now, as \`${instead}\`. \`segment watch\` and a segment's history report who came and left, and when.`,
  ),
  OPERATOR_IN_TEXT: warning(
    (words: string, attribute: string, instead: string) =>
      `\`${words}\` is read as part of the text that \`${attribute}\` is compared with. Write \`${instead}\`, or put the text between quotes.`,
  ),
  PART_OF_EMAIL: warning(
    (written: string, instead: string) =>
      `\`${written}\` is the end of an address, and no whole address. Write \`${instead}\`.`,
  ),
  NO_SORTING: error(
    (written: string) =>
      `\`${written}\` sorts, which a query doesn't: it says which customers there are. Leave it out, and sort the list of them.`,
  ),
  METADATA_KEY: error(
    (written: string, keys: readonly string[]) =>
      `\`${written}\` needs a key behind it, as \`metadata.KEY\`. ${keys.length === 0 ? "None is defined." : `Try ${oneOfThese(keys)}.`}`,
  ),
  READ_AS: hint((written: string, meant: string) => `\`${written}\` is read as \`${meant}\`.`),
  NOT_A_WORD: error(
    (written: string, instead: string) =>
      `\`${written}\` is no word of this language: it is \`${instead}\`. A value with \`${written}\` in it goes between quotes.`,
  ),
  VALUE_NEEDS_QUOTES: error(
    (written: string, quoted: string) =>
      `\`${written}\` has a connective in it, so it goes between quotes: \`${quoted}\`.`,
  ),
  WORD_AS_TEXT: warning(
    (written: string, attribute: string, instead: string) =>
      `This compares \`${attribute}\` with the text \`${written}\`. For customers ${instead === "is unknown" ? "without one" : "with any"}, write \`${instead}\`; for the text, put it between quotes.`,
  ),
  MARK_IN_TEXT: warning(
    (mark: string) =>
      `The \`${mark}\` at the end is read as part of the text. Leave it out, or put the text between quotes.`,
  ),
  UNEXPECTED_MARK: error((mark: string) => `A query ends without \`${mark}\`. Leave it out.`),
  PATTERN_IN_TEXT: warning(
    (written: string, instead: string) =>
      `\`${written}\` is read as it stands: there are no pattern characters. Write \`${instead}\`.`,
  ),
  LIST_IN_TEXT: warning(
    (written: string, instead: string) =>
      `\`${written}\` is read as one text. For several values write \`${instead}\`.`,
  ),
  CLAUSE_IN_TEXT: warning(
    (clause: string, instead: string) =>
      `\`${clause}\` is read as part of the product's name. Write \`${instead}\`, or put the name between quotes.`,
  ),
  CONDITION_IN_TEXT: warning(
    (condition: string, instead: string) =>
      `\`${condition}\` is read as part of the text. If it is a condition, write \`${instead}\`; if not, put the text between quotes.`,
  ),
  BIRTHDAY_AS_DATE: warning(
    (words: string) =>
      `This compares the date of birth, year included. For the day of the year write \`birthday anniversary ${words}\`.`,
  ),
  WHOLE_DATE: error((written: string, instead: string | undefined) =>
    instead === undefined
      ? `An anniversary has no year, and \`${written}\` has one. Write a day and a month, as \`01.02\`.`
      : `An anniversary has no year, and \`${written}\` has one. Write \`${instead}\`.`,
  ),
  SIGN_BEFORE_AGO: warning(
    (sign: string, read: string, written: string, instead: string) =>
      `\`${sign} ${written}\` is ${read} that instant. Did you mean \`${instead} ${written}\`?`,
  ),
  UNSTORABLE_TEXT: error(
    (what: string) => `The query has ${what} in it, which no store can hold. Take it out.`,
  ),
  TWO_OPERATORS: error((first: string, second: string, instead: string | undefined) =>
    instead === undefined
      ? `\`${first}\` and \`${second}\` are two comparisons in a row. Take one of them away.`
      : `\`${first}\` and \`${second}\` are two comparisons in a row. Write \`${instead}\`.`,
  ),
  SIGN_IN_TEXT: warning(
    (sign: string, quoted: string) =>
      `\`${sign}\` is read as part of the text. Write \`${quoted}\` if you mean that; if not, use one comparison only.`,
  ),
  MISSING_CONNECTIVE: error(
    (first: string, second: string) => `\`and\` or \`or\` is missing between \`${first}\` and \`${second}\`.`,
  ),
  MISSING_ATTRIBUTE: error(
    (operator: string) => `\`${operator}\` needs an attribute before it, as in \`email ${operator} …\`.`,
  ),
  UNKNOWN_CAMPAIGN: error(
    (written: string, suggestion: string | undefined, known: readonly string[]) =>
      `There is no campaign \`${written}\` here.${meant(suggestion) || (known.length === 0 ? " None is defined." : ` Try ${oneOfThese(known)}.`)}`,
  ),
  CAMPAIGN_NOT_TAKEN: error(
    (attribute: string) =>
      `\`${attribute}\` can't be narrowed to a campaign. Take \`in campaign …\` away; only gift cards, loyalty and referrals can be narrowed.`,
  ),
  NO_SUCH_OPERATOR: error(
    (
      attribute: string,
      type: string,
      operator: string,
      offered: readonly string[],
      takenBy: readonly ValueType[],
    ) =>
      `\`${attribute}\` is ${type}; \`${operator}\` works on ${severalOfTypes(takenBy)}. Try ${oneOfThese(offered)}.`,
  ),
  NEEDS_COMPARISON: error(
    (attribute: string, type: string, offered: readonly string[]) =>
      `\`${attribute}\` is ${type}, and only a true/false attribute can stand alone. Compare it with ${oneOfThese(offered)}.`,
  ),
  NEEDS_RELATIVE_DATE: error(
    (operator: string, instead: string) =>
      `Of a date, \`${operator}\` takes a length of time, as in \`${operator} 30 days ago\`. To compare with a day, write \`${instead}\`.`,
  ),
  NOT_YEARLY: error(
    (attribute: string, type: string, word: string) =>
      `Only a date without a time has ${word === "month" ? "a month" : "an anniversary"}; \`${attribute}\` is ${type}. Take \`${word}\` away.`,
  ),
  EMPTY_VALUE: error(() => "The value is empty. To ask for those without one, use `is unknown`."),
  NOT_A_NUMBER: error((written: string, attribute: string, instead: string | undefined) =>
    instead === undefined
      ? `\`${attribute}\` is compared with a number, and \`${written}\` is not a number. Write digits, as \`500\` or \`1,000.50\`.`
      : `\`${written}\` is not a number here: a comma only groups thousands. Write \`${instead}\`.`,
  ),
  NOT_AN_AMOUNT: error((written: string, attribute: string, currency: string, instead: string | undefined) =>
    instead === undefined
      ? `\`${attribute}\` is money, and \`${written}\` is not an amount. Write one as \`500\`, \`1,000.50\` or \`500 ${currency}\`.`
      : `\`${written}\` is not an amount here: a comma only groups thousands. Write \`${instead}\`.`,
  ),
  WRONG_CURRENCY: error(
    (written: string, currency: string) =>
      `Amounts here are in ${currency}; \`${written}\` is in another currency, and no exchange rate is assumed. Write it in ${currency}.`,
  ),
  NOT_TRUE_OR_FALSE: error(
    (written: string, attribute: string) =>
      `\`${attribute}\` is \`true\` or \`false\` (\`yes\` or \`no\`), not \`${written}\`.`,
  ),
  UNKNOWN_VALUE: error(
    (written: string, attribute: string, suggestion: string | undefined, known: readonly string[]) =>
      `\`${attribute}\` has no value \`${written}\`.${meant(suggestion)} It takes ${oneOfThese(known)}.`,
  ),
  UNKNOWN_COUNTRY: warning(
    (written: string, suggestion: string | undefined) =>
      `\`${written}\` is not a country that we know (ISO 3166), so it is compared as text.${meant(suggestion)}`,
  ),
  NOT_A_DATE: error((written: string, attribute: string, suggestion: string | undefined) =>
    suggestion === undefined
      ? `\`${attribute}\` is compared with a date, and \`${written}\` is not a date. Write \`2026-02-01\`, \`01.02.2026\`, \`today\` or \`30 days ago\`.`
      : `\`${attribute}\` is compared with a date, and \`${written}\` is not written as one. Write \`${suggestion}\`.`,
  ),
  NO_SUCH_DATE: error(
    (written: string) =>
      `The calendar has no such date as \`${written}\`. Look at the day, the month and the year.`,
  ),
  NOT_A_DURATION: error(
    (written: string, operator: string) =>
      `\`${operator}\` takes a length of time, as \`${operator} 30 days\`, and \`${written}\` is not one. Units are minutes, hours, days, weeks, months, quarters and years.`,
  ),
  PERIOD_YEAR: hint((written: string, meant: string) => `\`${written}\` here is ${meant}.`),
  YEAR_IN_ANNIVERSARY: error(
    (written: string) =>
      `An anniversary is in every year, and \`${written}\` names one. Leave the year out, as \`anniversary is in November\`.`,
  ),
  CUSTOMER_SINCE: error(
    (inside: string, since: string) =>
      `This may mean two things. Write \`${inside}\` for those who came then, or \`${since}\` for those who came then or later.`,
  ),
  WINDOW_NOT_TAKEN: error(
    (attribute: string) =>
      `\`${attribute}\` takes no window. The number, total and average of orders, the number of redemptions and of referred customers do, and measures as \`sum of amount of order in the last 30 days is …\`.`,
  ),
  KINDS_DIFFER: error(
    (written: string, type: string, wanted: string) =>
      `\`${written}\` is ${type}, and can't be compared with ${wanted}. Name an attribute of the same kind.`,
  ),
  NO_ATTRIBUTE_TAKEN: error(
    (operator: string) =>
      `\`${operator}\` takes a plain value here, and no other attribute. Write the value.`,
  ),
  NOT_A_DATED_ATTRIBUTE: error((written: string, type: string | undefined) =>
    type === undefined
      ? `\`${written}\` is no attribute of customers. Name one that is a date, as \`within 7 days after created\`.`
      : `\`${written}\` is ${type}, and no date. Name an attribute that is one, as \`within 7 days after created\`.`,
  ),
  NO_CLOCK_DISTANCE: error(
    (unit: string) =>
      `A date without a time is no number of ${unit}s from another. Use days or longer, or two attributes that have a time.`,
  ),
  NO_SUCH_UNIT: error(
    (written: string) =>
      `\`${written}\` can't be counted. Count different days, weeks, months, quarters or years, as \`on at least 3 different days\`.`,
  ),
  NO_ITEMS: error((event: string | undefined) =>
    event === undefined
      ? "`item (…)` is about the lines of an order. Write it after `placed order where`."
      : `\`${event}\` has no lines. \`item (…)\` is for orders: write it after \`placed order where\`.`,
  ),
  TOO_MANY_STEPS: error(
    () => `A sequence has at most ${limits.steps} steps. Leave some out, or split it into two conditions.`,
  ),
  SEQUENCE_BEGINS_NEGATIVE: error(
    (whole: string, apart: string) =>
      `A sequence begins with something that happened. Write \`${whole}\` if the whole of it did not happen, or \`${apart}\` if only the first did not.`,
  ),
  SAME_IN_FIRST_STEP: error(
    (written: string) =>
      `\`${written}\` compares a step with the one before it, and the first step has none. Put it behind a later step.`,
  ),
  STEP_NEEDS_WITHIN: error(
    (event: string) =>
      `How long has \`${event}\` not to have happened? Add a time, as \`then not performed ${event} within 3 days\`.`,
  ),
  STEP_TAKES_NO_WITHIN: error(
    () =>
      "What has not happened between two steps takes no time of its own. Put `within …` behind the step that follows.",
  ),
  SAME_KINDS_DIFFER: error(
    (one: string, type: string, other: string, otherType: string) =>
      `\`${one}\` is ${type} and \`${other}\` is ${otherType}, so they are never the same. Name two properties of one kind.`,
  ),
  NOT_A_MONTH: error(
    (written: string) => `\`${written}\` is not a month. Write its full English name, as \`May\`.`,
  ),
  NOT_A_COUNT: error((written: string) => `\`${written}\` is not a whole number. Write one, as \`2\`.`),
  UPSIDE_DOWN: error(
    (first: string, second: string) =>
      `The range is upside down: ${first} comes after ${second}. Swap the two.`,
  ),
  UPSIDE_DOWN_YEARS: error(
    (first: string, second: string, years: string) =>
      `The range is upside down: the latest ${first} comes after the latest ${second}. Write the years, as \`${years}\`.`,
  ),
  UNKNOWN_SEGMENT: error((written: string, suggestion: string | undefined, known: readonly string[]) => {
    const instead = known.length === 0 ? " None is saved yet." : ` Try ${oneOfThese(known)}.`;
    return `There is no segment \`${written}\`.${meant(suggestion) || instead}`;
  }),
  ARCHIVED_SEGMENT: error(
    (name: string) => `The segment \`${name}\` is archived. Restore it, or name another one.`,
  ),
  SEGMENT_CYCLE: error(
    (names: readonly string[]) =>
      `A segment can't depend on itself: ${names.map((name) => `\`${name}\``).join(" names ")}. Take this condition away, or name another segment.`,
  ),
  SEGMENT_HAS_MISTAKES: error(
    (name: string, message: string) =>
      `The query of the segment \`${name}\` has a mistake, so nobody can say who is in it. Mend that segment first: ${message}`,
  ),
  SEGMENTS_TOO_DEEP: error(
    (name: string, most: number) =>
      `Segments may name one another at most ${most} deep, and with \`${name}\` they go deeper. Write what one of them says instead of its name.`,
  ),
  EXPANDED_TOO_DEEP: error((kind: "segment" | "attribute" | undefined, name: string) =>
    kind === undefined
      ? "The query nests conditions too deep, with all that its names stand for. Name fewer segments and computed attributes inside one another, or a static segment."
      : `With the ${kind === "segment" ? "query of the segment" : "expression of the attribute"} \`${name}\`, the query nests conditions too deep. Take \`${name}\` out of its brackets, or name a ${kind === "segment" ? "static segment" : "simpler attribute"} instead.`,
  ),
  SEGMENTS_TOO_LARGE: error(
    (name: string, most: string) =>
      `With \`${name}\`, the segments named here come to more than ${most}. Name fewer segments, or a static one.`,
  ),
  UNKNOWN_EVENT: error(
    (written: string, suggestion: string | undefined, known: readonly string[]) =>
      `There is no event \`${written}\`.${meant(suggestion) || ` Try ${oneOfThese(known)}.`}`,
  ),
  UNKNOWN_PROPERTY: error(
    (written: string, event: string, suggestion: string | undefined, known: readonly string[]) =>
      `\`${event}\` has no property \`${written}\`.${
        meant(suggestion) ||
        (known.length === 0 ? " None is defined for it." : ` It has ${oneOfThese(known)}.`)
      }`,
  ),
  ATTRIBUTE_IN_WHERE: error(
    (attribute: string, event: string, instead: string | undefined) =>
      `\`${attribute}\` is the customer's, and what follows \`where\` is about \`${event}\` alone. ${
        instead === undefined ? "Put the event condition in parentheses" : `Write \`${instead} …\``
      } to go on with the customer.`,
  ),
  NOT_IN_WHERE: error(
    (what: string, event: string, instead: string | undefined) =>
      `${what} can't stand after \`where\`, which is about the properties of \`${event}\`. ${
        instead === undefined
          ? "Put the event condition in parentheses, and this after them."
          : `Write \`${instead} …\` to go on with the customer.`
      }`,
  ),
  MISSING_PROPERTY: error((aggregate: string, event: string, known: readonly string[]) =>
    known.length === 0
      ? `\`${event}\` has no property that the ${aggregate} can be taken of. Use \`count of\`.`
      : `Say which property of \`${event}\` the ${aggregate} is of, as \`${aggregate} of ${known[0]} of ${event}\`.`,
  ),
  NOT_MEASURABLE: error(
    (aggregate: string, property: string, type: string, known: readonly string[]) =>
      `\`${property}\` is ${type}, so there is no ${aggregate} of it. ${
        known.length === 0 ? "Use `count of`." : `Use \`count of\`, or take ${oneOfThese(known)}.`
      }`,
  ),
  NOT_A_SHARE: error((written: string, instead: string | undefined) =>
    instead === undefined
      ? `\`${written}\` is not a share. Write a percentage from 0% to 100%, as \`10%\`.`
      : `\`${written}\` is not a share. Write \`${instead}\`.`,
  ),
  NEARLY_NEVER: warning((written: string, instead: string | undefined) =>
    instead === undefined
      ? `\`${written}\` is one instant, to the millisecond, so hardly any customer matches it. For a whole day write the day, as \`today\`.`
      : `\`${written}\` is one instant, to the millisecond, so hardly any customer matches it. For the whole day (or hour, or minute) write \`${instead}\`.`,
  ),
  NO_SUCH_VALUE: warning(
    (written: string, attribute: string, suggestion: string | undefined) =>
      `No customer has \`${written}\` as \`${attribute}\` today.${meant(suggestion)}`,
  ),
  ALWAYS_TRUE: warning(() => "Every customer matches this, so it leaves nobody out."),
  NEVER_TRUE: warning(() => "No customer can match this."),
  DUPLICATE_CONDITION: warning(() => "This condition says the same as an earlier one. Take it away."),
} as const satisfies Readonly<Record<string, Message>>;

export type Code = keyof typeof messages;
