// The events that webhooks receive besides transitions. The transaction that changes something adds its events to the customer's
// dirty mark; the owner of the partition numbers them when it evaluates the mark. Only types that a webhook receives are added.
import type { OrderDocument } from "../documents/documents.js";
import { type OutgoingEvent, type OutgoingType, outgoingTypes } from "../documents/outgoing-documents.js";
import type { Engine } from "../engine.js";
import { sourceIdOf } from "../facts/identity.js";
import { recentAnswers } from "../recent.js";

/** The types that some enabled or disabled webhook of a project receives. */
export type WantedTypes = ReadonlySet<OutgoingType>;

/** No webhook receives anything but transitions. */
export const nothingWanted: WantedTypes = new Set();

/** How long the wanted types are cached, in milliseconds. */
const recentMs = 1_000;
const recentTypes = recentAnswers<WantedTypes>({ ttl: recentMs });

/** The types of events that writes have to add: a change by another process is seen within a second, one by this process at once. */
export function wantedTypes({ store }: Engine, project: string): Promise<WantedTypes> {
  return recentTypes.get(store, project, async () => {
    const webhooks = await store.reads.webhooks.all(project);
    const asked = new Set<string>(webhooks.flatMap(({ events = [] }) => events));
    return new Set<OutgoingType>(outgoingTypes.filter((type) => asked.has(type)));
  });
}

/** Call this after a webhook changes. */
export function webhooksChanged({ store }: Engine, project: string): void {
  recentTypes.forget(store, project);
}

/** The most events of one mark. */
export const maxOutgoing = 1_000;

/**
 * The events of a mark with more of them. If a customer changes so often before the mark is evaluated that they are too many, the
 * earliest are replaced by one that counts them.
 */
export function withOutgoing(
  known: readonly OutgoingEvent[],
  added: readonly OutgoingEvent[],
): readonly OutgoingEvent[] {
  const all = [...known, ...added];
  if (all.length <= maxOutgoing) return all;
  const kept = all.slice(1 - maxOutgoing);
  const skipped = all.slice(0, 1 - maxOutgoing);
  const first = skipped[0]!;
  const count = skipped.reduce(
    (sum, { type, data }) => sum + (type === "customer.events.skipped" ? Number(data.count) : 1),
    0,
  );
  const { customerId, sourceId } = first.data;
  return [
    {
      type: "customer.events.skipped",
      at: skipped.at(-1)!.at,
      data: { customerId: customerId!, sourceId: sourceId!, count },
    },
    ...kept,
  ];
}

/** The event of a customer, by `_id`. */
export function customerEvent(
  type: Extract<OutgoingType, `customer.${"created" | "updated" | "erased"}`>,
  { project, _id }: { readonly project: string; readonly _id: string },
  at: number,
): OutgoingEvent {
  return { type, at: new Date(at), data: { customerId: _id, sourceId: sourceIdOf(project, _id) } };
}

/** The event of an order. @param at when it was written, in milliseconds since the epoch. */
export function orderEvent(
  type: Extract<OutgoingType, `order.${string}`>,
  { project, customer, source_id, status, amount, at: placed }: OrderDocument,
  at: number,
): OutgoingEvent {
  return {
    type,
    at: new Date(at),
    data: {
      customerId: customer,
      sourceId: sourceIdOf(project, customer),
      orderId: source_id,
      placedAt: placed.toISOString(),
      status,
      amount,
    },
  };
}
