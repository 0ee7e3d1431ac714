// `login in the last 7 days`, `did login`, `viewed page`, `performed login more than 30 days ago`: events in other words.
import { quoteValue } from "../../../../grammar/format.js";
import { findEventType } from "../../../catalog/events.js";
import type { Catalog } from "../../../catalog/model.js";
import { phrase } from "../phrase.js";

const clause =
  "(?:in (?:the|last|this|previous|\\d+|q[1-4]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)|within|since|before|after|between|on|today|yesterday|at least|at most|exactly|more than|less than|once|twice|\\d+ times?|where|this|last|during)\\b.*";
const rest = `(?: (?<rest>${clause}))?`;
const clauseIn = new RegExp(` ${clause}`, "i");

/**
 * The stems of an event name's words, the same for every form of its verb and noun, in any order: `opened emails`, `email open`.
 */
function stemsOf(words: string): string {
  return words
    .toLowerCase()
    .split(/[\s_-]+/)
    .map((word) => word.replace(/(?:ing|ed|es|s|d|e)$/, "").replace(/(.)\1$/, "$1"))
    .toSorted()
    .join(" ");
}

/** The event that words name, in other forms and another order; as a query writes it. */
function eventIn(catalog: Catalog, words: string): string | undefined {
  const plain = words.replace(/^(?:an?|the|any)\s+/i, "").trim();
  const exact = findEventType(catalog, plain);
  const stems = stemsOf(plain);
  // `logged in` for `login`.
  const joined = stemsOf(
    plain
      .split(" ")
      .map((word) => word.replace(/(?:ged|ing)$/i, (end) => (end === "ged" ? "" : end)))
      .join(""),
  );
  const type =
    exact ?? catalog.events.find(({ name }) => stemsOf(name) === stems || stemsOf(name) === joined);
  return type === undefined || type.builtIn ? undefined : quoteValue(type.name);
}

function clauses(written: string): string {
  return written
    .replace(/^in (?:the )?(?:past|previous) /i, "in the last ")
    .replace(/^in (?=\d+ [a-z])/i, "in the last ")
    .replace(/^during the last /i, "in the last ");
}

/** An event's name alone, or after another verb. */
export const eventAlone = phrase(
  new RegExp(
    `^(?<not>(?:has |have )?never |(?:has|have|did|does)(?: not|n['’]?t) |not |no )?(?:has |have |did |do |who )?(?:(?:performed|perform|done|did|do|triggered|made|had|completed|fired|sent|placed) )?(?<event>[a-z0-9_"' -]+?)${rest}$`,
    "i",
  ),
  ({ not, event, rest: when }, { catalog, within }) => {
    if (within !== undefined) return [];
    const name = eventIn(catalog, event!.replace(/["']/g, ""));
    if (name === undefined) return [];
    const said = when === "" ? "" : ` ${clauses(when!)}`;
    return [`${not === "" ? "performed" : "has not performed"} ${name}${said}`];
  },
  {
    // A name alone may be meant as an attribute's, and `in 7 days` may lie ahead.
    isSynonym: (written, meant) =>
      !/ in \d/.test(written) &&
      (clauseIn.test(written) || meant.toLowerCase() !== `performed ${written.toLowerCase()}`),
  },
);

/** `performed login more than 30 days ago`, `last login more than 30 days ago`. */
export const lastOfEvent = phrase(
  /^(?<which>last |first |has performed |performed |did )(?<event>.+?) (?:was |is )?(?<when>(?:(?:more than|less than|exactly|over) )?\d.* ago|before .+|after .+|in the last .+)$/i,
  ({ which, event, when }, { catalog }) => {
    const name = eventIn(catalog, event!) ?? (/^orders?$/i.test(event!) ? "order" : undefined);
    if (name === undefined || (/^\d/.test(when!) && !/^(?:la|fir)st/i.test(which!))) return [];
    const word = /^first/i.test(which!) ? "first" : "last";
    return [
      `${word} performed ${name} ${when!.replace(/^over/i, "more than").replace(/^(?=\d)/, "exactly ")}`,
    ];
  },
  // A length of time alone may be meant as more than it.
  {
    isSynonym: (written) =>
      /^(?:first|last) .* (?:more than|less than|exactly|over|before|after|in the last) /i.test(written),
  },
);

const numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/** `performed login 3x`, `performed login three times`, `performed login > 3 times`, `performed login at least 3 in …`. */
export const timesOtherwise = phrase(
  new RegExp(
    `^(?<before>.*?(?:performed|placed|perform) .+?)(?<bound> at least| at most| more than| less than| exactly| over| under| [<>]=?| =)? (?<number>\\d+|${numbers.join("|")})(?: ?x| times?)?(?<after> .*)?$`,
    "i",
  ),
  ({ before, bound, number, after }) => {
    const signs: Readonly<Record<string, string>> = {
      ">": "more than",
      ">=": "at least",
      "<": "less than",
      "<=": "at most",
      "=": "exactly",
      over: "more than",
      under: "less than",
    };
    const said = bound!.trim().toLowerCase();
    const index = numbers.indexOf(number!.toLowerCase());
    const count = index < 0 ? number : String(index);
    // `0 times` alone is at least 0.
    const comparison = signs[said] ?? (said === "" && Number(count) === 0 ? "exactly" : said);
    return [`${before}${comparison === "" ? "" : ` ${comparison}`} ${count} times${after}`];
  },
  { isSynonym: (written) => /[<>=] ?\d+ times?\b|\d ?x\b/i.test(written) },
);

/** `performed login with device is mobile`, `performed login in past 7 days`. */
export const clauseOtherwise = phrase(
  /^(?<before>.*(?:performed|placed|perform) .+?) (?:(?<where>with|whose|having|and|that has|which has) (?<condition>.+)|(?:(?:in|during|over|for|within)(?: the)? (?:last |past |previous |prior )?|(?:the )?(?:last|past|previous|prior) )(?<length>\d+ (?:minute|hour|day|week|month|quarter|year)s?))$/i,
  ({ before, condition, length }) =>
    length === "" ? [`${before} where ${condition}`] : [`${before} in the last ${length}`],
  { leavesMore: true },
);

/** `login count > 5`, `number of logins is at least 5`. */
export const countOfEvent = phrase(
  /^(?:the )?(?:(?:number|count) of (?<plural>.+?)|(?<single>.+?)(?: count|(?<=s)))(?<window> (?:in|since|this|last|within|before|after)\b.*?)? (?<rest>(?:[<>]=?|=|is (?:at|more|less|between)|at least|at most|more than|less than|over|under) ?.*\d.*)$/i,
  ({ plural, single, window, rest }, { catalog }) => {
    const name = eventIn(catalog, `${plural}${single}`);
    if (name === undefined) return [];
    const said = rest!.replace(/^(?=at |more |less )/i, "is ").replace(/^over/i, "is more than");
    return [`count of ${name}${window} ${said.replace(/^under/i, "is less than")}`];
  },
);

/** `at least 5 logins in the last 30 days`, `5 logins this month`. */
export const timesOfEvent = phrase(
  new RegExp(
    `^(?:has |have |with )?(?<bound>at least|at most|exactly|more than|less than|over|under)? ?(?<number>\\d+) (?<event>[a-z0-9_"' -]+?)${rest}$`,
    "i",
  ),
  ({ bound, number, event, rest: when }, { catalog }) => {
    const name = eventIn(catalog, event!.replace(/["']/g, ""));
    if (name === undefined || Number(number) === 0) return [];
    const words: Readonly<Record<string, string>> = { over: "more than ", under: "less than ", "": "" };
    const said = words[bound!.toLowerCase()] ?? `${bound} `;
    return [`performed ${name} ${said}${number} times${when === "" ? "" : ` ${clauses(when!)}`}`];
  },
);
