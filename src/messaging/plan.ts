// Plans the messages of a distribution: a document for each recipient, written before anything is sent. Running it again, also after
// an interruption, adds only those that are missing.
import type { DistributionDocument, MessageDocument } from "../documents/message-documents.js";
import type { Engine } from "../engine.js";
import { audienceText } from "../promotions/audience.js";
import { recentSegments } from "../query/catalog.js";
import { previewSegment } from "../query/preview.js";
import { inChunks } from "../store/batches.js";
import type { Transaction } from "../store/port.js";
import { type Lease, putWork, type Worker, workHeld } from "./lease.js";
import { plannedMessage } from "./messages.js";

/** The most recipients of a distribution to an audience. */
const maxRecipients = 1_000_000;
/** How many messages one transaction plans. */
const batchSize = 500;
/** A query that every customer matches. */
const everyone = "source_id has any value";

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
  lease: Lease,
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
    await engine.store.write(async (transaction) => {
      const work = await workHeld(transaction, lease, worker);
      const [now, due] = [new Date(engine.clock()), new Date(worker.clock())];
      await addMissing(
        transaction,
        batch.map((customer) => plannedMessage(distribution, { customer }, now, due)),
      );
      await putWork(transaction, work, worker);
    });
  }
  await engine.store.write(async (transaction) => {
    const work = await workHeld(transaction, lease, worker);
    await putWork(transaction, { ...work, is_planned: true }, worker);
  });
}

/** Adds the messages that do not exist. Those of customers who were erased meanwhile are skipped when they are claimed. */
async function addMissing(transaction: Transaction, messages: readonly MessageDocument[]): Promise<void> {
  const known = await transaction.getMany(
    "messages",
    messages.map(({ _id }) => _id),
  );
  await transaction.put(
    "messages",
    messages.filter((_, index) => known[index] === undefined),
  );
}
