// Reads of the events that webhooks receive besides transitions.
import type { OutgoingEventDocument, OutgoingType } from "../../documents/outgoing-documents.js";
import type { ReadOptions } from "../read-options.js";
import type { TransitionRange } from "./history.js";

/** A part of a partition's events. */
interface OutgoingRange extends Omit<TransitionRange, "segments"> {
  /** Only events of these types; of all if it is omitted. */
  readonly types?: readonly OutgoingType[];
}

export interface OutgoingReads {
  /** The events of a range, by number ascending. */
  readonly inRange: (
    project: string,
    range: OutgoingRange,
    options?: ReadOptions,
  ) => Promise<readonly OutgoingEventDocument[]>;
  /** `_id`s of a customer's events, in no order, at most `limit`. */
  readonly idsOfCustomer: (
    project: string,
    customer: string,
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly string[]>;
}
