// `/healthz`: the process answers. `/readyz`: it can serve, because the store answers and its indexes exist; and, as a warning,
// whether maintainers are at work.
import type { RequestHandler } from "express";
import type { Engine } from "../../engine.js";
import { unownedPartitions } from "../../membership/maintain/ownership.js";
import { listedProjects } from "../../projects/directory.js";

/** The longest that the store may take, in milliseconds. */
const maxMs = 3_000;
/** An id that names no document. */
const nothing = "*";

export const answerAlive: RequestHandler = (_request, response) => {
  response.setHeader("cache-control", "no-store");
  response.json({ status: "ok" });
};

/** Answers `/readyz`: names the problems, but not the location of the store. */
export function answerReady(engine: Engine, report: (error: unknown) => void): RequestHandler {
  const { store } = engine;
  return async (_request, response) => {
    const problems: string[] = [];
    let warnings: readonly string[] = [];
    try {
      await withinTime(store.getMany("projects", [nothing]));
      const states = (await withinTime(store.indexes?.states() ?? Promise.resolve([]))) ?? [];
      const missing = states.filter(({ state }) => state !== "ready").length;
      if (missing > 0) problems.push(`${missing} indexes are not ready`);
      warnings = await withinTime(unmaintained(engine));
    } catch (error) {
      report(error);
      problems.push("the store does not answer");
    }
    response.setHeader("cache-control", "no-store");
    response.status(problems.length === 0 ? 200 : 503);
    response.json({
      status: problems.length === 0 ? "ok" : "not ready",
      problems,
      ...(warnings.length === 0 ? {} : { warnings }),
    });
  };
}

/** The most projects that are checked. */
const maxProjects = 20;

/** Warns of partitions without a maintainer. Not a failure: this process still answers, with computed members. */
async function unmaintained(engine: Engine): Promise<readonly string[]> {
  let unowned = 0;
  for (const project of (await listedProjects(engine)).slice(0, maxProjects))
    unowned += await unownedPartitions(engine, project);
  return unowned === 0 ? [] : [`${unowned} partitions have no maintainer`];
}

function withinTime<Value>(work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The store took too long.")), maxMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
