// What a job does while it runs.
import type { JobDocument, JobFile, JobProgress } from "../documents/job-documents.js";
import type { Engine } from "../engine.js";

/** What the work of a job is given. */
export interface JobTools {
  readonly engine: Engine;
  readonly job: JobDocument;
  /** Aborted when the job is canceled or the process stops. */
  readonly signal: AbortSignal;
  readonly progress: (progress: JobProgress) => void;
  /** A folder of the job's own, deleted after it. */
  readonly folder: string;
}

/** What came of it. */
interface JobOutcome {
  readonly result: Readonly<Record<string, unknown>>;
  readonly files?: readonly JobFile[];
}

/** Does a job; the same again, also after it was broken off anywhere, comes to the same. */
export type JobWork = (tools: JobTools) => Promise<JobOutcome>;

/** The job cannot be done as it was asked for; `message` says why and what to do. */
export class JobFailure extends Error {
  override readonly name = "JobFailure";
}
