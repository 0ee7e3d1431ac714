// The work of a job.
import type { JobDocument, JobFile, JobProgress } from "../documents/job-documents.js";
import type { Engine } from "../engine.js";

/** The arguments of a job's work. */
export interface JobTools {
  readonly engine: Engine;
  readonly job: JobDocument;
  /** Aborted when the job is canceled or the process stops. */
  readonly signal: AbortSignal;
  readonly progress: (progress: JobProgress) => void;
  /** A temporary folder of the job, deleted after it. */
  readonly folder: string;
}

/** The result of a job's work. */
interface JobOutcome {
  readonly result: Readonly<Record<string, unknown>>;
  readonly files?: readonly JobFile[];
}

/** Does a job. It is idempotent: running it again, also after an interruption, has the same result. */
export type JobWork = (tools: JobTools) => Promise<JobOutcome>;

/** The job can't be done as requested; `message` says why and what to do. */
export class JobFailure extends Error {
  override readonly name = "JobFailure";
}
