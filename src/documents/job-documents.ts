// Long work that a request starts and does not wait for: what was asked, how far it is, and what came of it.
import type { StoredDocument } from "./documents.js";

export type JobType = "import" | "export" | "retype";

/**
 * `uploading`: its file has not arrived. `waiting`: no process has taken it yet. `running`: a process works on it. The others are
 * final.
 */
type JobState = "uploading" | "waiting" | "running" | "succeeded" | "failed" | "canceled";

/** A file of a job, stored in chunks. */
export interface JobFile {
  /** For people, and for whoever saves it, as `rejects.ndjson`. */
  readonly name: string;
  /** Names the chunks; random, so that two uploads for one job do not mix. */
  readonly key: string;
  readonly chunks: number;
  /** Its size in bytes. */
  readonly bytes: number;
}

export interface JobProgress {
  /** What is being worked on, as `customers`. */
  readonly phase: string;
  readonly done: number;
  /** How many there will be, where that is known. */
  readonly total?: number;
}

/** `_id` is the project with the job's id. */
export interface JobDocument extends StoredDocument {
  readonly kind: "job";
  readonly job_id: string;
  readonly type: JobType;
  readonly state: JobState;
  /** What was asked for, as its type reads it. */
  readonly request: Readonly<Record<string, unknown>>;
  /** Who asked for it. */
  readonly caller: { readonly kind: string; readonly id: string };
  readonly created_at: Date;
  readonly started_at?: Date;
  readonly ended_at?: Date;
  /** The process that works on it, and when that last said so: one that falls silent loses the job to another. */
  readonly runner?: string;
  readonly seen_at?: Date;
  readonly progress?: JobProgress;
  /** What came of it, as its type writes it. */
  readonly result?: Readonly<Record<string, unknown>>;
  /** Why it failed, for people. */
  readonly problem?: string;
  readonly cancel_requested?: boolean;
  /** Signs the addresses of its files. */
  readonly secret: string;
  /** What was uploaded for it. */
  readonly upload?: JobFile;
  /** What it made, until they are deleted. */
  readonly files: readonly JobFile[];
}

/** Every job of every project that is not done with: unfinished ones, and those whose files have to be deleted one day. */
export interface OpenJobsDocument extends StoredDocument {
  readonly kind: "open";
  readonly jobs: readonly {
    /** `_id` of the job. */
    readonly id: string;
    /** When its files are deleted; absent while it is unfinished. */
    readonly files_until?: Date;
  }[];
}

/** `_id` is the job's with the file's key and the chunk's number. */
export interface JobChunkDocument extends StoredDocument {
  /** Base64. */
  readonly data: string;
}
