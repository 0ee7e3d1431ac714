// Signed addresses of the files of jobs: the holder of an address may upload or download that one file until the address expires.
import { createHmac, timingSafeEqual } from "node:crypto";
import type { JobDocument, JobFile } from "../documents/job-documents.js";
import type { Engine } from "../engine.js";
import { findJob } from "./jobs.js";

/** How long an address is valid, in milliseconds. */
const validMs = 3_600_000;

export interface Link {
  /** Path and query, relative to the service's URL. */
  readonly path: string;
  readonly expiresAt: number;
}

/** `upload` for the address to upload to; a file's key for the address to download it from. */
type Purpose = "upload" | (string & {});

/** The signed address of a job's file, or of its upload. */
export function linkTo(engine: Engine, job: JobDocument, purpose: "upload" | JobFile): Link {
  const key = purpose === "upload" ? purpose : purpose.key;
  const expiresAt = engine.clock() + validMs;
  const query = `expires=${expiresAt}&signature=${signature(job, key, expiresAt)}`;
  const path = `/files/${encodeURIComponent(job.project)}/${job.job_id}/${key}?${query}`;
  return { path, expiresAt };
}

export interface GivenLink {
  readonly project: string;
  readonly jobId: string;
  readonly key: Purpose;
  readonly expires: string;
  readonly signature: string;
}

/** The job of an address; undefined if the address is invalid or has expired. */
export async function jobOfLink(engine: Engine, given: GivenLink): Promise<JobDocument | undefined> {
  const expiresAt = Number(given.expires);
  if (!Number.isSafeInteger(expiresAt) || expiresAt <= engine.clock()) return undefined;
  const job = await findJob(engine, given.project, given.jobId);
  if (job === undefined) return undefined;
  const expected = Buffer.from(signature(job, given.key, expiresAt));
  const actual = Buffer.from(given.signature);
  return expected.length === actual.length && timingSafeEqual(expected, actual) ? job : undefined;
}

function signature({ _id, secret }: JobDocument, key: Purpose, expiresAt: number): string {
  return createHmac("sha256", secret).update(`${_id}\n${key}\n${expiresAt}`).digest("base64url");
}
