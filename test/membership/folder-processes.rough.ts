// One data folder and several processes: writers, a maintainer, a server that is killed, a backup made meanwhile, and processes
// of different containers. Nothing that was answered is lost, and the stored membership is what the queries say.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createKey, keysOf } from "../../src/access/keys.js";
import { systemClock } from "../../src/clock.js";
import type { Engine } from "../../src/engine.js";
import { createWebhook, webhooksOf } from "../../src/outbox/webhooks.js";
import { examine } from "../../src/store/embedded/care/care.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import { runCommand } from "../cli/command-line.js";
import { everyStore } from "../store/every-store.js";
import { documentsIn } from "../store/watched.js";
import { ended, faultsAfter, firstWrite, newShop, startProcess, until, writeUntil } from "./processes.js";

const kills = Number(process.env.SEGMENTQL_KILL_TESTS ?? 2);
const writerProgram = fileURLToPath(new URL("folder-writer.mjs", import.meta.url));
const { place, destroy } = everyStore.find(({ name }) => name === "embedded")!;
/** What each writer does so often. */
const rounds = 25;

let folder: string;
let children: ChildProcess[];

beforeEach(() => {
  folder = place();
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  await Promise.all(children.map(ended));
  await destroy(folder);
});

async function withEngine<Result>(at: string, work: (engine: Engine) => Promise<Result>): Promise<Result> {
  const store = await openEmbeddedStore(at);
  try {
    return await work({ store, clock: systemClock, allowPrivateWebhooks: true });
  } finally {
    await store.close();
  }
}

interface Writer {
  /** Ids of orders that were answered. */
  readonly answered: readonly string[];
  readonly ready: Promise<void>;
  /** Resolves to how many it counted. */
  readonly done: Promise<number>;
}

/** Starts a writer. @param before words in front of it, as `unshare`. */
function startWriter(name: string, before: readonly string[] = []): Writer {
  const [command, ...words] = [...before, process.execPath, writerProgram, folder, name, String(rounds)];
  const child = spawn(command!, words, { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const answered: string[] = [];
  let isReady = (): void => undefined;
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  const read = async (): Promise<number> => {
    for await (const line of createInterface({ input: child.stdout })) {
      const counted = /^counted (\d+)/.exec(line)?.[1];
      if (counted !== undefined) return Number(counted);
      if (line === "ready") isReady();
      else answered.push(line);
    }
    throw new Error(`The writer ${name} ended with ${child.exitCode ?? child.signalCode}.`);
  };
  return { answered, ready, done: read() };
}

async function segmentql(at: string, ...words: readonly string[]): Promise<string> {
  const environment = { SEGMENTQL_CLOCK: undefined };
  const { exitCode, output, errors } = await runCommand(["--data", at, ...words], "", environment);
  if (exitCode !== 0) throw new Error(`segmentql ${words.join(" ")} ended with ${exitCode}: ${errors}`);
  return output;
}

/** The two documents of the common count. */
async function countsIn({ store }: Engine): Promise<readonly number[]> {
  const found = await store.getMany("segment_keys", ["default/count-1", "default/count-2"]);
  return found.map((each) => Number((each as { count?: number } | undefined)?.count ?? 0));
}

it("four writers, a maintainer and a backup: nothing is lost, and nothing differs", {
  timeout: 600_000,
}, async () => {
  const [webhook, key] = await withEngine(folder, async (engine) => {
    await newShop(engine.store);
    const made = await createWebhook(engine, "default", { url: "http://127.0.0.1:9/hook" });
    return [made, await createKey(engine, "default", { name: "Shop", scope: "read" })] as const;
  });
  const maintainer = await startProcess(undefined, ["--data", folder, "maintain"], "stderr");
  children.push(maintainer.child);
  const writers = [0, 1, 2, 3].map((index) => startWriter(String(index)));
  await Promise.all(writers.map(({ ready }) => ready));
  while (writers.some(({ answered }) => answered.length < 3)) await wait(20);
  // The backup is to hold what the maintainer has written, too.
  await withEngine(folder, ({ store }) =>
    until(
      () => "the maintainer writes a transition",
      async () => (await documentsIn(store, "transitions", "default")).length > 0,
    ),
  );
  const backup = join(folder, "..", "beside.backup");
  await segmentql(folder, "backup", backup);
  const before = writers.flatMap(({ answered }) => answered.slice(0, 3));
  const counted = await Promise.all(writers.map(({ done }) => done));
  maintainer.child.kill("SIGTERM");
  await ended(maintainer.child);

  expect(counted).toEqual([rounds, rounds, rounds, rounds]);
  expect(await segmentql(folder, "segment", "verify")).toContain("5 live segments, 0 that differ.");
  expect(await examine(folder)).toMatchObject({ problems: [] });
  await withEngine(folder, async (engine) => {
    expect(await faultsAfter(engine.store, "default")).toBe("");
    expect(await countsIn(engine)).toEqual([4 * rounds, 4 * rounds]);
    const orders = new Set(
      (await documentsIn(engine.store, "orders", "default")).map(({ source_id }) => source_id),
    );
    expect(writers.flatMap(({ answered }) => answered).filter((id) => !orders.has(id))).toEqual([]);
    expect(orders.size).toBe(4 * rounds);
  });

  // What the backup holds is of one moment, and is all that the folder held then.
  const restored = join(folder, "..", "restored");
  await segmentql(restored, "restore", backup);
  expect(await examine(restored)).toMatchObject({ problems: [] });
  await withEngine(restored, async (engine) => {
    const [one, other] = await countsIn(engine);
    expect(one).toBe(other);
    const orders = new Set(
      (await documentsIn(engine.store, "orders", "default")).map(({ source_id }) => source_id),
    );
    expect(before.filter((id) => !orders.has(id))).toEqual([]);
    expect(await webhooksOf(engine, "default")).toMatchObject([
      { webhook_id: webhook.webhook_id, secret: webhook.secret },
    ]);
    expect(await keysOf(engine, "default")).toMatchObject([{ key_id: key.document.key_id }]);
    expect((await documentsIn(engine.store, "transitions", "default")).length).toBeGreaterThan(0);
    expect(await faultsAfter(engine.store, "default")).toBe("");
  });
  expect(await segmentql(restored, "segment", "verify")).toContain("5 live segments, 0 that differ.");
  rmSync(backup);
});

const mayUnshare = spawnSync("unshare", ["--fork", "--pid", "--mount-proc", "true"]).status === 0;
if (!mayUnshare)
  process.stderr.write(
    "Two containers on one folder were left out of the tests: unshare is not permitted here.\n",
  );

it.skipIf(!mayUnshare)(
  "two containers on one folder lose no update: locks are the kernel's",
  { timeout: 600_000 },
  async () => {
    await withEngine(folder, (engine) => newShop(engine.store));
    const container = ["unshare", "--fork", "--pid", "--kill-child", "--mount-proc"];
    const writers = [startWriter("one", container), startWriter("other", container)];
    await Promise.all(writers.map(({ ready }) => ready));
    expect(await Promise.all(writers.map(({ done }) => done))).toEqual([rounds, rounds]);
    await withEngine(folder, async (engine) => {
      expect(await countsIn(engine)).toEqual([2 * rounds, 2 * rounds]);
      const orders = new Set(
        (await documentsIn(engine.store, "orders", "default")).map(({ source_id }) => source_id),
      );
      expect(writers.flatMap(({ answered }) => answered).filter((id) => !orders.has(id))).toEqual([]);
      expect(await faultsAfter(engine.store, "default")).toBe("");
    });
  },
);

it(`kill -9 of a server beside a maintainer, ${kills} times: nothing answered is lost, and nothing differs`, {
  timeout: 300_000 + kills * 60_000,
}, async () => {
  await withEngine(folder, (engine) => newShop(engine.store));
  const written = new Set<string>();
  const maintainer = await startProcess(undefined, ["--data", folder, "maintain"], "stderr");
  children.push(maintainer.child);
  for (let kill = 1; kill <= kills; kill += 1) {
    const server = await startProcess(undefined, ["--data", folder, "serve", "--port", "0"], "stdout");
    children.push(server.child);
    const url = /http:\/\/\S+/.exec(server.line)![0];
    let stopping = false;
    const load = Promise.all(
      [0, 1, 2].map((writer) => writeUntil(() => stopping, url, `${kill}.${writer}`, written)),
    );
    const before = written.size;
    await Promise.race([load, firstWrite(written, before)]);
    await wait(Math.random() * 1_000);
    server.child.kill("SIGKILL");
    stopping = true;
    await Promise.all([load, ended(server.child)]);
    await withEngine(folder, async ({ store }) => {
      const orders = new Set(
        (await documentsIn(store, "orders", "default")).map(({ source_id }) => source_id),
      );
      expect([...written].filter((id) => !orders.has(id))).toEqual([]);
    });
  }
  expect(maintainer.child.exitCode).toBeNull();
  maintainer.child.kill("SIGTERM");
  await ended(maintainer.child);
  expect(await segmentql(folder, "segment", "verify")).toContain("5 live segments, 0 that differ.");
  expect(await examine(folder)).toMatchObject({ problems: [] });
  await withEngine(folder, async ({ store }) => {
    expect(await faultsAfter(store, "default")).toBe("");
    expect((await documentsIn(store, "transitions", "default")).length).toBeGreaterThan(kills);
  });
  process.stderr.write(`${kills} kills on one folder, ${written.size} orders answered\n`);
});
