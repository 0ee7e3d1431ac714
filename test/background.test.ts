import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runInBackground } from "../src/background.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const report = (error: unknown): never => {
  throw error;
};

/** Steps that end when the test says so, each then waiting 1000 ms. */
function stepsByHand() {
  const ends: (() => void)[] = [];
  const step = vi.fn(() => new Promise<number>((resolve) => ends.push(() => resolve(1_000))));
  const endStep = async (): Promise<void> => {
    ends.at(-1)?.();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { step, endStep };
}

describe("work in the background", () => {
  it("waits between steps for as long as each says", async () => {
    const waits = [100, 1_000, 50];
    const step = vi.fn(async () => waits.shift() ?? 10_000);
    const work = runInBackground(step, { report, afterErrorMs: 5 });
    await vi.advanceTimersByTimeAsync(0);
    expect(step).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(99);
    expect(step).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(step).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(999);
    expect(step).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1 + 50);
    expect(step).toHaveBeenCalledTimes(4);
    await work.stop();
  });

  it("waits before the first step if that is requested", async () => {
    const step = vi.fn(async () => 1_000);
    const work = runInBackground(step, { report, afterErrorMs: 5, firstAfterMs: 300 });
    await vi.advanceTimersByTimeAsync(299);
    expect(step).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(step).toHaveBeenCalledTimes(1);
    await work.stop();
  });

  it("reports what a step throws, and runs the next step after another wait", async () => {
    const reported: unknown[] = [];
    const step = vi.fn(async () => 1_000).mockRejectedValueOnce(new Error("lost"));
    const work = runInBackground(step, { report: (error) => reported.push(error), afterErrorMs: 5_000 });
    await vi.advanceTimersByTimeAsync(4_999);
    expect(reported).toEqual([new Error("lost")]);
    expect(step).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(step).toHaveBeenCalledTimes(2);
    await work.stop();
  });

  it("a wake ends one wait", async () => {
    const step = vi.fn(async () => 1_000);
    const work = runInBackground(step, { report, afterErrorMs: 5 });
    await vi.advanceTimersByTimeAsync(0);
    work.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(step).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(999);
    expect(step).toHaveBeenCalledTimes(2);
    await work.stop();
  });

  it("a wake during a step starts another step at once", async () => {
    const { step, endStep } = stepsByHand();
    const work = runInBackground(step, { report, afterErrorMs: 5 });
    await vi.advanceTimersByTimeAsync(0);
    for (const taken of [1, 2, 3]) {
      expect(step).toHaveBeenCalledTimes(taken);
      work.wake();
      await endStep();
    }
    expect(step).toHaveBeenCalledTimes(4);
    await endStep();
    expect(step).toHaveBeenCalledTimes(4);
    await work.stop();
  });

  it("a stop ends the wait, and no step follows", async () => {
    const step = vi.fn(async () => 1_000);
    const work = runInBackground(step, { report, afterErrorMs: 5 });
    await vi.advanceTimersByTimeAsync(0);
    await work.stop();
    work.wake();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(step).toHaveBeenCalledTimes(1);
  });

  it("a stop signals the running step, and resolves when the step has ended", async () => {
    let signal: AbortSignal | undefined;
    let end = (): void => undefined;
    const work = runInBackground(
      (stopping) => {
        signal = stopping;
        return new Promise((resolve) => {
          end = () => resolve(0);
        });
      },
      { report, afterErrorMs: 5 },
    );
    await vi.advanceTimersByTimeAsync(0);
    expect(signal?.aborted).toBe(false);
    let isStopped = false;
    const stopped = work.stop().then(() => {
      isStopped = true;
    });
    await vi.advanceTimersByTimeAsync(1_000);
    expect([signal?.aborted, isStopped]).toEqual([true, false]);
    end();
    await stopped;
    expect(isStopped).toBe(true);
  });
});
