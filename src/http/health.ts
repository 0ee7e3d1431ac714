// `/healthz`: the process answers. `/readyz`: it can serve, because the store answers and its indexes exist.
import type { RequestHandler } from "express";
import type { Engine } from "../engine.js";

/** The longest that the store may take, in milliseconds. */
const maxMs = 3_000;
/** An id that names no document. */
const nothing = "*";

export const answerAlive: RequestHandler = (_request, response) => {
  response.setHeader("cache-control", "no-store");
  response.json({ status: "ok" });
};

/** Names what is wrong, and nothing of where the store is. */
export function answerReady({ store }: Engine, report: (error: unknown) => void): RequestHandler {
  return async (_request, response) => {
    const problems: string[] = [];
    try {
      await withinTime(store.getMany("projects", [nothing]));
      const states = (await withinTime(store.indexes?.states() ?? Promise.resolve([]))) ?? [];
      const missing = states.filter(({ state }) => state !== "ready").length;
      if (missing > 0) problems.push(`${missing} indexes are not ready`);
    } catch (error) {
      report(error);
      problems.push("the store does not answer");
    }
    response.setHeader("cache-control", "no-store");
    response.status(problems.length === 0 ? 200 : 503);
    response.json({ status: problems.length === 0 ? "ok" : "not ready", problems });
  };
}

function withinTime<Value>(work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The store took too long.")), maxMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
