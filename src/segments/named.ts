// Some of a project's segments, for a question that names only these: a project may have many thousands.
import type { SegmentNames } from "../catalog/segments.js";
import type { SegmentDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { namesOf, recentDocuments, recentSegments, segmentsChanged } from "../query/catalog.js";
import { segmentKey } from "./identity.js";

/**
 * Segments, with those that their queries name, as queries name them, at most a second old. Those that do not exist are left out.
 * @param ids `segment_id`s.
 */
export async function recentSegmentsOf(
  engine: Engine,
  project: string,
  ids: readonly string[],
): Promise<SegmentNames> {
  const found = new Map<string, SegmentDocument | undefined>();
  for (let asked = [...new Set(ids)]; asked.length > 0; ) {
    const documents = await recentDocumentsOf(engine, project, asked);
    for (const [index, id] of asked.entries()) found.set(id, documents[index]);
    const named = asked.flatMap((id) => found.get(id)?.query?.uses ?? []);
    asked = [...new Set(named)].filter((id) => !found.has(id));
  }
  const names = namesOf([...found.values()].filter((segment) => segment !== undefined));
  if (names.byKey.size === names.byId.size) return names;
  // The documents were read at different instants, between which a name passed from one segment to another.
  segmentsChanged(engine, project);
  return recentSegments(engine, project);
}

/** Segments by their ids, at most a second old; undefined for one that does not exist. */
async function recentDocumentsOf(
  { store }: Engine,
  project: string,
  ids: readonly string[],
): Promise<readonly (SegmentDocument | undefined)[]> {
  const read = await recentDocuments.get(store, project, async () => new Map());
  const missing = ids.filter((id) => !read.has(id));
  if (missing.length > 0) {
    const documents = store.getMany(
      "segments",
      missing.map((id) => segmentKey(project, id)),
    );
    for (const [index, id] of missing.entries()) {
      const document = documents.then((all) => all[index]);
      read.set(id, document);
      // A read that fails is repeated by the next question; the failure is reported where it is awaited.
      document.catch(() => read.get(id) === document && read.delete(id));
    }
  }
  // All at once: a read that fails meanwhile is a failure, and not a segment that does not exist.
  return Promise.all(ids.map((id) => read.get(id)));
}
