// A server that is started again nine days after it was stopped: it answers while it catches up, reports how far it is, and returns
// stored members as those of now only afterwards.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import type { Engine } from "../../src/engine.js";
import { globalId } from "../../src/graphql/server/global-id.js";
import { settleProject } from "../../src/membership/maintain/run.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import { draws } from "../draws.js";
import { catchUpShapes, catchUpStart, makeCatchUpShop } from "./catching-up-shop.js";
import { ended, faultsAfter, startProcess } from "./processes.js";

const project = "default";
const later = catchUpStart + 9 * 86_400_000;

/** How many segments there are of each shape: 5 while a change is written, 10 before it lands. */
const segmentsOfShape = Math.min(10, draws(2.5));

interface SegmentAnswer {
  readonly data?: {
    readonly segment: { readonly behindAt: string | null; readonly members: { readonly source: string } };
  };
  readonly errors?: readonly object[];
}

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "segmentql-catching-up-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it(`answers are given while ${catchUpShapes * segmentsOfShape} segments of 500 customers catch up with nine days`, {
  timeout: 1_200_000,
}, async () => {
  const store = await openEmbeddedStore(folder);
  const engine: Engine = { store, clock: fixedClock(catchUpStart) };
  const segment = globalId("Segment", await makeCatchUpShop(engine, project, 500, segmentsOfShape));
  expect(await settleProject(engine, project)).toBe(true);
  await store.close();

  const server = await startProcess(
    { SEGMENTQL_CLOCK: new Date(later).toISOString() },
    ["serve", "--port", "0", "--data", folder],
    "stdout",
  );
  const url = /http:\/\/[^\s]+:\d+/.exec(server.line)![0];
  const query = `{ segment(by: { id: "${segment}" }) { behindAt members(first: 1) { source totalCount } } }`;
  const seen: {
    readonly source: string;
    readonly behind: number;
    readonly ms: number;
    readonly lag: number;
  }[] = [];
  try {
    const end = performance.now() + 900_000;
    while (seen.at(-1)?.source !== "STORED") {
      if (performance.now() > end) throw new Error(`It did not catch up: ${JSON.stringify(seen.at(-1))}`);
      const begun = performance.now();
      const answer = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query }),
      });
      const { data, errors } = (await answer.json()) as SegmentAnswer;
      if (data === undefined) throw new Error(JSON.stringify(errors));
      const ms = performance.now() - begun;
      const metrics = await (await fetch(`${url}/metrics`)).text();
      const lag = Number(/^segmentql_tick_lag_seconds\{[^}]*\} (\S+)$/m.exec(metrics)?.[1]);
      const { behindAt, members } = data.segment;
      seen.push({
        ms,
        source: members.source,
        behind: behindAt === null ? later : Date.parse(behindAt),
        lag,
      });
      await wait(20);
    }
  } finally {
    server.child.kill("SIGTERM");
    await ended(server.child);
  }
  const [longest] = seen.map(({ ms }) => ms).toSorted((one, other) => other - one);
  process.stderr.write(
    `${seen.length} answers while catching up, the longest after ${longest!.toFixed(0)} ms\n`,
  );
  // Was the server busy with nothing else, there were a few answers at most.
  expect(seen.length).toBeGreaterThan(20);
  for (const { source, behind } of seen) expect(source).toBe(later - behind > 60_000 ? "COMPUTED" : "STORED");
  // It says how far it is, which only grows: at the beginning, in between and at the end.
  const moments = [...new Set(seen.map(({ behind }) => behind))];
  expect(moments.length).toBeGreaterThan(2);
  expect(moments).toEqual(moments.toSorted((one, other) => one - other));
  const lags = seen.map(({ lag }) => lag);
  expect(Math.max(...lags)).toBeGreaterThan(3_600);

  const after = await openEmbeddedStore(folder);
  // The last members were stored just now; what else they touch is seen to in the next rounds.
  expect(await faultsAfter(after, project, later)).toBe("");
  await after.close();
});
