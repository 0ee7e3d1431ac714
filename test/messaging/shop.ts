// A shop that writes to its customers, for tests: the work on its distributions is done when the test says so, by a movable clock.
import { defineProject } from "../../src/definitions/define.js";
import type { DistributionDocument, MessageStatus } from "../../src/documents/message-documents.js";
import type { Engine, MailSettings } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { closeChannels, openChannels } from "../../src/messaging/channels.js";
import { createDistribution, type DistributionRequest } from "../../src/messaging/distributions.js";
import { newWorker, type Worker } from "../../src/messaging/lease.js";
import { startDistribution } from "../../src/messaging/lifecycle.js";
import { messageCounts } from "../../src/messaging/messages.js";
import { takeTurn, timeUntilWork } from "../../src/messaging/work.js";
import type { Store } from "../../src/store/port.js";
import { movableEngine } from "../membership/live-shop.js";
import { documentsIn } from "../store/watched.js";

let shops = 0;
export const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/** Ann, Bob and Dan have granted the newsletter, Cyd has not, Dan has no e-mail address, and Eve lives in France. */
export const people = [
  {
    source_id: "ann",
    name: "Ann <i>",
    email: "ann@example.com",
    address: { country: "PL" },
    consents: ["newsletter"],
  },
  {
    source_id: "bob",
    name: "Bob",
    email: "bob@example.com",
    address: { country: "PL" },
    consents: ["newsletter"],
  },
  { source_id: "cyd", name: "Cyd", email: "cyd@example.com", address: { country: "PL" } },
  { source_id: "dan", name: "Dan", address: { country: "PL" }, consents: ["newsletter"] },
  {
    source_id: "eve",
    name: "Eve",
    email: "eve@example.com",
    address: { country: "FR" },
    consents: ["newsletter"],
  },
];

export async function messagingShop(store: Store, mail?: MailSettings) {
  shops += 1;
  const project = `messages-${shops}`;
  const engine = { ...movableEngine(store, "2026-05-01T10:00:00Z"), allowPrivateWebhooks: true, mail };
  await defineProject(engine, project, {
    consents: ["newsletter"],
    metadataSchema: { tier: "string", tags: "string[]" },
    eventSchemas: { cart_left: { total: "number" } },
  });
  await upsertCustomers(engine, project, people);
  const errors: unknown[] = [];
  // Ahead of the real one, by which messages about events are due.
  let machine = Date.now() + 60_000;
  const clock = () => machine;
  const stopping = new AbortController();

  /** Works on every distribution until there is nothing to do at this instant, as one process. */
  const process = (worker: Worker = newWorker(clock)) => {
    const breaking = new AbortController();
    const tools = (by: Engine) => ({
      ...{ engine: by, worker, report: (error: unknown) => errors.push(error) },
      ...{ stopping: stopping.signal, breaking: breaking.signal },
    });
    return {
      worker,
      breaking,
      work: async (by: Engine = engine): Promise<void> => {
        // The pace of what was sent before is over.
        machine += 1_000;
        const channels = openChannels(by);
        try {
          for (;;) {
            const open = await store.reads.messaging.openDistributions(project);
            const waiting: DistributionDocument[] = [];
            for (const distribution of open)
              if ((await timeUntilWork(by, worker, distribution)) === 0) waiting.push(distribution);
            if (waiting.length === 0) return;
            await Promise.all(waiting.map((each) => takeTurn({ ...tools(by), channels }, each)));
            if (errors.length > 0) return;
          }
        } finally {
          closeChannels(channels);
        }
      },
    };
  };
  const main = process();

  const request = (more: Partial<DistributionRequest> = {}): DistributionRequest => ({
    name: "Spring",
    purpose: "Spring is here",
    template: { body: "Hello {{ customer.name }}" },
    query: "country is PL",
    trigger: { kind: "now" },
    channel: { kind: "webhook", url: "https://hooks.example.com/" },
    consent: "newsletter",
    rate: 12_000,
    ...more,
  });
  return {
    project,
    engine,
    errors,
    process,
    main,
    clock,
    request,
    later: (ms: number) => {
      machine += ms;
    },
    create: (more: Partial<DistributionRequest> = {}) => createDistribution(engine, project, request(more)),
    /** Creates a distribution and starts it. */
    start: async (more: Partial<DistributionRequest> = {}) => {
      const { name } = await createDistribution(engine, project, request(more));
      return startDistribution(engine, project, name);
    },
    counts: (distribution: DistributionDocument) => messageCounts(engine, distribution),
    state: async ({ _id }: DistributionDocument) => (await store.getMany("distributions", [_id]))[0]!,
    /** The source ids of the customers whose messages have a status. */
    withStatus: async (status: MessageStatus) =>
      (await documentsIn(store, "messages", project))
        .filter((message) => message.status === status)
        .map(({ customer }) => customer?.slice(project.length + 1) ?? "(erased)")
        .sort(),
  };
}
