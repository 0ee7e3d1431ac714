// What an evaluation of a customer finds.
import type { ChangeKind } from "../../documents/documents.js";

/** A customer's membership at one instant, in each segment that was evaluated. */
export interface Evaluation {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The kinds of the records that began to count then. */
  readonly effectiveKinds: readonly ChangeKind[];
  readonly members: ReadonlyMap<string, boolean>;
  /** When time alone moved the customer into or out of a segment, between the previous evaluation and `at`. */
  readonly movedAt: ReadonlyMap<string, number>;
}
