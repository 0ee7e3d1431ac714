// A service whose store is gone, whose disk is full, or which has too much to do: health, readiness and metrics are answered, and
// clients are told what to do.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { systemClock } from "../../../src/clock.js";
import { defineProject } from "../../../src/definitions/define.js";
import { startServer } from "../../../src/http/server.js";
import { newMetrics } from "../../../src/metrics/metrics.js";
import { openEmbeddedStore } from "../../../src/store/embedded/store.js";
import { type Store, StoreError, type StoreErrorCode } from "../../../src/store/port.js";
import { everyStore } from "../../store/every-store.js";
import { watchedStore, wrappedReads } from "../../store/watched.js";
import { sendTo } from "../running-service.js";

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function serve(store: Store) {
  const engine = { store, clock: systemClock };
  const reported: unknown[] = [];
  const server = await startServer({
    engine,
    host: "127.0.0.1",
    port: 0,
    metrics: newMetrics(engine, "default"),
    report: (error) => reported.push(error),
  });
  endings.push(server.close);
  const { port } = new URL(server.url);
  const get = (path: string) => sendTo(port, { method: "GET", path });
  const ask = (query: string) =>
    sendTo(port, { headers: { "content-type": "application/json" }, body: JSON.stringify({ query }) });
  return { get, ask, reported, url: server.url };
}

const write =
  'mutation { customerUpsert(input: { sourceId: "a" }) { customer { sourceId } userErrors { code } } }';

/** The store, whose reads and writes all fail while that is switched on. */
function failingStore(store: Store, failure: () => StoreError | undefined): Store {
  const fail = (): void => {
    const error = failure();
    if (error !== undefined) throw error;
  };
  return {
    ...wrappedReads(store, (_, call) => async (...parameters) => {
      fail();
      return call(...parameters);
    }),
    getMany: async (...parameters) => {
      fail();
      return store.getMany(...parameters);
    },
    write: async (...parameters) => {
      fail();
      return store.write(...parameters);
    },
  };
}

describe.each(everyStore)("on $name", ({ place, open, destroy }) => {
  const codes: readonly StoreErrorCode[] = ["UNAVAILABLE", "NO_SPACE", "READ_ONLY", "DAMAGED"];
  it.each(codes)(
    "health and metrics are answered while the store says %s, and all is well afterwards",
    async (code) => {
      const at = place();
      const store = await open(at);
      endings.push(
        () => destroy(at),
        () => store.close(),
      );
      await defineProject({ store, clock: systemClock }, "default", {});
      let failure: StoreError | undefined;
      const { get, ask, reported } = await serve(failingStore(store, () => failure));
      failure = new StoreError(code, `/srv/secret/segmentql.db: ${code}`);
      expect((await get("/healthz")).body).toEqual({ status: "ok" });
      const ready = await get("/readyz");
      expect([ready.status, ready.body.status]).toEqual([503, "not ready"]);
      const metrics = await get("/metrics");
      // Whether a key is needed is kept in the store; without it, nothing is given away.
      expect([200, 500, 503]).toContain(metrics.status);
      const { body } = await ask(write);
      expect(JSON.stringify(body)).not.toContain("secret");
      expect(JSON.stringify(body)).toMatch(/UNAVAILABLE|INTERNAL_SERVER_ERROR/);
      expect(reported.length).toBeGreaterThan(0);
      failure = undefined;
      // A store of a test has no indexes on MongoDB, which is a problem of its own.
      expect((await get("/readyz")).body.problems).not.toContain("the store does not answer");
      await expect
        .poll(async () => (await ask(write)).body.data?.customerUpsert?.userErrors, { timeout: 10_000 })
        .toEqual([]);
      expect((await get("/metrics")).body).toContain("segmentql_store_up 1");
    },
  );
});

describe("a data folder that is removed while it is served", () => {
  it("is reported by readiness, metrics and answers, while health is still answered", async () => {
    const base = mkdtempSync(join(tmpdir(), "segmentql-down-"));
    const folder = join(base, "data");
    const store = await openEmbeddedStore(folder);
    endings.push(
      async () => rmSync(base, { recursive: true, force: true }),
      () => store.close(),
    );
    await defineProject({ store, clock: systemClock }, "default", {});
    const { get, ask, reported } = await serve(store);
    expect((await ask(write)).body.data.customerUpsert.userErrors).toEqual([]);
    rmSync(folder, { recursive: true });
    expect((await get("/healthz")).status).toBe(200);
    const ready = await get("/readyz");
    expect([ready.status, ready.body]).toEqual([
      503,
      { status: "not ready", problems: ["the store does not answer"] },
    ]);
    const { body } = await ask(write);
    expect(body.errors[0].extensions.code).toBe("UNAVAILABLE");
    expect(JSON.stringify(body)).not.toContain(folder);
    expect(String(reported.at(-1))).toContain(folder);
    const { status, body: text } = await get("/metrics");
    expect(status).toBe(200);
    expect(text).toContain("segmentql_store_up 0");
  });
});

describe("more requests than may wait", () => {
  it("are refused with 503 and when to come back, while health is answered", async () => {
    const base = mkdtempSync(join(tmpdir(), "segmentql-busy-"));
    const store = await openEmbeddedStore(join(base, "data"));
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    endings.push(
      async () => rmSync(base, { recursive: true, force: true }),
      () => store.close(),
      async () => release(),
    );
    const engine = {
      store: watchedStore(store, async (name) => {
        if (name.startsWith("questions.count")) await held;
      }),
      clock: systemClock,
    };
    await defineProject(engine, "default", {});
    const server = await startServer({
      engine,
      host: "127.0.0.1",
      port: 0,
      turns: { running: 2, runningOfOne: 2, waiting: 3, waitingOfOne: 3 },
      report: () => undefined,
    });
    endings.push(server.close);
    const body = JSON.stringify({ query: '{ segmentPreview(query: "email is known") { count } }' });
    const ask = () =>
      fetch(`${server.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
    const early = Array.from({ length: 5 }, ask);
    // Five have their turn, or wait for it, before the sixth comes.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const refused = await ask();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: "UNAVAILABLE" } }] });
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    release();
    for (const answer of await Promise.all(early)) expect(answer.status).toBe(200);
    expect((await ask()).status).toBe(200);
  });
});
