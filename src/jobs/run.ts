// Runs jobs in the background, one at a time in a process, until stopped. Several processes share the jobs: a job is claimed in a
// transaction, and if its process sends no heartbeat, another one takes it over and starts it again.

import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BackgroundWork, runInBackground } from "../background.js";
import { dayMs } from "../clock.js";
import type { JobDocument, JobProgress, JobType } from "../documents/job-documents.js";
import type { Engine } from "../engine.js";
import { audienceJob } from "./audience-job.js";
import { codesJob } from "./codes-job.js";
import { exportJob } from "./export-job.js";
import { importJob } from "./import-job.js";
import { endJob, forgetFiles, type JobEnd, openJobs } from "./jobs.js";
import { publishJob } from "./publish-job.js";
import { retypeJob } from "./retype-job.js";
import { jobsChanged, onJobsChanged } from "./wakeups.js";
import { JobFailure, type JobWork } from "./work.js";

const works: Readonly<Record<JobType, JobWork>> = {
  import: importJob,
  export: exportJob,
  retype: retypeJob,
  codes: codesJob,
  publish: publishJob,
  audience: audienceJob,
};

/** How often a process polls for jobs of other processes, in milliseconds; its own jobs wake it. */
const defaultPollMs = 2_000;
/** How long the process waits after a failure that is not the job's, in milliseconds. */
const afterErrorMs = 5_000;
/** How often a running job stores its heartbeat and progress, in milliseconds. */
const sayMs = 500;
/** A job without a heartbeat for this time, in milliseconds, is taken over. */
const silentMs = 30_000;
/** How long a job waits for its file, in milliseconds. */
const uploadMs = dayMs;

/** Stopping interrupts the running job: another process, or this one after its restart, runs it again from scratch. */
export type RunningJobs = Pick<BackgroundWork, "stop">;

/**
 * @param report receives unexpected failures, but no mistakes of the caller; the work continues.
 * @param pollMs how often the store is asked for jobs of other processes, in milliseconds.
 */
export function runJobs(
  engine: Engine,
  report: (error: unknown) => void,
  pollMs: number = defaultPollMs,
): RunningJobs {
  const runner = randomUUID();
  const work = runInBackground(
    async (stopping) => {
      const job = await claimNext(engine, runner);
      if (job === undefined) return pollMs;
      await doJob(engine, job, runner, stopping, report);
      return 0;
    },
    { report, afterErrorMs },
  );
  const unsubscribe = onJobsChanged(engine.store, work.wake);
  return {
    stop: () => {
      unsubscribe();
      return work.stop();
    },
  };
}

/** Claims the oldest job that no process runs; on the way, deletes files that are due and fails jobs whose file never came. */
async function claimNext(engine: Engine, runner: string): Promise<JobDocument | undefined> {
  for (const { id, files_until } of await openJobs(engine)) {
    const now = engine.clock();
    const [job] = await engine.store.getMany("jobs", [id]);
    if (job?.kind !== "job") continue;
    if (files_until !== undefined) {
      if (files_until.getTime() <= now) await forgetFiles(engine, job);
    } else if (job.state === "uploading") {
      if (now - job.created_at.getTime() > uploadMs)
        await end(engine, job, {
          state: "failed",
          problem: "No file was uploaded within a day. Create another job.",
        });
    } else if (isFree(job, now)) {
      const claimed = await claim(engine, id, runner);
      if (claimed !== undefined) return claimed;
    }
  }
  return undefined;
}

function isFree({ state, seen_at }: JobDocument, now: number): boolean {
  return state === "waiting" || (state === "running" && now - (seen_at?.getTime() ?? 0) > silentMs);
}

async function claim(engine: Engine, id: string, runner: string): Promise<JobDocument | undefined> {
  const claimed = await engine.store.write(async (transaction) => {
    const [found] = await transaction.getMany("jobs", [id]);
    const now = engine.clock();
    if (found?.kind !== "job" || !isFree(found, now)) return undefined;
    const seen_at = new Date(now);
    const running: JobDocument = {
      ...found,
      state: "running",
      runner,
      seen_at,
      started_at: found.started_at ?? seen_at,
    };
    await transaction.put("jobs", [running]);
    return running;
  });
  if (claimed !== undefined) jobsChanged(engine.store);
  return claimed;
}

async function doJob(
  engine: Engine,
  job: JobDocument,
  runner: string,
  stopping: AbortSignal,
  report: (error: unknown) => void,
): Promise<void> {
  const canceled = new AbortController();
  const lost = new AbortController();
  const signal = AbortSignal.any([stopping, canceled.signal, lost.signal]);
  const folder = await mkdtemp(join(tmpdir(), "segmentql-job-"));
  let progress: JobProgress | undefined;
  const saying = runInBackground(sayAlive, { report, afterErrorMs: sayMs, firstAfterMs: sayMs });
  try {
    const outcome = await works[job.type]({
      engine,
      job,
      signal,
      folder,
      progress: (each) => {
        progress = each;
      },
    });
    await finish({ state: "succeeded", result: outcome.result, files: outcome.files ?? [] });
  } catch (error) {
    if (canceled.signal.aborted) await finish({ state: "canceled" });
    else if (lost.signal.aborted) return;
    else if (stopping.aborted) await release(engine, job._id, runner);
    else if (error instanceof JobFailure) await finish({ state: "failed", problem: error.message });
    else {
      report(new Error(`The job ${job._id} failed.`, { cause: error }));
      await finish({
        state: "failed",
        problem: "Something went wrong in the service; its log says what. Create the job again.",
      });
    }
  } finally {
    await saying.stop();
    await rm(folder, { recursive: true, force: true });
  }

  /** Stores the heartbeat and the progress, and aborts the work if the job was canceled or taken over. */
  async function sayAlive(): Promise<number> {
    const found = await own(engine, job._id, runner, progress);
    if (found === undefined) lost.abort(new Error("Another process has taken the job."));
    else if (found.cancel_requested === true) canceled.abort(new Error("The job was canceled."));
    return sayMs;
  }

  async function finish(result: JobEnd): Promise<void> {
    await saying.stop();
    await end(engine, job, { ...result, ...(progress === undefined ? {} : { progress }) }, runner);
  }
}

/** Stores a running job's heartbeat; undefined if another process has taken the job, or it has ended. */
async function own(
  engine: Engine,
  id: string,
  runner: string,
  progress: JobProgress | undefined,
): Promise<JobDocument | undefined> {
  const alive = await engine.store.write(async (transaction) => {
    const [found] = await transaction.getMany("jobs", [id]);
    if (found?.kind !== "job" || found.runner !== runner) return undefined;
    const seen: JobDocument = {
      ...found,
      seen_at: new Date(engine.clock()),
      ...(progress === undefined ? {} : { progress }),
    };
    await transaction.put("jobs", [seen]);
    return seen;
  });
  jobsChanged(engine.store);
  return alive;
}

async function end(engine: Engine, job: JobDocument, result: JobEnd, runner?: string): Promise<void> {
  await engine.store.write(async (transaction) => {
    const [found] = await transaction.getMany("jobs", [job._id]);
    if (found?.kind !== "job" || found.runner !== runner) return;
    await endJob(engine, transaction, found, result);
  });
  jobsChanged(engine.store);
}

/** Releases an interrupted job, so that another process can claim it. */
async function release(engine: Engine, id: string, runner: string): Promise<void> {
  await engine.store.write(async (transaction) => {
    const [found] = await transaction.getMany("jobs", [id]);
    if (found?.kind !== "job" || found.runner !== runner) return;
    const { runner: _, seen_at: __, ...rest } = found;
    await transaction.put("jobs", [{ ...rest, state: "waiting" }]);
  });
  jobsChanged(engine.store);
}
