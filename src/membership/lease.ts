// Leases: who may do a part of the work. One that is over may be taken by another, under a greater token, and what its former
// holder still tries to write is refused in the same transaction that would write it.
import { randomUUID } from "node:crypto";
import type { Clock } from "../clock.js";
import type { Engine } from "../engine.js";
import type { LeaseDocument, MaintainerDocument } from "../store/membership-documents.js";
import type { Transaction } from "../store/port.js";

/** For how long a lease is given, in milliseconds. */
export const leaseMs = 10_000;

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

/**
 * Takes leases that are free, or over, and renews those that are held already; gives back those past a number.
 * @param wanted the leases, in the order of preference.
 * @param most how many of each kind to hold at most.
 * @returns those that are held now.
 */
export async function takeLeases(
  engine: Engine,
  project: string,
  wanted: readonly WantedLease[],
  most: Readonly<Record<Lease["kind"], number>>,
  { owner, clock }: Holder,
): Promise<readonly Lease[]> {
  const ids = wanted.map(({ _id }) => _id);
  return engine.store.write(async (transaction) => {
    const found = await transaction.getMany("maintenance", ids);
    const now = clock();
    const expires_at = new Date(now + leaseMs);
    const held: Lease[] = [];
    const written: LeaseDocument[] = [];
    for (const [index, { _id, kind }] of wanted.entries()) {
      const known = found[index] as LeaseDocument | undefined;
      const isOwn = known?.owner === owner;
      if (held.filter((lease) => lease.kind === kind).length >= most[kind]) {
        if (isOwn) written.push(withoutOwner(known));
      } else if (known === undefined || isOwn || isOver(engine, known, now)) {
        const token = isOwn ? known.token : (known?.token ?? 0) + 1;
        written.push({ ...known, _id, project, kind, owner, token, expires_at });
        held.push({ _id, project, kind, owner, token });
      }
    }
    await transaction.put("maintenance", written);
    return held;
  });
}

function withoutOwner({ owner: _left, ...free }: LeaseDocument): LeaseDocument {
  return free;
}

/** True where nobody holds a lease at `now`, by the machine's clock. */
export function isOver({ store }: Engine, { owner, expires_at }: LeaseDocument, now: number): boolean {
  if (owner === undefined || expires_at.getTime() <= now) return true;
  // An embedded store has no other process: whoever is of one is gone.
  return store.kind === "embedded" && !isOfThisProcess(owner);
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

/** Gives leases back, where they are still held, and takes the maintainer off the list of those at work. */
export async function retire(
  engine: Engine,
  project: string,
  leases: readonly Lease[],
  { owner }: Holder,
): Promise<void> {
  await engine.store.write(async (transaction) => {
    const free: LeaseDocument[] = [];
    for (const { _id, token } of leases) {
      const found = await leaseOf(transaction, _id);
      if (found?.owner === owner && found.token === token) free.push(withoutOwner(found));
    }
    await transaction.put("maintenance", free);
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
  const found = await engine.store.aggregate<MaintainerDocument>("maintenance", [
    { $match: { project, kind: "maintainer" } },
  ]);
  const others = found.filter(({ _id }) => _id !== document._id);
  const gone = others.filter(
    ({ _id, seen_at }) =>
      seen_at.getTime() < now - leaseMs ||
      (engine.store.kind === "embedded" && !_id.startsWith(maintainerId(project, thisProcess))),
  );
  await engine.store.write(async (transaction) => {
    await transaction.put("maintenance", [document]);
    await transaction.remove(
      "maintenance",
      gone.map(({ _id }) => _id),
    );
  });
  return others.length - gone.length + 1;
}
