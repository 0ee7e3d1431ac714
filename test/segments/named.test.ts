// The segments that a question names, on every store, while another process changes them and while reads fail.
import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import type { Engine } from "../../src/engine.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import { updateSegment } from "../../src/segments/change.js";
import { recentSegmentsOf } from "../../src/segments/named.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { newShop, noon } from "./shops.js";

describe.each(everyStore)("segments by their ids on $name", (tested) => {
  const store = storeOfSuite(tested);
  /** What another process knows of segments is cached apart. */
  const process = (): Engine => ({ store: { ...store }, clock: fixedClock(noon) });

  async function twoSegments() {
    const other = process();
    const project = await newShop(other);
    const create = async (name: string, query: string) =>
      (await createAutoUpdate(other, project, { name, query })).segment_id;
    return {
      ...{ other, project },
      poles: await create("Poles", "country is PL"),
      french: await create("French", "country is FR"),
    };
  }

  it("a name that passed from one to another meanwhile is that of one", async () => {
    const { other, project, poles, french } = await twoSegments();
    const engine = process();
    expect((await recentSegmentsOf(engine, project, [poles])).byId.get(poles)?.name).toBe("Poles");
    await updateSegment(other, project, poles, { name: "Old" });
    await updateSegment(other, project, french, { name: "poles" });
    const { byId, byKey } = await recentSegmentsOf(engine, project, [poles, french]);
    expect([poles, french].map((id) => byId.get(id)?.name)).toEqual(["Old", "poles"]);
    expect(byKey.get("poles")?.id).toBe(french);
  });

  it("a read that two questions share and that fails is a failure of both", async () => {
    const { project, poles, french } = await twoSegments();
    let reads = 0;
    const getMany: typeof store.getMany = async (collection, ids) => {
      reads += 1;
      const isFirst = reads === 1;
      await setImmediate();
      if (isFirst) throw new Error("The store is away.");
      await setImmediate();
      return store.getMany(collection, ids);
    };
    const engine = { ...process(), store: { ...store, getMany } };
    const questions = [[poles], [french, poles]].map((ids) => recentSegmentsOf(engine, project, ids));
    expect((await Promise.allSettled(questions)).map(({ status }) => status)).toEqual([
      "rejected",
      "rejected",
    ]);
    const again = await recentSegmentsOf(engine, project, [french, poles]);
    expect([...again.byId.keys()]).toEqual([french, poles]);
    expect(reads).toBe(3);
  });
});
