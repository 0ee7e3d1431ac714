// Writes that wait for a transaction at the same time share one: a server takes most of a small write's time for beginning and committing.
import { type BufferedTransaction, bufferedTransaction } from "../buffered-transaction.js";
import type { Transaction } from "../port.js";
import { type Reading, sharedReads } from "../shared-reads.js";

/** Runs work as one transaction on the server, again after a conflict. */
export type RunTransaction = <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>;

/** Runs work as one transaction, alone or together with what waits. */
export type GroupedWrite = <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>;

/** The most writes of one transaction: more make it long, and so more likely to meet another's. */
const mostTogether = 50;

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

/** Runs one work on a buffer of its own. @throws what the server said. */
async function attempt(
  work: Waiting["work"],
  reading: Reading,
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

/** The values of promises, all of which are over, also when one of them fails. */
async function settled<Value>(promises: readonly Promise<Value>[]): Promise<readonly Value[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/**
 * @param atOnce transactions that run at the same time; a write that finds room begins at once, alone.
 * @param isServers true of errors of the server, after which its transaction is gone, whose work it was or not.
 */
export function groupCommit(
  run: RunTransaction,
  atOnce: number,
  isServers: (error: unknown) => boolean,
): GroupedWrite {
  const waiting: Waiting[] = [];
  let running = 0;

  const alone = ({ work, resolve, reject }: Waiting): Promise<void> => run(work).then(resolve, reject);

  /** Works of one transaction: all at once first; those that read what one before them wrote, once more, one after the other. */
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
        // Its own mistake, of which the others know nothing: nothing of it is kept.
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
      // What the server refused, it refused because of one of them. Of a commit whose answer was lost nobody knows whether it came
      // through: that is no error of the server, and ends them all.
      if (isServers(error)) for (const each of works) await alone(each);
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
      const works = waiting.splice(0, mostTogether);
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
