// Windows of lists that are ordered by time, then by id.

export interface PageWindow {
  /** True to order by `at` descending, then `_id` descending; false for both ascending. */
  readonly newestFirst: boolean;
  /** Only documents after this place in the order. */
  readonly behind?: { readonly at: Date; readonly id: string } | undefined;
  /** The most documents. */
  readonly limit: number;
}
