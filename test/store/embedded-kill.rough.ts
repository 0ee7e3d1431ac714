// The embedded store whose process is killed between any two steps of its writes.
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import { everyStore } from "./every-store.js";
import { documentsIn } from "./watched.js";
import { killWriter, killWriters, startWriter } from "./writer-processes.js";

const { place, destroy } = everyStore.find(({ name }) => name === "embedded")!;

describe("kill -9 between any two steps", () => {
  it("leaves both documents of a pair or neither, and nothing that was removed", async () => {
    const folder = place();
    onTestFinished(async () => {
      await killWriters();
      await destroy(folder);
    });
    let next = 0;
    let survived = 0;
    for (const [round, delay] of [0, 3, 11, 27, 50, 80, 121, 170].entries()) {
      // A later round is farther on, however slow the machine is.
      const child = await startWriter(folder, "pairs", String(next), String(round));
      await wait(delay);
      await killWriter(child);
      const store = await openEmbeddedStore(folder);
      const numbersOf = (documents: readonly object[]) =>
        documents.map((each) => (each as { number: number }).number).sort((one, other) => one - other);
      const numbers = numbersOf(await documentsIn(store, "orders", "shop"));
      expect(numbersOf(await documentsIn(store, "events", "shop"))).toEqual(numbers);
      const last = numbers.at(-1) ?? -1;
      expect(numbers).toEqual(
        Array.from({ length: Math.min(5, last + 1) }, (_, n) => Math.max(0, last - 4) + n),
      );
      survived += last + 1 - next;
      next = last + 1;
      await store.close();
    }
    expect(survived).toBeGreaterThanOrEqual(28);
  });
});
