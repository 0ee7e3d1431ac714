// The identity of segments: ids, and when two names are equal.
import { randomUUID } from "node:crypto";
import { normaliseText } from "../plan/text.js";

/** The `_id` of the segment document. A project's name contains no slash, so no two segments share one. */
export function segmentKey(project: string, segmentId: string): string {
  return `${project}/${segmentId}`;
}

/** An id for a new segment. */
export function newSegmentId(): string {
  return randomUUID();
}

/** The comparable form of a name: spellings that `normaliseText` makes equal are one name. */
export function nameKey(name: string): string {
  return normaliseText(name);
}

/** How `used_by` of a segment lists a validation rule, by the rule's `name_key`. */
export function ruleUser(ruleKey: string): string {
  return `rule/${ruleKey}`;
}

/** The same for a distribution. */
export function distributionUser(distributionKey: string): string {
  return `distribution/${distributionKey}`;
}

/** What `used_by` of a segment lists: a segment by its `segment_id`, a rule or a distribution by its `name_key`. */
export function readUser(user: string): {
  readonly kind: "segment" | "rule" | "distribution";
  readonly key: string;
} {
  for (const kind of ["rule", "distribution"] as const)
    if (user.startsWith(`${kind}/`)) return { kind, key: user.slice(kind.length + 1) };
  return { kind: "segment", key: user };
}

/** The `_id` of the key document that claims a name. */
export function nameClaim(project: string, name: string): string {
  return `${project}/name/${nameKey(name)}`;
}

/** The `_id` of the key document that claims a set of members. */
export function membersClaim(project: string, hash: string): string {
  return `${project}/members/${hash}`;
}
