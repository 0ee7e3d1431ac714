// Writes that share a transaction: what each sees and leaves is what it would be if they had come one after the other.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CollectionName, DocumentOf } from "../../src/documents/collections.js";
import type { StoredDocument } from "../../src/documents/documents.js";
import { type GroupedWrite, groupCommit, type RunTransaction } from "../../src/store/mongo/group-commit.js";
import type { Transaction } from "../../src/store/port.js";
import { document } from "./every-store.js";

type Documents = Map<string, StoredDocument>;

class ServerError extends Error {}

/** A server of one collection at a time, in memory: a transaction is kept as a whole, or not at all. */
function memoryServer() {
  let stored: Documents = new Map();
  let transactions = 0;
  const keyOf = (collection: string, id: string): string => `${collection} ${id}`;
  const run = async <Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> => {
    transactions += 1;
    const documents: Documents = new Map(stored);
    const transaction: Transaction = {
      getMany: async <Name extends CollectionName>(collection: Name, ids: readonly string[]) => {
        await new Promise((resolve) => setImmediate(resolve));
        if (ids.includes("shop/broken")) throw new ServerError("refused");
        return ids.map((id) => documents.get(keyOf(collection, id))) as (DocumentOf[Name] | undefined)[];
      },
      recordsOf: async (collection, customers) => {
        const found = new Map<string, never[]>();
        for (const [key, each] of documents) {
          const { customer } = each as unknown as { readonly customer: string };
          if (!key.startsWith(`${collection} `) || !customers.includes(customer)) continue;
          found.set(customer, [...(found.get(customer) ?? []), each as never]);
        }
        return found;
      },
      put: async (collection, given) => {
        for (const each of given) documents.set(keyOf(collection, each._id), each);
      },
      remove: async (collection, ids) => {
        for (const id of ids) documents.delete(keyOf(collection, id));
      },
    };
    const result = await work(transaction);
    stored = documents;
    return result;
  };
  return {
    run,
    documents: () => stored,
    transactions: () => transactions,
  };
}

/** A document is locked. */
class LockedError extends Error {}

/** Grouped writes, one transaction at a time. */
function grouped(run: RunTransaction, runPatiently: RunTransaction = run): GroupedWrite {
  return groupCommit({
    ...{ run, runPatiently, atOnce: 1 },
    isServers: (error) => error instanceof ServerError,
    isContended: (error) => error instanceof LockedError,
  });
}

/** Adds 1 to a count. @returns what it was before. */
const add =
  (id: string) =>
  async (transaction: Transaction): Promise<number> => {
    const [found] = await transaction.getMany("segment_keys", [id]);
    const count = Number((found as { count?: number } | undefined)?.count ?? 0);
    await transaction.put("segment_keys", [document("segment_keys", id, { count: count + 1 })]);
    return count;
  };

describe("writes that wait at the same time", () => {
  it("share a transaction, and each sees what those before it wrote", async () => {
    const server = memoryServer();
    const write = grouped(server.run);
    const before = await Promise.all(Array.from({ length: 20 }, () => write(add("shop/count"))));
    expect(before).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(server.documents().get("segment_keys shop/count")).toMatchObject({ count: 20 });
    // The first finds room, and the others wait for it.
    expect(server.transactions()).toBe(2);
  });

  it("fail alone where the mistake is their own, and leave nothing", async () => {
    const server = memoryServer();
    const write = grouped(server.run);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 9 }, (_, index) =>
        write(async (transaction) => {
          await add(`shop/${index}`)(transaction);
          if (index % 3 === 1) throw new RangeError(`no ${index}`);
          return index;
        }),
      ),
    );
    expect(outcomes.map(({ status }) => status === "fulfilled")).toEqual(
      Array.from({ length: 9 }, (_, index) => index % 3 !== 1),
    );
    expect(server.documents().size).toBe(6);
    expect(server.transactions()).toBe(2);
  });

  it("are run each alone where the server refuses what they share", async () => {
    const server = memoryServer();
    const write = grouped(server.run);
    const ids = ["shop/a", "shop/b", "shop/broken", "shop/c"];
    const outcomes = await Promise.allSettled(ids.map((id) => write(add(id))));
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
    expect(server.documents().size).toBe(3);
  });

  it("overtake one whose document another transaction has locked, which waits by itself", async () => {
    const server = memoryServer();
    let [isLocked, unlock] = [true, (): void => undefined];
    const unlocked = new Promise<void>((resolve) => {
      unlock = resolve;
    });
    const lockable =
      (locked: () => Promise<void>): RunTransaction =>
      (work) =>
        server.run((transaction) =>
          work({
            ...transaction,
            getMany: async (name, ids) => {
              if (isLocked && ids.includes("shop/locked")) await locked();
              return transaction.getMany(name, ids);
            },
          }),
        );
    const impatiently = lockable(async () => {
      throw new ServerError("locked");
    });
    const write = grouped(
      (work) =>
        impatiently(work).catch((error: Error) => {
          throw error.message === "locked" ? new LockedError() : error;
        }),
      lockable(() => unlocked),
    );
    const done: string[] = [];
    const ids = ["shop/locked", "shop/a", "shop/locked", "shop/b"];
    const all = Promise.all(ids.map((id) => write(add(id)).then(() => done.push(id))));
    await write(add("shop/c"));
    expect(done).toEqual(["shop/a", "shop/b"]);
    isLocked = false;
    unlock();
    await all;
    expect(done).toEqual(["shop/a", "shop/b", "shop/locked", "shop/locked"]);
  });

  it("are all refused if it is unknown whether the commit succeeded", async () => {
    const server = memoryServer();
    let calls = 0;
    const write = grouped(async (work) => {
      const result = await server.run(work);
      calls += 1;
      if (calls === 2) throw new Error("uncertain");
      return result;
    });
    const outcomes = await Promise.allSettled(["shop/a", "shop/b", "shop/c"].map((id) => write(add(id))));
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected"]);
    expect(calls).toBe(2);
  });

  it("find records by customer as those before them left them", async () => {
    const server = memoryServer();
    const write = grouped(server.run);
    const order = (id: string, customer: string) => document("orders", `shop/${id}`, { customer });
    const idsOf = (customer: string) => async (transaction: Transaction) =>
      ((await transaction.recordsOf("orders", [customer])).get(customer) ?? []).map(({ _id }) => _id).sort();
    const [, , first, , second, third] = await Promise.all([
      write((transaction) => transaction.put("orders", [order("1", "shop/a"), order("2", "shop/a")])),
      write((transaction) => transaction.put("orders", [order("2", "shop/b"), order("3", "shop/a")])),
      write(idsOf("shop/a")),
      write((transaction) => transaction.remove("orders", ["shop/1"])),
      write(idsOf("shop/a")),
      write(idsOf("shop/b")),
    ]);
    expect([first, second, third]).toEqual([["shop/1", "shop/3"], ["shop/3"], ["shop/2"]]);
  });
});

describe("any works", () => {
  const step = fc.record({
    kind: fc.constantFrom("add", "copy", "remove", "fail"),
    from: fc.integer({ min: 0, max: 4 }),
    to: fc.integer({ min: 0, max: 4 }),
  });
  type Step = { readonly kind: string; readonly from: number; readonly to: number };

  const perform =
    (steps: readonly Step[]) =>
    async (transaction: Transaction): Promise<readonly unknown[]> => {
      const seen: unknown[] = [];
      for (const { kind, from, to } of steps) {
        const [found] = await transaction.getMany("segment_keys", [`shop/${from}`]);
        const count = Number((found as { count?: number } | undefined)?.count ?? 0);
        seen.push(count);
        if (kind === "fail") throw new RangeError("its own");
        if (kind === "remove") await transaction.remove("segment_keys", [`shop/${to}`]);
        else
          await transaction.put("segment_keys", [
            document("segment_keys", `shop/${to}`, { count: kind === "add" ? count + 1 : count }),
          ]);
      }
      return seen;
    };

  it("come to what they come to one after the other", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { maxLength: 4 }), { minLength: 2, maxLength: 8 }),
        async (works) => {
          const [one, other] = [memoryServer(), memoryServer()];
          const write = grouped(one.run);
          const together = await Promise.allSettled(works.map((steps) => write(perform(steps))));
          const alone: PromiseSettledResult<unknown>[] = [];
          for (const steps of works) alone.push(...(await Promise.allSettled([other.run(perform(steps))])));
          expect(together.map(resultOf)).toEqual(alone.map(resultOf));
          expect([...one.documents()].sort()).toEqual([...other.documents()].sort());
        },
      ),
      { numRuns: 60 },
    );
  });
});

function resultOf(outcome: PromiseSettledResult<unknown>): unknown {
  return outcome.status === "fulfilled" ? outcome.value : String(outcome.reason);
}
