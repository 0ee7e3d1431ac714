// `segment watch --server`: what it reports, how it continues after a lost connection, and what it refuses.
import { afterAll, beforeAll, expect, it } from "vitest";
import { changesOfServer } from "../../../src/cli/segment/watch-server.js";
import { serverClient } from "../../../src/cli/server/client.js";
import { startServer } from "../../../src/http/server.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import { type RunningService, runService } from "../../graphql/running-service.js";
import { settle } from "../../membership/live-shop.js";
import { worldAsOf } from "../../support/conformance-world.js";
import { runCommand } from "../command-line.js";

let service: RunningService;
let moonlings: string;

beforeAll(async () => {
  service = await runService();
  const query = "city is any of (Armstrong, Aldrin)";
  const made = await createAutoUpdate(service.engine, "default", { name: "Moonlings", query });
  moonlings = made.segment_id;
  await settle(service.engine, "default");
});
afterAll(() => service.stop());

/** Moves a customer to a city, and has it evaluated. */
async function move(source_id: string, city: string): Promise<void> {
  await upsertCustomers(service.engine, "default", [{ source_id, address: { city } }]);
  await settle(service.engine, "default");
}

const change = (sourceId: string, kind: string) => ({
  segment: { id: moonlings, name: "Moonlings" },
  sourceId,
  kind,
  at: worldAsOf,
  cause: { kind: "PROFILE", at: worldAsOf },
});

it.each([
  ["its name", () => "moonlings"],
  ["its id", () => moonlings],
  ["nothing, all of them", () => undefined],
])(
  "entries and exits of a segment, named by %s, are reported, also after a lost connection",
  async (_how, name) => {
    const server = await startServer({
      engine: service.engine,
      host: "127.0.0.1",
      port: 0,
      report: () => {},
    });
    const port = Number(new URL(server.url).port);
    const stopping = new AbortController();
    let [ready, broken] = [0, 0];
    const changes = changesOfServer({
      client: serverClient({ server: server.url, project: "default" }),
      segment: name(),
      signal: stopping.signal,
      ready: () => (ready += 1),
      broken: () => (broken += 1),
    });
    const first = changes.next();
    while (ready === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await move("moon-1", "Armstrong");
    expect((await first).value).toEqual(change("moon-1", "entered"));

    const second = changes.next();
    await server.close();
    await move("moon-1", "Paris");
    const again = await startServer({ engine: service.engine, host: "127.0.0.1", port, report: () => {} });
    expect((await second).value).toEqual(change("moon-1", "left"));
    expect(broken).toBeGreaterThan(0);

    const third = changes.next();
    stopping.abort();
    expect(await third).toEqual({ done: true, value: undefined });
    await again.close();
  },
);

it.each([
  [
    "an unknown segment",
    () => ["nobody", "--server", service.url],
    1,
    'There is no segment "nobody". segmentql segment list names those there are.\n',
  ],
  [
    "an unknown project",
    () => ["x", "--server", service.url, "--project", "elsewhere"],
    1,
    expect.stringContaining("elsewhere"),
  ],
  [
    "a server that is not there",
    () => ["x", "--server", "http://127.0.0.1:1"],
    1,
    "No server answers at http://127.0.0.1:1. Start one with segmentql serve, or name another with --server.\n",
  ],
  [
    "something else than a server of ours",
    () => ["x", "--server", `${service.url}/playground`],
    1,
    expect.stringContaining("is no SegmentQL server"),
  ],
  [
    "no address",
    () => ["x", "--server", "localhost:4000"],
    2,
    '"localhost:4000" is no server\'s address. Write it as http://localhost:4000.\n',
  ],
])("refuses %s", async (_what, words, exitCode, errors) => {
  expect(await runCommand(["segment", "watch", ...words()])).toEqual({ exitCode, output: "", errors });
});
