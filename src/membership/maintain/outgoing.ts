// Numbers the outgoing events of evaluated customers, in the same sequence as the transitions, for the webhooks.
import type { OutgoingEvent, OutgoingEventDocument } from "../../documents/outgoing-documents.js";
import type { Transaction } from "../../store/port.js";
import { transitionId } from "./transitions.js";

/**
 * Writes events of one partition, in their order, numbered from `sequence` + 1 on, inside the transaction that removes the marks
 * that had them.
 */
export async function writeOutgoing(
  transaction: Transaction,
  project: string,
  partition: number,
  sequence: number,
  events: readonly { readonly customer: string; readonly event: OutgoingEvent }[],
): Promise<void> {
  await transaction.put(
    "outgoing_events",
    events.map(({ customer, event }, index): OutgoingEventDocument => {
      const number = sequence + index + 1;
      const _id = transitionId(project, partition, number);
      return { _id, project, partition, sequence: number, customer, ...event };
    }),
  );
}
