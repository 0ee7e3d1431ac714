// Follows a job until it has ended.
import { isDeepStrictEqual } from "node:util";
import type { JobDocument } from "../documents/job-documents.js";
import type { Engine } from "../engine.js";
import { findJob, isUnfinished } from "./jobs.js";
import { onJobsChanged } from "./wakeups.js";

/** How often a job that another process may run is polled, in milliseconds; changes by this process are seen at once. */
const defaultPollMs = 1_000;

/**
 * Yields the job now, and whenever its state or progress changes; ends when the job does, or by `signal`.
 * @param pollMs how often the store is asked for changes by other processes, in milliseconds.
 */
export async function* followJob(
  engine: Engine,
  job: JobDocument,
  signal: AbortSignal,
  pollMs: number = defaultPollMs,
): AsyncGenerator<JobDocument> {
  let isChanged = false;
  let wake: (() => void) | undefined;
  const unsubscribe = onJobsChanged(engine.store, () => {
    isChanged = true;
    wake?.();
  });
  const change = (): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        wake = undefined;
        resolve();
      };
      const timer = setTimeout(end, pollMs);
      signal.addEventListener("abort", end);
      wake = end;
      if (isChanged || signal.aborted) end();
    });
  try {
    let shown: unknown;
    let current: JobDocument | undefined = job;
    while (current !== undefined && !signal.aborted) {
      const { state, progress } = current;
      if (!isDeepStrictEqual(shown, { state, progress })) {
        shown = { state, progress };
        yield current;
      }
      if (!isUnfinished(current)) return;
      await change();
      if (signal.aborted) return;
      // Before the read: what changes during it is seen by the next.
      isChanged = false;
      current = await findJob(engine, job.project, job.job_id);
    }
  } finally {
    unsubscribe();
  }
}
