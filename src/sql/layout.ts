// Where a store's tables hold what a plan reads: the plan's paths and names as tables, columns and numbers.
import type { RecordSet } from "../plan/plan.js";

/** The tables with one row for each customer, by the alias that queries give them. */
export const customerTables = {
  c: "customers",
  m: "customer_metadata",
  k: "customer_keys",
} as const;
export type CustomerAlias = keyof typeof customerTables;

interface CustomerColumn {
  readonly table: CustomerAlias;
  readonly name: string;
}

/** The collections whose records have a row in the table `records`. */
export type RecordKind = RecordSet | "redemptions" | "referrals";

/**
 * The layout of one project. Undefined means that no row has it: a path that no document has, a type of event that does not
 * occur.
 */
export interface Layout {
  /** The project's number. */
  readonly project: number | undefined;
  /** The column of a path of the customer document; for a set, the column of the number of its elements. */
  readonly customerColumn: (path: string) => CustomerColumn | undefined;
  /** The number of a customer's set, or of one campaign's figure in a list of campaigns. */
  readonly customerSet: (path: string, campaign?: string) => number | undefined;
  /** The number of a type of records; `type` is that of events. */
  readonly recordType: (records: RecordKind, type?: string) => number | undefined;
  /** The approximate share of a type's records between two times, in milliseconds since the epoch; undefined if unknown. */
  readonly recordShare?: (recordType: number, from: number, to: number) => number | undefined;
  /** About how many records of a type there are between two times; undefined if unknown. */
  readonly recordCount?: (recordType: number, from: number, to: number) => number | undefined;
  /** The column of a path of the records of a type. */
  readonly recordColumn: (recordType: number, path: string) => string | undefined;
  /** The number of a set that records of a type have. */
  readonly recordSet: (recordType: number, path: string) => number | undefined;
  /**
   * The index that alone answers a conjunction of conditions on some columns of `customers`, of which some are compared with one
   * value; undefined if there is none. It reads less than an index of one column and the rows it points to, which SQLite can't
   * know.
   */
  readonly indexOf?: (compared: ReadonlySet<string>, used: ReadonlySet<string>) => string | undefined;
}
