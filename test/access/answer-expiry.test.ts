// Answers that are kept for repeated requests are deleted when their day is over, whether or not another request comes.
import { describe, expect, it, vi } from "vitest";
import { openCaller } from "../../src/access/caller.js";
import { claim, deleteExpiredAnswers, runAnswerExpiry } from "../../src/access/idempotency.js";
import { defineProject } from "../../src/definitions/define.js";
import type { Engine } from "../../src/engine.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn } from "../store/watched.js";
import { movableClock } from "../support/movable-clock.js";

const day = 86_400_000;

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  async function answer(engine: Engine, project: string, key: string): Promise<void> {
    const request = { project, caller: openCaller("127.0.0.1"), key, request: "mutation" };
    const claimed = await claim(engine, request, new AbortController().signal);
    if (claimed.kind !== "execute") throw new Error("not executed");
    await claimed.answered(`{"data":"${key}"}`);
  }

  const kept = async (project: string) =>
    (await documentsIn(store, "answers", project)).map(({ body }) => body).sort();

  it("answers of a project are deleted after a day, and later ones are kept", async () => {
    const clock = movableClock("2026-05-01T12:00:00Z");
    const engine: Engine = { store, ...clock };
    for (const key of ["k-1", "k-2"]) await answer(engine, "expiring", key);
    await answer(engine, "other", "k-1");
    clock.moveBy(day / 2);
    await answer(engine, "expiring", "k-3");
    expect(await deleteExpiredAnswers(engine, "expiring")).toBe(0);
    clock.moveBy(day / 2 + 1);
    expect(await deleteExpiredAnswers(engine, "expiring")).toBe(2);
    expect([await kept("expiring"), await kept("other")]).toEqual([['{"data":"k-3"}'], ['{"data":"k-1"}']]);
  });

  it("a service deletes the expired answers of all projects without being asked", async () => {
    const clock = movableClock("2026-05-01T12:00:00Z");
    const engine: Engine = { store, ...clock };
    for (const project of ["served-1", "served-2"]) {
      await defineProject(engine, project, {});
      await answer(engine, project, "k-1");
    }
    clock.moveBy(day + 1);
    const failures: unknown[] = [];
    const expiry = runAnswerExpiry(engine, (error) => failures.push(error), 5);
    try {
      await vi.waitFor(async () => expect(await kept("served-2")).toEqual([]), { timeout: 60_000 });
    } finally {
      await expiry.stop();
    }
    expect([await kept("served-1"), failures]).toEqual([[], []]);
  });
});
