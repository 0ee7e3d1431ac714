// The catalogue including a project's segments, for queries that name them.
import { catalogOf } from "../catalog/catalog.js";
import type { Catalog } from "../catalog/model.js";
import { type CatalogSegment, noSegments, type SegmentNames, segmentNames } from "../catalog/segments.js";
import type { ProjectDocument, SegmentDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { recentAnswers } from "../recent.js";

/** All segments of the project, by name, including those that are being built or removed. */
export async function readSegments(engine: Engine, project: string): Promise<readonly SegmentDocument[]> {
  // Sorted here, because all queries together may exceed the limits of a server's sort.
  const found = await engine.store.reads.segments.all(project);
  return found.toSorted((one, other) => (one.name_key < other.name_key ? -1 : 1));
}

/** The segments as queries name them. */
export function namesOf(segments: readonly SegmentDocument[]): SegmentNames {
  return segmentNames(segments.filter(({ state }) => state === "active").map(catalogSegment));
}

function catalogSegment({ segment_id: id, name, archived, query }: SegmentDocument): CatalogSegment {
  return { id, name, archived, ...(query === undefined ? {} : { query }) };
}

/** How long segments are cached for questions, in milliseconds. */
const recentMs = 1_000;

const recentNames = recentAnswers<SegmentNames>({ ttl: recentMs });

/**
 * The catalogue for a question: with the project's segments, at most a second old, if the text can name any. A change by another
 * process is seen within that second, one by this process at once.
 */
export async function catalogFor(
  engine: Engine,
  definition: ProjectDocument,
  text: string,
): Promise<Catalog> {
  if (!/segment/i.test(text)) return catalogOf(definition, noSegments);
  return catalogOf(definition, await recentSegments(engine, definition.project));
}

/** The project's segments as queries name them, at most a second old. */
export function recentSegments(engine: Engine, project: string): Promise<SegmentNames> {
  return recentNames.get(engine.store, project, async () => namesOf(await readSegments(engine, project)));
}

/** The segments of a project that were read within a second, by `segment_id`; undefined for one that does not exist. */
export const recentDocuments = recentAnswers<Map<string, Promise<SegmentDocument | undefined>>>({
  ttl: recentMs,
});

/** Call this after a segment changes. */
export function segmentsChanged(engine: Engine, project: string): void {
  recentNames.forget(engine.store, project);
  recentDocuments.forget(engine.store, project);
}
