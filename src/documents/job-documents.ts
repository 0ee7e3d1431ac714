// The documents of jobs, long work that a request starts without waiting for it: the request, the progress and the result.
import type { StoredDocument } from "./documents.js";

export type JobType = "import" | "export" | "retype" | "codes" | "audience" | "publish";

/**
 * `uploading`: its file has not arrived. `waiting`: no process has taken it yet. `running`: a process works on it. The others are
 * final.
 */
type JobState = "uploading" | "waiting" | "running" | "succeeded" | "failed" | "canceled";

/** A file of a job, stored in chunks. */
export interface JobFile {
  /** The file name shown to people and used for downloads, as `rejects.ndjson`. */
  readonly name: string;
  /** Names the chunks; random, so that two uploads for one job do not mix. */
  readonly key: string;
  readonly chunks: number;
  /** Its size in bytes. */
  readonly bytes: number;
}

export interface JobProgress {
  /** The current phase, as `customers`. */
  readonly phase: string;
  readonly done: number;
  /** The expected total, if it is known. */
  readonly total?: number;
}

/** `_id` combines the project and the job's id. */
export interface JobDocument extends StoredDocument {
  readonly kind: "job";
  readonly job_id: string;
  readonly type: JobType;
  readonly state: JobState;
  /** The request, in the format of the job's type. */
  readonly request: Readonly<Record<string, unknown>>;
  /** The caller that started the job. */
  readonly caller: { readonly kind: string; readonly id: string };
  readonly created_at: Date;
  readonly started_at?: Date;
  readonly ended_at?: Date;
  /** The process that runs the job, and its last sign of life: if it stops reporting, another process takes the job over. */
  readonly runner?: string;
  readonly seen_at?: Date;
  readonly progress?: JobProgress;
  /** Only while it runs: the source ids of persons erased meanwhile, whom its result will not name. */
  readonly erased_meanwhile?: readonly string[];
  /** The result, in the format of the job's type. */
  readonly result?: Readonly<Record<string, unknown>>;
  /** Why it failed, for people. */
  readonly problem?: string;
  readonly cancel_requested?: boolean;
  /** The secret that signs the addresses of the job's files. */
  readonly secret: string;
  /** The uploaded file. */
  readonly upload?: JobFile;
  /** The files that the job made, until they are deleted. */
  readonly files: readonly JobFile[];
}

/** The open jobs of all projects: unfinished ones, and those with files that will have to be deleted. */
export interface OpenJobsDocument extends StoredDocument {
  readonly kind: "open";
  readonly jobs: readonly {
    /** `_id` of the job. */
    readonly id: string;
    /** When its files are deleted; absent while the job is unfinished. */
    readonly files_until?: Date;
  }[];
}

/** `_id` combines the job's `_id`, the file's key and the chunk's number. */
export interface JobChunkDocument extends StoredDocument {
  /** Base64. */
  readonly data: string;
}
