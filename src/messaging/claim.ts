// Claims due messages before they are sent, and stores what became of them. A message that was claimed and has no outcome was cut off.
import { randomUUID } from "node:crypto";
import type { CustomerDocument } from "../documents/documents.js";
import type { DistributionDocument, MessageDocument, MessageStatus } from "../documents/message-documents.js";
import type { Engine } from "../engine.js";
import { markDirty } from "../ingest/dirty-marks.js";
import { wantedTypes } from "../ingest/outgoing-events.js";
import { waitAfter } from "../outbox/deliver.js";
import { normaliseText } from "../plan/text.js";
import { belongsTo } from "../promotions/audience.js";
import { inBatches } from "../store/batches.js";
import type { Transaction } from "../store/port.js";
import type { Channel, Outcome } from "./channel.js";
import { withoutCustomer } from "./erasure.js";
import { messageMark } from "./events.js";
import { type Lease, putWork, type Worker, workHeld } from "./lease.js";
import { erasedMessageKey } from "./messages.js";
import { DistributionProblem } from "./plan.js";

/** The most messages in flight of one distribution. */
const maxInFlight = 20;
/** How often a message is tried that the receiver did not take: about a quarter of an hour, with the waits between. */
const maxAttempts = 8;
/** How many messages one transaction marks. */
const batchSize = 200;

/** A claimed message, with its customer. */
export interface Claimed {
  readonly message: MessageDocument & { readonly claim: string };
  readonly customer: CustomerDocument;
}

export interface Claim {
  readonly claimed: readonly Claimed[];
  /** How many were marked as not to be sent. */
  readonly skipped: number;
}

/** How many messages are sent at once at a rate a minute: what a second allows. */
export function batchOf(rate: number): number {
  return Math.max(1, Math.min(maxInFlight, Math.floor(rate / 60)));
}

/**
 * Claims due messages in one transaction, which checks consent, address and that the customer exists, by the customers as they are then.
 * @param limit how many are looked at.
 * @throws LostLeaseError; DistributionProblem.
 */
export async function claimDue(
  engine: Engine,
  lease: Lease,
  worker: Worker,
  channel: Channel,
  limit: number,
): Promise<Claim> {
  const { store } = engine;
  const { project, distribution_id } = lease.distribution;
  const instant = new Date(worker.clock());
  const due = await store.reads.messaging.dueMessages(project, distribution_id, instant, limit);
  if (due.length === 0) return { claimed: [], skipped: 0 };
  const outside = await outsideAudience(engine, lease.distribution, due);
  return store.write(async (transaction): Promise<Claim> => {
    const work = await workHeld(transaction, lease, worker);
    const [distribution] = await transaction.getMany("distributions", [lease.distribution._id]);
    if (distribution?.state !== "active") return { claimed: [], skipped: 0 };
    const found = await transaction.getMany(
      "messages",
      due.map(({ _id }) => _id),
    );
    const planned = found.filter((message) => message?.status === "planned");
    const customers = await customersOf(transaction, planned as readonly MessageDocument[]);
    const most = batchOf(distribution.rate);
    const claimed: Claimed[] = [];
    const skipped: [MessageDocument, MessageStatus][] = [];
    for (const message of planned as readonly MessageDocument[]) {
      const customer = customers.get(message.customer ?? "");
      const status = outside.has(message._id)
        ? "not_in_audience"
        : obstacleTo(customer, distribution, channel);
      if (status !== undefined) skipped.push([message, status]);
      else if (claimed.length < most)
        claimed.push({ message: { ...message, claim: randomUUID() }, customer: customer! });
    }
    const now = new Date(engine.clock());
    await putAll(transaction, [
      ...claimed.map(({ message }) => ({ ...message, status: "sending" as const, at: now })),
      ...skipped.map(([message, status]) => ({ ...message, status, at: now })),
    ]);
    const from = Math.max(worker.clock(), work.next_at.getTime());
    const next_at = new Date(from + (claimed.length * 60_000) / distribution.rate);
    await putWork(transaction, { ...work, next_at }, worker);
    return { claimed, skipped: skipped.length };
  });
}

/** Stores messages; those of erased customers without what names them. */
async function putAll(transaction: Transaction, messages: readonly MessageDocument[]): Promise<void> {
  const erased = messages.filter(({ status, customer }) => status === "erased" && customer !== undefined);
  await transaction.remove(
    "messages",
    erased.map(({ _id }) => _id),
  );
  await transaction.put(
    "messages",
    messages.map((message) => (erased.includes(message) ? withoutCustomer(message) : message)),
  );
}

async function customersOf(
  reading: Pick<Transaction, "getMany">,
  messages: readonly MessageDocument[],
): Promise<ReadonlyMap<string, CustomerDocument>> {
  const ids = [...new Set(messages.flatMap(({ customer }) => customer ?? []))];
  const found = await reading.getMany("customers", ids);
  return new Map(found.flatMap((customer) => (customer === undefined ? [] : [[customer._id, customer]])));
}

function obstacleTo(
  customer: CustomerDocument | undefined,
  { consent }: DistributionDocument,
  channel: Channel,
): MessageStatus | undefined {
  if (customer === undefined) return "erased";
  if (!customer.facts.consents.includes(normaliseText(consent))) return "no_consent";
  return channel.obstacle(customer);
}

/** The messages (by `_id`) about an entry, an exit or an event whose customer is not in the audience now. */
async function outsideAudience(
  engine: Engine,
  { project, audience, trigger }: DistributionDocument,
  due: readonly MessageDocument[],
): Promise<ReadonlySet<string>> {
  const outside = new Set<string>();
  if (trigger.kind === "now" || trigger.kind === "at") return outside;
  const customers = await customersOf(engine.store, due);
  for (const { _id, customer: id } of due) {
    const customer = customers.get(id ?? "");
    if (customer === undefined) continue;
    const [belongs] = await belongsTo(engine, project, { customer }, [audience], engine.clock());
    if (belongs === "unanswerable")
      throw new DistributionProblem(
        "The query of the audience is no longer valid. Cancel this, and create another.",
      );
    if (belongs === false) outside.add(_id);
  }
  return outside;
}

/** What became of a claimed message. */
export interface Result {
  readonly claimed: Claimed;
  /** `released`: nothing was tried. */
  readonly outcome: Outcome | { readonly kind: "released" };
  readonly code?: string | undefined;
}

/**
 * Stores the outcomes of claimed messages, also after the lease was lost, and of those that were marked as in doubt meanwhile: their
 * outcome is known here. Puts the distribution aside if nothing can be sent.
 */
export async function storeResults(
  engine: Engine,
  { distribution }: Lease,
  { clock }: Worker,
  results: readonly Result[],
): Promise<void> {
  const wanted = await wantedTypes(engine, distribution.project);
  await engine.store.write(async (transaction) => {
    const now = new Date(engine.clock());
    const own = await transaction.getMany(
      "messages",
      results.map(({ claimed }) => claimed.message._id),
    );
    // Erased while it was being sent.
    const erased = await transaction.getMany(
      "messages",
      results.map(({ claimed }) => erasedMessageKey(claimed.message)),
    );
    const changed = results.flatMap((result, index) => {
      const found = own[index] ?? erased[index];
      const isOwn =
        found?.claim === result.claimed.message.claim &&
        (found.status === "sending" || found.status === "in_doubt");
      return isOwn ? [{ result, message: { ...after(found, result, clock()), at: now } }] : [];
    });
    await transaction.put(
      "messages",
      changed.map(({ message }) => message),
    );
    const marks = changed.map(({ result, message }) =>
      messageMark(distribution, message, result.claimed.customer, wanted, now),
    );
    await markDirty(
      transaction,
      marks.filter((mark) => mark !== undefined),
    );
    const misconfigured = results.find(({ outcome }) => outcome.kind === "misconfigured")?.outcome;
    if (misconfigured?.kind === "misconfigured")
      await putAside(transaction, distribution, misconfigured.problem, now);
  });
}

function after(
  { problem: _, claim, ...message }: MessageDocument,
  { outcome, code }: Result,
  instant: number,
): MessageDocument {
  const kept = { ...message, ...(code === undefined || message.customer === undefined ? {} : { code }) };
  const again = (attempts: number, waitMs: number): MessageDocument => ({
    ...kept,
    // An erased customer is not written to again.
    status: message.customer === undefined ? "erased" : "planned",
    attempts,
    due_at: new Date(instant + waitMs),
  });
  switch (outcome.kind) {
    case "sent":
      return { ...kept, status: "sent" };
    case "refused":
      return { ...kept, status: "failed", attempts: message.attempts + 1, problem: outcome.problem };
    case "uncertain":
      return {
        ...kept,
        ...(claim === undefined ? {} : { claim }),
        status: "in_doubt",
        problem: outcome.problem,
      };
    case "unavailable": {
      const attempts = message.attempts + 1;
      if (attempts >= maxAttempts) return { ...kept, status: "failed", attempts, problem: outcome.problem };
      return { ...again(attempts, waitAfter(attempts, Math.random)), problem: outcome.problem };
    }
    case "misconfigured":
    case "released":
      return again(message.attempts, 0);
    default:
      return outcome satisfies never;
  }
}

/** Pauses an active distribution because of a problem, in a transaction. */
export async function putAside(
  transaction: Transaction,
  { _id, distribution_id }: DistributionDocument,
  problem: string,
  now: Date,
): Promise<void> {
  const [found] = await transaction.getMany("distributions", [_id]);
  if (found?.state !== "active" || found.distribution_id !== distribution_id) return;
  await transaction.put("distributions", [{ ...found, state: "paused", problem, updated_at: now }]);
}

/**
 * Marks the messages that were being sent when their process ended as in doubt. The lease is held and nothing is in flight, so all that
 * are `sending` were cut off.
 */
export function markInDoubt(engine: Engine, lease: Lease, worker: Worker): Promise<number> {
  return markAll(engine, lease, worker, "sending", (message) => ({
    ...message,
    status: "in_doubt",
    problem: "The process that was sending it ended. It may have been sent.",
  }));
}

/** Marks all planned messages as canceled. */
export function markCanceled(engine: Engine, lease: Lease, worker: Worker): Promise<number> {
  return markAll(engine, lease, worker, "planned", (message, customer) => ({
    ...message,
    status: customer === undefined ? "erased" : "canceled",
  }));
}

function markAll(
  engine: Engine,
  lease: Lease,
  worker: Worker,
  status: MessageStatus,
  mark: (message: MessageDocument, customer: CustomerDocument | undefined) => MessageDocument,
): Promise<number> {
  const { store } = engine;
  const { project, distribution_id } = lease.distribution;
  const window = { backwards: false, limit: batchSize, statuses: [status] };
  return inBatches(
    () => store.reads.messaging.messagePage(project, distribution_id, window),
    (messages) =>
      store.write(async (transaction) => {
        const work = await workHeld(transaction, lease, worker);
        const found = await transaction.getMany(
          "messages",
          messages.map(({ _id }) => _id),
        );
        const present = found.filter((message) => message?.status === status) as readonly MessageDocument[];
        const customers = await customersOf(transaction, present);
        const at = new Date(engine.clock());
        await putAll(
          transaction,
          present.map((message) => ({ ...mark(message, customers.get(message.customer ?? "")), at })),
        );
        await putWork(transaction, work, worker);
      }),
  );
}
