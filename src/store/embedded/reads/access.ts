// Reads of API keys, the audit log and replayed answers as SQL.
import type { ApiKeyDocument } from "../../../documents/access-documents.js";
import { sql } from "../../../operators/encodings/sql.js";
import type { AccessReads } from "../../reads/access.js";
import { documentsOf, limited, type QueryRunner, textsOf } from "../run.js";
import { documentsInTime } from "./time-window.js";

export function accessReads(runner: QueryRunner): AccessReads {
  return {
    keys: (project, options) =>
      documentsOf<ApiKeyDocument>(
        runner,
        sql`SELECT d.document, d.checksum, d.id FROM api_keys_documents AS d WHERE d.project = ${project} AND d.kind = 'key'`,
        options,
      ),

    auditPage: (project, window, options) =>
      documentsInTime(runner, "audit_entries", sql`d.project = ${project}`, window, options),

    expiredAnswers: (project, instant, limit, options) =>
      textsOf(
        runner,
        limited(
          sql`SELECT d.id FROM answers_documents AS d WHERE d.project = ${project} AND d.expires_at < ${instant.getTime()}`,
          limit,
        ),
        options,
      ),
  };
}
