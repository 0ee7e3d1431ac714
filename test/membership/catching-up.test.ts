// A server that is started again nine days after it was stopped: it answers while it catches up, says how far it is, and tells no
// stored members as those of now before it has.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import { defineProject } from "../../src/definitions/define.js";
import type { Engine } from "../../src/engine.js";
import { globalId } from "../../src/graphql/server/global-id.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { settleProject } from "../../src/membership/maintain/run.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import { draws } from "../draws.js";
import { ended, faultsAfter, startProcess } from "./processes.js";

const project = "default";
const hour = 3_600_000;
const day = 24 * hour;
const start = Date.parse("2026-03-10T12:00:00Z");
const later = start + 9 * day;

/** How many segments there are of each shape: 3 while a change is written, 10 before it lands. */
const segmentsOfShape = Math.min(10, draws(1.5));

/** Queries that time moves in many ways, by the hour, by the day and by the minute; each for several numbers. */
const shapes: readonly ((number: number) => string)[] = [
  (number) => `performed login in the last ${number} days`,
  (number) => `last order more than ${number} days ago`,
  (number) => `performed view where value > ${number} in the last ${number * 7} hours`,
  (number) => `created is in the last ${number * 3} days`,
  (number) => `renewal is in the next ${number} days`,
  (number) => `birthday anniversary is in the next ${number} days`,
  (number) => `performed checkout in the last ${number * 9} hours`,
  (number) => `placed order at least twice in the last ${number * 3} days`,
  (number) => `last performed login more than ${number * 13} minutes ago and country is PL`,
  (number) => `total spent is more than $${number * 10}`,
  (number) => `sum of value of view in the last ${number} days is at least ${number}`,
  (number) => `created exactly ${number * 3} days ago or performed login today`,
  (number) => `number of orders is at least ${number}`,
  (number) => `performed checkout between 2026-03-0${(number % 9) + 1} and 2026-03-${number + 10}`,
  (number) => `age > ${number + 20} and never performed login since yesterday`,
];

/** A number from 0 up to 1, the same for the same number, and other for the next. */
function spread(number: number): number {
  return ((number * 2_654_435_761) % 2 ** 32) / 2 ** 32;
}

interface SegmentAnswer {
  readonly data?: {
    readonly segment: { readonly behindAt: string | null; readonly members: { readonly source: string } };
  };
  readonly errors?: readonly object[];
}

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "segmentql-catching-up-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function makeShop(engine: Engine): Promise<string> {
  const at = (days: number): string => new Date(start + days * day).toISOString();
  const people = Array.from({ length: 500 }, (_, index) => index);
  await defineProject(engine, project, {
    timezone: "Europe/Warsaw",
    metadataSchema: { age: "number", renewal: "date" },
    eventSchemas: { login: {}, view: { value: "number" }, checkout: {} },
  });
  const ids = people.map((index) => `c-${index}`);
  await upsertCustomers(
    engine,
    project,
    ids.map((source_id, index) => ({
      source_id,
      created_at: at(-60 * spread(index)),
      birthdate: `1990-${String(1 + (index % 12)).padStart(2, "0")}-${String(1 + (index % 28)).padStart(2, "0")}`,
      address: { country: index % 3 === 0 ? "FR" : "PL" },
      metadata: { age: 20 + (index % 50), renewal: at(40 * spread(index + 7) - 10).slice(0, 10) },
    })),
  );
  for (let round = 0; round < 6; round += 1) {
    const when = ids.map((_, index) => at(60 * spread(index * 6 + round) - 45));
    const type = ["login", "view", "checkout"][round % 3];
    const orders = ids.map((customer, index) => ({
      ...{ source_id: `o-${round}-${index}`, customer, created_at: when[index] },
      ...{ amount: Math.floor(20_000 * spread(index + round)), status: "PAID" },
    }));
    if (round < 3) await upsertRecords(engine, project, "orders", orders);
    const events = ids.map((customer, index) => ({
      ...{ id: `e-${round}-${index}`, customer, type, at: when[index] },
      properties: type === "view" ? { value: index % 20 } : {},
    }));
    await upsertRecords(engine, project, "events", events);
  }
  let first = "";
  for (const shape of shapes)
    for (let number = 1; number <= segmentsOfShape; number += 1) {
      const query = shape(number);
      const { segment_id } = await createAutoUpdate(engine, project, { name: query, query });
      if (first === "") first = segment_id;
    }
  return first;
}

it(`answers are given while ${shapes.length * segmentsOfShape} segments of 500 customers catch up with nine days`, {
  timeout: 1_200_000,
}, async () => {
  const store = await openEmbeddedStore(folder);
  const engine: Engine = { store, clock: fixedClock(start) };
  const segment = globalId("Segment", await makeShop(engine));
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
  // It says how far it is, which only grows.
  const moments = [...new Set(seen.map(({ behind }) => behind))];
  expect(moments.length).toBeGreaterThan(3);
  expect(moments).toEqual(moments.toSorted((one, other) => one - other));
  const lags = seen.map(({ lag }) => lag);
  expect(Math.max(...lags)).toBeGreaterThan(3_600);

  const after = await openEmbeddedStore(folder);
  // The last members were stored just now; what else they touch is seen to in the next rounds.
  expect(await faultsAfter(after, project, later)).toBe("");
  await after.close();
});
