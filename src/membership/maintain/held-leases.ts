// The leases of one maintainer in one project: taken as they are free, renewed in time, and forgotten when they are lost.

import type { Clock } from "../../clock.js";
import type { Engine } from "../../engine.js";
import { partitionCount } from "../../ingest/dirty-marks.js";
import {
  claim,
  coordinatorId,
  type Holder,
  type Lease,
  LostLeaseError,
  leaseMs,
  newOwner,
  partitionId,
  register,
  retire,
  takeLeases,
  type WantedLease,
} from "./lease.js";

export interface HeldPartition {
  readonly partition: number;
  readonly lease: Lease;
}

const partitions = Array.from({ length: partitionCount }, (_, partition) => partition);

/** The leases that a maintainer holds, as far as it knows. */
export class HeldLeases {
  readonly holder: Holder;
  readonly #engine: Engine;
  readonly #project: string;
  readonly #wanted: readonly WantedLease[];
  readonly #held = new Map<string, Lease>();
  /** The leases that could not be taken last time: they are tried last. */
  #stuck: readonly string[] = [];
  #renewedAt = Number.NEGATIVE_INFINITY;
  /** When the leases were last renewed in the middle of a round. */
  #keptAt = Number.NEGATIVE_INFINITY;

  /** @param clock decides when leases end. */
  constructor(engine: Engine, project: string, clock: Clock) {
    this.holder = { owner: newOwner(), clock };
    this.#engine = engine;
    this.#project = project;
    this.#wanted = [
      { _id: coordinatorId(project), kind: "coordinator" },
      ...partitions.map(
        (partition): WantedLease => ({ _id: partitionId(project, partition), kind: "partition" }),
      ),
    ];
  }

  /** Renews the leases when a third of their time is over, and takes a share of the free ones. */
  async renew(): Promise<void> {
    const { clock } = this.holder;
    if (clock() - this.#renewedAt < leaseMs / 3) return;
    const share = Math.ceil(partitionCount / (await register(this.#engine, this.#project, this.holder)));
    const rank = ({ _id }: WantedLease) => (this.#stuck.includes(_id) ? 2 : this.#held.has(_id) ? 0 : 1);
    const preferred = this.#wanted.toSorted((one, other) => rank(one) - rank(other));
    const most = { coordinator: 1, partition: share };
    const taken = await takeLeases(this.#engine, this.#project, preferred, most, this.holder);
    this.#stuck = taken.stuck;
    this.#held.clear();
    for (const lease of taken.held) this.#held.set(lease._id, lease);
    this.#renewedAt = clock();
  }

  /** Renews the leases that are held, in the middle of a round: those that were lost are forgotten, and none is taken. */
  async renewHeld(): Promise<void> {
    const { clock } = this.holder;
    const now = clock();
    if (now - Math.max(this.#renewedAt, this.#keptAt) < leaseMs / 3) return;
    const held = [...this.#held.values()];
    const renewed = await claim(this.#engine, this.#project, held, this.holder, true);
    // Another transaction holds one of them: the next round takes them one by one.
    if (renewed === undefined) return;
    this.#keptAt = now;
    const kept = new Set(renewed.map(({ _id, token }) => `${_id} ${token}`));
    for (const { _id, token } of held)
      if (!kept.has(`${_id} ${token}`) && this.#held.get(_id)?.token === token) this.#held.delete(_id);
  }

  /**
   * Runs work that needs a lease, if the lease is held. If the lease turns out to be lost, it is forgotten: another maintainer
   * works.
   */
  async withHeld(id: string, work: (lease: Lease) => Promise<void>): Promise<void> {
    const lease = this.#held.get(id);
    if (lease === undefined) return;
    try {
      await work(lease);
    } catch (error) {
      if (!(error instanceof LostLeaseError)) throw error;
      this.#held.delete(id);
    }
  }

  /** Gives all leases back. */
  async release(): Promise<void> {
    await retire(this.#engine, this.#project, [...this.#held.values()], this.holder);
    this.#held.clear();
    this.#renewedAt = Number.NEGATIVE_INFINITY;
  }

  /** Whether every lease of the project is held. */
  holdsAll(): boolean {
    return this.#held.size === this.#wanted.length;
  }

  partitions(): readonly HeldPartition[] {
    return partitions.flatMap((partition) => {
      const lease = this.#held.get(partitionId(this.#project, partition));
      return lease === undefined ? [] : [{ partition, lease }];
    });
  }
}
