// A maintainer as a process of its own on a data folder, stopped at one moment and started at another: what time does while it is
// away is done when it comes back.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import { defineProject } from "../../src/definitions/define.js";
import { eraseCustomer } from "../../src/definitions/erase.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { feedBounds, type Position, transitionsAfter } from "../../src/membership/reads/feed.js";
import { segmentMembers } from "../../src/membership/reads/members.js";
import { backlogOf } from "../../src/metrics/backlog.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import { faults, reportedChanges } from "./live-shop.js";

const program = fileURLToPath(new URL("../../dist/src/cli/main.js", import.meta.url));
const project = "default";
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "segmentql-restarts-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Does something with the store as of an instant, together with a process that has it open, or without one. */
async function at<Result>(instant: string, work: (engine: Engine) => Promise<Result>): Promise<Result> {
  const store = await openEmbeddedStore(folder);
  try {
    return await work({ store, clock: fixedClock(Date.parse(instant)) });
  } finally {
    await store.close();
  }
}

function figure(metrics: string, name: string): number {
  return Number(new RegExp(`^segmentql_${name}\\{[^}]*\\} (\\S+)$`, "m").exec(metrics)?.[1]);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null)
    await new Promise((resolve) => child.once("exit", resolve));
}

/** Whether a maintainer has nothing left to do at an instant. */
async function isSettled(engine: Engine): Promise<boolean> {
  const { waiting, tickLagSeconds } = await backlogOf(engine, project);
  const segments = await engine.store.reads.maintenance.liveSegments(project);
  return waiting === 0 && tickLagSeconds === 0 && segments.every(({ status }) => status === "live");
}

/** Runs `segmentql maintain` at an instant until it has nothing left to do, which its metrics report, too. */
async function maintainAt(instant: string): Promise<void> {
  const child = spawn(process.execPath, [program, "maintain", "--data", folder, "--metrics-port", "0"], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { PATH: process.env.PATH, LOG_LEVEL: "fatal", SEGMENTQL_CLOCK: instant },
  });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let said = "";
      createInterface({ input: child.stderr }).on("line", (line) => {
        said += `${line}\n`;
        const [found] = /http:\/\/\S+[\d/a-z]/.exec(line) ?? [];
        if (found !== undefined) resolve(found);
      });
      child.once("exit", (code) => reject(new Error(`segmentql maintain ended with ${code}: ${said}`)));
    });
    await at(instant, async (engine) => {
      while (!(await isSettled(engine))) await wait(100);
    });
    const metrics = await (await fetch(url)).text();
    expect([figure(metrics, "changes_waiting"), figure(metrics, "tick_lag_seconds")]).toEqual([0, 0]);
  } finally {
    child.kill("SIGTERM");
    await ended(child);
  }
}

it("a restart handles a record whose time passes together with a window's end, and a range that time turns upside down", async () => {
  const start = "2026-03-10T12:00:00Z";
  const queries = {
    window: "performed checkout between 2026-03-01 and 2026-03-20",
    day: "performed checkout on 2026-03-15",
    turning: "placed order between 7 days ago and 2026-03-12",
  };
  const ids = await at(start, async (engine) => {
    await defineProject(engine, project, { timezone: "UTC", eventSchemas: { checkout: {} } });
    await upsertCustomers(engine, project, [{ source_id: "c-1" }]);
    await upsertRecords(engine, project, "orders", [
      { source_id: "o-1", customer: "c-1", created_at: "2026-03-10T10:00:00Z", amount: 100 },
    ]);
    const found: Record<string, string> = {};
    for (const [name, query] of Object.entries(queries))
      found[name] = (await createAutoUpdate(engine, project, { name, query })).segment_id;
    return found;
  });
  await maintainAt(start);
  await at(start, (engine) =>
    upsertRecords(engine, project, "events", [
      { customer: "c-1", type: "checkout", at: "2026-03-15T09:30:00Z" },
    ]),
  );
  await maintainAt("2026-03-25T00:00:00Z");
  await at("2026-03-25T00:00:00Z", async (engine) => {
    expect(await faults(engine, project)).toBe("");
    expect(await reportedChanges(engine, project, ids.window!)).toEqual([
      "c-1 entered 2026-03-15T09:30:00.000Z TIME",
    ]);
    expect(await reportedChanges(engine, project, ids.day!)).toEqual([
      "c-1 entered 2026-03-15T09:30:00.000Z TIME",
    ]);
    expect(await reportedChanges(engine, project, ids.turning!)).toEqual([
      `c-1 entered ${new Date(start).toISOString()} POPULATED`,
      "c-1 left 2026-03-17T10:00:00.001Z TIME",
    ]);
    const then = await segmentMembers(engine, project, ids.turning!, {
      asOf: Date.parse("2026-03-16T00:00:00Z"),
    });
    expect([then.source, await then.count()]).toEqual(["history", 1]);
  });
});

it("restarts do not keep an erased person's exit from a reader that knows the name, nor report the name to another", async () => {
  const [entered, left, erased] = [
    "2026-03-10T12:00:00Z",
    "2026-03-11T12:00:00Z",
    "2026-03-12T12:00:00Z",
  ] as const;
  const from = (engine: Engine, country: string, ids: readonly string[]) =>
    upsertCustomers(
      engine,
      project,
      ids.map((source_id) => ({ source_id, address: { country } })),
    );
  const read = async (engine: Engine, position: Position) => {
    const page = await transitionsAfter(engine, project, position, 100);
    const heard = page.transitions.map(
      ({ customer, kind }) => `${customer.slice(project.length + 1)} ${kind}`,
    );
    return { position: page.position, heard: heard.toSorted() };
  };
  await at(entered, async (engine) => {
    await defineProject(engine, project, { timezone: "UTC" });
    await from(engine, "PL", ["anna", "ben"]);
    await createAutoUpdate(engine, project, { name: "Poles", query: "country is PL" });
  });
  await maintainAt(entered);
  const away = await at(entered, async (engine) => read(engine, (await feedBounds(engine, project)).oldest));
  expect(away.heard).toEqual(["anna entered", "ben entered"]);
  await at(left, (engine) => from(engine, "FR", ["anna"]));
  await maintainAt(left);
  await at(erased, (engine) => eraseCustomer(engine, project, "anna"));
  await maintainAt(erased);
  await at(erased, async (engine) => {
    expect((await read(engine, away.position)).heard).toEqual(["anna left"]);
    expect((await read(engine, (await feedBounds(engine, project)).oldest)).heard).toEqual(["ben entered"]);
  });
});

it("a month of absence is followed instant by instant, and the metrics report when that is done", async () => {
  const start = "2026-03-10T12:00:00Z";
  const hour = 3_600_000;
  const segment = await at(start, async (engine) => {
    await defineProject(engine, project, { timezone: "Europe/Warsaw", eventSchemas: { login: {} } });
    const numbers = Array.from({ length: 100 }, (_, index) => index);
    await upsertCustomers(
      engine,
      project,
      numbers.map((number) => ({ source_id: `c-${number}` })),
    );
    await upsertRecords(
      engine,
      project,
      "events",
      numbers.flatMap((number) =>
        Array.from({ length: 10 }, (_, index) => ({
          customer: `c-${number}`,
          type: "login",
          at: new Date(Date.parse(start) + (number + 70 * index) * hour).toISOString(),
        })),
      ),
    );
    const created = [];
    for (const days of [1, 2, 3])
      created.push(
        await createAutoUpdate(engine, project, {
          name: `Within ${days}`,
          query: `performed login in the last ${days} days`,
        }),
      );
    return created[0]!.segment_id;
  });
  await maintainAt(start);
  const later = "2026-04-10T12:00:00Z";
  await maintainAt(later);
  await at(later, async (engine) => {
    expect(await faults(engine, project)).toBe("");
    for (let day = 1; day < 31; day += 1) {
      const asOf = Date.parse(start) + day * 24 * hour + 7 * hour;
      const [history, computed] = [
        await segmentMembers(engine, project, segment, { asOf }),
        await segmentMembers(engine, project, segment, { asOf, fresh: true }),
      ];
      expect(history.source).toBe("history");
      expect(await history.count()).toBe(await computed.count());
    }
  });
});
