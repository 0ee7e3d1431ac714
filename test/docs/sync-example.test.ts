// The example client of docs/sources.md, which syncs a folder: killed when a batch is stored and its answer on the way, it goes on where it
// stood, and every record is there once.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { createKey } from "../../src/access/keys.js";
import { fixedClock } from "../../src/clock.js";
import { startServer } from "../../src/http/server.js";
import { openStore } from "../../src/store/open.js";
import { documentsIn } from "../store/watched.js";
import { worldAsOf } from "../support/conformance-world.js";
import { folderOfSuite } from "../support/folders.js";
import { blocksOf } from "./page-blocks.js";

const folder = folderOfSuite();
const script = fileURLToPath(new URL("../../docs/examples/sync/sync-folder.mjs", import.meta.url));

/** A way to the service that can keep an answer back. */
async function gateTo(target: string) {
  const replayed: boolean[] = [];
  let heldBack: (() => void) | undefined;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { host: _, connection: __, ...headers } = request.headers;
    const body = Buffer.concat(chunks);
    const answer = await fetch(`${target}/graphql`, { method: "POST", headers: headers as never, body });
    const text = await answer.text();
    replayed.push(answer.headers.get("idempotent-replayed") === "true");
    if (replayed.length === 3 && heldBack !== undefined) heldBack();
    else response.writeHead(answer.status, { "content-type": "application/json" }).end(text);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    /** Which answers so far were replayed. */
    replayed,
    /** Calls `then` instead of answering the third request, which the service has executed. */
    holdThird: (then: () => void) => {
      heldBack = then;
    },
  };
}

it("a run that is killed goes on where it stood, and later runs send what is new", async () => {
  const crm = join(folder, "crm");
  mkdirSync(crm);
  const [[, customer], [, order]] = blocksOf("sources.md", "json") as [[string, string], [string, string]];
  const numbered = (text: string, count: number, change: (record: object, number: number) => object) =>
    Array.from({ length: count }, (_, number) => `${JSON.stringify(change(JSON.parse(text), number))}\n`);
  const customers = numbered(customer, 1_200, (one, number) => ({ ...one, sourceId: `c-${number}` }));
  writeFileSync(join(crm, "customers.ndjson"), `${customer}${customers.join("")}`);
  writeFileSync(join(crm, "orders.ndjson"), `${order.trimEnd()}\n\n`);

  const store = await openStore({ folder: join(folder, "data") });
  const engine = { store, clock: fixedClock(Date.parse(worldAsOf)) };
  const { key } = await createKey(engine, "default", { name: "CRM", scope: "write" });
  const server = await startServer({
    ...{ engine, host: "127.0.0.1", port: 0 },
    report: (error) => expect.fail(String(error)),
  });
  onTestFinished(async () => {
    await server.close();
    await store.close();
  });
  const gate = await gateTo(server.url);
  const start = (): ChildProcess =>
    spawn(process.execPath, [script, crm, gate.url], {
      env: { ...process.env, SEGMENTQL_KEY: key },
      stdio: ["ignore", "pipe", "pipe"],
    });
  const run = async () => {
    const child = start();
    let printed = "";
    for (const stream of [child.stdout!, child.stderr!])
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        printed += chunk;
      });
    await once(child, "close");
    return { printed, exitCode: child.exitCode };
  };

  const killed = start();
  gate.holdThird(() => killed.kill("SIGKILL"));
  await once(killed, "close");
  expect(JSON.parse(readFileSync(join(crm, ".sync.json"), "utf8"))).toMatchObject({
    "customers.ndjson": { line: 1_000 },
  });

  expect(await run()).toEqual({ printed: "202 sent, 0 rejected.\n", exitCode: 0 });
  // The third batch was stored before, and its answer is replayed; then the order.
  expect(gate.replayed).toEqual([false, false, false, true, false]);
  expect(await documentsIn(store, "customers", "default")).toHaveLength(1_201);
  const [ordered] = await store.getMany("customers", ["default/ann"]);
  expect(ordered?.activity.orders).toMatchObject({ count: 1, total_amount: 3_000 });

  expect(await run()).toEqual({ printed: "0 sent, 0 rejected.\n", exitCode: 0 });
  const bad = order.replace("o-1", "o-3").replace("30.00", "30.001");
  appendFileSync(join(crm, "orders.ndjson"), `${order.replace("o-1", "o-2")}${bad}`);
  const later = await run();
  expect(later.exitCode).toBe(1);
  expect(later.printed).toMatch(/orders\.ndjson:4 .*\n1 sent, 1 rejected\.\n$/s);

  const unfinished = order.replace("o-1", "o-4").trimEnd();
  appendFileSync(join(crm, "orders.ndjson"), unfinished);
  expect(await run()).toEqual({
    printed: `${join(crm, "orders.ndjson")}: the last line has no end and was not sent\n0 sent, 0 rejected.\n`,
    exitCode: 1,
  });
  appendFileSync(join(crm, "orders.ndjson"), "\n");
  expect(await run()).toEqual({ printed: "1 sent, 0 rejected.\n", exitCode: 0 });

  // A field of another type refuses the whole request.
  const ids = ["o-5", "o-6", "o-7", "o-8", "o-9"];
  const five = ids.map((id) => order.replace("o-1", id));
  five[3] = five[3]!.replace('"ann"', "{}");
  appendFileSync(join(crm, "orders.ndjson"), five.join(""));
  const refused = await run();
  expect(refused.exitCode).toBe(1);
  expect(refused.printed).toMatch(/^[^\n]*orders\.ndjson:9 [^\n]*sourceId[^\n]*\n4 sent, 1 rejected\.\n$/);
  const orders = (await documentsIn(store, "orders", "default")).map(({ source_id }) => source_id);
  expect(orders.filter((id) => ids.includes(id)).sort()).toEqual(["o-5", "o-6", "o-7", "o-9"]);

  writeFileSync(join(crm, "customers.ndjson"), customer.replace('"Ann"', '"Anne"'));
  expect(await run()).toEqual({ printed: "1 sent, 0 rejected.\n", exitCode: 0 });
  const [renamed] = await store.getMany("customers", ["default/ann"]);
  expect(renamed?.profile.name).toBe("Anne");
  // The former content again is no repetition of a request.
  writeFileSync(join(crm, "customers.ndjson"), customer);
  expect(await run()).toEqual({ printed: "1 sent, 0 rejected.\n", exitCode: 0 });
  expect((await store.getMany("customers", ["default/ann"]))[0]?.profile.name).toBe("Ann");
});
