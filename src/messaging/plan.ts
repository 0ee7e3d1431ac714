// Plans the messages of a distribution: a document for each recipient, written before anything is sent. Running it again, also after
// an interruption, adds only those that are missing.
import type { Cause, TransitionDocument } from "../documents/membership-documents.js";
import type { DistributionDocument } from "../documents/message-documents.js";
import type { Engine } from "../engine.js";
import { addMissingMessages, type Planned, plannedMessage } from "../ingest/planned-message.js";
import { isOrdinary } from "../membership/reads/erasure-transitions.js";
import { identityOf, maxHistoryPageSize, PositionError, transitionsAfter } from "../membership/reads/feed.js";
import { recentSegments } from "../query/catalog.js";
import { previewSegment } from "../query/preview.js";
import { audienceText } from "../segments/audience-text.js";
import { inChunks } from "../store/batches.js";
import { type DistributionLease, putWork, type Worker, workHeld } from "./lease.js";

/** The most recipients of a distribution to an audience. */
const maxRecipients = 1_000_000;
/** How many messages one transaction plans. */
const batchSize = 500;
/** A query that every customer matches. */
const everyone = "source_id has any value";

/**
 * True of the causes by which a customer enters or leaves by what the customer did or by time, also if that is found as a segment
 * that had failed is computed anew; false of changes to the segment.
 */
const concernsCustomer: Readonly<Record<Cause["kind"], boolean>> = {
  ...{ PROFILE: true, ORDER: true, EVENT: true, REDEMPTION: true, GIFT_CARD: true, LOYALTY: true },
  ...{ REFERRAL: true, TIME: true, REBUILT: true },
  ...{ ERASED: false, POPULATED: false, QUERY_CHANGED: false, SEGMENT_DELETED: false },
};

/** A distribution that can't be sent as it is; `message` says what to mend. */
export class DistributionProblem extends Error {
  override readonly name = "DistributionProblem";
}

/** The audience as one query, with the present names of the segments. */
export async function audienceQuery(
  engine: Engine,
  { project, audience }: Pick<DistributionDocument, "project" | "audience">,
): Promise<string> {
  return audienceText(audience, await recentSegments(engine, project)) ?? everyone;
}

/**
 * Plans a message to each customer of the audience at this instant.
 * @throws LostLeaseError; DistributionProblem; the signal's reason.
 */
export async function planAudience(
  engine: Engine,
  lease: DistributionLease,
  worker: Worker,
  signal: AbortSignal,
): Promise<void> {
  const { distribution } = lease;
  const { answer } = await previewSegment(engine, distribution.project, {
    query: await audienceQuery(engine, distribution),
  });
  if (answer === undefined)
    throw new DistributionProblem(
      "The query of the audience is no longer valid. Cancel this, and create another.",
    );
  const customers = await answer.ids({ signal });
  if (customers.length > maxRecipients)
    throw new DistributionProblem(
      `The audience has ${customers.length.toLocaleString("en")} customers; ${maxRecipients.toLocaleString("en")} is the most. Cancel this, and divide the audience.`,
    );
  for (const batch of inChunks(customers, batchSize)) {
    signal.throwIfAborted();
    await planBatch(
      engine,
      lease,
      worker,
      batch.map((customer) => ({ customer })),
    );
  }
  await engine.store.write(async (transaction) => {
    const work = await workHeld(transaction, lease, worker);
    await putWork(transaction, { ...work, is_planned: true }, worker);
  });
}

/**
 * Plans a message for each entry into the trigger's segment, or each exit from it, since the position that was reached. Entries and
 * exits from before the start, which were found later, are left out, and those that a change to the segment or a repair caused.
 * @throws LostLeaseError; DistributionProblem if transitions were deleted before they were read; the signal's reason.
 */
export async function planTransitions(
  engine: Engine,
  lease: DistributionLease,
  worker: Worker,
  { segment, kind }: { readonly segment: string; readonly kind: "entered" | "left" },
  signal: AbortSignal,
): Promise<void> {
  const { distribution } = lease;
  const { _id, project, start_position = [] } = distribution;
  for (;;) {
    signal.throwIfAborted();
    const [before] = await engine.store.getMany("distribution_work", [_id]);
    const from = before?.position ?? start_position;
    const page = await pageAfter(engine, project, from, segment);
    const planned = page.transitions
      .filter((transition) => transition.kind === kind && isToBeWrittenAbout(transition, distribution))
      .map((transition): Planned => ({ customer: transition.customer, occurrence: identityOf(transition) }));
    for (const batch of inChunks(planned, batchSize)) await planBatch(engine, lease, worker, batch);
    await engine.store.write(async (transaction) => {
      const work = await workHeld(transaction, lease, worker);
      await putWork(transaction, { ...work, position: page.position }, worker);
    });
    if (!page.hasMore || page.isBlocked) return;
  }
}

function isToBeWrittenAbout(
  transition: TransitionDocument,
  { started_at }: Pick<DistributionDocument, "started_at">,
): boolean {
  return (
    isOrdinary(transition) &&
    concernsCustomer[transition.cause.kind] &&
    // Its cause may be older than the transition, which is found once the customer is evaluated.
    transition.cause.at.getTime() >= (started_at?.getTime() ?? 0)
  );
}

async function pageAfter(engine: Engine, project: string, from: readonly number[], segment: string) {
  try {
    return await transitionsAfter(engine, project, from, maxHistoryPageSize, [segment]);
  } catch (error) {
    if (error instanceof PositionError)
      throw new DistributionProblem(
        "Entries and exits were deleted before they were read, since history is kept for a limited number of days. Cancel this, and create another.",
      );
    throw error;
  }
}

async function planBatch(
  engine: Engine,
  lease: DistributionLease,
  worker: Worker,
  planned: readonly Planned[],
): Promise<void> {
  await engine.store.write(async (transaction) => {
    const work = await workHeld(transaction, lease, worker);
    const [now, due] = [new Date(engine.clock()), new Date(worker.clock())];
    // Some may have been erased since they were listed.
    const customers = await transaction.getMany(
      "customers",
      planned.map(({ customer }) => customer),
    );
    await addMissingMessages(
      transaction,
      planned
        .filter((_, index) => customers[index] !== undefined)
        .map((each) => plannedMessage(lease.distribution, each, now, due)),
    );
    await putWork(transaction, work, worker);
  });
}
