// What names a segment may nest conditions too deep, or come to too much, with another query of that segment: the query is refused.
import { catalogOf } from "../catalog/catalog.js";
import type { Catalog } from "../catalog/model.js";
import type { ProjectDocument, SavedQuery, SegmentDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { namesOf } from "../query/catalog.js";
import { readUser, segmentKey } from "./identity.js";
import { checkSaved } from "./saved-query.js";
import { SegmentError } from "./segment-error.js";

/** The mistakes that a query has only by what it names. */
const byNames: ReadonlySet<string> = new Set([
  "EXPANDED_TOO_DEEP",
  "SEGMENTS_TOO_DEEP",
  "SEGMENTS_TOO_LARGE",
]);

/**
 * Refuses a query that would make the query of a segment, or of a validation rule, invalid that names the segment, directly or not.
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
  const users = usersOf(segments, segmentId);
  const rules = [segmentId, ...users.map(({ segment_id }) => segment_id)].flatMap((id) =>
    (segments.find(({ segment_id }) => segment_id === id)?.used_by ?? []).flatMap((user) => {
      const { kind, key } = readUser(user);
      return kind === "rule" ? [segmentKey(definition.project, key)] : [];
    }),
  );
  const audiences = (await store.getMany("validation_rules", [...new Set(rules)])).flatMap((rule) =>
    rule?.audience.query === undefined
      ? []
      : [{ words: `the validation rule "${rule.name}"`, id: rule._id, query: rule.audience.query }],
  );
  const asked = [
    ...users.flatMap(({ name, segment_id: id, query: own }) =>
      own === undefined ? [] : [{ words: `the segment "${name}"`, id, query: own }],
    ),
    ...audiences,
  ];
  if (asked.length === 0) return;
  const after = segments.map((each) => (each.segment_id === segmentId ? { ...each, query } : each));
  const [present, next] = [segments, after].map((all) => catalogOf(definition, namesOf(all)));
  const mistakeIn = (catalog: Catalog, saved: SavedQuery, id: string) =>
    checkSaved(saved, catalog, clock(), id).diagnostics.find(({ code }) => byNames.has(code));
  for (const { words, id, query: own } of asked) {
    const mistake = mistakeIn(next!, own, id);
    if (mistake === undefined || mistakeIn(present!, own, id) !== undefined) continue;
    throw new SegmentError(
      "INVALID_QUERY",
      "query",
      `With this query, that of ${words}, which depends on this segment, would be no longer valid: ${mistake.message}`,
    );
  }
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
