// Leases: which maintainer may do a part of the work. An expired lease may be taken by another maintainer, with a greater token
// (a fencing token). A lease is a separate document, written by short transactions that write nothing else, so that a holder that
// dies in the middle of its work blocks no lease. Late writes of a former holder are refused: each transaction checks the token,
// and writes the document of the work, so that it conflicts with the new holder's transactions.
import { randomUUID } from "node:crypto";
import { type Clock, stopwatch } from "../../clock.js";
import type {
  LeaseDocument,
  MaintainerDocument,
  WorkDocument,
} from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { isStoreError, StoreError, type Transaction } from "../../store/port.js";

/** For how long a lease is given, in milliseconds. */
export const leaseMs = 10_000;

/** How long taking a lease waits for another transaction that has locked it, in milliseconds. */
const claimMs = 1_000;
/** How long a maintainer's work waits for another transaction, in milliseconds. */
const workWaitMs = 2_000;
/** How long one turn tries to take contended leases, in milliseconds, so that the held ones are renewed in time. */
const turnMs = 4_000;

/** Identifies this process among the maintaining ones. */
const thisProcess = randomUUID();

/** A unique name for a maintainer. */
export function newOwner(): string {
  return `${thisProcess}/${randomUUID()}`;
}

/** True of a maintainer of this process. */
export function isOfThisProcess(owner: string): boolean {
  return owner.startsWith(thisProcess);
}

/** Another maintainer has the lease now; nothing was written. */
export class LostLeaseError extends Error {
  override readonly name = "LostLeaseError";
}

/**
 * Another transaction has locked the documents to write: a writer's, or that of a dead process, which the server ends after a
 * minute.
 */
export class ContendedError extends StoreError {}

/**
 * Runs a transaction of a maintainer, which waits only briefly for others, so that the rest of its work is in time.
 * @throws ContendedError if another transaction keeps the same documents locked: nothing was written.
 */
export async function writeBriefly<Result>(
  { store }: Pick<Engine, "store">,
  work: (transaction: Transaction) => Promise<Result>,
  maxWaitMs: number = workWaitMs,
): Promise<Result> {
  try {
    return await store.write(work, { maxWaitMs });
  } catch (error) {
    if (!isStoreError(error, "TIMEOUT")) throw error;
    throw new ContendedError("TIMEOUT", "Another transaction holds the same documents.", { cause: error });
  }
}

/** The owner of leases, and the clock that decides when they end: the machine's, since the engine's clock may be fixed. */
export interface Holder {
  readonly owner: string;
  readonly clock: Clock;
}

/** A lease that is held, as far as its holder knows. */
export interface Lease {
  /** The id of the document of the work. */
  readonly _id: string;
  readonly project: string;
  readonly kind: WorkDocument["kind"];
  readonly owner: string;
  readonly token: number;
}

export function coordinatorId(project: string): string {
  return `${project}/coordinator`;
}

export function partitionId(project: string, partition: number): string {
  return `${project}/partition/${partition}`;
}

/** The id of the lease on a document of work. */
export function leaseId(workId: string): string {
  return `${workId}/lease`;
}

/** The leases on the documents of work with these ids, in their order; undefined for one that was never held. */
export async function leasesOn(
  from: Pick<Transaction, "getMany">,
  workIds: readonly string[],
): Promise<readonly (LeaseDocument | undefined)[]> {
  const found = await from.getMany("maintenance", workIds.map(leaseId));
  return found.map((document) => (document?.kind === "lease" ? document : undefined));
}

/** A lease that a maintainer may want. */
export type WantedLease = Pick<Lease, "_id" | "kind">;

/** The result of taking leases. */
export interface Taken {
  readonly held: readonly Lease[];
  /** Leases that an open transaction holds: its process was suspended or killed while it took them. */
  readonly stuck: readonly string[];
}

/**
 * Renews the leases that are already held, gives back those past a number, and takes free and expired ones: each in a separate
 * transaction, so that one that can't be taken blocks none of the others.
 * @param wanted the leases, in order of preference.
 * @param most how many of each kind to hold at most.
 */
export async function takeLeases(
  engine: Engine,
  project: string,
  wanted: readonly WantedLease[],
  most: Readonly<Record<Lease["kind"], number>>,
  holder: Holder,
): Promise<Taken> {
  const found = await leasesOn(
    engine.store,
    wanted.map(({ _id }) => _id),
  );
  const elapsed = stopwatch();
  const held: Lease[] = [];
  const stuck: string[] = [];
  const isFull = ({ kind }: WantedLease): boolean =>
    held.filter((lease) => lease.kind === kind).length >= most[kind];
  const claimEach = async (leases: readonly WantedLease[]): Promise<void> => {
    for (const lease of leases) {
      if (isFull(lease) || elapsed() > turnMs) continue;
      const claimed = await claim(engine, project, [lease], holder);
      if (claimed === undefined) stuck.push(lease._id);
      else held.push(...claimed);
    }
  };
  const isOwn = (index: number): boolean => found[index]?.owner === holder.owner;
  const own = wanted.filter((_, index) => isOwn(index));
  const kept = own.filter(
    ({ kind }, index) => own.slice(0, index).filter((lease) => lease.kind === kind).length < most[kind],
  );
  const renewed = await claim(engine, project, kept, holder);
  if (renewed === undefined) await claimEach(kept);
  else held.push(...renewed);
  const left = own.filter((lease) => !kept.includes(lease));
  if (left.length > 0) await waitBriefly(engine, (transaction) => giveBack(transaction, left, holder.owner));
  const now = holder.clock();
  await claimEach(
    wanted.filter((_, index) => {
      const known = found[index];
      return !isOwn(index) && (known === undefined || isOver(known, now));
    }),
  );
  return { held, stuck };
}

/**
 * Renews leases, or takes them if they are free or expired.
 * @param onlyOwn only renews those that are still held.
 * @returns those held now; undefined if another transaction holds one of them.
 */
export async function claim(
  engine: Engine,
  project: string,
  leases: readonly WantedLease[],
  { owner, clock }: Holder,
  onlyOwn = false,
): Promise<readonly Lease[] | undefined> {
  if (leases.length === 0) return [];
  return waitBriefly(engine, async (transaction) => {
    const found = await leasesOn(
      transaction,
      leases.map(({ _id }) => _id),
    );
    const now = clock();
    const held: Lease[] = [];
    const written: LeaseDocument[] = [];
    for (const [index, { _id, kind }] of leases.entries()) {
      const known = found[index];
      const isOwn = known?.owner === owner;
      if (!isOwn && (onlyOwn || (known !== undefined && !isOver(known, now)))) continue;
      const token = isOwn ? known.token : (known?.token ?? 0) + 1;
      const expires_at = new Date(now + leaseMs);
      written.push({ _id: leaseId(_id), project, kind: "lease", owner, token, expires_at });
      held.push({ _id, project, kind, owner, token });
    }
    await transaction.put("maintenance", written);
    return held;
  });
}

/** @returns undefined if another transaction holds the same documents. */
async function waitBriefly<Result>(
  engine: Engine,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await writeBriefly(engine, work, claimMs);
  } catch (error) {
    if (error instanceof ContendedError) return undefined;
    throw error;
  }
}

async function giveBack(
  transaction: Transaction,
  leases: readonly WantedLease[],
  owner: string,
): Promise<void> {
  const found = await leasesOn(
    transaction,
    leases.map(({ _id }) => _id),
  );
  await transaction.put(
    "maintenance",
    found.flatMap((lease) => (lease?.owner === owner ? [withoutOwner(lease)] : [])),
  );
}

function withoutOwner({ owner: _left, ...free }: LeaseDocument): LeaseDocument {
  return free;
}

/** True if no one holds a lease at `now`, by the machine's clock. */
export function isOver(lease: LeaseDocument | undefined, now: number): boolean {
  return lease?.owner === undefined || lease.expires_at.getTime() <= now;
}

/**
 * Asserts, inside a transaction, that a lease is still held, and writes the document of its work: if another holder has taken the
 * lease over meanwhile, it writes the same document, and one of the two transactions fails.
 * @param change the holder's changes to the document of the work.
 * @returns the document as it was.
 * @throws LostLeaseError.
 */
export async function withLease(
  transaction: Transaction,
  lease: Lease,
  change: Partial<WorkDocument> | ((document: WorkDocument) => Partial<WorkDocument>) = {},
): Promise<WorkDocument> {
  const found = await assertHeld(transaction, lease);
  const changed = typeof change === "function" ? change(found) : change;
  await transaction.put("maintenance", [{ ...found, ...changed }]);
  return found;
}

/**
 * Asserts, inside a transaction, that a lease is still held, and writes nothing: for work that must not conflict with the
 * holder's main work, and whose order is ensured by other means.
 * @returns the document of the work.
 * @throws LostLeaseError.
 */
export async function assertHeld(
  transaction: Transaction,
  { _id, project, kind, owner, token }: Lease,
): Promise<WorkDocument> {
  const [work, lease] = await transaction.getMany("maintenance", [_id, leaseId(_id)]);
  if (lease?.kind !== "lease" || lease.owner !== owner || lease.token !== token)
    throw new LostLeaseError(`The lease on ${_id} is another maintainer's now.`);
  return work?.kind === kind ? (work as WorkDocument) : { _id, project, kind };
}

/**
 * Makes work on partitions that began before this transaction conflict with it, so that it starts again from what is stored then.
 */
export async function touchPartitions(
  transaction: Transaction,
  project: string,
  partitions: number,
  epoch: number,
): Promise<void> {
  const ids = Array.from({ length: partitions }, (_, partition) => partitionId(project, partition));
  const found = await transaction.getMany("maintenance", ids);
  await transaction.put(
    "maintenance",
    ids.map((_id, partition): WorkDocument => {
      const work = found[partition];
      // Also written for a partition without any work yet, so that the first work on it conflicts.
      return { ...(work?.kind === "partition" ? work : { _id, project, kind: "partition" }), epoch };
    }),
  );
}

/**
 * Gives back the leases that are still held, and takes the maintainer off the list. If another transaction has locked one of
 * them, none is given back: they expire.
 */
export async function retire(
  engine: Engine,
  project: string,
  leases: readonly Lease[],
  { owner }: Holder,
): Promise<void> {
  await waitBriefly(engine, async (transaction) => {
    await giveBack(transaction, leases, owner);
    await transaction.remove("maintenance", [maintainerId(project, owner)]);
  });
}

function maintainerId(project: string, owner: string): string {
  return `${project}/maintainer/${owner}`;
}

/**
 * Registers a maintainer as at work on a project, and forgets those that were not seen for long.
 * @returns how many are at work, including this one.
 */
export async function register(engine: Engine, project: string, { owner, clock }: Holder): Promise<number> {
  const now = clock();
  const document: MaintainerDocument = {
    _id: maintainerId(project, owner),
    project,
    kind: "maintainer",
    seen_at: new Date(now),
  };
  const found = await engine.store.reads.maintenance.maintainers(project);
  const others = found.filter(({ _id }) => _id !== document._id);
  const gone = others.filter(({ seen_at }) => seen_at.getTime() < now - leaseMs);
  await engine.store.write((transaction) => transaction.put("maintenance", [document]));
  const forgotten = gone.map(({ _id }) => _id);
  // A maintainer suspended while it takes itself off the list is removed by another one later.
  if (forgotten.length > 0)
    await waitBriefly(engine, (transaction) => transaction.remove("maintenance", forgotten));
  return others.length - gone.length + 1;
}
