// What can be written at a cursor, best first: the grammar decides the kinds, the catalogue provides the words.
import { type Completion, createCompletion } from "../../grammar/completion/completion.js";
import type { Expectation, ExpectationOf, Typed } from "../../grammar/completion/expectation.js";
import { plainSigns } from "../../grammar/parser/tokens.js";
import { resolveName } from "../catalog/catalog.js";
import type { Catalog } from "../catalog/model.js";
import { operators, operatorsByName } from "../operators/index.js";
import { type Candidate, type Match, matching, matchKey, nearlyMatching, plain } from "./candidate.js";
import { literalCandidates, operatorCandidates, todayOf } from "./comparing.js";
import {
  campaignCandidates,
  clauseCandidates,
  conditionCandidates,
  eventCandidates,
  measuredCandidates,
  segmentCandidates,
  shareCandidates,
  timesCandidates,
} from "./naming.js";
import { comparedKind, type ResolvedSubject, resolveSubject } from "./subject.js";
import { checkCursor, checkFirst, type Suggestion } from "./suggestion.js";
import { isWhole } from "./whole.js";

const complete = createCompletion(operators);

export interface SuggestOptions {
  /** Milliseconds since the epoch, for dates. */
  readonly asOf: number;
  /** How many at most, 1 to `maxSuggestions`. */
  readonly first: number;
}

/** Values of the data to suggest together with the catalogue's; they come before those. */
export type DataValues = (wanted: ValuesWanted) => readonly Candidate[];

/** Which values of the data can be written at a cursor. */
export interface ValuesWanted {
  readonly subject: ResolvedSubject;
  /** The typed beginning. */
  readonly search: string;
}

/**
 * What may be written at a cursor (an offset in UTF-16 units), best first, as far as the catalogue knows.
 * @throws SuggestionError if the cursor is not in the text, the text is too long for a query, or `first` is out of bounds.
 */
export function suggestAt(
  catalog: Catalog,
  written: string,
  cursor: number,
  options: SuggestOptions,
  dataValues: DataValues = () => [],
): readonly Suggestion[] {
  checkFirst(options.first);
  checkCursor(written, cursor);
  const text = plainSigns(written);
  const completion = complete(text, cursor);
  const today = (): string => todayOf(options.asOf, catalog.timezone);
  const ranked: Ranked[] = [];
  const groups = completion.expectations.map((expectation) => ({
    expectation,
    candidates: candidatesFor(catalog, expectation, today, dataValues),
    key: matchKey(expectation.typed.text),
  }));
  for (const { expectation, candidates, key } of groups) {
    for (const match of matching(candidates, key)) ranked.push({ ...match, expectation });
  }
  if (ranked.length === 0) {
    for (const { expectation, candidates, key } of groups) {
      for (const match of nearlyMatching(candidates, key)) ranked.push({ ...match, expectation });
    }
  }
  ranked.sort(compare);
  return placed(catalog, text, cursor, completion, ranked, options.first);
}

/** The values of the data that can be written at a cursor; undefined if none can. */
export function valuesWantedAt(catalog: Catalog, text: string, cursor: number): ValuesWanted | undefined {
  checkCursor(text, cursor);
  for (const expectation of complete(plainSigns(text), cursor).expectations) {
    const wanted = expectation.kind === "value" ? valuesWanted(catalog, expectation) : undefined;
    if (wanted !== undefined) return wanted;
  }
  return undefined;
}

function valuesWanted(catalog: Catalog, expectation: ExpectationOf<"value">): ValuesWanted | undefined {
  const subject = resolveSubject(catalog, expectation.subject);
  if (subject?.attribute === undefined || !withData.has(expectation.shape)) return undefined;
  return { subject, search: expectation.typed.text };
}

// Lengths of time and spans of the calendar are not read from the data.
const withData: ReadonlySet<string> = new Set(["value", "list", "pair"]);

interface Ranked extends Match {
  readonly expectation: Expectation;
}

// Among equal matches, what continues the present condition comes before a connective.
const order: Readonly<Record<Expectation["kind"], number>> = {
  value: 0,
  times: 0,
  campaign: 0,
  segment: 0,
  share: 0,
  event: 0,
  measured: 0,
  operator: 0,
  condition: 1,
  keyword: 1,
  clause: 1,
  connective: 2,
};

function orderOf({ expectation: { kind, typed } }: Ranked): number {
  // A clause that is partly typed is more likely than a value of the same words with something after it.
  return kind === "clause" && typed.text !== "" ? 0 : order[kind];
}

function compare(one: Ranked, other: Ranked): number {
  return (
    one.tier - other.tier || orderOf(one) - orderOf(other) || one.candidate.weight - other.candidate.weight
  );
}

function candidatesFor(
  catalog: Catalog,
  expectation: Expectation,
  today: () => string,
  dataValues: DataValues,
): readonly Candidate[] {
  switch (expectation.kind) {
    case "condition":
      return conditionCandidates(catalog, expectation);
    case "operator": {
      if (!isWhole(catalog, expectation.behind)) return [];
      const subject = resolveSubject(catalog, expectation.subject);
      if (subject === undefined) return [];
      const { attribute } = subject;
      const hasCampaigns =
        attribute !== undefined &&
        expectation.subject.kind !== "figure" &&
        campaignCandidates(catalog, attribute).length > 0;
      return operatorCandidates(expectation.subject, subject, hasCampaigns);
    }
    case "value":
      return valueCandidates(catalog, expectation, today, dataValues);
    case "connective":
      return isWhole(catalog, expectation.behind) ? connectiveCandidates(expectation) : [];
    case "event":
      return eventCandidates(catalog, expectation);
    case "measured":
      return measuredCandidates(catalog, expectation);
    case "clause":
      return isWhole(catalog, expectation.behind)
        ? clauseCandidates(catalog, expectation.frame, expectation.typed.text)
        : [];
    case "times":
      return timesCandidates(expectation.typed.text);
    case "keyword":
      if (!isWhole(catalog, expectation.behind)) return [];
      return expectation.words.flatMap((word) => (word === "and" ? betweenAnd : keywords[word]) ?? []);
    case "campaign": {
      const attribute = resolveSubject(catalog, expectation.subject)?.attribute;
      return attribute === undefined ? [] : campaignCandidates(catalog, attribute);
    }
    case "segment":
      return segmentCandidates(catalog);
    case "share":
      return shareCandidates(expectation.typed.text);
    default:
      return expectation satisfies never;
  }
}

const keywords: Readonly<Record<string, Candidate>> = {
  and: plain("CONNECTIVE", "and", "Both are true; binds tighter than `or`.", 0),
  or: plain("CONNECTIVE", "or", "One of them is true, or both.", 1),
  ")": plain("KEYWORD", ")", "The end of the parenthesis.", 2),
  "]": plain("KEYWORD", "]", "The end of the list.", 2),
  ",": plain("KEYWORD", ",", "The next one.", 3),
  "(": plain("KEYWORD", "(", "The beginning of the list.", 0),
  of: plain("KEYWORD", "of", "What it is of.", 0),
  times: plain("KEYWORD", "times", "So often.", 0),
  different: plain("KEYWORD", "different", "On so many different days, or in other units.", 0),
  "the same as": plain("KEYWORD", "the same as", "A property of the step before follows.", 0),
  after: plain("KEYWORD", "after", "So long after a date of the customer's.", 60),
  before: plain("KEYWORD", "before", "So long before a date of the customer's.", 61),
  days: plain("UNIT", "days", "On so many different days.", 0),
  weeks: plain("UNIT", "weeks", "In so many different weeks.", 1),
  months: plain("UNIT", "months", "In so many different months.", 2),
  quarters: plain("UNIT", "quarters", "In so many different quarters.", 3),
  years: plain("UNIT", "years", "In so many different years.", 4),
};
const betweenAnd = plain("CONNECTIVE", "and", "The end of the range follows.", 0);
const connectives = [keywords.and, keywords.or].filter((word) => word !== undefined);

function connectiveCandidates({ closing }: ExpectationOf<"connective">): readonly Candidate[] {
  return [...connectives, ...closing.flatMap((mark) => keywords[mark] ?? [])];
}

const otherAttribute = plain(
  "KEYWORD",
  "customer's",
  "Another attribute of the same customer follows.",
  1_000,
);

/** True if another attribute of the customer's may stand for the value. */
function isComparedWithOthers(
  subject: ResolvedSubject,
  { operator, shape }: ExpectationOf<"value">,
): boolean {
  return (
    withData.has(shape) &&
    operatorsByName.get(operator)?.operandType !== "number" &&
    comparedKind(subject) !== undefined
  );
}

function valueCandidates(
  catalog: Catalog,
  expectation: ExpectationOf<"value">,
  today: () => string,
  dataValues: DataValues,
): readonly Candidate[] {
  const subject = resolveSubject(catalog, expectation.subject);
  if (subject === undefined) return [];
  const wanted = valuesWanted(catalog, expectation);
  const fromData = wanted === undefined ? [] : dataValues(wanted);
  const known = new Set(fromData.map(({ spellings }) => spellings[0]?.key));
  const literals = literalCandidates(subject, expectation, today).filter(
    ({ spellings }) => !known.has(spellings[0]?.key),
  );
  const listed = new Set(expectation.listed.map(matchKey));
  const others = isComparedWithOthers(subject, expectation) ? [otherAttribute] : [];
  return [...fromData, ...literals, ...others].filter(({ label }) => !listed.has(matchKey(label)));
}

/** The best suggestions without duplicates, each with the stretch of text that it replaces. */
function placed(
  catalog: Catalog,
  text: string,
  cursor: number,
  completion: Completion,
  ranked: readonly Ranked[],
  first: number,
): readonly Suggestion[] {
  const seen = new Set<string>();
  const suggestions: Suggestion[] = [];
  const ends = new Map<Expectation, number>();
  for (const match of ranked) {
    const { expectation } = match;
    const end = ends.get(expectation) ?? endOfReplaced(catalog, text, cursor, completion, expectation);
    ends.set(expectation, end);
    const suggestion = place(text, cursor, end, match);
    if (seen.has(suggestion.insert)) continue;
    seen.add(suggestion.insert);
    suggestions.push(suggestion);
    if (suggestions.length === first) break;
  }
  return suggestions;
}

function place(
  text: string,
  cursor: number,
  wordEnd: number,
  { candidate, spelling, expectation }: Ranked,
): Suggestion {
  const { typed } = expectation;
  const start = typed.from;
  let end = wordEnd;
  let insert = typed.quote === undefined ? spelling.insert : inQuotes(candidate.label, typed);
  // The whole suggestion is written there already, beyond the word under the cursor.
  const there = text.slice(start, start + insert.length);
  if (
    end < start + insert.length &&
    there.toLowerCase() === insert.toLowerCase() &&
    !goesOn(text, start + insert.length)
  )
    end = start + insert.length;
  if (insert.endsWith("(") && insert.length > 1 && /^\s*[([]/.test(text.slice(end)))
    insert = insert.slice(0, -1).trimEnd();
  const isWord = /^[^\s(),\]]/.test(insert);
  if (isWord && start > 0 && start === cursor && /["'`)\]]/.test(text.charAt(start - 1)))
    insert = ` ${insert}`;
  if (isWord && (/["'`]/.test(text.charAt(end)) || goesOn(text, end))) insert = `${insert} `;
  const { kind, label, documentation } = candidate;
  return {
    kind,
    label: kind === "VALUE" || spelling === candidate.spellings[0] ? label : labelOf(spelling.insert),
    insert,
    replace: { start, end },
    documentation,
  };
}

function labelOf(insert: string): string {
  return insert.replace(/ \($/, "");
}

function goesOn(text: string, end: number): boolean {
  return /^[^\s()[\],=<>!]/.test(text.slice(end, end + 2));
}

/** The label with the quotes that were opened. */
function inQuotes(label: string, { quote }: Typed): string {
  const mark = quote ?? '"';
  return `${mark}${label.replace(/[\\\n\r\t]/g, (character) => escapes[character] ?? character).replaceAll(mark, `\\${mark}`)}${mark}`;
}

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Where the text ends that a suggestion replaces: the end of the word under the cursor or of the whole name or operator that
 * contains it.
 */
function endOfReplaced(
  catalog: Catalog,
  text: string,
  cursor: number,
  completion: Completion,
  { kind, typed }: Expectation,
): number {
  if (cursor === text.length) return cursor;
  // If nothing is typed, a connective is inserted before the next word, unless that is a connective.
  if (
    typed.from === cursor &&
    joins.has(kind) &&
    !/^(?:and|or)(?![^\s()])/i.test(text.slice(cursor, cursor + 4))
  )
    return cursor;
  if (kind === "operator") return Math.max(typed.to, completion.operatorEnd(typed.from) ?? 0);
  if (kind === "condition") {
    const end = completion.nameEnd(typed.from);
    if (
      end !== undefined &&
      end > typed.to &&
      resolveName(catalog, text.slice(typed.from, end)) !== undefined
    )
      return end;
  }
  return typed.to;
}

const joins: ReadonlySet<Expectation["kind"]> = new Set(["connective", "keyword", "clause"]);
