// The catalogue with a project's segments in it, for queries that name some.
import { catalogOf } from "../catalog/catalog.js";
import type { Catalog } from "../catalog/model.js";
import { type CatalogSegment, noSegments, type SegmentNames, segmentNames } from "../catalog/segments.js";
import type { ProjectDocument, SegmentDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import type { Store } from "../store/port.js";

/** Every segment of the project, those that are being made or taken away too, by name. */
export async function readSegments(engine: Engine, project: string): Promise<readonly SegmentDocument[]> {
  // Sorted here: all queries together can be more than a server sorts, or holds sorted for a reader who takes a part at a time.
  const found = await engine.store.aggregate<SegmentDocument>("segments", [{ $match: { project } }]);
  return found.toSorted((one, other) => (one.name_key < other.name_key ? -1 : 1));
}

/** The segments as queries name them. */
export function namesOf(segments: readonly SegmentDocument[]): SegmentNames {
  return segmentNames(segments.filter(({ state }) => state === "active").map(catalogSegment));
}

function catalogSegment({ segment_id: id, name, archived, query }: SegmentDocument): CatalogSegment {
  return { id, name, archived, ...(query === undefined ? {} : { query }) };
}

/** For how long segments are taken to be as they were, in milliseconds, by those who only ask. */
const recentMs = 1_000;

interface Recent {
  readonly until: number;
  readonly names: Promise<SegmentNames>;
}

const recentNames = new WeakMap<Store, Map<string, Recent>>();

/**
 * The catalogue for a question: with the project's segments, at most a second old, where its text can name any. Another
 * process's change is seen within that second, one of this process at once.
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
  const recent = recentNames.get(engine.store) ?? new Map<string, Recent>();
  recentNames.set(engine.store, recent);
  const elapsed = performance.now();
  const known = recent.get(project);
  if (known !== undefined && known.until > elapsed) return known.names;
  const names = readSegments(engine, project).then(namesOf);
  recent.set(project, { until: elapsed + recentMs, names });
  names.catch(() => recent.delete(project));
  return names;
}

/** To be said by whoever changes a segment. */
export function segmentsChanged(engine: Engine, project: string): void {
  recentNames.get(engine.store)?.delete(project);
}
