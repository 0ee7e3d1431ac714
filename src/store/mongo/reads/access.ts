// Reads of API keys, the audit log and replayed answers as pipelines.
import type { ApiKeyDocument, AuditDocument } from "../../../documents/access-documents.js";
import type { AccessReads } from "../../reads/access.js";
import { idsOf, type PipelineRunner } from "../run.js";
import { timeWindowStages } from "./time-window.js";

export function accessReads(runner: PipelineRunner): AccessReads {
  return {
    keys: (project, options) =>
      runner.run<ApiKeyDocument>("api_keys", [{ $match: { project, kind: "key" } }], options),

    auditPage: (project, window, options) =>
      runner.run<AuditDocument>(
        "audit_entries",
        [{ $match: { project } }, ...timeWindowStages(window)],
        options,
      ),

    expiredAnswers: (project, instant, limit, options) =>
      idsOf(
        runner,
        "answers",
        [{ $match: { project, expires_at: { $lt: instant } } }, { $limit: limit }],
        options,
      ),
  };
}
