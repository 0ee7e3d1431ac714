// The options of every read, and how a store explains a read.

export interface ReadOptions {
  /** Stops the read when aborted; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** The longest that the read may take, in milliseconds; it then rejects with a StoreError of code `TIMEOUT`. Default 30,000. */
  readonly maxTimeMs?: number;
}

/** One step of how a store answers a question; the innermost step comes first. */
export interface ExplainedStep {
  /** The stage or scan in the store's own terms, as `IXSCAN`, `$lookup`, `SEARCH`. */
  readonly name: string;
  readonly collection?: string;
  /** The index that served it; absent if none did. */
  readonly index?: string;
  /** Documents or keys read, and rows returned, if the store reports them. */
  readonly rowsRead?: number;
  readonly rowsReturned?: number;
}

/** How a store answers a question, in one shape for every store. */
export interface Explanation {
  readonly steps: readonly ExplainedStep[];
  /** Every index used anywhere, each once. */
  readonly indexes: readonly string[];
  /** Totals over all steps, if the store reports them. */
  readonly rowsRead?: number;
  readonly rowsReturned?: number;
  /** The SQL statement that was run, with its values written in; absent for a store that runs pipelines. */
  readonly sql?: string;
}
