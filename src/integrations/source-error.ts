// Why a source can't be created, changed or deleted as requested.

export type SourceErrorCode =
  | "INVALID_NAME"
  | "INVALID_INPUT"
  | "INVALID_SECRET"
  | "INVALID_URL"
  | "NAME_TAKEN"
  | "TOO_MANY_SOURCES"
  | "NOT_FOUND";

/** `message` names the mistake and the fix; `field` is the part of the request with the mistake. */
export class SourceError extends Error {
  override readonly name = "SourceError";
  constructor(
    readonly code: SourceErrorCode,
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

/** The error for an id without a source. */
export function noSuchSource(id: string): SourceError {
  const shown = id.length > 80 ? `${id.slice(0, 80)}…` : id;
  return new SourceError("NOT_FOUND", "id", `There is no source of the id "${shown}". List the sources.`);
}
