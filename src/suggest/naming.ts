// Names that a query may use, as candidates: attributes, events and their properties, and the words that begin a condition.

import type { EventFrame, ExpectationOf } from "../../grammar/completion/expectation.js";
import { quoted, quoteValue } from "../../grammar/format.js";
import { clauseWords, daysComparisons } from "../../grammar/parser/clause-words.js";
import { oneOfType, resolveName } from "../catalog/catalog.js";
import { findEventType } from "../catalog/events.js";
import { isMeasurable } from "../catalog/measures.js";
import type { Attribute, Catalog, EventType } from "../catalog/model.js";
import { type Candidate, matchKey, plain, type Spelling } from "./candidate.js";
import { isComparable, resolveSubject } from "./subject.js";

/** A name without the backticks around its parts. */
function withoutBackticks(name: string): string {
  return name.replace(/`((?:[^`]|``)*)`/g, (_, inside: string) => inside.replaceAll("``", "`"));
}

function spelling(insert: string): Spelling {
  return { key: matchKey(withoutBackticks(insert)), insert };
}

/** Cached candidates of a catalogue's attributes: copies of the catalogue with other segments share them. */
const beginnings = new WeakMap<readonly Attribute[], readonly Candidate[]>();

/** Everything that can begin a condition; in a `where`, one over the event's properties. */
export function conditionCandidates(
  catalog: Catalog,
  { event, line, nameOnly, behindNoise, comparedWith }: ExpectationOf<"condition">,
): readonly Candidate[] {
  const found = event === undefined ? undefined : findEventType(catalog, event);
  const type = line ? found?.line : found;
  const named = type?.catalog ?? catalog;
  if (event !== undefined && type === undefined) return nameOnly ? [] : joining;
  let candidates = beginnings.get(named.attributes);
  if (candidates === undefined) {
    candidates = [
      ...named.attributes.map((attribute, index) => attributeCandidate(named, attribute, index, type)),
      ...joining,
      ...(type === undefined ? eventBeginnings(catalog.events) : []),
      ...(type?.line === undefined ? [] : [lineOfOrder]),
    ];
    beginnings.set(named.attributes, candidates);
  }
  if (behindNoise) return candidates.filter(({ label }) => label !== "not" && label !== "(");
  if (!nameOnly) return candidates;
  const subject = comparedWith && resolveSubject(catalog, comparedWith);
  return candidates.filter(({ kind, label }) => {
    if (comparedWith === undefined) return kind === "ATTRIBUTE" || kind === "PROPERTY";
    const attribute = kind === "ATTRIBUTE" ? resolveName(named, label)?.attribute : undefined;
    return attribute !== undefined && subject !== undefined && isComparable(subject, attribute);
  });
}

function attributeCandidate(
  catalog: Catalog,
  attribute: Attribute,
  index: number,
  type: EventType | undefined,
): Candidate {
  const { name, phrases } = attribute;
  const bare = name.startsWith("metadata.") ? name.slice("metadata.".length) : undefined;
  // A key without its prefix may be another attribute's name.
  const short =
    bare !== undefined && resolveName(catalog, bare)?.attribute === attribute
      ? [{ ...spelling(bare), canonical: true }]
      : [];
  return {
    kind: type === undefined ? "ATTRIBUTE" : "PROPERTY",
    label: name,
    documentation: describeAttribute(attribute),
    spellings: [spelling(name), ...short, ...phrases.map(spelling)],
    weight: index,
  };
}

/** One line on an attribute: its type, its values, its other names. */
function describeAttribute({ type, element, values, phrases }: Attribute): string {
  const kind = type === "set" ? `a set of ${element === "product" ? "products" : "values"}` : oneOfType(type);
  const choice = values === undefined || values.length === 0 ? "" : `: ${shortList(values)}`;
  const also = phrases.length === 0 ? "" : ` Also: ${phrases.join(", ")}.`;
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}${choice}.${also}`;
}

function shortList(values: readonly string[]): string {
  return values.length <= 8 ? values.join(", ") : `${values.slice(0, 8).join(", ")}, …`;
}

const lineOfOrder = plain("KEYWORD", "item (", "One line of the order for which all of it is true.", 1_005);

const joining: readonly Candidate[] = [
  plain("KEYWORD", "not", "Everyone for whom the next condition is not true.", 1_000),
  plain("KEYWORD", "(", "Conditions that belong together.", 1_006),
  plain("KEYWORD", "any of (", "True where one of several conditions is.", 1_007),
  plain("KEYWORD", "all of (", "True where every one of several conditions is.", 1_008),
  plain("KEYWORD", "none of (", "True where none of several conditions is.", 1_009),
];

function words(insert: string, weight: number, documentation: string, ...others: string[]): Candidate {
  return {
    kind: "KEYWORD",
    label: insert,
    documentation,
    spellings: [insert, ...others].map(spelling),
    weight,
  };
}

const eventWords: readonly Candidate[] = [
  words(
    "performed",
    500,
    "Did something: performed EVENT at least 3 times in the last 7 days.",
    "has performed",
  ),
  words(
    "has not performed",
    501,
    "Did not do something: has not performed EVENT in the last 30 days.",
    "never performed",
    "did not perform",
  ),
  words(
    "placed order",
    502,
    "Ordered: placed order at least twice in the last 90 days where amount is more than 100.",
    "has placed order",
  ),
  words("has not placed order", 503, "Did not order.", "never placed order", "did not place order"),
  words(
    "last performed",
    504,
    "When something was done last: last performed EVENT more than 90 days ago.",
    "last placed",
  ),
  words("first performed", 505, "When something was done first.", "first placed"),
  words("everyone", 513, "Every customer.", "all customers", "anyone"),
  words("in segment", 506, 'Members of another segment: in segment "VIP".'),
  words("in sample", 507, "A fixed share of the customers: in sample 10%."),
  words("sum of", 508, "What a number of events comes to: sum of amount of order is at least 1000."),
  words("count of", 509, "How many events there are: count of order is more than 3."),
  words("average of", 510, "The average of a number of events."),
  words("min of", 511, "The least value of events."),
  words("max of", 512, "The greatest value of events."),
];

/** Ways to begin a condition on events; including each type of event by its name. */
function eventBeginnings(events: readonly EventType[]): readonly Candidate[] {
  const each = events.map((event, index): Candidate => {
    const insert = `performed ${quoteValue(event.name)}`;
    return {
      kind: "EVENT",
      label: insert,
      documentation: describeEvent(event),
      spellings: [spelling(insert)],
      weight: 600 + index,
    };
  });
  return [...eventWords, ...each];
}

function describeEvent({ builtIn, properties }: EventType): string {
  const names = properties.map(({ name }) => withoutBackticks(name));
  const having = names.length === 0 ? "without properties" : `with ${shortList(names)}`;
  return builtIn ? `Every order, ${having}.` : `An event ${having}.`;
}

/** The types of events; if a property is given, those that have it. */
export function eventCandidates(
  catalog: Catalog,
  { property }: Pick<ExpectationOf<"event">, "property">,
): readonly Candidate[] {
  return catalog.events.flatMap((event, index): Candidate[] => {
    if (property !== undefined && resolveName(event.catalog, property) === undefined) return [];
    return [plain("EVENT", quoteValue(event.name), describeEvent(event), index, event.name)];
  });
}

/** What a measure can aggregate: a property of an event or, if only the number matters, an event. */
export function measuredCandidates(
  catalog: Catalog,
  { aggregate, different }: ExpectationOf<"measured">,
): readonly Candidate[] {
  const properties = catalog.events.flatMap((event, place) =>
    event.properties
      .filter(({ type }) => isMeasurable(aggregate, type))
      .map((property, index): Candidate => {
        const name = withoutBackticks(property.name);
        const of = `of ${quoteValue(event.name)}`;
        return {
          kind: "PROPERTY",
          label: `${name} of ${event.name}`,
          documentation: describeAttribute(property),
          spellings: [
            { key: matchKey(`${name} of ${event.name}`), insert: `${quoteValue(name)} ${of}` },
            ...property.phrases.map((phrase) => ({
              key: matchKey(`${phrase} of ${event.name}`),
              insert: `${quoteValue(phrase)} ${of}`,
            })),
          ],
          weight: 100 + 10 * place + index,
        };
      }),
  );
  return aggregate === "count" && !different
    ? [...eventCandidates(catalog, {}), differentOnes, ...properties]
    : properties;
}

const differentOnes = plain(
  "KEYWORD",
  "different",
  "How many different values: count of different product of order.",
  90,
);

const clauseDocumentation: Readonly<Record<string, string>> = {
  "in the last": "Within a time up to now: in the last 7 days.",
  within: "Within a time up to now: within 7 days.",
  where: "Conditions on the event's own properties; they take all that follows.",
  "at least": "That many times or more: at least 3 times.",
  "at most": "That many times or fewer, also never.",
  exactly: "Just so many times.",
  "more than": "More times than that.",
  "less than": "Fewer times than that, also never.",
  once: "At least once.",
  twice: "At least twice.",
  since: "From the beginning of a day on.",
  before: "Before a day.",
  after: "After a day.",
  between: "From one day to another, both included.",
  on: "On one day.",
  today: "On the present day.",
  yesterday: "On the day before.",
  "then performed": "Something later: then performed EVENT within 3 days.",
  "then not performed": "Nothing of the kind later: then not performed EVENT within 3 days.",
  "then placed": "An order later: then placed order within 3 days.",
  "then not placed": "No order later: then not placed order within 3 days.",
  "with the same": "A property has the value that it has in the step before.",
  with: "A property has the value of another: with amount the same as value.",
  "on at least 3 different days": "On that many different days, or in so many weeks or months.",
  "this month": "In the present month of the calendar.",
  "last month": "In the month of the calendar before.",
  in: "In a span of the calendar: in November, in Q4 2026, in 2026.",
};

/** The clauses that a condition on events does not have yet; `typed` may be the number of a count. */
export function clauseCandidates(
  catalog: Catalog,
  { taken, figure }: EventFrame,
  typed: string,
): readonly Candidate[] {
  if (figure !== undefined && resolveSubject(catalog, figure) === undefined) return [];
  const clauses = clauseWords.flatMap(({ clause, words: insert, otherwise = [] }, index): Candidate[] => {
    if (taken.has(clause) || (figure !== undefined && insert === "between")) return [];
    return [
      words(insert, index, clauseDocumentation[insert] ?? "In that span of the calendar.", ...otherwise),
    ];
  });
  const begun = taken.has("days") ? undefined : /^(?:on|in)(?= )/i.exec(typed)?.[0].toLowerCase();
  if (begun !== undefined) {
    const documentation = "On so many different days, weeks, months, quarters or years.";
    for (const comparison of daysComparisons)
      clauses.push(plain("KEYWORD", `${begun} ${comparison}`, documentation, 50));
  }
  return /^\d+$/.test(typed) && !taken.has("count") ? [...clauses, timesOf(typed, 50)] : clauses;
}

function timesOf(number: string, weight: number): Candidate {
  return plain("VALUE", `${number} ${number === "1" ? "time" : "times"}`, "How often.", weight);
}

/** How often: `once`, `3 times`, or the typed number. */
export function timesCandidates(typed: string): readonly Candidate[] {
  if (/^\d+$/.test(typed)) return [timesOf(typed, 0)];
  return [
    plain("KEYWORD", "once", "One time.", 0),
    plain("KEYWORD", "twice", "Two times.", 1),
    ...["3", "5", "10"].map((number, index) => timesOf(number, 2 + index)),
  ];
}

/** The campaigns that an attribute may be narrowed to. */
export function campaignCandidates(catalog: Catalog, { campaigns }: Attribute): readonly Candidate[] {
  const names = campaigns === undefined ? [] : (catalog.campaigns[campaigns] ?? []);
  return names.map((name, index) => plain("VALUE", quoted(name), "A campaign.", index, name));
}

/** The segments that a query may name. */
export function segmentCandidates(catalog: Catalog): readonly Candidate[] {
  return [...catalog.segments.byId.values()]
    .filter(({ archived }) => !archived)
    .map(({ name, query }, index) =>
      plain("VALUE", quoted(name), query === undefined ? "A static segment." : query.canonical, index, name),
    );
}

/** Shares of a sample. */
export function shareCandidates(typed: string): readonly Candidate[] {
  const shares = /^\d{1,2}(?:\.\d+)?$/.test(typed) ? [typed] : ["10", "1", "5", "25", "50"];
  return shares.map((share, index) => plain("VALUE", `${share}%`, "A fixed share of the customers.", index));
}
