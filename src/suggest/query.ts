// Suggestions for a query of a project, with values of its data.
import { type Catalog, catalogOf, resolveName } from "../catalog/catalog.js";
import { findEventType } from "../catalog/events.js";
import { closest } from "../check/closest.js";
import type { Engine } from "../engine.js";
import { recentProject } from "../projects/projects.js";
import { catalogFor } from "../segments/catalog.js";
import { StoreError } from "../store/port.js";
import type { Candidate } from "./candidate.js";
import { valueCandidate, writeValue } from "./comparing.js";
import { suggestAt, type ValuesWanted, valuesWantedAt } from "./suggest.js";
import { checkCursor, checkFirst, type Suggestion, SuggestionError } from "./suggestion.js";
import { type DataValue, suggestValues } from "./values.js";

export interface QuerySuggestionsRequest {
  readonly query: string;
  /** An offset in UTF-16 units, from 0 to the query's length. */
  readonly cursor: number;
  /** How many at most, 1 to `mostSuggestions`. */
  readonly first: number;
}

/**
 * What may be written at a cursor, best first, with values of the data where one may stand there.
 * @throws SuggestionError where that can't be asked; as `recentProject` where there is no such project.
 */
export async function suggestQuery(
  engine: Engine,
  project: string,
  { query, cursor, first }: QuerySuggestionsRequest,
): Promise<readonly Suggestion[]> {
  checkFirst(first);
  checkCursor(query, cursor);
  const catalog = await catalogFor(engine, await recentProject(engine, project), query);
  const wanted = valuesWantedAt(catalog, query, cursor);
  const values = wanted === undefined ? [] : await dataCandidates(engine, catalog, wanted, first);
  return suggestAt(catalog, query, cursor, { asOf: engine.clock(), first }, () => values);
}

// Before the values that are known without the data.
const weightOfData = -10_000;

async function dataCandidates(
  engine: Engine,
  { project }: Catalog,
  { subject, search }: ValuesWanted,
  first: number,
): Promise<readonly Candidate[]> {
  const { attribute, event } = subject;
  if (attribute === undefined || search.length > longestSearch) return [];
  try {
    const values = await suggestValues(engine, project, {
      attribute,
      event,
      search: search.trimStart(),
      first,
    });
    return values.map((value, index) => {
      const candidate = valueCandidate(value.text, describe(value), weightOfData + index);
      const insert = writeValue(value.text);
      return { ...candidate, spellings: value.keys.map((key) => ({ key, insert, canonical: true })) };
    });
  } catch (error) {
    // What the catalogue knows is better than nothing.
    if (error instanceof StoreError && error.code === "TIMEOUT") return [];
    throw error;
  }
}

// Nobody types the beginning of a value so far before choosing it.
const longestSearch = 100;

function describe({ count }: DataValue): string {
  return `Found ${count === 1 ? "once" : `${count.toLocaleString("en")} times`} in the rows looked at.`;
}

export interface ValueSuggestionsRequest {
  /** As a query names it. */
  readonly attribute: string;
  /** The event whose property the attribute is. */
  readonly event?: string | null;
  readonly search: string;
  readonly first: number;
}

/** A value, and how a query writes it. */
export interface ValueSuggestion {
  readonly value: string;
  readonly insert: string;
  readonly count: number;
}

/**
 * Values that an attribute has in the data, the most frequent first.
 * @throws SuggestionError where there is no such attribute, event or property, or the bounds are passed; as `recentProject`.
 */
export async function valueSuggestions(
  engine: Engine,
  project: string,
  request: ValueSuggestionsRequest,
): Promise<readonly ValueSuggestion[]> {
  const catalog = catalogOf(await recentProject(engine, project));
  const event =
    request.event === undefined || request.event === null ? undefined : findEventType(catalog, request.event);
  if (request.event && event === undefined) {
    const names = catalog.events.map(({ name }) => name);
    throw new SuggestionError(`There is no event \`${request.event}\`.${meant(request.event, names)}`);
  }
  const named = event?.catalog ?? catalog;
  const resolved = resolveName(named, request.attribute);
  if (resolved === undefined || resolved.aspect !== undefined) {
    const what = event === undefined ? "attribute" : `property of \`${event.name}\`:`;
    const names = [...named.byName.keys(), ...named.metadataByName.keys()];
    throw new SuggestionError(
      `There is no ${what} \`${request.attribute}\`.${meant(request.attribute, names)}`,
    );
  }
  const { search, first } = request;
  const values = await suggestValues(engine, project, {
    attribute: resolved.attribute,
    event,
    search,
    first,
  });
  return values.map(({ text, count }) => ({ value: text, insert: writeValue(text), count }));
}

function meant(written: string, names: readonly string[]): string {
  const suggestion = closest(written, names);
  return suggestion === undefined ? "" : ` Did you mean \`${suggestion}\`?`;
}
