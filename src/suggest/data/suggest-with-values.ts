// Suggestions for a query of a project, with values of its data.
import { setTimeout as wait } from "node:timers/promises";
import { catalogOf, resolveName } from "../../catalog/catalog.js";
import { findEventType } from "../../catalog/events.js";
import type { Catalog } from "../../catalog/model.js";
import { closest } from "../../check/closest.js";
import type { Engine } from "../../engine.js";
import { recentProject } from "../../projects/projects.js";
import { catalogFor } from "../../query/catalog.js";
import { StoreError } from "../../store/port.js";
import type { Candidate } from "../candidate.js";
import { valueCandidate, writeValue } from "../comparing.js";
import { suggestAt, type ValuesWanted, valuesWantedAt } from "../suggest.js";
import { checkCursor, checkFirst, type Suggestion, SuggestionError } from "../suggestion.js";
import { type DataValue, suggestValues } from "./values.js";

export interface QuerySuggestionsRequest {
  readonly query: string;
  /** An offset in UTF-16 units, from 0 to the query's length. */
  readonly cursor: number;
  /** How many at most, 1 to `maxSuggestions`. */
  readonly first: number;
  /** Milliseconds since the epoch, for dates; by default now. */
  readonly asOf?: number;
  /** The maximum wait for values of the data, in milliseconds; by default as long as reading them may take. */
  readonly patience?: number;
}

/**
 * What can be written at a cursor, best first, with values of the data if a value can be written there.
 * @throws SuggestionError if the request is invalid; as `recentProject` if there is no such project.
 */
export async function suggestQuery(
  engine: Engine,
  project: string,
  { query, cursor, first, asOf, patience }: QuerySuggestionsRequest,
): Promise<readonly Suggestion[]> {
  checkFirst(first);
  checkCursor(query, cursor);
  const catalog = await catalogFor(engine, await recentProject(engine, project), query);
  const wanted = valuesWantedAt(catalog, query, cursor);
  const values =
    wanted === undefined ? [] : await inTime(dataCandidates(engine, catalog, wanted, first), patience);
  return suggestAt(catalog, query, cursor, { asOf: asOf ?? engine.clock(), first }, () => values);
}

/** Empty if they take longer than `patience`; they are still read to the end, and cached for the next request. */
async function inTime(
  values: Promise<readonly Candidate[]>,
  patience: number | undefined,
): Promise<readonly Candidate[]> {
  if (patience === undefined) return values;
  const over = new AbortController();
  try {
    return await Promise.race([values, wait(patience, [], { signal: over.signal })]);
  } finally {
    over.abort();
  }
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
  if (attribute === undefined || search.length > maxSearchLength) return [];
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
    // Suggestions from the catalogue alone are better than none.
    if (error instanceof StoreError && error.code === "TIMEOUT") return [];
    throw error;
  }
}

// No one types so much of a value before choosing it.
const maxSearchLength = 100;

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
 * @throws SuggestionError if there is no such attribute, event or property, or the bounds are passed; as `recentProject`.
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
