// Long work in slices: however it is divided into calls, a turn of the event loop runs no more of it than one slice.
import { expect, it } from "vitest";
import { inSlices, slicesOf } from "../../src/store/slices.js";

/** Keeps the thread busy for longer than half a slice. */
function work(): void {
  const end = performance.now() + 3;
  while (performance.now() < end);
}

/** Calls `during`, and returns how many items were processed in each turn of the event loop that processed any. */
async function itemsOfTurns(during: (note: () => void) => Promise<unknown>): Promise<readonly number[]> {
  const counts = [0];
  let counting = setImmediate(function next() {
    counts.push(0);
    counting = setImmediate(next);
  });
  await during(() => {
    counts[counts.length - 1]! += 1;
    work();
  });
  clearImmediate(counting);
  return counts.filter((count) => count > 0);
}

it.each<[string, (note: () => void) => Promise<unknown>]>([
  ["one call", (note) => inSlices(Array(10).fill(0), note)],
  [
    "calls one after the other, each shorter than a slice",
    async (note) => {
      for (let call = 0; call < 10; call += 1) await inSlices([0], note);
    },
  ],
  ["calls at the same time", (note) => Promise.all(Array.from({ length: 5 }, () => inSlices([0, 0], note)))],
  [
    "work that checks by itself whether its slice is over",
    async (note) => {
      for (let part = 0; part < 10; part += 1) {
        const slices = slicesOf();
        note();
        if (slices.isOver()) await slices.next();
      }
    },
  ],
])("ten items of %s are processed by at least five turns", async (_, during) => {
  const turns = await itemsOfTurns(during);
  expect(turns.reduce((sum, count) => sum + count, 0)).toBe(10);
  expect(Math.max(...turns)).toBeLessThanOrEqual(2);
});
