// What a webhook receives: transitions and outgoing events, which are numbered together in each partition.
import type { TransitionDocument, WebhookDocument } from "../documents/membership-documents.js";
import {
  type OutgoingEventDocument,
  outgoingTypes,
  transitionTypes,
  type WebhookEventType,
} from "../documents/outgoing-documents.js";
import type { Engine } from "../engine.js";
import { transitionId } from "../membership/maintain/transitions.js";
import { toBeErased } from "../membership/reads/erasure-transitions.js";
import { transitionsOf } from "../membership/reads/feed.js";

export type Deliverable = TransitionDocument | OutgoingEventDocument;

/** The types that a webhook names. */
export function eventTypesOf({ events }: Pick<WebhookDocument, "events">): readonly WebhookEventType[] {
  return events ?? Object.values(transitionTypes);
}

/** The types that a webhook receives: if it names any of outgoing events, also the one that says that some were left out. */
export function deliveredTypesOf(webhook: Pick<WebhookDocument, "events">): ReadonlySet<WebhookEventType> {
  const types = new Set(eventTypesOf(webhook));
  if (outgoingTypes.some((type) => types.has(type))) types.add("customer.events.skipped");
  return types;
}

export function isTransition(event: Deliverable): event is TransitionDocument {
  return "segment" in event;
}

/** The type of an event, as it is delivered. */
export function typeOf(event: Deliverable): WebhookEventType {
  return isTransition(event) ? transitionTypes[event.kind] : event.type;
}

/** True if a webhook receives entries or exits. */
function receivesTransitions(webhook: Pick<WebhookDocument, "events">): boolean {
  return eventTypesOf(webhook).some((type) => Object.values<string>(transitionTypes).includes(type));
}

/**
 * What a webhook may receive of a range of one partition, by number ascending. Entries and exits of its segments are included if
 * it receives either of them.
 */
export async function eventsInRange(
  engine: Engine,
  { project, segments, ...webhook }: WebhookDocument,
  range: { readonly partition: number; readonly from: number; readonly last: number; readonly first: number },
): Promise<readonly Deliverable[]> {
  const asked = deliveredTypesOf(webhook);
  const types = outgoingTypes.filter((type) => asked.has(type));
  const { outgoing } = engine.store.reads;
  const [transitions, events] = await Promise.all([
    receivesTransitions(webhook) ? transitionsOf(engine, project, { ...range, segments }) : [],
    types.length === 0 ? [] : outgoing.inRange(project, { ...range, types }),
  ]);
  return inOrder(transitions, events).slice(0, range.first);
}

/** Transitions and events of one partition, by number ascending. */
export function inOrder(
  transitions: readonly TransitionDocument[],
  events: readonly OutgoingEventDocument[],
): readonly Deliverable[] {
  return [...transitions, ...events].sort((one, other) => one.sequence - other.sequence);
}

/** The events of these numbers of a partition that are still stored, by number, without those of erased persons. */
export async function eventsByNumber(
  engine: Engine,
  project: string,
  partition: number,
  sequences: readonly number[],
): Promise<readonly Deliverable[]> {
  const { store } = engine;
  const ids = sequences.map((sequence) => transitionId(project, partition, sequence));
  const read = async () => {
    const [transitions, events] = await Promise.all([
      store.getMany("transitions", ids),
      store.getMany("outgoing_events", ids),
    ]);
    return inOrder(
      transitions.filter(
        (transition) => transition !== undefined && transition.erased === undefined,
      ) as readonly TransitionDocument[],
      events.filter((event) => event !== undefined),
    );
  };
  const erased = new Set([...(await toBeErased(engine, await read()))].map(({ _id }) => _id));
  // Read again, without those of a person whose erasure was processed before the marks were read.
  return (await read()).filter(({ _id }) => !erased.has(_id));
}

/**
 * True if the outgoing events among these are all stored. Ask this after the marks of erased persons were read: an erasure removes
 * its person's events before its mark.
 */
export async function areStored({ store }: Engine, events: readonly Deliverable[]): Promise<boolean> {
  const ids = events.flatMap((event) => (isTransition(event) ? [] : [event._id]));
  if (ids.length === 0) return true;
  return (await store.getMany("outgoing_events", ids)).every((event) => event !== undefined);
}
