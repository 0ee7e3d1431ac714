// Finds segments by their ids or inputs, and returns them as GraphQL types.

import type { SegmentDocument } from "../../documents/documents.js";
import type { ListPage } from "../../query/pages/list-page.js";
import { segmentNamed } from "../../segments/read.js";
import { SegmentError } from "../../segments/segment-error.js";
import { pageConnection } from "../page-connection.js";
import { connectionType, edgeType, exactly } from "../server/connection-type.js";
import type { RequestContext } from "../server/context.js";
import { keyOf } from "../server/global-id.js";
import type { SegmentByInput } from "./segment-by-input.js";
import { SegmentType } from "./segment-type.js";

/** The segment with a `segment_id`; undefined if there is none. */
export async function segmentTypeOf(
  { loaders }: RequestContext,
  segmentId: string,
): Promise<SegmentType | undefined> {
  const found = await loaders.segment(segmentId);
  return found === undefined ? undefined : new SegmentType(found);
}

/** The segment that the input identifies; undefined if there is none. */
export async function segmentBy(
  { engine, project, loaders }: RequestContext,
  { id, name }: SegmentByInput,
): Promise<SegmentDocument | undefined> {
  if (typeof id === "string") return loaders.segment(keyOf("Segment", id));
  return segmentNamed(engine, project, name ?? "");
}

/** The `segment_id` that the input identifies. @throws SegmentError `NOT_FOUND`. */
export async function segmentIdBy(context: RequestContext, by: SegmentByInput): Promise<string> {
  const found = await segmentBy(context, by);
  if (found !== undefined) return found.segment_id;
  const named = typeof by.name === "string" ? ` named "${by.name.slice(0, 80)}"` : " with this id";
  throw new SegmentError("NOT_FOUND", "segment", `There is no segment${named}. List the segments.`);
}

const SegmentEdgeType = edgeType<SegmentType>("SegmentEdge", () => SegmentType);

export const SegmentConnectionType = connectionType<SegmentType>(
  "SegmentConnection",
  "A page of segments.",
  () => SegmentType,
  () => SegmentEdgeType,
);
export type SegmentConnectionType = InstanceType<typeof SegmentConnectionType>;

/** A page of segments as GraphQL returns it. @param total the number of segments on all pages. */
export function segmentConnection(page: ListPage<SegmentDocument>, total: number): SegmentConnectionType {
  return new SegmentConnectionType(
    pageConnection(
      page,
      (segment) => new SegmentType(segment),
      async () => exactly(total),
    ),
  );
}
