// Follows a job until it has ended.
import { setTimeout as pause } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { JobDocument } from "../documents/job-documents.js";
import type { Engine } from "../engine.js";
import { findJob, isUnfinished } from "./jobs.js";

/** How often the job is polled, in milliseconds. */
const pollMs = 250;

/** Yields the job now, and whenever its state or progress changes; ends when the job does, or by `signal`. */
export async function* followJob(
  engine: Engine,
  job: JobDocument,
  signal: AbortSignal,
): AsyncGenerator<JobDocument> {
  let shown: unknown;
  let current: JobDocument | undefined = job;
  while (current !== undefined && !signal.aborted) {
    const { state, progress } = current;
    if (!isDeepStrictEqual(shown, { state, progress })) {
      shown = { state, progress };
      yield current;
    }
    if (!isUnfinished(current)) return;
    await pause(pollMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    current = await findJob(engine, job.project, job.job_id);
  }
}
