// How fresh stored membership is: from a write's answer until it is stored, and until a reader of the feed has it, at rising
// rates, with 1,000 live segments; how long after the due instant a customer leaves by time alone, and which instant is reported,
// at rest and at the highest steady rate; and how stale membership would be if each segment's pipeline were run in turn instead.
// On the MongoDB that MONGODB_URI names, otherwise on the embedded store. `--toy` runs in seconds, to see that it works; its
// figures mean nothing.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { MongoClient } from "mongodb";
import { stopwatch, systemClock } from "../../src/clock.js";
import type { TransitionDocument } from "../../src/documents/membership-documents.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { readLiveSegments } from "../../src/membership/live/live-set.js";
import { runMaintainers } from "../../src/membership/maintain/run.js";
import { presentPosition } from "../../src/membership/reads/feed.js";
import { followTransitions } from "../../src/membership/reads/follow.js";
import { previewSegment } from "../../src/query/preview.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import { openMongoStore } from "../../src/store/mongo/store.js";
import type { Store } from "../../src/store/port.js";
import { lately, makeShop, observedStore, project, queries } from "./shop.js";

const { toy } = parseArgs({ options: { toy: { type: "boolean", default: false } } }).values;
const segments = toy ? 20 : 1_000;
const customers = toy ? 200 : 2_000;
/** Changes a second. */
const rates = toy ? [5] : [5, 10, 20, 40, 80, 160];
const secondsOfRate = toy ? 1 : 10;
/** A rate is steady if all of it has arrived, and 99 of 100 within this many milliseconds; otherwise there is a backlog. */
const patience = 3_000;
/** How long a maintainer waits if there was nothing to do, and so its clock's tick, in milliseconds. */
const tickMs = 500;
/** Writes under way at once. */
const maxConcurrent = 16;
const leaves = toy ? 4 : 30;
const databaseName = "segmentql_bench_freshness";

interface Change {
  answered?: number;
  stored?: number;
  read?: number;
}

/** An empty store, and what removes it. */
interface BenchStore {
  readonly store: Store;
  readonly remove: () => Promise<void>;
}

async function onMongo(uri: string): Promise<BenchStore> {
  const client = await new MongoClient(uri).connect();
  await client.db(databaseName).dropDatabase();
  const store = await openMongoStore(uri, { database: databaseName, indexes: "wait" });
  return {
    store,
    remove: async () => {
      await store.close();
      await client.db(databaseName).dropDatabase();
      await client.close();
    },
  };
}

async function onEmbedded(): Promise<BenchStore> {
  const folder = mkdtempSync(join(tmpdir(), "segmentql-freshness-"));
  const store = await openEmbeddedStore(join(folder, "data"));
  return {
    store,
    remove: async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A customer who left by time. Instants are in milliseconds since the epoch. */
interface Left {
  readonly customer: string;
  /** As reported. */
  readonly at: number;
  readonly stored: number;
}

async function main({ store, remove }: BenchStore): Promise<void> {
  const changes = new Map<string, Change>();
  const left: Left[] = [];
  const keyOf = ({ customer, segment }: Pick<TransitionDocument, "customer" | "segment">) =>
    `${customer} ${segment}`;
  const engine: Engine = {
    store: observedStore(store, (transition) => {
      const change = transition.kind === "entered" ? changes.get(keyOf(transition)) : undefined;
      if (change !== undefined) change.stored ??= performance.now();
      if (transition.kind === "left" && transition.segment === lately)
        left.push({ customer: transition.customer, at: transition.at.getTime(), stored: Date.now() });
    }),
    clock: systemClock,
  };
  const stopping = new AbortController();
  try {
    const elapsed = stopwatch();
    await makeShop(engine, customers, segments);
    const maintainers = runMaintainers(engine, {
      project,
      idleMs: tickMs,
      report: (error) => console.error(error),
    });
    try {
      await untilLive(engine);
      console.log(
        `${segments.toLocaleString("en")} live segments, ${customers.toLocaleString("en")} customers, made in ${(elapsed() / 1_000).toFixed(0)} s; a maintainer waits ${tickMs} ms where it has nothing to do${toy ? "; a toy run" : ""}\n`,
      );
      const reading = readFeed(engine, stopping.signal, (transition) => {
        const change = changes.get(keyOf(transition));
        if (change !== undefined) change.read ??= performance.now();
      }).catch((error: unknown) => console.error(error));
      console.log("from the write's answer, ms    stored p50      p99    feed p50      p99");
      let steady: { readonly rate: number; readonly p50: number } | undefined;
      for (const rate of rates) {
        changes.clear();
        const result = await atRate(engine, rate, changes);
        console.log(
          `${String(rate).padStart(6)}/s, ${result.done.toFixed(1).padStart(5)}/s done${[...result.stored, ...result.read].map((ms) => ms.toFixed(0).padStart(11)).join("")}${result.isSteady ? "" : "   a backlog"}`,
        );
        if (!result.isSteady) break;
        steady = { rate, p50: result.stored[0]! };
      }
      console.log(
        steady === undefined
          ? "no rate of these is steady here"
          : `the highest steady rate of these: ${steady.rate} changes a second`,
      );
      await timeDriven(engine, left, "at rest", async () => undefined);
      if (steady !== undefined) {
        const { rate } = steady;
        await timeDriven(engine, left, `at ${rate} changes a second`, () => atRate(engine, rate, changes));
      }
      const round = await pollingRound(engine);
      console.log(
        `\nrunning each segment's pipeline in turn: ${(round / 1_000).toFixed(1)} s a round, so that membership is ${(round / 2_000).toFixed(1)} s old at the median`,
      );
      if (steady !== undefined)
        console.log(`  kept live, it is ${(round / 2 / Math.max(1, steady.p50)).toFixed(0)} times as fresh`);
      stopping.abort();
      await reading;
    } finally {
      await maintainers.stop();
    }
  } finally {
    stopping.abort();
    await remove();
  }
}

async function untilLive(engine: Engine): Promise<void> {
  for (;;) {
    const live = await readLiveSegments(engine, project);
    if (live.length === segments && live.every(({ status }) => status === "live")) return;
    await wait(500);
  }
}

async function readFeed(
  engine: Engine,
  signal: AbortSignal,
  onTransition: (transition: TransitionDocument) => void,
): Promise<void> {
  const from = await presentPosition(engine, project);
  for await (const { transition } of followTransitions(engine, project, from, { signal }))
    onTransition(transition);
}

interface RateResult {
  /** Changes a second that were answered. */
  readonly done: number;
  readonly stored: readonly [p50: number, p99: number];
  readonly read: readonly [p50: number, p99: number];
  readonly isSteady: boolean;
}

/** Writes at a rate, whether the answers keep up or not. */
async function atRate(engine: Engine, rate: number, changes: Map<string, Change>): Promise<RateResult> {
  const count = Math.round(rate * secondsOfRate);
  const elapsed = stopwatch();
  const writing = new Set<Promise<void>>();
  for (let number = 0; number < count; number += 1) {
    const due = (number / rate) * 1_000;
    if (elapsed() < due) await wait(due - elapsed());
    // Beyond this, the writes are what doesn't keep up.
    while (writing.size >= maxConcurrent) await Promise.race(writing);
    const source_id = `c-${(number * 7 + rate) % customers}`;
    // A score that the customer did not have before.
    const score = Math.floor((rate * 131 + number * 17) % (segments - 1));
    const change: Change = {};
    changes.set(`${project}/${source_id} ${score}`, change);
    const write = upsertCustomers(engine, project, [{ source_id, metadata: { score } }]).then(() => {
      change.answered = performance.now();
      writing.delete(write);
    });
    writing.add(write);
  }
  await Promise.all(writing);
  const done = count / (elapsed() / 1_000);
  const all = [...changes.values()];
  const end = performance.now() + patience;
  while (
    all.some(({ stored, read }) => stored === undefined || read === undefined) &&
    performance.now() < end
  )
    await wait(50);
  const since = (part: "stored" | "read") =>
    all.flatMap((change) =>
      change[part] === undefined || change.answered === undefined ? [] : [change[part] - change.answered],
    );
  const [stored, read] = [percentiles(since("stored")), percentiles(since("read"))];
  const hasAllCome = all.every((change) => change.stored !== undefined && change.read !== undefined);
  const isSteady = done > rate * 0.9 && hasAllCome && stored[1] <= patience;
  return { done, stored, read, isSteady };
}

function percentiles(values: readonly number[]): readonly [number, number] {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
  return [at(0.5), at(0.99)];
}

/** Customers who logged in a minute ago, less some seconds: they leave by time alone. @param load what is done meanwhile. */
async function timeDriven(
  engine: Engine,
  left: Left[],
  when: string,
  load: () => Promise<unknown>,
): Promise<void> {
  left.length = 0;
  const now = systemClock();
  const logins = new Map<string, number>(
    Array.from({ length: leaves }, (_, index) => [`c-${index}`, now - 60_000 + 4_000 + index * 137]),
  );
  const events = [...logins].map(([customer, at]) => ({
    ...{ id: `${when} ${customer}`, customer },
    ...{ type: "login", at: new Date(at).toISOString() },
  }));
  await upsertRecords(engine, project, "events", events);
  const loaded = load();
  const end = performance.now() + 30_000;
  while (left.length < leaves && performance.now() < end) await wait(100);
  await loaded;
  if (left.length < leaves) throw new Error(`Time let ${left.length} of ${leaves} go.`);
  // Within the last minute are the logins up to a minute ago, inclusive.
  const off = left.map(({ customer, at }) =>
    Math.abs(at - logins.get(customer.slice(project.length + 1))! - 60_001),
  );
  const late = left.map(({ at, stored }) => stored - at);
  const [p50, p99] = percentiles(late);
  const isMet = p99 <= 2 * tickMs;
  console.log(
    `\n${leaves} left by time alone, ${when}: stored ${p50.toFixed(0)} ms after the instant at the median, ${p99.toFixed(0)} at p99 (goal: 2 ticks, ${2 * tickMs} ms): ${isMet ? "met" : "MISSED"}; the reported instant is off by ${Math.max(...off)} ms at most`,
  );
}

/** How long it takes to run each segment's pipeline once, extrapolated from some of them, in milliseconds. */
async function pollingRound(engine: Engine): Promise<number> {
  const all = [...queries(segments).values()];
  const asked = all.filter((_, index) => index % Math.ceil(all.length / 50) === 0);
  const elapsed = stopwatch();
  for (const query of asked) {
    const { answer } = await previewSegment(engine, project, { query });
    await answer?.sourceIds();
  }
  return (elapsed() / asked.length) * all.length;
}

const uri = process.env.MONGODB_URI;
await main(uri === undefined || uri === "" ? await onEmbedded() : await onMongo(uri));
