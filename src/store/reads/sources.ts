// Reads of sources and of what they sent.
import type { SourceDocument } from "../../documents/source-documents.js";
import type { ReadOptions } from "../read-options.js";

/** Whose records of sources are read: those of a source, or those about a customer, by `_id`. */
type SourceRecordsOf = { readonly source: string } | { readonly customer: string };

export interface SourceReads {
  /** The project's sources, in no order. */
  readonly all: (project: string, options?: ReadOptions) => Promise<readonly SourceDocument[]>;
  /** `_id`s of records of sources, in no order, at most `limit`. */
  readonly recordIds: (
    project: string,
    of: SourceRecordsOf,
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly string[]>;
}
