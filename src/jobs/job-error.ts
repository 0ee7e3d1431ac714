// What is wrong with a request about jobs.

export type JobErrorCode = "INVALID_INPUT" | "NOT_FOUND" | "TOO_MANY_JOBS";

/** `message` names the mistake and the fix; `field` is the part of the request with the mistake. */
export class JobError extends Error {
  override readonly name = "JobError";
  constructor(
    readonly code: JobErrorCode,
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}
