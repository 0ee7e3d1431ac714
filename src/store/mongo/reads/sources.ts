// Reads of sources and of what they sent as pipelines.
import type { SourceDocument } from "../../../documents/source-documents.js";
import type { SourceReads } from "../../reads/sources.js";
import { idsOf, type PipelineRunner } from "../run.js";

export function sourceReads(runner: PipelineRunner): SourceReads {
  return {
    all: (project, options) => runner.run<SourceDocument>("sources", [{ $match: { project } }], options),

    recordIds: (project, of, limit, options) =>
      idsOf(runner, "source_records", [{ $match: { project, ...of } }, { $limit: limit }], options),
  };
}
