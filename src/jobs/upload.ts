// Receives the file that a job waits for.
import type { JobDocument } from "../documents/job-documents.js";
import type { Engine } from "../engine.js";
import { removeFile, storeFile } from "./files.js";
import { JobError } from "./job-error.js";
import { jobsChanged } from "./wakeups.js";

/**
 * Stores the file of a job that waits for one, and makes the job ready to run.
 * @throws JobError `INVALID_INPUT` if the job waits for none; FileTooLargeError; errors of reading `content`.
 */
export async function takeUpload(
  engine: Engine,
  job: JobDocument,
  content: AsyncIterable<Uint8Array>,
): Promise<JobDocument> {
  if (job.state !== "uploading") throw notWaiting();
  const name = typeof job.request.fileName === "string" ? job.request.fileName : "upload";
  const upload = await storeFile(engine, job, name, content);
  try {
    const ready = await engine.store.write(async (transaction) => {
      const [found] = await transaction.getMany("jobs", [job._id]);
      if (found?.kind !== "job" || found.state !== "uploading") throw notWaiting();
      const waiting: JobDocument = { ...found, state: "waiting", upload };
      await transaction.put("jobs", [waiting]);
      return waiting;
    });
    jobsChanged(engine.store);
    return ready;
  } catch (error) {
    await removeFile(engine, job, upload).catch(() => undefined);
    throw error;
  }
}

function notWaiting(): JobError {
  return new JobError(
    "INVALID_INPUT",
    "file",
    "The job has its file already, or has ended. Create another job.",
  );
}
