// Reads the marks of the partitions that a maintainer holds: few marks by one read for all partitions; many by one read for each
// partition, so that no partition waits for another. A partition's customers take turns, so that none of them waits for others who
// change again and again.

import type { ChangeDocument } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";

export class MarkedCustomers {
  readonly #engine: Engine;
  readonly #project: string;
  readonly #atOnce: number;
  /** Whether there are as many marks as are read at once. */
  #areMany = false;
  /** The customer, by `_id`, after whom the next turn of a partition begins. */
  readonly #last = new Map<number, string>();

  /** @param atOnce how many marks one read returns, at most. */
  constructor(engine: Engine, project: string, atOnce: number) {
    this.#engine = engine;
    this.#project = project;
    this.#atOnce = atOnce;
  }

  /**
   * Reads marks of some partitions and has them evaluated, all partitions at once.
   * @param left the customers to skip, by `_id`.
   * @param evaluate receives one partition's marks, in the order of their turns.
   * @returns the results, and whether there may be marks that were not read.
   */
  async each<Result>(
    partitions: readonly number[],
    left: readonly string[],
    evaluate: (partition: number, marked: readonly ChangeDocument[]) => Promise<Result>,
  ): Promise<{ readonly results: readonly Result[]; readonly mayBeMore: boolean }> {
    if (this.#areMany) {
      let read = 0;
      const results = await allOf(partitions, async (partition) => {
        const marked = await this.#inTurn(partition, left);
        read += marked.length;
        return evaluate(partition, marked);
      });
      this.#areMany = read >= this.#atOnce;
      return { results, mayBeMore: false };
    }
    const { dirtyMarks } = this.#engine.store.reads;
    const found = await dirtyMarks.ofPartitions(this.#project, partitions, left, this.#atOnce);
    this.#areMany = found.length === this.#atOnce;
    const marked = found.toSorted((one, other) => (one._id < other._id ? -1 : 1));
    const results = await allOf(partitions, (partition) =>
      evaluate(
        partition,
        marked.filter((change) => change.partition === partition),
      ),
    );
    return { results, mayBeMore: this.#areMany };
  }

  /** Notes the last customer of a partition whose turn it was, by `_id`. */
  note(partition: number, customer: string): void {
    this.#last.set(partition, customer);
  }

  /** Marks of one partition: those after the last turn's, then the first ones. */
  async #inTurn(partition: number, left: readonly string[]): Promise<readonly ChangeDocument[]> {
    const { dirtyMarks } = this.#engine.store.reads;
    const read = (after: string, atMost: number) =>
      dirtyMarks.ofPartition(this.#project, partition, after, left, atMost);
    const last = this.#last.get(partition) ?? "";
    const marked = await read(last, this.#atOnce);
    if (last === "" || marked.length === this.#atOnce) return marked;
    const known = new Set(marked.map(({ _id }) => _id));
    const first = await read("", this.#atOnce - marked.length);
    return [...marked, ...first.filter(({ _id }) => !known.has(_id))];
  }
}

/** Runs work for all items at once; when all have ended, throws the first failure. */
async function allOf<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const ended = await Promise.allSettled(items.map(work));
  return ended.map((each) => {
    if (each.status === "rejected") throw each.reason;
    return each.value;
  });
}
