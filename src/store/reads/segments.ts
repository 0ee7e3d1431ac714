// Reads of segments, as they are saved and as they are kept live.
import type { SavedQuery, SegmentDocument } from "../../documents/documents.js";
import type { LiveSegmentDocument, MaintainerDocument } from "../../documents/membership-documents.js";
import type { ReadOptions } from "../read-options.js";

/** What changes whenever a segment's query may mean something else, without the query's tree. */
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
  /** Those whose status is not `live`. */
  readonly unsettledSegments: (
    project: string,
    options?: ReadOptions,
  ) => Promise<readonly LiveSegmentDocument[]>;
  /** The maintainers on record of a project. */
  readonly maintainers: (project: string, options?: ReadOptions) => Promise<readonly MaintainerDocument[]>;
}
