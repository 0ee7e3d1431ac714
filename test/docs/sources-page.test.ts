// The guide of docs/sources.md: its commands print what it says, and its script's delivery becomes a customer. The commands work
// over a server as well.
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import { type RunningServer, startServer } from "../../src/http/server.js";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/store/port.js";
import { runCommand } from "../cli/command-line.js";
import { worldAsOf } from "../support/conformance-world.js";
import { folderOfSuite } from "../support/folders.js";
import { blocksOf, commandsOf, printedPattern } from "./page-blocks.js";

const folder = folderOfSuite();
const data = join(folder, "data");

let store: Store | undefined;
let server: RunningServer | undefined;
let path = "";
let secret = "";

afterAll(async () => {
  await server?.close();
  await store?.close();
});

it("the commands print what the page says", async () => {
  const commands = commandsOf("sources.md");
  expect(commands).toHaveLength(2);
  for (const [words, printed] of commands) {
    const { output, errors } = await runCommand(["--data", data, ...words]);
    expect(`${output}${errors}`, words.join(" ")).toMatch(printedPattern(printed));
    path = /^Address (\S+)$/m.exec(output)?.[1] ?? "";
    secret = /^Secret {2}(\S+)$/m.exec(output)?.[1] ?? "";
  }
});

it("the script's delivery is accepted once, and is a customer", async () => {
  store = await openStore({ folder: data });
  const engine = { store, clock: fixedClock(Date.parse(worldAsOf)) };
  server = await startServer({
    engine,
    host: "127.0.0.1",
    port: 0,
    report: (error) => expect.fail(String(error)),
  });
  const [[name, script]] = blocksOf("sources.md", "js") as [readonly [string, string]];
  writeFileSync(join(folder, name), script);
  const send = async (by: string) => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      join(folder, name),
      `${server!.url}${path}`,
      by,
    ]);
    return stdout.trim();
  };
  expect(await send(secret)).toBe('200 {"status":"accepted"}');
  expect(await send(secret)).toBe('200 {"status":"ignored"}');
  expect(await send("another secret")).toMatch(/^401 /);
  const [customer] = await store.getMany("customers", ["default/bob@biller.com"]);
  expect(customer?.profile).toMatchObject({
    name: "Bob Biller",
    source: "shopify",
    consents: ["email marketing"],
    metadata: { tags: ["loyal"], "shopify verified email": true },
  });
});

it("sources are created, changed, listed and removed over the server", async () => {
  const over = (...words: readonly string[]) => runCommand(["--server", server!.url, ...words]);
  const created = await over("source", "create", "News", "--kind", "mailchimp", "--json");
  const { id, path: address, secret: first } = JSON.parse(created.output);
  expect(address).toBe(`/sources/${id}`);
  const rotated = JSON.parse(
    (await over("source", "update", id, "--rotate-secret", "--disable", "--json")).output,
  );
  expect(rotated).toMatchObject({ id, name: "News", kind: "MAILCHIMP", enabled: false });
  expect(rotated.secret).not.toBe(first);
  const { output } = await over("source", "list");
  expect(output).toMatch(/Main shop +shopify +1 +1 +0/);
  expect(output).toMatch(/News +mailchimp +disabled +0 +0/);
  expect((await over("source", "remove", id)).output).toBe("Removed.\n");
  const again = await over("source", "remove", id);
  expect(again.exitCode).toBe(1);
  expect(again.errors).toContain("There is no source");
  const wrong = await over("source", "create", "Main shop", "--kind", "shopify");
  expect(wrong.errors).toContain("already");
});
