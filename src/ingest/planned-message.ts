// Messages of distributions before they are sent: for each recipient one, or one for each occurrence.
import { randomUUID } from "node:crypto";
import type { DistributionDocument, MessageDocument } from "../documents/message-documents.js";
import type { Transaction } from "../store/port.js";

/** What a planned message is about. */
export interface Planned {
  /** `_id` of the customer. */
  readonly customer: string;
  /** Of an entry, an exit or an event: its id. */
  readonly occurrence?: string;
  readonly event?: MessageDocument["event"];
}

type Owner = Pick<DistributionDocument, "project" | "distribution_id">;

/** A message that is to be sent. @param now by the engine's clock. @param due by the machine's. */
export function plannedMessage(
  distribution: Owner,
  { customer, occurrence, event }: Planned,
  now: Date,
  due: Date,
): MessageDocument {
  return {
    _id: messageKey(distribution, customer, occurrence),
    project: distribution.project,
    distribution: distribution.distribution_id,
    message_id: randomUUID(),
    customer,
    ...(event === undefined ? {} : { event }),
    status: "planned",
    due_at: due,
    attempts: 0,
    at: now,
  };
}

/** The `_id` of the message to a customer: unique, so nobody is written to twice. */
function messageKey({ project, distribution_id }: Owner, customer: string, occurrence?: string): string {
  // A source id may hold a slash, so its length says where it ends.
  const of = customer.slice(project.length + 1);
  return occurrence === undefined
    ? `${project}/${distribution_id}/to/${of}`
    : `${project}/${distribution_id}/on/${of.length}/${of}/${occurrence}`;
}

/** Adds the messages that do not exist. Those of customers who were erased meanwhile are skipped when they are claimed. */
export async function addMissingMessages(
  transaction: Transaction,
  messages: readonly MessageDocument[],
): Promise<void> {
  if (messages.length === 0) return;
  const known = await transaction.getMany(
    "messages",
    messages.map(({ _id }) => _id),
  );
  await transaction.put(
    "messages",
    messages.filter((_, index) => known[index] === undefined),
  );
}
