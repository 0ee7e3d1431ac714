// Leases: who may do a part of the work. A lease that is over may be taken by another maintainer, under a greater token. It is a
// document of its own, written by short transactions that write nothing else, so that a holder that dies in the middle of its work
// holds up no lease. What a former holder still tries to write is refused: the transaction that writes it checks the token, and
// writes the document of the work, at which it conflicts with the new holder's.
import { randomUUID } from "node:crypto";
import { type Clock, stopwatch } from "../../clock.js";
import type {
  LeaseDocument,
  MaintainerDocument,
  WorkDocument,
} from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { isStoreError, type Transaction } from "../../store/port.js";

/** For how long a lease is given, in milliseconds. */
export const leaseMs = 10_000;

/** For how long a transaction waits for another that holds a lease which is to be taken, in milliseconds. */
const claimMs = 1_000;
/** For how long a maintainer's work waits for another transaction, in milliseconds. */
const workWaitMs = 2_000;
/** For how long leases that are hard to get are tried in one turn, so that those held are renewed in time, in milliseconds. */
const turnMs = 4_000;

/** This process, among those that maintain. */
const thisProcess = randomUUID();

/** A name for a maintainer, that no other has. */
export function newOwner(): string {
  return `${thisProcess}/${randomUUID()}`;
}

/** True of a maintainer of this process. */
export function isOfThisProcess(owner: string): boolean {
  return owner.startsWith(thisProcess);
}

/** The lease is another's now: nothing of what was to be written was. */
export class LostLeaseError extends Error {
  override readonly name = "LostLeaseError";
}

/** Another transaction holds what was to be written: that of a writer, or of a dead process until the server ends it, after a minute. */
export class ContendedError extends Error {
  override readonly name = "ContendedError";
}

/**
 * Runs a transaction of a maintainer, which waits for others so briefly that the rest of its work goes on in time.
 * @throws ContendedError if another transaction goes on holding the same documents: nothing was written.
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
    throw new ContendedError("Another transaction holds the same documents.", { cause: error });
  }
}

/** Whose leases are asked for, and by what clock they end. The engine's may stand still; leases go by the machine's. */
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

/** The id of the lease on a work's document. */
export function leaseId(workId: string): string {
  return `${workId}/lease`;
}

/** The leases on the work of these ids, in their order; undefined for one that no one has ever held. */
export async function leasesOn(
  from: Pick<Transaction, "getMany">,
  workIds: readonly string[],
): Promise<readonly (LeaseDocument | undefined)[]> {
  const found = await from.getMany("maintenance", workIds.map(leaseId));
  return found.map((document) => (document?.kind === "lease" ? document : undefined));
}

/** A lease that a maintainer may want. */
export type WantedLease = Pick<Lease, "_id" | "kind">;

/** What taking leases came to. */
export interface Taken {
  readonly held: readonly Lease[];
  /** Leases that an open transaction holds: its process was suspended or killed while it took them. */
  readonly stuck: readonly string[];
}

/**
 * Renews the leases that are held already, gives back those past a number, and takes those that are free, or over: each in a
 * transaction of its own, so that one that nobody can take keeps nobody from the others.
 * @param wanted the leases, in the order of preference.
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
 * Renews leases, or takes them if they are free or over.
 * @param onlyOwn renews those that are still held, and takes none.
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
 * Makes sure, inside a transaction, that a lease is still held, and writes the document of its work: a holder that took the lease
 * over meanwhile writes it as well, and one of the two transactions does not happen.
 * @param change what the holder changes of the work's document.
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
 * Makes sure, inside a transaction, that a lease is still held, and writes nothing: for work beside the holder's own that is not to
 * conflict with it, and that keeps its order by other means.
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
 * Keeps work on partitions from being written that began before this transaction: it conflicts, and begins again from what is
 * stored then.
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
      // One that was never worked on is written as well, so that the first work on it conflicts.
      return { ...(work?.kind === "partition" ? work : { _id, project, kind: "partition" }), epoch };
    }),
  );
}

/**
 * Gives leases back, where they are still held, and takes the maintainer off the list of those at work. Where another's
 * transaction has one of them, all of them end by themselves.
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
 * Says that a maintainer is at work on a project, and forgets those that were not seen for long.
 * @returns how many are at work, this one included.
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
  // One that sleeps in the middle of taking itself off the list is taken off by somebody, some time.
  if (forgotten.length > 0)
    await waitBriefly(engine, (transaction) => transaction.remove("maintenance", forgotten));
  return others.length - gone.length + 1;
}
