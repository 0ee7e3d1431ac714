// The lease on the work on a distribution: one process works on it at a time. Each transaction that claims messages checks and writes
// the document of the work, so that a process that lost its lease claims none.
import { randomUUID } from "node:crypto";
import { type Clock, systemClock } from "../clock.js";
import type { DistributionDocument, DistributionWorkDocument } from "../documents/message-documents.js";
import type { Engine } from "../engine.js";
import type { Transaction } from "../store/port.js";

/** For how long a lease is given, in milliseconds. */
const leaseMs = 10_000;

/** Who takes leases. Leases end by the machine's clock, since the engine's may be fixed. */
export interface Worker {
  readonly owner: string;
  readonly clock: Clock;
}

export function newWorker(clock: Clock = systemClock): Worker {
  return { owner: randomUUID(), clock };
}

/** A lease that is held, as far as its holder knows. */
export interface DistributionLease {
  readonly distribution: DistributionDocument;
  readonly token: number;
}

/** Another process has the lease now, or the distribution was deleted; nothing was written. */
export class LostDistributionLeaseError extends Error {
  override readonly name = "LostDistributionLeaseError";
}

/** True if a worker may take the lease at an instant. */
export function isFree(work: DistributionWorkDocument | undefined, { owner, clock }: Worker): boolean {
  return work === undefined || work.owner === owner || work.expires_at.getTime() <= clock();
}

/** Takes the lease on a distribution, or renews it; undefined if another process has it, or the distribution is no longer open. */
export function takeLease(
  { store }: Engine,
  distribution: DistributionDocument,
  worker: Worker,
): Promise<DistributionLease | undefined> {
  return store.write(async (transaction) => {
    const [found] = await transaction.getMany("distributions", [distribution._id]);
    const [known] = await transaction.getMany("distribution_work", [distribution._id]);
    if (found?.distribution_id !== distribution.distribution_id) return undefined;
    // What is left of a deleted distribution of that name.
    const work = known?.distribution === found.distribution_id ? known : undefined;
    if (!isFree(work, worker)) return undefined;
    const token = work === undefined ? 1 : work.owner === worker.owner ? work.token : work.token + 1;
    await transaction.put("distribution_work", [
      {
        ...(work ?? {
          _id: found._id,
          project: found.project,
          distribution: found.distribution_id,
          next_at: new Date(0),
        }),
        ...{ owner: worker.owner, token, expires_at: new Date(worker.clock() + leaseMs) },
      },
    ]);
    return { distribution: found, token };
  });
}

/** The document of the work, inside a transaction that writes it. @throws LostLeaseError. */
export async function workHeld(
  transaction: Transaction,
  { distribution, token }: DistributionLease,
  { owner }: Worker,
): Promise<DistributionWorkDocument> {
  const [work] = await transaction.getMany("distribution_work", [distribution._id]);
  if (work?.owner === owner && work.token === token && work.distribution === distribution.distribution_id)
    return work;
  throw new LostDistributionLeaseError("Another process works on the distribution.");
}

/** Writes the document of the work, with the lease renewed. */
export async function putWork(
  transaction: Transaction,
  work: DistributionWorkDocument,
  { clock }: Worker,
): Promise<void> {
  const expires_at = new Date(Math.max(work.expires_at.getTime(), clock() + leaseMs));
  await transaction.put("distribution_work", [{ ...work, expires_at }]);
}

/** Renews the lease. @throws LostLeaseError. */
export async function renewLease({ store }: Engine, lease: DistributionLease, worker: Worker): Promise<void> {
  await store.write(async (transaction) => {
    await putWork(transaction, await workHeld(transaction, lease, worker), worker);
  });
}

/** Gives the lease back, if it is still held. */
export async function giveBack({ store }: Engine, lease: DistributionLease, worker: Worker): Promise<void> {
  await store.write(async (transaction) => {
    try {
      const work = await workHeld(transaction, lease, worker);
      await transaction.put("distribution_work", [{ ...work, expires_at: new Date(0) }]);
    } catch (error) {
      if (!(error instanceof LostDistributionLeaseError)) throw error;
    }
  });
}
