// The distributions that write to a customer of whom an event is recorded. The transaction that records the event plans the message,
// so that no message is planned without its event, or twice.
import { dayMs } from "../clock.js";
import type { EventDocument } from "../documents/documents.js";
import type { DistributionDocument, MessageDocument } from "../documents/message-documents.js";
import { defaultMessageDays, type Engine } from "../engine.js";
import { storeListeners } from "../store/listeners.js";
import type { Transaction } from "../store/port.js";
import { plannedMessage } from "./planned-message.js";

const listeners = storeListeners<[project: string]>();

/** Wakes the work on distributions in this process; call it after messages were planned. */
export const messagesPlanned = listeners.call;

/** Calls a listener whenever this process has planned messages. @returns a function that unsubscribes it. */
export const onMessagesPlanned = listeners.subscribe;

/**
 * The started distributions of a project that await events. They are read from the store each time, and not cached: an event that is
 * recorded after a distribution was started, by whichever process, leads to its message.
 */
export function eventTriggers({ store }: Engine, project: string): Promise<readonly DistributionDocument[]> {
  return store.reads.messaging.awaitingEvents(project);
}

/**
 * The messages that new events lead to. An event from before the distribution was started leads to none, so that imported history
 * writes to no one. One that is older than messages are kept leads to none either: it may be recorded again, and its message was
 * deleted for its age. None is planned of a distribution that has ended or was deleted since it was read; one that is canceled
 * while the transaction commits may keep a planned message, which is never sent, and is canceled within the hour.
 * @param machine the present by the machine's clock, in milliseconds since the epoch.
 */
export async function messagesOfEvents(
  { clock, messageDays = defaultMessageDays }: Engine,
  reading: Pick<Transaction, "getMany">,
  distributions: readonly DistributionDocument[],
  events: readonly EventDocument[],
  machine: number,
): Promise<readonly MessageDocument[]> {
  const at = clock();
  const oldest = new Date(at - messageDays * dayMs);
  const planned = distributions
    .map((distribution) => ({ distribution, own: eventsFor(distribution, events, oldest) }))
    .filter(({ own }) => own.length > 0);
  if (planned.length === 0) return [];
  const present = await reading.getMany(
    "distributions",
    planned.map(({ distribution }) => distribution._id),
  );
  return planned
    .filter(({ distribution }, index) => isAwaiting(present[index], distribution))
    .flatMap(({ distribution, own }) =>
      own.map(({ _id, customer, type, at: happens, properties }) =>
        plannedMessage(
          distribution,
          { customer, occurrence: _id, event: { type, at: happens, properties: properties ?? {} } },
          new Date(at),
          // An event of the future is due when it happens.
          new Date(machine + Math.max(0, happens.getTime() - at)),
        ),
      ),
    );
}

function eventsFor(
  { trigger, started_at }: DistributionDocument,
  events: readonly EventDocument[],
  oldest: Date,
): readonly EventDocument[] {
  if (trigger.kind !== "event" || started_at === undefined) return [];
  return events.filter(({ type, at }) => type === trigger.type && at >= started_at && at >= oldest);
}

function isAwaiting(present: DistributionDocument | undefined, read: DistributionDocument): boolean {
  return (
    present?.distribution_id === read.distribution_id &&
    (present.state === "active" || present.state === "paused")
  );
}
