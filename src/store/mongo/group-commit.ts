// Writes that wait at the same time share one transaction: most of the time of a small write goes into beginning and committing.
import { type BufferedTransaction, bufferedTransaction } from "../buffered-transaction.js";
import type { Transaction } from "../port.js";
import { type SharedReads, sharedReads } from "../shared-reads.js";
import { slots } from "./slots.js";

/** Runs work as one transaction on the server, again after a conflict. */
export type RunTransaction = <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>;

/** Runs work in a transaction, alone or together with other waiting writes. */
export type GroupedWrite = <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>;

/** The most writes of one transaction: a longer transaction is more likely to conflict with another. */
const maxGrouped = 50;
/** How many of a group that waited too long for locks run again at once, each alone. */
const maxAlone = 8;

type Outcome =
  | { readonly kind: "result"; readonly value: unknown }
  | { readonly kind: "error"; readonly error: unknown };

interface Waiting {
  readonly work: (transaction: Transaction) => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Attempt {
  readonly own: BufferedTransaction;
  readonly outcome: Outcome;
}

/** Runs one piece of work on a buffer of its own. @throws errors of the server. */
async function attempt(
  work: Waiting["work"],
  reading: SharedReads,
  isServers: (error: unknown) => boolean,
): Promise<Attempt> {
  const own = bufferedTransaction(reading);
  try {
    return { own, outcome: { kind: "result", value: await work(own.transaction) } };
  } catch (error) {
    if (isServers(error)) throw error;
    return { own, outcome: { kind: "error", error } };
  } finally {
    own.end();
  }
}

/** The values of promises. Unlike Promise.all, it rejects only after all of them have settled. */
async function settled<Value>(promises: readonly Promise<Value>[]): Promise<readonly Value[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

export interface GroupCommitOptions {
  /** Runs a transaction that waits only briefly for documents that another transaction has locked. */
  readonly run: RunTransaction;
  /** Runs the transaction of one write that `run` did not wait for. */
  readonly runPatiently: RunTransaction;
  /** How many transactions `run` runs at the same time; below that number, a write begins at once, alone. */
  readonly atOnce: number;
  /** True for errors of the server, which abort the transaction of all its writes. */
  readonly isServers: (error: unknown) => boolean;
  /** True if `run` stopped because another transaction has locked the same documents. */
  readonly isContended: (error: unknown) => boolean;
}

export function groupCommit(options: GroupCommitOptions): GroupedWrite {
  const { run, runPatiently, atOnce, isServers, isContended } = options;
  const waiting: Waiting[] = [];
  let running = 0;
  const inTurn = slots(maxAlone);

  /** Runs one write; if its documents are locked, it goes on by itself, so that it does not hold up the writes behind it. */
  const alone = async ({ work, resolve, reject }: Waiting): Promise<void> => {
    try {
      resolve(await run(work));
    } catch (error) {
      if (isContended(error)) runPatiently(work).then(resolve, reject);
      else reject(error);
    }
  };

  /**
   * Runs the works of one transaction: first all concurrently; then those that read what an earlier one wrote again, one after
   * the other.
   */
  const outcomesOf = (works: readonly Waiting[]): Promise<readonly Outcome[]> =>
    run(async (transaction) => {
      const reading = sharedReads(transaction);
      const attempts = await settled(works.map(({ work }) => attempt(work, reading, isServers)));
      const all = bufferedTransaction(transaction);
      const outcomes: Outcome[] = [];
      for (const [index, first] of attempts.entries()) {
        const { own, outcome } = first.own.hasReadWhatIsWrittenIn(all)
          ? await attempt(works[index]!.work, all.transaction, isServers)
          : first;
        // A failed work does not affect the others: its writes are discarded.
        if (outcome.kind === "result") await own.sendTo(all.transaction);
        outcomes.push(outcome);
      }
      await all.sendTo(transaction);
      return outcomes;
    });

  const together = async (works: readonly Waiting[]): Promise<void> => {
    let outcomes: readonly Outcome[];
    try {
      outcomes = await outcomesOf(works);
    } catch (error) {
      // An error of the server is caused by one of the works, so each runs again alone. Any other error fails all of them: after
      // a commit whose answer was lost, it is unknown whether they were stored.
      if (isServers(error)) for (const each of works) await alone(each);
      else if (isContended(error)) await Promise.all(works.map((each) => inTurn(() => alone(each))));
      else for (const { reject } of works) reject(error);
      return;
    }
    for (const [index, { resolve, reject }] of works.entries()) {
      const outcome = outcomes[index]!;
      if (outcome.kind === "result") resolve(outcome.value);
      else reject(outcome.error);
    }
  };

  const begin = async (): Promise<void> => {
    running += 1;
    while (waiting.length > 0) {
      const works = waiting.splice(0, maxGrouped);
      if (works.length === 1) await alone(works[0]!);
      else await together(works);
    }
    running -= 1;
  };

  return (work) =>
    new Promise((resolve, reject) => {
      waiting.push({ work, resolve: resolve as (value: unknown) => void, reject });
      if (running < atOnce) void begin();
    });
}
