import { describe, expect, it } from "vitest";
import { inPartsIfContended } from "../../src/store/batches.js";
import { StoreError } from "../../src/store/port.js";

const items = Array.from({ length: 20 }, (_, index) => index);

/** Work whose transactions conflict while one has more than `limit` items, or any of `locked`; and what it did. */
function contended(limit: number, locked: readonly number[] = []) {
  const sizes: number[] = [];
  const done: number[] = [];
  const work = async (part: readonly number[]): Promise<void> => {
    sizes.push(part.length);
    if (part.length > limit || part.some((item) => locked.includes(item)))
      throw new StoreError("TIMEOUT", `conflict of ${part.length}`);
    done.push(...part);
  };
  return { sizes, done, work };
}

describe("work on many documents", () => {
  it("is done at once if nothing conflicts", async () => {
    const { sizes, done, work } = contended(20);
    await inPartsIfContended(items, work);
    expect(sizes).toEqual([20]);
    expect(done).toEqual(items);
  });

  it("is divided into eighths, and those again, while it conflicts", async () => {
    const { sizes, done, work } = contended(2);
    await inPartsIfContended(items, work);
    // Seven parts of at most three, of which those of three are done one by one.
    expect(sizes).toEqual([20, ...Array(6).fill([3, 1, 1, 1]).flat(), 2]);
    expect(done).toEqual(items);
  });

  it("fails because of one locked item after the work on all others", async () => {
    const { done, work } = contended(20, [4]);
    await expect(inPartsIfContended(items, work)).rejects.toThrow("conflict of 1");
    expect(done).toEqual(items.filter((item) => item !== 4));
  });

  it("is not divided once ten seconds have passed", async () => {
    const { sizes, done, work } = contended(2);
    let seconds = 0;
    const elapsed = (): number => {
      seconds += 3;
      return seconds * 1_000;
    };
    await expect(inPartsIfContended(items, work, elapsed)).rejects.toThrow("conflict of 3");
    expect([sizes.length, done]).toEqual([10, [0, 1, 2, 3, 4, 5]]);
  });

  it("fails at once with any other error", async () => {
    const sizes: number[] = [];
    const work = async (part: readonly number[]): Promise<void> => {
      sizes.push(part.length);
      throw new StoreError("UNAVAILABLE", "gone");
    };
    await expect(inPartsIfContended(items, work)).rejects.toThrow("gone");
    expect(sizes).toEqual([20]);
  });
});
