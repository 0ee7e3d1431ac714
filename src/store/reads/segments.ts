// Reads of saved segments, and of the state of live ones.
import type { SavedQuery, SegmentDocument } from "../../documents/documents.js";
import type { LiveSegmentDocument, MaintainerDocument } from "../../documents/membership-documents.js";
import type { ReadOptions } from "../read-options.js";

/** The parts of a segment that change whenever the meaning of its query may, without the query's tree. */
export interface SegmentVersion extends Pick<SegmentDocument, "_id" | "state" | "updated_at"> {
  readonly canonical?: SavedQuery["canonical"];
  readonly uses?: SavedQuery["uses"];
}

export interface SegmentReads {
  /** Every segment of the project, in no order. */
  readonly all: (project: string, options?: ReadOptions) => Promise<readonly SegmentDocument[]>;
  /** The auto-update segments' versions, in no order. */
  readonly versions: (project: string, options?: ReadOptions) => Promise<readonly SegmentVersion[]>;
}

export interface MaintenanceReads {
  /** Every live segment, in no order. */
  readonly liveSegments: (project: string, options?: ReadOptions) => Promise<readonly LiveSegmentDocument[]>;
  /** The live segments whose status is not `live`. */
  readonly unsettledSegments: (
    project: string,
    options?: ReadOptions,
  ) => Promise<readonly LiveSegmentDocument[]>;
  /** The registered maintainers of a project. */
  readonly maintainers: (project: string, options?: ReadOptions) => Promise<readonly MaintainerDocument[]>;
}
