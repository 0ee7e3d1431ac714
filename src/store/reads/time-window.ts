// Windows of lists that are ordered by time, then by id.

export interface TimeWindow {
  /** True from new to old: by `at` descending, then `_id` descending. */
  readonly newestFirst: boolean;
  /** Only what is behind this place in the order. */
  readonly behind?: { readonly at: Date; readonly id: string } | undefined;
  /** The most documents. */
  readonly limit: number;
}
