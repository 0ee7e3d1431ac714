// The body of a delivery: some events of one partition, in order. Its id is stable across redeliveries; use it to
// deduplicate. So is the id of each event in it, which may be delivered again together with other events.
import { createHash } from "node:crypto";
import { sourceIdOf } from "../facts/identity.js";
import { transitionId } from "../membership/maintain/transitions.js";
import { type Deliverable, isTransition, typeOf } from "./events.js";

export interface Message {
  readonly id: string;
  readonly body: string;
}

/** The message of one or more events. */
export function messageOf(webhookId: string, delivered: readonly Deliverable[]): Message {
  const events = delivered.map((event) => ({
    id: transitionId(event.project, event.partition, event.sequence),
    type: typeOf(event),
    timestamp: event.at.toISOString(),
    data: dataOf(event),
  }));
  const named = createHash("sha256").update(JSON.stringify([webhookId, events.map(({ id }) => id)]));
  return {
    id: `msg_${named.digest("base64url").slice(0, 32)}`,
    body: JSON.stringify({
      type: "events",
      timestamp: events.at(-1)?.timestamp,
      data: { project: delivered[0]?.project, events },
    }),
  };
}

function dataOf(event: Deliverable): Readonly<Record<string, string | number>> {
  if (!isTransition(event)) return event.data;
  const { project, customer, segment, cause } = event;
  return {
    customerId: customer,
    sourceId: sourceIdOf(project, customer),
    segmentId: segment,
    cause: cause.kind,
    causedAt: cause.at.toISOString(),
  };
}
