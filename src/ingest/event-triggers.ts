// The distributions that write to a customer of whom an event is recorded. The transaction that records the event plans the message,
// so that none is missed, and none is planned twice.
import type { EventDocument } from "../documents/documents.js";
import type { DistributionDocument, MessageDocument } from "../documents/message-documents.js";
import type { Engine } from "../engine.js";
import { recentAnswers } from "../recent.js";
import { plannedMessage } from "./planned-message.js";

/** How long they are cached, in milliseconds. */
const recentMs = 1_000;
const recentTriggers = recentAnswers<readonly DistributionDocument[]>({ ttl: recentMs });

/** The started distributions of a project that await events: a change by another process is seen within a second, one by this process at once. */
export function eventTriggers({ store }: Engine, project: string): Promise<readonly DistributionDocument[]> {
  return recentTriggers.get(store, project, () => store.reads.messaging.awaitingEvents(project));
}

/** Call this after a distribution changes. */
export function triggersChanged({ store }: Pick<Engine, "store">, project: string): void {
  recentTriggers.forget(store, project);
}

/**
 * The messages that new events lead to. An event from before the distribution was started leads to none, so that imported history
 * writes to nobody.
 * @param at the present by the engine's clock, in milliseconds since the epoch; `machine` by the machine's.
 */
export function messagesOfEvents(
  distributions: readonly DistributionDocument[],
  events: readonly EventDocument[],
  at: number,
  machine: number,
): readonly MessageDocument[] {
  return distributions.flatMap((distribution) => {
    const { trigger, started_at } = distribution;
    if (trigger.kind !== "event" || started_at === undefined) return [];
    const own = events.filter(({ type, at: happens }) => type === trigger.type && happens >= started_at);
    return own.map(({ _id, customer, type, at: happens, properties }) =>
      plannedMessage(
        distribution,
        { customer, occurrence: _id, event: { type, at: happens, properties: properties ?? {} } },
        new Date(at),
        // An event of the future is due when it happens.
        new Date(machine + Math.max(0, happens.getTime() - at)),
      ),
    );
  });
}
