// What an evaluation of a customer finds.
import type { ChangeKind } from "../../documents/membership-documents.js";

/** What holds for a customer at one instant: for each segment that was evaluated, whether the customer is in it. */
export interface Evaluation {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The kinds of the records that came to count then. */
  readonly came: readonly ChangeKind[];
  readonly members: ReadonlyMap<string, boolean>;
  /** The segments that time alone moved the customer into, or out of, before `at` and after the evaluation before: when. */
  readonly movedAt: ReadonlyMap<string, number>;
}
