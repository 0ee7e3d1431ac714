// Who is who among segments: ids, and what makes two names one.
import { randomUUID } from "node:crypto";
import { normaliseText } from "../plan/text.js";

/** The `_id` of the segment document. A project's name holds no slash, so no two segments share one. */
export function segmentKey(project: string, segmentId: string): string {
  return `${project}/${segmentId}`;
}

/** An id for a new segment. */
export function newSegmentId(): string {
  return randomUUID();
}

/** What two spellings of one name share: case and white space at the ends don't count. */
export function nameKey(name: string): string {
  return normaliseText(name);
}

/** The `_id` of the key that the one segment of a name has. */
export function nameClaim(project: string, name: string): string {
  return `${project}/name/${nameKey(name)}`;
}

/** The `_id` of the key that the one static segment of these members has. */
export function membersClaim(project: string, hash: string): string {
  return `${project}/members/${hash}`;
}
