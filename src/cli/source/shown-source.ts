// Sources as commands show and change them.
import type { SourceApi, SourceKind } from "../../documents/source-documents.js";

/** A source as the list shows it. */
export interface ShownSource {
  readonly id: string;
  readonly name: string;
  readonly kind: SourceKind;
  /** From the root of the service. */
  readonly path: string;
  readonly enabled: boolean;
  readonly keepUnknown: boolean;
  readonly lastReceivedAt: Date | null;
  readonly accepted: number;
  readonly ignored: number;
  readonly rejected: number;
  /** Why the last rejected delivery was rejected. */
  readonly problem: string | null;
}

/** A source that was created or changed, with its secret if that is new. */
export interface ChangedSource {
  readonly source: ShownSource;
  readonly secret?: string | undefined;
}

/** The changes of a source; omitted fields are unchanged. */
export interface SourceUpdate {
  readonly name?: string | undefined;
  readonly secret?: string | undefined;
  readonly rotateSecret?: boolean | undefined;
  readonly keepUnknown?: boolean | undefined;
  readonly enabled?: boolean | undefined;
  readonly api?: SourceApi | undefined;
}

/** The fields of a new source. */
export interface NewSource extends SourceUpdate {
  readonly name: string;
  readonly kind: SourceKind;
}
