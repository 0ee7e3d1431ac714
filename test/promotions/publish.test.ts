// Codes published to a whole segment, on every store: nobody gets two, also if it is interrupted or run twice at once.
import { describe, expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { createJob, findJob } from "../../src/jobs/jobs.js";
import { publishJob } from "../../src/jobs/publish-job.js";
import { createCampaign } from "../../src/promotions/campaigns.js";
import { publishCode } from "../../src/promotions/codes.js";
import { generateCodes, planCodes } from "../../src/promotions/generate.js";
import { planPublication, publishToSegment } from "../../src/promotions/publish.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn } from "../store/watched.js";

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);
  const engine: Engine = { store, clock: () => Date.parse("2026-11-30T10:00:00Z") };
  let projects = 0;

  /** A shop of 450 customers in Poland and one in France, with a campaign that has so many codes. */
  async function shop(codes: number) {
    projects += 1;
    const project = `publish${projects}`;
    await defineProject(engine, project, {});
    const poles = Array.from({ length: 450 }, (_, index) => ({
      source_id: `c-${index}`,
      address: { country: "PL" },
    }));
    await upsertCustomers(engine, project, [...poles, { source_id: "cyd", address: { country: "FR" } }]);
    await createCampaign(engine, project, { name: "Winter", discount: { percent: "10" } });
    const generate = async (count: number) =>
      generateCodes(engine, project, await planCodes(engine, project, { campaign: "Winter", count }));
    await generate(codes);
    const { segment_id } = await createAutoUpdate(engine, project, { name: "Poles", query: "country is PL" });
    const plan = await planPublication(engine, project, { campaign: "Winter", segment: segment_id });
    return {
      project,
      plan,
      generate,
      publish: (options = {}, by = engine) => publishToSegment(by, project, plan, options),
      /** The customers who have a code, each as often as they have one. */
      holders: async () =>
        (await documentsIn(store, "codes", project)).flatMap(({ customer }) => customer ?? []).sort(),
    };
  }
  const distinct = (ids: readonly string[]) => new Set(ids).size;

  it("each customer of the segment gets one, whoever had one keeps it", async () => {
    const { project, publish, holders } = await shop(460);
    const before = await publishCode(engine, project, "Winter", `${project}/c-7`);
    const seen: number[] = [];
    const progress = (done: number, total: number) => {
      expect(total).toBe(450);
      seen.push(done);
    };
    expect(await publish({ progress })).toEqual({ published: 449, had: 1 });
    expect(seen).toEqual([0, 200, 400, 450]);
    expect(await publish()).toEqual({ published: 0, had: 450 });
    const all = await holders();
    expect([all.length, distinct(all)]).toEqual([450, 450]);
    expect(all).not.toContain(`${project}/cyd`);
    expect((await publishCode(engine, project, "Winter", `${project}/c-7`)).code).toBe(before.code);
  });

  it("interrupted, it goes on; and too few codes are said", async () => {
    const { publish, holders, generate } = await shop(300);
    const stop = new AbortController();
    const progress = (done: number) => {
      if (done === 200) stop.abort(new Error("stopped"));
    };
    await expect(publish({ progress, signal: stop.signal })).rejects.toThrow("stopped");
    expect(await holders()).toHaveLength(200);
    await expect(publish()).rejects.toThrow(
      '"Winter" has no more codes: 300 of 450 customers have one. Generate more of them, and publish again',
    );
    expect(await holders()).toHaveLength(300);
    await generate(150);
    expect(await publish()).toEqual({ published: 150, had: 300 });
    const all = await holders();
    expect([all.length, distinct(all)]).toEqual([450, 450]);
  });

  it("two at once give each customer one", async () => {
    const { publish, holders } = await shop(450);
    const both = await Promise.all([publish(), publish()]);
    expect(both.reduce((sum, { published }) => sum + published, 0)).toBe(450);
    const all = await holders();
    expect([all.length, distinct(all)]).toEqual([450, 450]);
  });

  it("a job does it, and fails with what to do", async () => {
    const { project, plan, holders, generate } = await shop(100);
    const caller = { kind: "key", id: "k" };
    const made = await createJob(engine, project, { type: "publish", request: { ...plan }, caller });
    const job = (await findJob(engine, project, made.job_id))!;
    const work = () =>
      publishJob({
        engine,
        job,
        signal: new AbortController().signal,
        folder: "",
        progress: () => undefined,
      });
    await expect(work()).rejects.toMatchObject({
      name: "JobFailure",
      message: expect.stringContaining("100 of 450"),
    });
    expect(await holders()).toHaveLength(100);
    // Resumed, it counts what it published before as its own.
    await generate(350);
    expect(await work()).toEqual({ result: { published: 450, had: 0 } });
  });

  it("the progress never goes back, also if customers are erased meanwhile", async () => {
    const { publish, project } = await shop(450);
    const write: Engine["store"]["write"] = (body, ...others) =>
      store.write(
        (transaction) =>
          body({
            ...transaction,
            getMany: async (collection, ids) => {
              const found = await transaction.getMany(collection, ids);
              const isGone = collection === "customers" && ids.includes(`${project}/c-0`);
              return isGone ? found.map(() => undefined) : found;
            },
          }),
        ...others,
      );
    const seen: number[] = [];
    const done = await publish(
      { progress: (each: number) => seen.push(each) },
      { ...engine, store: { ...store, write } },
    );
    expect(done).toEqual({ published: 250, had: 0 });
    expect(seen).toEqual([0, 200, 400, 450]);
  });

  it("a segment that does not exist is refused", async () => {
    const { project } = await shop(1);
    await expect(
      planPublication(engine, project, { campaign: "Winter", segment: "nothing" }),
    ).rejects.toMatchObject({ code: "UNKNOWN_SEGMENT", field: "segment" });
  });
});
