// Reads of segments as pipelines.
import type { SegmentDocument } from "../../../documents/documents.js";
import type { LiveSegmentDocument, MaintainerDocument } from "../../../documents/membership-documents.js";
import type { MaintenanceReads, SegmentReads, SegmentVersion } from "../../reads/segments.js";
import type { PipelineRunner } from "../run.js";

export function segmentReads({ run }: PipelineRunner): SegmentReads {
  return {
    all: (project, options) => run<SegmentDocument>("segments", [{ $match: { project } }], options),

    versions: (project, options) =>
      run<SegmentVersion>(
        "segments",
        [
          { $match: { project, kind: "auto_update" } },
          { $project: { state: 1, updated_at: 1, canonical: "$query.canonical", uses: "$query.uses" } },
        ],
        options,
      ),
  };
}

export function maintenanceReads({ run }: PipelineRunner): MaintenanceReads {
  return {
    liveSegments: (project, options) =>
      run<LiveSegmentDocument>("live_segments", [{ $match: { project } }], options),

    unsettledSegments: (project, options) =>
      run<LiveSegmentDocument>("live_segments", [{ $match: { project, status: { $ne: "live" } } }], options),

    maintainers: (project, options) =>
      run<MaintainerDocument>("maintenance", [{ $match: { project, kind: "maintainer" } }], options),
  };
}
