// Leases: who may do a part of the work. One that is over may be taken by another, under a greater token, and what its former
// holder still tries to write is refused in the same transaction that would write it.
import { randomUUID } from "node:crypto";
import { type Clock, stopwatch } from "../../clock.js";
import type { LeaseDocument, MaintainerDocument } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { StoreError, type Transaction } from "../../store/port.js";

/** For how long a lease is given, in milliseconds. */
export const leaseMs = 10_000;

/** For how long another's transaction is waited for that has a lease which is to be taken, in milliseconds. */
const claimMs = 1_000;
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

/** Whose leases are asked for, and by what clock they end. The engine's may stand still; leases go by the machine's. */
export interface Holder {
  readonly owner: string;
  readonly clock: Clock;
}

/** A lease that is held, as far as its holder knows. */
export interface Lease {
  readonly _id: string;
  readonly project: string;
  readonly kind: LeaseDocument["kind"];
  readonly owner: string;
  readonly token: number;
}

export function coordinatorId(project: string): string {
  return `${project}/coordinator`;
}

export function partitionId(project: string, partition: number): string {
  return `${project}/partition/${partition}`;
}

/** A lease that somebody may want. */
export type WantedLease = Pick<Lease, "_id" | "kind">;

/** What taking leases came to. */
export interface Taken {
  readonly held: readonly Lease[];
  /** Leases that a transaction has which does not end: its process sleeps, or is gone without a word. */
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
  const found = await engine.store.getMany(
    "maintenance",
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
  const isOwn = (index: number): boolean =>
    (found[index] as LeaseDocument | undefined)?.owner === holder.owner;
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
      const known = found[index] as LeaseDocument | undefined;
      return !isOwn(index) && (known === undefined || isOver(known, now));
    }),
  );
  return { held, stuck };
}

/** Renews leases, or takes them where they are free or over. @returns those held now; undefined where another's transaction has one. */
async function claim(
  engine: Engine,
  project: string,
  leases: readonly WantedLease[],
  { owner, clock }: Holder,
): Promise<readonly Lease[] | undefined> {
  if (leases.length === 0) return [];
  return waitBriefly(engine, async (transaction) => {
    const found = await transaction.getMany(
      "maintenance",
      leases.map(({ _id }) => _id),
    );
    const now = clock();
    const held: Lease[] = [];
    const written: LeaseDocument[] = [];
    for (const [index, { _id, kind }] of leases.entries()) {
      const known = found[index] as LeaseDocument | undefined;
      const isOwn = known?.owner === owner;
      if (known !== undefined && !isOwn && !isOver(known, now)) continue;
      const token = isOwn ? known.token : (known?.token ?? 0) + 1;
      written.push({
        ...known,
        _id,
        project,
        kind,
        owner,
        token,
        expires_at: new Date(now + leaseMs),
      });
      held.push({ _id, project, kind, owner, token });
    }
    await transaction.put("maintenance", written);
    return held;
  });
}

/** @returns undefined where another's transaction has the same documents, and goes on having them. */
async function waitBriefly<Result>(
  { store }: Engine,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await store.write(work, { maxWaitMs: claimMs });
  } catch (error) {
    if (error instanceof StoreError && error.code === "TIMEOUT") return undefined;
    throw error;
  }
}

async function giveBack(
  transaction: Transaction,
  leases: readonly WantedLease[],
  owner: string,
): Promise<void> {
  const free: LeaseDocument[] = [];
  for (const { _id } of leases) {
    const found = await leaseOf(transaction, _id);
    if (found?.owner === owner) free.push(withoutOwner(found));
  }
  await transaction.put("maintenance", free);
}

function withoutOwner({ owner: _left, ...free }: LeaseDocument): LeaseDocument {
  return free;
}

/** True where nobody holds a lease at `now`, by the machine's clock. */
export function isOver({ owner, expires_at }: LeaseDocument, now: number): boolean {
  return owner === undefined || expires_at.getTime() <= now;
}

async function leaseOf(transaction: Transaction, _id: string): Promise<LeaseDocument | undefined> {
  const [found] = await transaction.getMany("maintenance", [_id]);
  return found?.kind === "coordinator" || found?.kind === "partition" ? found : undefined;
}

/**
 * Makes sure, inside a transaction, that a lease is still held, and renews it: whoever takes it over at the same moment
 * conflicts with this transaction, and one of the two does not happen.
 * @param change what the holder changes of the lease's document.
 * @returns the document as it was.
 * @throws LostLeaseError.
 */
export async function withLease(
  transaction: Transaction,
  lease: Lease,
  { clock }: Holder,
  change: Partial<LeaseDocument> | ((document: LeaseDocument) => Partial<LeaseDocument>) = {},
): Promise<LeaseDocument> {
  const found = await assertHeld(transaction, lease);
  const changed = typeof change === "function" ? change(found) : change;
  const expires_at = new Date(clock() + leaseMs);
  await transaction.put("maintenance", [{ ...found, ...changed, expires_at }]);
  return found;
}

/**
 * Makes sure, inside a transaction, that a lease is still held, and leaves it as it is: for work beside the holder's own that
 * is not to conflict with it, and that keeps its order by other means.
 * @throws LostLeaseError.
 */
export async function assertHeld(transaction: Transaction, lease: Lease): Promise<LeaseDocument> {
  const found = await leaseOf(transaction, lease._id);
  if (found === undefined || found.owner !== lease.owner || found.token !== lease.token) {
    throw new LostLeaseError(`The lease ${lease._id} is another maintainer's now.`);
  }
  return found;
}

/**
 * Lets nobody's work on a partition end that began before this transaction: who is in the middle of it conflicts, and begins
 * anew after.
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
    found.flatMap((lease) => (lease?.kind === "partition" ? [{ ...lease, epoch }] : [])),
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
