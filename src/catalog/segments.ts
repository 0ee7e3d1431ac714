// The segments that a query may name with `in segment`.
import type { Query } from "../../grammar/tree.js";
import { normaliseText } from "../plan/text.js";

/** A segment as queries see it. */
export interface CatalogSegment {
  readonly id: string;
  readonly name: string;
  /** True if it was archived: it keeps its name, and no query can name it. */
  readonly archived: boolean;
  /** The query of an auto-update segment: its canonical text, and the tree of exactly that text. Absent for a static segment. */
  readonly query?: { readonly canonical: string; readonly tree: Query };
}

export interface SegmentNames {
  readonly byId: ReadonlyMap<string, CatalogSegment>;
  readonly byName: ReadonlyMap<string, CatalogSegment>;
  /** By the normalised name. */
  readonly byKey: ReadonlyMap<string, CatalogSegment>;
}

/** The segments, found by each of their names. */
export function segmentNames(segments: readonly CatalogSegment[]): SegmentNames {
  return {
    byId: new Map(segments.map((segment) => [segment.id, segment])),
    byName: new Map(segments.map((segment) => [segment.name, segment])),
    byKey: new Map(segments.map((segment) => [normaliseText(segment.name), segment])),
  };
}

/** A project without segments. */
export const noSegments: SegmentNames = segmentNames([]);

/** The segment with an id or, if the query has no id, with a name: case doesn't count, and an exact match wins. */
export function resolveSegment(
  segments: SegmentNames,
  name: string,
  id: string | undefined,
): CatalogSegment | undefined {
  if (id !== undefined) return segments.byId.get(id);
  return segments.byName.get(name) ?? segments.byKey.get(normaliseText(name));
}
