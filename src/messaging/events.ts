// The events about distributions and messages that webhooks receive: each is written in the transaction of the change.
import type { CustomerDocument } from "../documents/documents.js";
import {
  type DistributionDocument,
  type MessageDocument,
  skipReasons,
} from "../documents/message-documents.js";
import type { OutgoingEvent } from "../documents/outgoing-documents.js";
import { sourceIdOf } from "../facts/identity.js";
import { type DirtyMark, markDirty, projectMark } from "../ingest/dirty-marks.js";
import type { WantedTypes } from "../ingest/outgoing-events.js";
import type { Transaction } from "../store/port.js";
import type { StatusCounts } from "../store/reads/messaging.js";

/** Adds the event that a distribution was started, if a webhook receives it. */
export async function noteStarted(
  transaction: Transaction,
  { project, name, channel, trigger }: DistributionDocument,
  wanted: WantedTypes,
  at: Date,
): Promise<void> {
  const data = { distribution: name, channel: channel.kind, trigger: trigger.kind };
  await noteOfProject(transaction, project, { type: "distribution.started", at, data }, wanted);
}

/** The same for one that ended. @param counts of its messages. */
export async function noteFinished(
  transaction: Transaction,
  { project, name }: DistributionDocument,
  state: "finished" | "canceled",
  counts: StatusCounts,
  wanted: WantedTypes,
  at: Date,
): Promise<void> {
  const data = {
    ...{ distribution: name, state, sent: counts.sent ?? 0, failed: counts.failed ?? 0 },
    inDoubt: counts.in_doubt ?? 0,
    skipped: skipReasons.reduce((sum, reason) => sum + (counts[reason] ?? 0), 0),
  };
  await noteOfProject(transaction, project, { type: "distribution.finished", at, data }, wanted);
}

async function noteOfProject(
  transaction: Transaction,
  project: string,
  event: OutgoingEvent,
  wanted: WantedTypes,
): Promise<void> {
  if (wanted.has(event.type))
    await markDirty(transaction, [{ customer: projectMark(project), outgoing: [event] }]);
}

/** The event of a message that was sent or has failed, for its customer; undefined if there is none to add. */
export function messageMark(
  { name }: DistributionDocument,
  { project, status, message_id, code, problem, customer: present }: MessageDocument,
  customer: CustomerDocument,
  wanted: WantedTypes,
  at: Date,
): DirtyMark | undefined {
  const type = status === "sent" ? "message.sent" : status === "failed" ? "message.failed" : undefined;
  // Nothing is delivered about an erased customer.
  if (type === undefined || present === undefined || !wanted.has(type)) return undefined;
  const data = {
    ...{ customerId: customer._id, sourceId: sourceIdOf(project, customer._id) },
    ...{ distribution: name, messageId: message_id },
    ...(type === "message.sent" && code !== undefined ? { code } : {}),
    ...(type === "message.failed" ? { problem: problem ?? "" } : {}),
  };
  return { customer, outgoing: [{ type, at, data }] };
}
