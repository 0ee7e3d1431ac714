// The body of a delivery: some transitions of one partition, in order. Its id is stable across redeliveries; use it to
// deduplicate. So is the id of each event in it, which may be delivered again together with other events.
import { createHash } from "node:crypto";
import type { TransitionDocument } from "../documents/membership-documents.js";
import { sourceIdOf } from "../facts/identity.js";
import { identityOf } from "../membership/reads/feed.js";

const types = { entered: "customer.segment.entered", left: "customer.segment.left" } as const;

export interface Message {
  readonly id: string;
  readonly body: string;
}

/** The message of one or more transitions. */
export function messageOf(webhookId: string, transitions: readonly TransitionDocument[]): Message {
  const events = transitions.map((transition) => {
    const { project, customer, segment, kind, at, cause } = transition;
    return {
      id: identityOf(transition),
      type: types[kind],
      timestamp: at.toISOString(),
      data: {
        customerId: customer,
        sourceId: sourceIdOf(project, customer),
        segmentId: segment,
        cause: cause.kind,
        causedAt: cause.at.toISOString(),
      },
    };
  });
  const named = createHash("sha256").update(JSON.stringify([webhookId, events.map(({ id }) => id)]));
  return {
    id: `msg_${named.digest("base64url").slice(0, 32)}`,
    body: JSON.stringify({
      type: "customer.segment.changes",
      timestamp: events.at(-1)?.timestamp,
      data: { project: transitions[0]?.project, events },
    }),
  };
}
