// Reads of jobs.
import type { JobDocument } from "../../documents/job-documents.js";
import type { ReadOptions } from "../read-options.js";

export interface JobReads {
  /** The project's jobs, in no order. */
  readonly ofProject: (project: string, options?: ReadOptions) => Promise<readonly JobDocument[]>;
}
