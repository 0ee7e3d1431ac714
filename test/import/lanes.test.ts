// Several batches written at once, and what is promised nevertheless.
import { describe, expect, it } from "vitest";
import { type Lanes, writeInLanes } from "../../src/import/lanes.js";

interface Item {
  readonly customer: string;
  readonly id: string;
  readonly number: number;
}

const turn = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Writes items and reports how: the batches in the order in which they were done, and how many were under way at most. */
async function run(
  concurrentWrites: number,
  items: readonly Item[],
  takes: (batch: readonly Item[]) => number = () => 1,
) {
  const done: (readonly Item[])[] = [];
  const inFlight = new Set<readonly Item[]>();
  let most = 0;
  let taken = 0;
  let maxWaiting = 0;
  let written = 0;
  await writeInLanes<Item>(
    { concurrentWrites },
    10,
    async (batch) => {
      for (const other of inFlight) {
        const customers = new Set(other.map(({ customer }) => customer));
        expect(batch.some(({ customer }) => customers.has(customer))).toBe(false);
      }
      inFlight.add(batch);
      most = Math.max(most, inFlight.size);
      await turn(takes(batch));
      inFlight.delete(batch);
      done.push(batch);
      written += batch.length;
    },
    async ({ add }) => {
      for (const item of items) {
        await add(item.customer, item.id, item);
        taken += 1;
        maxWaiting = Math.max(maxWaiting, taken - written);
      }
    },
  );
  return { done, most, maxWaiting };
}

const items = (count: number, customers: number): Item[] =>
  Array.from({ length: count }, (_, number) => ({
    customer: `c${number % customers}`,
    id: `${number}`,
    number,
  }));

describe("items", () => {
  it.each([
    [1, 1],
    [4, 4],
  ] as const)(
    "for %d concurrent writes are written once, %d batches at a time, a customer's in order",
    async (writes, lanes) => {
      const all = items(1_000, 37);
      const { done, most, maxWaiting } = await run(writes, all, (batch) => batch[0]!.number % 3);
      const written = done.flat();
      expect(written.map(({ number }) => number).sort((one, other) => one - other)).toEqual(
        all.map(({ number }) => number),
      );
      for (let customer = 0; customer < 37; customer += 1) {
        const own = written.filter((item) => item.customer === `c${customer}`).map(({ number }) => number);
        expect(own).toEqual(own.toSorted((one, other) => one - other));
      }
      expect(most).toBe(lanes);
      // One batch that is written and one that waits, in each lane.
      expect(maxWaiting).toBeLessThanOrEqual(lanes * 20);
      expect(done.every((batch) => batch.length <= 10)).toBe(true);
    },
  );

  it("that are one record under two customers are written in their order", async () => {
    const two: Item[] = [
      ...items(25, 25),
      { customer: "slow", id: "order", number: 1_001 },
      ...items(3, 3).map((item) => ({ ...item, id: `more ${item.id}` })),
      { customer: "other", id: "order", number: 1_002 },
      { customer: "third", id: "order", number: 1_003 },
    ];
    const { done } = await run(4, two, (batch) =>
      batch.some(({ customer }) => customer === "slow") ? 30 : 1,
    );
    const orders = done.flat().filter(({ id }) => id === "order");
    expect(orders.map(({ number }) => number)).toEqual([1_001, 1_002, 1_003]);
  });
});

describe("a batch that can't be written", () => {
  const failing = async (fill: (lanes: Lanes<number>) => Promise<void>) => {
    let inFlight = 0;
    const failed = writeInLanes<number>(
      { concurrentWrites: 4 },
      1,
      async ([number]) => {
        inFlight += 1;
        await turn(5);
        inFlight -= 1;
        if (number === 3) throw new Error("no room");
      },
      fill,
    );
    await expect(failed).rejects.toThrow("no room");
    // Nothing continues once the caller has the error.
    expect(inFlight).toBe(0);
  };

  it("stops the reading of further items", async () => {
    let taken = 0;
    await failing(async ({ add }) => {
      for (let number = 0; number < 10_000; number += 1) {
        await add(`c${number}`, `${number}`, number);
        taken += 1;
      }
    });
    expect(taken).toBeLessThan(30);
  });

  it("is reported at the end, at the latest", async () => {
    await failing(async ({ add }) => add("c", "3", 3));
  });
});

it("an error while items are read is thrown when nothing is under way any more", async () => {
  let written = 0;
  const failed = writeInLanes<number>(
    { concurrentWrites: 4 },
    1,
    async () => {
      await turn(10);
      written += 1;
    },
    async ({ add }) => {
      await add("a", "1", 1);
      throw new Error("no file");
    },
  );
  await expect(failed).rejects.toThrow("no file");
  expect(written).toBe(1);
});
