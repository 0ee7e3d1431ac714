// Files of jobs, uploaded to and downloaded from signed addresses. The signature is the only credential.
import { pipeline } from "node:stream/promises";
import express, { type Request, type RequestHandler, type Response, type Router } from "express";
import type { JobDocument } from "../documents/job-documents.js";
import type { Engine } from "../engine.js";
import { FileTooLargeError, maxFileBytes, readFile } from "../jobs/files.js";
import { JobError } from "../jobs/job-error.js";
import { jobOfLink } from "../jobs/links.js";
import { takeUpload } from "../jobs/upload.js";
import { refuse } from "./failures.js";

/** How many files are sent or received at once. */
const maxTransfers = 16;

/** Serves the files of jobs below the path that it is mounted at. */
export function filesOfJobs(engine: Engine): Router {
  const router = express.Router();
  const atOnce = limited();
  router.put("/:project/:job/upload", atOnce, async (request, response) => {
    const job = await signedJob(engine, request, response, "upload");
    if (job === undefined) return;
    if (Number(request.get("content-length") ?? 0) > maxFileBytes) return tooLarge(response);
    try {
      const { job_id, state } = await takeUpload(engine, job, request);
      response.status(201).json({ job: job_id, state });
    } catch (error) {
      if (error instanceof FileTooLargeError) tooLarge(response);
      else if (error instanceof JobError) refuse(response, 409, "CONFLICT", error.message);
      else throw error;
    }
  });
  router.get("/:project/:job/:key", atOnce, async (request, response) => {
    const key = String(request.params.key);
    const job = await signedJob(engine, request, response, key);
    const file = job?.files.find((each) => each.key === key);
    if (job === undefined) return;
    if (file === undefined) return refuse(response, 404, "NOT_FOUND", "The file has been deleted.");
    response.setHeader("content-type", "application/octet-stream");
    response.setHeader("content-length", file.bytes);
    response.setHeader("cache-control", "no-store");
    response.attachment(file.name);
    await pipeline(readFile(engine, job, file), response);
  });
  return router;
}

async function signedJob(
  engine: Engine,
  { params, query }: Request,
  response: Response,
  key: string,
): Promise<JobDocument | undefined> {
  const { expires, signature } = query;
  const job =
    typeof expires === "string" && typeof signature === "string"
      ? await jobOfLink(engine, {
          project: String(params.project),
          jobId: String(params.job),
          key,
          expires,
          signature,
        })
      : undefined;
  if (job === undefined)
    refuse(
      response,
      403,
      "FORBIDDEN",
      "The address is wrong or has expired. Read the job again for another.",
    );
  return job;
}

function tooLarge(response: Response): void {
  response.setHeader("connection", "close");
  const message = `A file has at most ${maxFileBytes / 1024 / 1024} MB. Split it, or compress it with gzip.`;
  refuse(response, 413, "REQUEST_TOO_LARGE", message);
}

/** Limits how many transfers run at once, and refuses the others. */
function limited(): RequestHandler {
  let transfers = 0;
  return (_request, response, next) => {
    if (transfers >= maxTransfers) {
      response.setHeader("retry-after", "10");
      return refuse(response, 503, "BUSY", "Too many files are being sent. Try again later.");
    }
    transfers += 1;
    response.once("close", () => {
      transfers -= 1;
    });
    next();
  };
}
