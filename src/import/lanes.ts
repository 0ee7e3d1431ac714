// Writes records in several concurrent batches. All records of a customer go through the same lane, in order, so that no two
// batches under way write the same customer.
import type { ImportTarget } from "./target.js";

export interface Lanes<Item> {
  /**
   * Adds an item; waits while its lane has a full batch and another one is being written.
   * @param customer decides the lane.
   * @param identity the record's identity. If an item with the same identity is under way in another lane, that is written first,
   *   so that
   * the later one wins.
   * @throws the error of writing a batch.
   */
  add(customer: string, identity: string, item: Item): Promise<void>;
}

interface Lane<Item> {
  items: Item[];
  identities: string[];
  writing: Promise<void>;
}

/** How many records are written at once, over all lanes. */
const maxWritten = 2_000;
/** An upsert of that many is one transaction. */
const maxBatchSize = 1_000;

/**
 * The records of a batch: as many as a transaction takes if batches are written one after the other, because each commit waits for the
 * disk; fewer if several are written at once, so that memory holds the same number of records.
 */
export function batchSizeFor({ concurrentWrites }: Pick<ImportTarget, "concurrentWrites">): number {
  return Math.min(maxBatchSize, Math.floor(maxWritten / concurrentWrites));
}

/**
 * Runs `fill`, which adds the items, and returns when all items are written. It throws only when no write is under way any more.
 * @param write writes a batch of at most `batchSize` items. Writes of one lane never overlap.
 */
export async function writeInLanes<Item>(
  { concurrentWrites }: Pick<ImportTarget, "concurrentWrites">,
  batchSize: number,
  write: (batch: readonly Item[]) => Promise<void>,
  fill: (lanes: Lanes<Item>) => Promise<void>,
): Promise<void> {
  const lanes = Array.from(
    { length: concurrentWrites },
    (): Lane<Item> => ({ items: [], identities: [], writing: Promise.resolve() }),
  );
  /** The lane of each identity that is not written yet, and how many items of the lane have it. */
  const inFlight = new Map<string, { readonly lane: Lane<Item>; times: number }>();
  let failure: { readonly error: unknown } | undefined;

  const start = async (lane: Lane<Item>): Promise<void> => {
    await lane.writing;
    if (failure !== undefined) throw failure.error;
    const { items, identities } = lane;
    if (items.length === 0) return;
    [lane.items, lane.identities] = [[], []];
    // Never rejects: the next call that waits for the lane throws the error.
    lane.writing = write(items).then(
      () => forget(identities),
      (error: unknown) => {
        failure ??= { error };
      },
    );
  };
  const forget = (identities: readonly string[]): void => {
    for (const identity of identities) {
      const entry = inFlight.get(identity)!;
      entry.times -= 1;
      if (entry.times === 0) inFlight.delete(identity);
    }
  };
  const drain = async (): Promise<void> => {
    await Promise.all(lanes.map(start));
    await Promise.all(lanes.map((lane) => lane.writing));
    if (failure !== undefined) throw failure.error;
  };

  const add: Lanes<Item>["add"] = async (customer, identity, item) => {
    const lane = lanes[laneNumber(customer, lanes.length)]!;
    const before = inFlight.get(identity);
    if (before !== undefined && before.lane !== lane) await drain();
    const entry = inFlight.get(identity);
    if (entry === undefined) inFlight.set(identity, { lane, times: 1 });
    else entry.times += 1;
    lane.items.push(item);
    lane.identities.push(identity);
    if (lane.items.length >= batchSize) await start(lane);
  };
  try {
    await fill({ add });
    await drain();
  } finally {
    await Promise.all(lanes.map((lane) => lane.writing));
  }
}

/** FNV-1a over the UTF-16 code units: well distributed, and the same on every machine. */
function laneNumber(customer: string, count: number): number {
  if (count === 1) return 0;
  let hash = 0x811c9dc5;
  for (let index = 0; index < customer.length; index += 1) {
    hash = Math.imul(hash ^ customer.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 8) % count;
}
