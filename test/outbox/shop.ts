// A shop with a webhook, for tests: customers who enter a segment and leave it, and deliveries with a movable clock.

import { defineProject } from "../../src/definitions/define.js";
import { maintainProject } from "../../src/membership/maintain/maintainer.js";
import type { DeliveryTools } from "../../src/outbox/deliver.js";
import { type Deliveries, deliveries } from "../../src/outbox/deliveries.js";
import type { WebhookSender } from "../../src/outbox/webhook-sender.js";
import { createWebhook, type WebhookRequest } from "../../src/outbox/webhooks.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import type { Store } from "../../src/store/port.js";
import { movableEngine, upsertFrom } from "../membership/live-shop.js";
import { documentsIn } from "../store/watched.js";
import type { Received } from "./receiver.js";

let shops = 0;

export const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/** @param attempted called after each attempt at a delivery. */
export async function outboxShop(
  store: Store,
  sender: WebhookSender,
  attempted?: DeliveryTools["attempted"],
) {
  shops += 1;
  const project = `outbox-${shops}`;
  const engine = { ...movableEngine(store, "2026-05-01T10:00:00Z"), allowPrivateWebhooks: true };
  await defineProject(engine, project, {});
  const poles = (await createAutoUpdate(engine, project, { name: "Poles", query: "country is PL" }))
    .segment_id;
  const known = (await createAutoUpdate(engine, project, { name: "Known", query: "country has any value" }))
    .segment_id;
  const errors: unknown[] = [];
  let machine = 1_000_000;

  /** A maintainer and the deliveries, as in one process. */
  const process = (clock = () => machine) => {
    const maintainer = maintainProject(engine, project, clock);
    const tools = { engine, sender, clock, random: () => 0, attempted };
    const outbox: Deliveries = deliveries({ tools, report: (error) => errors.push(error) });
    return {
      maintainer,
      tools,
      settle: async () => {
        while (await maintainer.round());
      },
      /** Serves every lane that has something to be sent now, to its end. */
      deliver: async () => {
        await outbox.pass(maintainer.partitions());
        await outbox.settled();
      },
      outbox,
    };
  };

  const main = process();
  await main.settle();
  return {
    project,
    engine,
    poles,
    known,
    errors,
    process,
    main,
    later: (ms: number) => {
      machine += ms;
    },
    webhook: (url: string, more: Partial<WebhookRequest> = {}) =>
      createWebhook(engine, project, { url, secret, ...more }),
    /** Writes customers by their digits, and evaluates them. */
    join: async (country: string, ...digits: readonly number[]) => {
      await upsertFrom(engine, project, country, digits);
      await main.settle();
    },
    dead: () => documentsIn(store, "dead_letters", project),
  };
}

/** What a receiver received of a segment, as `c-1 entered`, sorted by customer and for each in the order that it came. */
export function heard(received: readonly Received[], segment: string): readonly string[] {
  return eventsIn(received)
    .filter(({ data }) => data.segmentId === segment)
    .map(({ type, data }) => `${data.sourceId} ${type.replace("customer.segment.", "")}`)
    .map((text, index) => ({ text, index, customer: text.split(" ")[0]! }))
    .sort((one, other) => one.customer.localeCompare(other.customer) || one.index - other.index)
    .map(({ text }) => text);
}

interface Event {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<"customerId" | "sourceId" | "segmentId" | "cause" | "causedAt", string>>;
}

/** Every event of deliveries, in the order that it came. */
export function eventsIn(received: readonly Received[]): readonly Event[] {
  return received.flatMap(({ body }) => body.data.events as Event[]);
}
