// Stores what became of claimed messages.
import type { DistributionDocument, MessageDocument } from "../documents/message-documents.js";
import type { Engine } from "../engine.js";
import { markDirty } from "../ingest/dirty-marks.js";
import { wantedTypes } from "../ingest/outgoing-events.js";
import { waitAfter } from "../outbox/deliver.js";
import type { Transaction } from "../store/port.js";
import type { Outcome } from "./channel.js";
import type { Claimed } from "./claim.js";
import { customersOf, putMessages } from "./erasure.js";
import { messageMark } from "./events.js";
import type { DistributionLease, Worker } from "./lease.js";
import { erasedMessageKey, reopened } from "./messages.js";
import { distributionsChanged } from "./wakeups.js";

/** How often a message is tried that the receiver did not take: about a quarter of an hour, with the waits between. */
const maxAttempts = 8;

/** What became of a claimed message. */
export interface Result {
  readonly claimed: Claimed;
  /** `released`: nothing was tried. */
  readonly outcome: Outcome | { readonly kind: "released" };
  readonly code?: string | undefined;
}

/**
 * Stores the outcomes of claimed messages, also after the lease was lost, and of those that were marked as in doubt meanwhile: their
 * outcome is known here. Nothing is stored of an erased customer but the status, and nothing of a deleted distribution. A message to be
 * sent again is canceled if its distribution is, and reopens one that was finished meanwhile. Puts the distribution aside if nothing can
 * be sent. Storing outcomes again changes nothing.
 */
export async function storeResults(
  engine: Engine,
  lease: DistributionLease,
  { clock }: Worker,
  results: readonly Result[],
): Promise<void> {
  const { _id, project, distribution_id } = lease.distribution;
  const wanted = await wantedTypes(engine, project);
  const hasReopened = await engine.store.write(async (transaction) => {
    const [distribution] = await transaction.getMany("distributions", [_id]);
    if (distribution?.distribution_id !== distribution_id) return false;
    const now = new Date(engine.clock());
    const claimed = await stillClaimed(transaction, results);
    const customers = await customersOf(
      transaction,
      claimed.map(({ message }) => message),
    );
    const stored = await putMessages(
      transaction,
      claimed.map(({ message, result }) => ({ ...after(message, result, clock(), distribution), at: now })),
      customers,
    );
    // Written, so that another process that is finishing it conflicts with this, or has finished it before.
    const isReopened = stored.some(
      ({ status }, index) => status === "planned" && claimed[index]!.message.status === "in_doubt",
    );
    if (isReopened) await transaction.put("distributions", [reopened(distribution, now)]);
    await markDirty(
      transaction,
      stored.flatMap((message) => {
        const customer = customers.get(message.customer ?? "");
        return (customer && messageMark(distribution, message, customer, wanted, now)) ?? [];
      }),
    );
    const misconfigured = results.find(({ outcome }) => outcome.kind === "misconfigured")?.outcome;
    if (misconfigured?.kind === "misconfigured")
      await putAside(transaction, distribution, misconfigured.problem, now);
    return isReopened;
  });
  if (hasReopened) distributionsChanged(engine.store);
}

/** The messages that wait for these results: those of the same claim. */
async function stillClaimed(
  transaction: Transaction,
  results: readonly Result[],
): Promise<readonly { readonly message: MessageDocument; readonly result: Result }[]> {
  const messages = results.map(({ claimed }) => claimed.message);
  const own = await transaction.getMany(
    "messages",
    messages.map(({ _id }) => _id),
  );
  // Of customers who were erased while they were being written to.
  const erased = await transaction.getMany("messages", messages.map(erasedMessageKey));
  return results.flatMap((result, index) => {
    const message = own[index] ?? erased[index];
    const isWaiting = message?.status === "sending" || message?.status === "in_doubt";
    return isWaiting && message.claim === messages[index]!.claim ? [{ message, result }] : [];
  });
}

function after(
  { problem: _, claim, ...message }: MessageDocument,
  { outcome, code }: Result,
  instant: number,
  { state }: DistributionDocument,
): MessageDocument {
  const kept = { ...message, ...(code === undefined || message.customer === undefined ? {} : { code }) };
  const again = (attempts: number, waitMs: number): MessageDocument => ({
    ...kept,
    // An erased customer is not written to again.
    status:
      message.customer === undefined
        ? "erased"
        : state === "canceling" || state === "canceled"
          ? "canceled"
          : "planned",
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
