// Sorting on disk.
import { readdir } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { openSorter } from "../../../src/import/files/sorter.js";
import { temporaryFolder } from "../temporary-engine.js";

async function sorted(items: Iterable<readonly [string, unknown]>) {
  const folder = await temporaryFolder();
  const sorter = openSorter<unknown>(folder, "test");
  let count = 0;
  for (const [key, item] of items) {
    sorter.add(key, item);
    count += 1;
  }
  const files = (await readdir(folder)).length;
  const all = [...sorter.sorted()];
  expect(await readdir(folder)).toEqual([]);
  expect(all.length).toBe(count);
  return { all, files };
}

describe("a sorter", () => {
  it("sorts without a file if everything fits in memory", async () => {
    const { all, files } = await sorted([
      ["b", { text: "a line\nbreak\tand a tab" }],
      ["a\u0001", [1, null]],
      ["a", "ż😀"],
    ]);
    expect(all).toEqual(["ż😀", [1, null], { text: "a line\nbreak\tand a tab" }]);
    expect(files).toBe(0);
  });

  it("returns nothing for no input", async () => {
    expect((await sorted([])).all).toEqual([]);
  });

  it("sorts in parts, and merges the parts of parts", async () => {
    const count = 300_000;
    const { all, files } = await sorted(
      (function* () {
        // 7,919 and the count have no common divisor, so each number comes once.
        for (let index = 0; index < count; index += 1) {
          const number = (index * 7_919) % count;
          yield [String(number).padStart(7, "0"), number] as const;
        }
      })(),
    );
    expect(all.every((item, index) => item === index)).toBe(true);
    // 37 full parts of 8,000: 32 of them merged into one file, and five.
    expect(files).toBe(6);
  });

  it("bounds a part by its characters, too", async () => {
    const long = "x".repeat(100_000);
    const { all, files } = await sorted(
      (function* () {
        for (let index = 99; index >= 0; index -= 1)
          yield [String(index).padStart(2, "0"), `${index} ${long}`] as const;
      })(),
    );
    expect(all.map((item) => Number((item as string).split(" ")[0]))).toEqual(
      Array.from({ length: 100 }, (_, index) => index),
    );
    expect(files).toBe(2);
  });

  it("compares keys as JavaScript compares text, in memory and in files alike", async () => {
    const keys = ["\uffee", "😀", "z", "ä", "Z", ""];
    const filler = Array.from({ length: 9_000 }, (_, index) => [`m${index}`, "m"] as const);
    const { all } = await sorted([...keys.map((key) => [key, key] as const), ...filler]);
    expect(all.filter((item) => item !== "m")).toEqual(["", "Z", "z", "ä", "😀", "\uffee"]);
  });
});
