// Some of a project's segments, for a question that names only these: a project may have many thousands.
import type { SegmentNames } from "../catalog/segments.js";
import type { SegmentDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { namesOf, recentDocuments } from "../query/catalog.js";
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
  const { store } = engine;
  const read = await recentDocuments.get(store, project, async () => new Map());
  const found = new Map<string, SegmentDocument | undefined>();
  for (let asked = [...new Set(ids)]; asked.length > 0; ) {
    const missing = asked.filter((id) => !read.has(id));
    const keys = missing.map((id) => segmentKey(project, id));
    // Without a key nothing would await the read, and its failure would not be handled.
    const documents = keys.length === 0 ? Promise.resolve([]) : store.getMany("segments", keys);
    for (const [index, id] of missing.entries()) {
      const document = documents.then((all) => all[index]);
      // A read that fails is repeated by the next question; the failure is reported where it is awaited.
      document.catch(() => read.delete(id));
      read.set(id, document);
    }
    for (const id of asked) found.set(id, await read.get(id));
    const named = asked.flatMap((id) => found.get(id)?.query?.uses ?? []);
    asked = [...new Set(named)].filter((id) => !found.has(id));
  }
  return namesOf([...found.values()].filter((segment) => segment !== undefined));
}
