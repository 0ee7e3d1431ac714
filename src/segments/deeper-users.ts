// What names a segment may nest conditions too deep, or come to too much, with another query of that segment: the query is refused.
import { catalogOf } from "../catalog/catalog.js";
import type { Catalog } from "../catalog/model.js";
import { type CheckedQuery, checkParsed, parseQuery } from "../check/check.js";
import type { ProjectDocument, SavedQuery, SegmentDocument } from "../documents/documents.js";
import type { Audience } from "../documents/promotion-documents.js";
import type { Engine } from "../engine.js";
import { namesOf } from "../query/catalog.js";
import type { Store } from "../store/port.js";
import { inSlices } from "../store/slices.js";
import { audienceText } from "./audience-text.js";
import { readUser, segmentKey } from "./identity.js";
import { checkSaved } from "./saved-query.js";
import { SegmentError } from "./segment-error.js";

/** The mistakes that a query has only by what it names. */
const byNames: ReadonlySet<string> = new Set([
  "EXPANDED_TOO_DEEP",
  "SEGMENTS_TOO_DEEP",
  "SEGMENTS_TOO_LARGE",
]);

/** Something that depends on a segment, and the mistakes of its query with a catalogue. */
interface User {
  /** What a message calls it. */
  readonly words: string;
  readonly check: (catalog: Catalog) => CheckedQuery | undefined;
}

/**
 * Refuses a query that would make the query of a segment, or the audience of a validation rule or a distribution, invalid that names
 * the segment, directly or not.
 * @param segments all of the project.
 * @throws SegmentError `INVALID_QUERY`, with what would be invalid, and why.
 */
export async function refuseForUsers(
  { store, clock }: Engine,
  definition: ProjectDocument,
  segments: readonly SegmentDocument[],
  segmentId: string,
  query: SavedQuery,
): Promise<void> {
  const asOf = clock();
  const users = usersOf(segments, segmentId);
  const changed = segments.filter(({ segment_id }) => segment_id === segmentId);
  const asked = [
    ...users.flatMap((user) => segmentUser(user, asOf)),
    ...(await audienceUsers(store, definition.project, [...changed, ...users], asOf)),
  ];
  if (asked.length === 0) return;
  const after = segments.map((each) => (each.segment_id === segmentId ? { ...each, query } : each));
  const [present, next] = [segments, after].map((all) => catalogOf(definition, namesOf(all)));
  await inSlices(asked, ({ words, check }) => {
    const mistakeIn = (catalog: Catalog) => check(catalog)?.diagnostics.find(({ code }) => byNames.has(code));
    const mistake = mistakeIn(next!);
    if (mistake === undefined || mistakeIn(present!) !== undefined) return;
    throw new SegmentError(
      "INVALID_QUERY",
      "query",
      `With this query, that of ${words}, which depends on this segment, would be no longer valid: ${mistake.message}`,
    );
  });
}

function segmentUser({ name, segment_id: id, query }: SegmentDocument, asOf: number): readonly User[] {
  if (query === undefined) return [];
  return [{ words: `the segment "${name}"`, check: (catalog) => checkSaved(query, catalog, asOf, id) }];
}

/** The validation rules and distributions whose audiences name one of some segments. */
async function audienceUsers(
  store: Store,
  project: string,
  segments: readonly SegmentDocument[],
  asOf: number,
): Promise<readonly User[]> {
  const users = segments.flatMap(({ used_by = [] }) => used_by.map(readUser));
  const idsOf = (wanted: "rule" | "distribution") => [
    ...new Set(users.flatMap(({ kind, key }) => (kind === wanted ? [segmentKey(project, key)] : []))),
  ];
  const rules = await store.getMany("validation_rules", idsOf("rule"));
  const distributions = await store.getMany("distributions", idsOf("distribution"));
  const userOf = (kind: string, name: string, audience: Audience): User => ({
    words: `the ${kind} "${name}"`,
    check: (catalog) => {
      const text = audienceText(audience, catalog.segments);
      return text === undefined ? undefined : checkParsed(text, parseQuery(text), catalog, asOf);
    },
  });
  return [
    ...rules.flatMap((rule) =>
      rule === undefined ? [] : [userOf("validation rule", rule.name, rule.audience)],
    ),
    // One that has ended evaluates its audience no more.
    ...distributions.flatMap((each) =>
      each === undefined || each.state === "finished" || each.state === "canceled"
        ? []
        : [userOf("distribution", each.name, each.audience)],
    ),
  ];
}

/** The segments whose queries name a segment, or name one that does, and so on. */
function usersOf(segments: readonly SegmentDocument[], segmentId: string): readonly SegmentDocument[] {
  const found = new Set([segmentId]);
  const users: SegmentDocument[] = [];
  for (let count = 0; count < found.size; ) {
    count = found.size;
    for (const segment of segments) {
      if (found.has(segment.segment_id) || segment.query?.uses.some((id) => found.has(id)) !== true) continue;
      found.add(segment.segment_id);
      users.push(segment);
    }
  }
  return users;
}
