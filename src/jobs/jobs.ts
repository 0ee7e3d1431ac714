// Creates, finds, lists and cancels jobs. `run.ts` runs them.

import { randomBytes } from "node:crypto";
import { dayMs } from "../clock.js";
import { withoutErased } from "../definitions/erase-in-jobs.js";
import type { JobDocument, JobFile, JobType, OpenJobsDocument } from "../documents/job-documents.js";
import type { Engine } from "../engine.js";
import { findProject } from "../projects/projects.js";
import type { Transaction } from "../store/port.js";
import { removeFile } from "./files.js";
import { JobError } from "./job-error.js";
import { jobsChanged } from "./wakeups.js";

/** The most unfinished jobs of a project. */
export const maxUnfinished = 20;
/** How many jobs of a project are kept; the oldest finished ones are deleted first. */
const maxKept = 100;
/** How long the files of a finished job are kept, in milliseconds. */
export const filesKeptMs = dayMs;

/** The `_id` of the list of open jobs, and its `project`, since it belongs to none. */
const openJobsId = "*";

export interface JobRequest {
  readonly type: JobType;
  readonly request: Readonly<Record<string, unknown>>;
  readonly caller: { readonly kind: string; readonly id: string };
  /** The job begins once a file has been uploaded for it. */
  readonly needsUpload?: boolean;
}

/** The `_id` of a job's document. */
function jobDocumentId(project: string, jobId: string): string {
  return `${project}/${jobId}`;
}

/** True while a job has not ended. */
export function isUnfinished({ state }: Pick<JobDocument, "state">): boolean {
  return state === "uploading" || state === "waiting" || state === "running";
}

/**
 * Creates a job.
 * @throws JobError `TOO_MANY_JOBS`; UnknownProjectError.
 */
export async function createJob(
  engine: Engine,
  project: string,
  { type, request, caller, needsUpload = false }: JobRequest,
): Promise<JobDocument> {
  await findProject(engine, project);
  const jobs = await jobsOf(engine, project);
  const surplus = jobs.filter((job) => !isUnfinished(job)).slice(Math.max(0, maxKept - 1 - maxUnfinished));
  for (const job of surplus) await forgetJob(engine, job);
  const job_id = randomBytes(12).toString("base64url");
  const job: JobDocument = {
    _id: jobDocumentId(project, job_id),
    project,
    kind: "job",
    job_id,
    type,
    state: needsUpload ? "uploading" : "waiting",
    request,
    caller,
    created_at: new Date(engine.clock()),
    secret: randomBytes(32).toString("base64url"),
    files: [],
  };
  await engine.store.write(async (transaction) => {
    await transaction.put("jobs", [job]);
    await changeOpenJobs(transaction, (open) => {
      refuseTooMany(project, open);
      return [...open, { id: job._id }];
    });
  });
  jobsChanged(engine.store);
  return job;
}

/** Whatever creates a job changes the list of open jobs, so the limit holds when several do at once. */
function refuseTooMany(project: string, open: OpenJobs): void {
  const unfinished = open.filter(
    ({ id, files_until }) => files_until === undefined && id.startsWith(jobDocumentId(project, "")),
  );
  if (unfinished.length >= maxUnfinished)
    throw new JobError(
      "TOO_MANY_JOBS",
      "jobs",
      `${maxUnfinished} jobs of the project are unfinished. Wait for one, or cancel one.`,
    );
}

/** Jobs in ascending order of this key are newest first. */
export function newestFirst({ created_at, _id }: JobDocument): string {
  const backwards = Number.MAX_SAFE_INTEGER - created_at.getTime();
  return `${String(backwards).padStart(16, "0")} ${_id}`;
}

/** The project's jobs, newest first. */
export async function jobsOf(engine: Engine, project: string): Promise<readonly JobDocument[]> {
  const jobs = await engine.store.reads.jobs.ofProject(project);
  return jobs
    .map((job) => ({ job, key: newestFirst(job) }))
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ job }) => job);
}

/** Finds a job; undefined if the project has none with this id. */
export async function findJob(
  engine: Engine,
  project: string,
  jobId: string,
): Promise<JobDocument | undefined> {
  const [found] = await engine.store.getMany("jobs", [jobDocumentId(project, jobId)]);
  return found?.kind === "job" && found.project === project ? found : undefined;
}

/**
 * Requests that a job stop: a job that is not running ends at once, a running one within a second or two. What it has written
 * remains. A finished job is unchanged.
 * @throws JobError `NOT_FOUND`.
 */
export async function cancelJob(engine: Engine, project: string, jobId: string): Promise<JobDocument> {
  const canceled = await engine.store.write(async (transaction) => {
    const [found] = await transaction.getMany("jobs", [jobDocumentId(project, jobId)]);
    if (found?.kind !== "job") throw unknownJob(jobId);
    if (!isUnfinished(found)) return found;
    if (found.state === "running") {
      const canceling = { ...found, cancel_requested: true };
      await transaction.put("jobs", [canceling]);
      return canceling;
    }
    return endJob(engine, transaction, found, { state: "canceled" });
  });
  jobsChanged(engine.store);
  return canceled;
}

/** The end of a job: its final state and result. */
export type JobEnd = Pick<JobDocument, "state"> &
  Partial<Pick<JobDocument, "result" | "problem" | "files" | "progress">>;

/** Ends a job within a transaction. Its files are deleted a day later. */
export async function endJob(
  engine: Engine,
  transaction: Transaction,
  job: JobDocument,
  end: JobEnd,
): Promise<JobDocument> {
  const { runner: _, seen_at: __, cancel_requested: ___, ...rest } = job;
  const now = engine.clock();
  const ended = withoutErased({ ...rest, ...end, ended_at: new Date(now) });
  await transaction.put("jobs", [ended]);
  const hasFiles = ended.files.length > 0 || ended.upload !== undefined;
  await changeOpenJobs(transaction, (open) => [
    ...open.filter(({ id }) => id !== job._id),
    ...(hasFiles ? [{ id: job._id, files_until: new Date(now + filesKeptMs) }] : []),
  ]);
  return ended;
}

/** Deletes the files of a finished job, and takes it off the list of open jobs. */
export async function forgetFiles(engine: Engine, job: JobDocument): Promise<void> {
  for (const file of filesOf(job)) await removeFile(engine, job, file);
  await engine.store.write(async (transaction) => {
    const [found] = await transaction.getMany("jobs", [job._id]);
    if (found?.kind === "job") {
      const { upload: _, ...rest } = found;
      await transaction.put("jobs", [{ ...rest, files: [] }]);
    }
    await changeOpenJobs(transaction, (open) => open.filter(({ id }) => id !== job._id));
  });
}

async function forgetJob(engine: Engine, job: JobDocument): Promise<void> {
  await forgetFiles(engine, job);
  await engine.store.write((transaction) => transaction.remove("jobs", [job._id]));
}

function filesOf({ files, upload }: JobDocument): readonly JobFile[] {
  return upload === undefined ? files : [...files, upload];
}

type OpenJobs = OpenJobsDocument["jobs"];

async function changeOpenJobs(transaction: Transaction, change: (open: OpenJobs) => OpenJobs): Promise<void> {
  const [found] = await transaction.getMany("jobs", [openJobsId]);
  const open = found?.kind === "open" ? found.jobs : [];
  await transaction.put("jobs", [{ _id: openJobsId, project: openJobsId, kind: "open", jobs: change(open) }]);
}

/** Every open job of every project. */
export async function openJobs({ store }: Engine): Promise<OpenJobs> {
  const [found] = await store.getMany("jobs", [openJobsId]);
  return found?.kind === "open" ? found.jobs : [];
}

/** The error for an id that no job of the project has. */
export function unknownJob(jobId: string): JobError {
  return new JobError("NOT_FOUND", "id", `There is no job "${jobId.slice(0, 80)}". List the jobs.`);
}
