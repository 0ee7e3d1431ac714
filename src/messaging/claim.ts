// Claims due messages before they are sent. A message that was claimed and has no outcome was cut off.
import { randomUUID } from "node:crypto";
import type { CustomerDocument } from "../documents/documents.js";
import type { DistributionDocument, MessageDocument, MessageStatus } from "../documents/message-documents.js";
import type { Engine } from "../engine.js";
import { normaliseText } from "../plan/text.js";
import { belongsTo } from "../promotions/audience.js";
import { customerKey } from "../promotions/counts.js";
import { TooManyRecordsError } from "../query/customer-records.js";
import { inBatches } from "../store/batches.js";
import type { Transaction } from "../store/port.js";
import type { Channel } from "./channel.js";
import { customersOf, putMessages } from "./erasure.js";
import { type DistributionLease, putWork, type Worker, workHeld } from "./lease.js";
import { DistributionProblem } from "./plan.js";

/** The most messages in flight of one distribution. */
const maxInFlight = 20;
/** How many messages one transaction marks. */
const batchSize = 200;

/** A claimed message, with its customer. */
export interface Claimed {
  readonly message: MessageDocument & { readonly claim: string };
  readonly customer: CustomerDocument;
  /** Why it can't be sent; absent if it can. */
  readonly refusal?: string | undefined;
}

export interface Claim {
  /** As it is when the messages are claimed: they are sent by this, and not by an earlier version of it. */
  readonly distribution: DistributionDocument;
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
  lease: DistributionLease,
  worker: Worker,
  channel: Channel,
  limit: number,
): Promise<Claim> {
  const { store } = engine;
  const { project, distribution_id } = lease.distribution;
  const instant = new Date(worker.clock());
  const due = await store.reads.messaging.dueMessages(project, distribution_id, instant, limit);
  if (due.length === 0) return { distribution: lease.distribution, claimed: [], skipped: 0 };
  const { outside, refusals } = await checkAudience(engine, lease.distribution, due);
  return store.write(async (transaction): Promise<Claim> => {
    const work = await workHeld(transaction, lease, worker);
    const [distribution] = await transaction.getMany("distributions", [lease.distribution._id]);
    if (distribution?.state !== "active")
      return { distribution: lease.distribution, claimed: [], skipped: 0 };
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
        claimed.push({
          message: { ...message, claim: randomUUID() },
          customer: customer!,
          refusal: refusals.get(message._id),
        });
    }
    const now = new Date(engine.clock());
    await putMessages(
      transaction,
      [
        ...claimed.map(({ message }) => ({ ...message, status: "sending" as const, at: now })),
        ...skipped.map(([message, status]) => ({ ...message, status, at: now })),
      ],
      customers,
    );
    const from = Math.max(worker.clock(), work.next_at.getTime());
    const next_at = new Date(from + (claimed.length * 60_000) / distribution.rate);
    await putWork(transaction, { ...work, next_at }, worker);
    return { distribution, claimed, skipped: skipped.length };
  });
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

/** Which messages (by `_id`) must not be sent, since their customers are not in the audience, or have too much history to say so. */
interface AudienceCheck {
  readonly outside: ReadonlySet<string>;
  /** The reasons of the latter. */
  readonly refusals: ReadonlyMap<string, string>;
}

/** Checks messages about an entry, an exit or an event: their customers have to be in the audience now. @throws DistributionProblem. */
async function checkAudience(
  engine: Engine,
  { project, audience, trigger }: DistributionDocument,
  due: readonly MessageDocument[],
): Promise<AudienceCheck> {
  const [outside, refusals] = [new Set<string>(), new Map<string, string>()];
  if (trigger.kind === "now" || trigger.kind === "at") return { outside, refusals };
  const customers = await customersOf(engine.store, due);
  for (const { _id, customer: id } of due) {
    const customer = customers.get(id ?? "");
    if (customer === undefined) continue;
    try {
      const [belongs] = await belongsTo(engine, project, { customer }, [audience], engine.clock());
      if (belongs === "unanswerable")
        throw new DistributionProblem(
          "The query of the audience is no longer valid. Cancel this, and create another.",
        );
      if (belongs === false) outside.add(_id);
    } catch (error) {
      // Of this customer alone: the others are written to.
      if (!(error instanceof TooManyRecordsError)) throw error;
      refusals.set(_id, error.message);
    }
  }
  return { outside, refusals };
}

/**
 * Marks the messages that were being sent when their process ended as in doubt, with the codes that were handed out. The lease is held
 * and nothing is in flight, so all that are `sending` were cut off.
 */
export function markInDoubt(engine: Engine, lease: DistributionLease, worker: Worker): Promise<number> {
  const { project, campaign } = lease.distribution;
  const problem = "The process that was sending it ended. It may have been sent.";
  return markAll(engine, lease, worker, "sending", async (message, _, transaction) => {
    const [counter] =
      campaign === undefined || message.customer === undefined
        ? []
        : await transaction.getMany("redemption_counts", [customerKey(project, campaign, message.customer)]);
    const code = counter?.code;
    return { ...message, status: "in_doubt", problem, ...(code === undefined ? {} : { code }) };
  });
}

/** Marks all planned messages as canceled. */
export function markCanceled(engine: Engine, lease: DistributionLease, worker: Worker): Promise<number> {
  return markAll(engine, lease, worker, "planned", async (message, customer) => ({
    ...message,
    status: customer === undefined ? "erased" : "canceled",
  }));
}

function markAll(
  engine: Engine,
  lease: DistributionLease,
  worker: Worker,
  status: MessageStatus,
  mark: (
    message: MessageDocument,
    customer: CustomerDocument | undefined,
    transaction: Transaction,
  ) => Promise<MessageDocument>,
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
        const marked: MessageDocument[] = [];
        for (const message of present)
          marked.push({ ...(await mark(message, customers.get(message.customer ?? ""), transaction)), at });
        await putMessages(transaction, marked, customers);
        await putWork(transaction, work, worker);
      }),
  );
}
