// Reads of jobs as SQL.
import type { JobDocument } from "../../../documents/job-documents.js";
import { sql } from "../../../operators/encodings/sql.js";
import type { JobReads } from "../../reads/jobs.js";
import { documentsOf, type QueryRunner } from "../run.js";

export function jobReads(runner: QueryRunner): JobReads {
  return {
    ofProject: (project, options) =>
      documentsOf<JobDocument>(
        runner,
        sql`SELECT d.document, d.checksum, d.id FROM jobs_documents AS d WHERE d.project = ${project} AND d.kind = 'job'`,
        options,
      ),
  };
}
