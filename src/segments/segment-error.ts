// Errors of requests to create, read, change or delete segments.
import type { Diagnostic } from "../../grammar/diagnostic.js";

export type SegmentErrorCode =
  | "INVALID_NAME"
  | "NAME_TAKEN"
  | "MEMBERS_TAKEN"
  | "TOO_MANY_MEMBERS"
  | "NO_MEMBERS"
  | "UNKNOWN_CUSTOMER"
  | "INVALID_QUERY"
  | "NOT_FOUND"
  | "IN_USE"
  | "STATIC"
  | "INVALID_INPUT"
  | "BUSY";

/** `message` names the mistake and the fix; `field` is the field of the request with the mistake. */
export class SegmentError extends Error {
  override readonly name = "SegmentError";
  constructor(
    readonly code: SegmentErrorCode,
    readonly field: string,
    message: string,
    /** What is wrong with the query, for `INVALID_QUERY`. */
    readonly diagnostics: readonly Diagnostic[] = [],
  ) {
    super(message);
  }
}

/** The error for an id without a segment. */
export function noSuchSegment(id: string): SegmentError {
  const shown = id.length > 80 ? `${id.slice(0, 80)}…` : id;
  return new SegmentError("NOT_FOUND", "id", `There is no segment of the id "${shown}". List the segments.`);
}

/** The error for a query with mistakes. */
export function invalidQuery(diagnostics: readonly Diagnostic[]): SegmentError {
  const errors = diagnostics.filter(({ severity }) => severity === "ERROR");
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  const message = `The query has a mistake${more}: ${errors[0]?.message}`;
  return new SegmentError("INVALID_QUERY", "query", message, diagnostics);
}

/** The error for a line of an import with the name of a segment of the other kind. */
export function otherKind({ name, kind }: { readonly name: string; readonly kind: string }): SegmentError {
  const found = kind === "static" ? "a static" : "an auto-update";
  return new SegmentError("NAME_TAKEN", "name", `"${name}" is ${found} segment here. Rename one of the two.`);
}

/** The error for a line of an import with the name of a static segment that has other members. */
export function otherMembers(name: string): SegmentError {
  return new SegmentError(
    "STATIC",
    "members",
    `There is a static segment "${name}" with other members, and static segments never change. Rename one of the two.`,
  );
}
