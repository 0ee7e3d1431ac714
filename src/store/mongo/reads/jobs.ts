// Reads of jobs as pipelines.
import type { JobDocument } from "../../../documents/job-documents.js";
import type { JobReads } from "../../reads/jobs.js";
import type { PipelineRunner } from "../run.js";

export function jobReads(runner: PipelineRunner): JobReads {
  return {
    ofProject: (project, options) =>
      runner.run<JobDocument>("jobs", [{ $match: { project, kind: "job" } }], options),
  };
}
