// Finds the saved queries that a change of the project's definition would break.
import { catalogOf } from "../catalog/catalog.js";
import type { ProjectDocument, SegmentDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { namesOf, readSegments } from "../query/catalog.js";
import { checkSaved } from "../segments/saved-query.js";

export interface BrokenQuery {
  readonly segment: SegmentDocument;
  /** The mistake that the query would have. */
  readonly message: string;
}

/** The saved queries that are valid under one definition and not under another. */
export async function queriesBrokenBy(
  engine: Engine,
  before: ProjectDocument,
  after: ProjectDocument,
): Promise<readonly BrokenQuery[]> {
  const segments = await readSegments(engine, before.project);
  const names = namesOf(segments);
  const [present, next] = [catalogOf(before, names), catalogOf(after, names)];
  const asOf = engine.clock();
  return segments.flatMap((segment): readonly BrokenQuery[] => {
    if (segment.query === undefined || segment.state !== "active") return [];
    const mistakeUnder = (catalog: typeof present) =>
      checkSaved(segment.query!, catalog, asOf, segment.segment_id).diagnostics.find(
        // A mistake of a segment that the query names is reported for that segment.
        ({ severity, code }) => severity === "ERROR" && code !== "SEGMENT_HAS_MISTAKES",
      );
    const mistake = mistakeUnder(next);
    if (mistake === undefined || mistakeUnder(present) !== undefined) return [];
    return [{ segment, message: mistake.message }];
  });
}
