// Auto-update segments: a name and a query, without a limit of size. A segment that a query names can't be deleted or archived.

import type { SavedQuery, SegmentDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { findProject } from "../projects/projects.js";
import { namesOf, readSegments, segmentsChanged } from "../query/catalog.js";
import type { Transaction } from "../store/port.js";
import { refuseForUsers } from "./deeper-users.js";
import { nameKey, newSegmentId, segmentKey } from "./identity.js";
import { readName, takeName } from "./keys.js";
import { clearLeftovers } from "./removal.js";
import { queryToSave } from "./saved-query.js";
import { noSuchSegment, SegmentError } from "./segment-error.js";

/** How often a save is attempted when the segments that its query names change meanwhile. */
const attempts = 3;

/**
 * Saves a query under a name.
 * @throws SegmentError; UnknownProjectError.
 */
export async function createAutoUpdate(
  engine: Engine,
  project: string,
  request: { readonly name: string; readonly query: string },
): Promise<SegmentDocument> {
  const name = readName(request.name);
  await clearLeftovers(engine, project);
  return saving(engine, project, async (check) => {
    const segmentId = newSegmentId();
    const query = await check(request.query);
    return engine.store.write(async (transaction) => {
      await takeName(transaction, project, name, segmentId);
      if (!(await changeUses(transaction, project, segmentId, [], query.uses))) return undefined;
      const now = new Date(engine.clock());
      const segment: SegmentDocument = {
        _id: segmentKey(project, segmentId),
        project,
        segment_id: segmentId,
        name,
        name_key: nameKey(name),
        kind: "auto_update",
        state: "active",
        archived: false,
        created_at: now,
        updated_at: now,
        used_by: [],
        query,
      };
      await transaction.put("segments", [segment]);
      return segment;
    });
  });
}

/**
 * Changes the query of an auto-update segment.
 * @param change changes the rest of the segment in the same transaction.
 * @throws SegmentError.
 */
export async function changeQuery(
  engine: Engine,
  project: string,
  segmentId: string,
  text: string,
  change: (transaction: Transaction, segment: SegmentDocument) => Promise<SegmentDocument>,
): Promise<SegmentDocument> {
  const [stored] = await engine.store.getMany("segments", [segmentKey(project, segmentId)]);
  if (stored?.state !== "active") throw noSuchSegment(segmentId);
  if (stored.query === undefined) throw neverChanges(stored);
  return saving(engine, project, async (check) => {
    const query = await check(text, segmentId);
    return engine.store.write(async (transaction) => {
      const segment = await activeSegment(transaction, project, segmentId);
      if (segment.query === undefined) throw neverChanges(segment);
      if (!(await changeUses(transaction, project, segmentId, segment.query.uses, query.uses)))
        return undefined;
      // Other queries may have named this segment meanwhile, so that the query is circular now.
      if (query.uses.length > 0 && (await reaches(transaction, project, query.uses, segmentId)))
        return undefined;
      const changed = await change(transaction, segment);
      const after: SegmentDocument = { ...changed, query, updated_at: new Date(engine.clock()) };
      await transaction.put("segments", [after]);
      return after;
    });
  });
}

/** The error for a request to change the query of a static segment. */
export function neverChanges({ name }: SegmentDocument): SegmentError {
  return new SegmentError(
    "STATIC",
    "query",
    `"${name}" is a static segment, which has no query and never changes. Make an auto-update segment.`,
  );
}

/** The active segment of an id, inside a transaction. @throws SegmentError `NOT_FOUND`. */
export async function activeSegment(
  transaction: Transaction,
  project: string,
  segmentId: string,
): Promise<SegmentDocument> {
  const [segment] = await transaction.getMany("segments", [segmentKey(project, segmentId)]);
  if (segment?.state === "active") return segment;
  throw noSuchSegment(segmentId);
}

type Check = (text: string, ofSegment?: string) => Promise<SavedQuery>;

/** Saves a query: `work` returns undefined if the segments have changed since the query was checked, and is then run again. */
async function saving(
  engine: Engine,
  project: string,
  work: (check: Check) => Promise<SegmentDocument | undefined>,
): Promise<SegmentDocument> {
  const check: Check = async (text, ofSegment) => {
    const definition = await findProject(engine, project);
    const segments = await readSegments(engine, project);
    const query = queryToSave(text, definition, namesOf(segments), engine.clock(), ofSegment);
    if (ofSegment !== undefined) await refuseForUsers(engine, definition, segments, ofSegment, query);
    return query;
  };
  try {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const saved = await work(check);
      if (saved !== undefined) return saved;
    }
  } finally {
    segmentsChanged(engine, project);
  }
  throw new SegmentError(
    "BUSY",
    "query",
    "The segments that this query names are being changed at this moment. Save it again.",
  );
}

/**
 * Updates `used_by` of the segments that a query names, or named before, inside the transaction that saves it, so that a
 * concurrent deletion of one of them conflicts.
 * @returns false if one of the named segments is no longer active, or is archived.
 */
export async function changeUses(
  transaction: Transaction,
  project: string,
  segmentId: string,
  before: readonly string[],
  after: readonly string[],
): Promise<boolean> {
  const ids = [...new Set([...before, ...after])];
  if (ids.length === 0) return true;
  if (after.length > 0) {
    // Queries that name segments are saved one at a time: two valid queries could form a circle together.
    const _id = `${project}/queries`;
    await transaction.getMany("segment_keys", [_id]);
    await transaction.put("segment_keys", [{ _id, project, segment: segmentId }]);
  }
  const found = await transaction.getMany(
    "segments",
    ids.map((id) => segmentKey(project, id)),
  );
  const changed: SegmentDocument[] = [];
  for (const [index, id] of ids.entries()) {
    const segment = found[index];
    const named = after.includes(id);
    if (named && (segment?.state !== "active" || segment.archived)) return false;
    if (segment === undefined) continue;
    const others = segment.used_by.filter((user) => user !== segmentId);
    changed.push({ ...segment, used_by: named ? [...others, segmentId].sort() : others });
  }
  await transaction.put("segments", changed);
  return true;
}

/** True if `wanted` is among segments, or is named by their queries directly or indirectly. */
async function reaches(
  transaction: Transaction,
  project: string,
  from: readonly string[],
  wanted: string,
): Promise<boolean> {
  const seen = new Set<string>(from);
  let next = [...seen];
  while (next.length > 0) {
    if (next.includes(wanted)) return true;
    const found = await transaction.getMany(
      "segments",
      next.map((id) => segmentKey(project, id)),
    );
    next = [...new Set(found.flatMap((segment) => segment?.query?.uses ?? []))].filter((id) => !seen.has(id));
    for (const id of next) seen.add(id);
  }
  return false;
}
