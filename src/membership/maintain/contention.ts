// Which marked customers of a partition are evaluated together, while other transactions write or lock some of them. A batch that
// conflicts with others is written by none of its repetitions while the partition is busy enough, so after a conflict customers are
// evaluated one by one, and then in batches that grow.
import type { ChangeDocument } from "../../documents/membership-documents.js";
import { defaultPace, type Pace } from "./pace.js";

/** How long a partition is skipped in which not even one customer could be written, in milliseconds. */
const contendedMs = 2_000;
/** How long that customer is skipped: others of the partition are tried before. */
const customerContendedMs = 5_000;

export class Contention {
  /** The size of the next batch; `markedAtOnce` if it is absent. */
  readonly #sizes = new Map<number, number>();
  /** Partitions, and customers by `_id`, that are skipped, and until when, by the machine's running time. */
  readonly #partitions = new Map<number, number>();
  readonly #customers = new Map<string, number>();
  readonly #markedAtOnce: number;
  readonly #now: () => number;

  constructor({ markedAtOnce, runningTime }: Pick<Pace, "markedAtOnce" | "runningTime"> = defaultPace) {
    this.#markedAtOnce = markedAtOnce;
    this.#now = runningTime;
  }

  /** The marks to evaluate now, of those that a partition has, and whether others follow at once. */
  batchOf(
    partition: number,
    marked: readonly ChangeDocument[],
  ): { readonly batch: readonly ChangeDocument[]; readonly isMore: boolean } {
    const now = this.#now();
    if ((this.#partitions.get(partition) ?? 0) > now) return { batch: [], isMore: false };
    for (const [customer, until] of this.#customers) if (until <= now) this.#customers.delete(customer);
    const free = marked.filter(({ _id }) => !this.#customers.has(_id));
    const batch = free.slice(0, this.#sizes.get(partition));
    return { batch, isMore: batch.length < free.length };
  }

  /** Notes whether a batch was free of conflicts. */
  note(partition: number, batch: readonly ChangeDocument[], isFree: boolean): void {
    if (isFree) {
      const size = 2 * (this.#sizes.get(partition) ?? this.#markedAtOnce);
      if (size < this.#markedAtOnce) this.#sizes.set(partition, size);
      else this.#sizes.delete(partition);
      return;
    }
    this.#sizes.set(partition, 1);
    if (batch.length > 1) return;
    const now = this.#now();
    this.#partitions.set(partition, now + contendedMs);
    this.#customers.set(batch[0]!._id, now + customerContendedMs);
  }
}
