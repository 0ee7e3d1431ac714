// Combines segments: the customers in any of them, in all of them, or in the first and none of the others.
import { quoted } from "../../grammar/format.js";
import type { SegmentDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { createAutoUpdate } from "./auto-update.js";
import { maxCompared } from "./overlap.js";
import { findSegment } from "./read.js";
import { SegmentError } from "./segment-error.js";
import { createStatic } from "./static.js";

export type SegmentCombination = "union" | "intersection" | "difference";

export interface CombineRequest {
  readonly name: string;
  readonly combination: SegmentCombination;
  /** 2 to `maxCompared` segments; in a difference, the others are subtracted from the first. */
  readonly segmentIds: readonly string[];
  /** `static` for the present members; `auto_update` to follow the combined segments. */
  readonly kind: SegmentDocument["kind"];
}

/** Saves a combination of segments as a new segment. @throws SegmentError. */
export async function combineSegments(
  engine: Engine,
  project: string,
  request: CombineRequest,
): Promise<SegmentDocument> {
  try {
    return await combine(engine, project, request);
  } catch (error) {
    if (!(error instanceof SegmentError) || error.field === "name") throw error;
    // The query is generated, so a mistake in it is reported for the combined segments.
    throw new SegmentError(error.code, "segmentIds", error.message, error.diagnostics);
  }
}

async function combine(
  engine: Engine,
  project: string,
  { name, combination, segmentIds, kind }: CombineRequest,
): Promise<SegmentDocument> {
  const distinct = [...new Set(segmentIds)];
  if (distinct.length < 2 || distinct.length > maxCompared) {
    throw new SegmentError(
      "INVALID_INPUT",
      "segmentIds",
      `Combine 2 to ${maxCompared} different segments; these are ${distinct.length}.`,
    );
  }
  const terms: string[] = [];
  for (const [index, id] of distinct.entries()) {
    const segment = await findSegment(engine, project, id);
    const not = combination === "difference" && index > 0 ? "not " : "";
    terms.push(`${not}in segment ${quoted(segment.name)}`);
  }
  const query = terms.join(combination === "union" ? " or " : " and ");
  return kind === "static"
    ? createStatic(engine, project, { name, query })
    : createAutoUpdate(engine, project, { name, query });
}
