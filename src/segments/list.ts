// Lists the segments of a project.
import type { SegmentDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { normaliseText } from "../plan/text.js";
import { readSegments } from "../query/catalog.js";

interface SegmentFilter {
  /** Only segments whose name contains this, ignoring case. */
  readonly search?: string;
  /** True for the archived segments, instead of the others. */
  readonly archived?: boolean;
}

/** The project's segments, by name. */
export async function listSegments(
  engine: Engine,
  project: string,
  { search = "", archived = false }: SegmentFilter = {},
): Promise<readonly SegmentDocument[]> {
  const wanted = normaliseText(search);
  return (await readSegments(engine, project)).filter(
    (segment) =>
      segment.state === "active" && segment.archived === archived && segment.name_key.includes(wanted),
  );
}
