// Searches the segments of a project.
import type { SegmentDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { normaliseText } from "../plan/text.js";
import { readSegments } from "../query/catalog.js";

/** The project's segments whose name contains a text, by name. @param archived the archived ones, instead of the others. */
export async function segmentsMatching(
  engine: Engine,
  project: string,
  search: string,
  archived: boolean,
): Promise<readonly SegmentDocument[]> {
  const wanted = normaliseText(search);
  return (await readSegments(engine, project)).filter(
    (segment) =>
      segment.state === "active" && segment.archived === archived && segment.name_key.includes(wanted),
  );
}
