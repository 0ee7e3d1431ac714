// The command line as people run it, a process of its own: how it ends, and what it does with pipes and signals.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { worldAsOf } from "../support/conformance-world.js";
import { type Outcome } from "./command-line.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "segmentql-process-"));

function start(words: readonly string[]): ChildProcess {
  return spawn(process.execPath, [join(root, "dist/src/cli/main.js"), ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH, SEGMENTQL_CLOCK: worldAsOf },
  });
}

async function run(words: readonly string[], input = ""): Promise<Outcome> {
  const child = start(words);
  child.stdin!.end(input);
  const [output, errors, [exitCode]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, "exit"),
  ]);
  return { exitCode, output, errors };
}

beforeAll(async () => {
  expect(await run(["import", join(root, "test/conformance")])).toMatchObject({ exitCode: 0 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a process", () => {
  it("reads standard input, answers on standard output, and exits with 0", async () => {
    expect(await run(["check"], "The E-Mail IS Oskar.14@EXAMPLE.UK\n")).toEqual({
      exitCode: 0,
      output: "email is Oskar.14@EXAMPLE.UK\n",
      errors: "",
    });
  });

  it("reports mistakes on standard error, and by its exit code", async () => {
    const { exitCode, output, errors } = await run(["query", "emial is x"]);
    expect([exitCode, output]).toEqual([3, ""]);
    expect(errors).toMatch(/^error: There is no attribute `emial`\./);
    expect((await run(["qery"])).exitCode).toBe(2);
  });

  it("prints its version", async () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    expect(await run(["--version"])).toMatchObject({ exitCode: 0, output: `${version}\n` });
  });

  // The schema's classes are the server's: a command that loads them without what they need ends before it begins.
  it("asks a server without being one", async () => {
    const { exitCode, errors } = await run(["segment", "watch", "Any", "--server", "http://localhost:1"]);
    expect([exitCode, errors]).toEqual([
      1,
      expect.stringContaining("No server answers at http://localhost:1"),
    ]);
  });

  it("says what an import has stored that fails in the middle, and continues when it can", async () => {
    const customers = Array.from({ length: 3_000 }, (_, index) => ({
      source_id: `c${index}`,
      metadata: { note: "x".repeat(300) },
    }));
    const file = join(folder, "customers.ndjson");
    writeFileSync(file, customers.map((customer) => JSON.stringify(customer)).join("\n"));
    const words = ["import", file, "--as", "customers", "--data", join(folder, "small")];
    // No file may grow beyond 4 MB, as if the disk were full then.
    const command = `trap '' XFSZ; ulimit -f 4096; exec "$@"`;
    const child = spawn(
      "bash",
      ["--norc", "-c", command, "bash", process.execPath, join(root, "dist/src/cli/main.js"), ...words],
      { cwd: folder, env: { PATH: process.env.PATH } },
    );
    const [errors, [exitCode]] = await Promise.all([text(child.stderr), once(child, "exit")]);
    expect(exitCode).toBe(1);
    expect(errors).toMatch(
      /^Stopped in the middle of customers, of which [12],\d{3} are stored and stay\. /m,
    );
    expect(errors).toContain("segmentql.db could not be read or written");
    expect(await run(words)).toMatchObject({ exitCode: 0 });
    expect((await run(["query", "--data", join(folder, "small"), "source_id has any value"])).output).toMatch(
      /^3,000 customers/m,
    );
  });

  it("ends quietly if its reader closes the pipe", async () => {
    const child = start(["attributes"]);
    child.stdout!.destroy();
    const [errors, [exitCode]] = await Promise.all([text(child.stderr!), once(child, "exit")]);
    expect([exitCode, errors]).toEqual([0, ""]);
  });

  it("stops cleanly when it is interrupted", async () => {
    const child = start(["generate", "--customers", "9000000", "--events", "0", "--out", "shop"]);
    const ended = Promise.all([text(child.stderr!), once(child, "exit")]);
    const isBegun = () => expect(readdirSync(folder).join()).toContain(".shop.unfinished-");
    await vi.waitFor(isBegun, { timeout: 60_000, interval: 20 });
    child.kill("SIGINT");
    const [errors, [exitCode]] = await ended;
    expect(readdirSync(folder).join()).not.toContain("shop");
    expect([exitCode, errors]).toEqual([130, "Stopped. Nothing of the folder is left.\n"]);
  });
});

describe("serve", () => {
  it("answers while other processes use its data folder, and stops cleanly at a signal", async () => {
    const service = start(["serve", "--port", "0"]);
    const exited = once(service, "exit");
    try {
      let url = "";
      for await (const line of createInterface({ input: service.stdout! })) {
        url = /http:\/\/localhost:\d+/.exec(line)?.[0] ?? "";
        if (url) break;
      }
      const answer = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: '{ segmentPreview(query: "The email has any value") { count } }' }),
      });
      expect(await answer.json()).toEqual({ data: { segmentPreview: { count: 55 } } });
      const meanwhile = await run(["query", "vip"]);
      expect(meanwhile).toMatchObject({ exitCode: 0, errors: "" });
      expect(meanwhile.output).toContain("12 customers");
    } finally {
      service.kill("SIGTERM");
    }
    expect(await exited).toEqual([0, null]);
    expect((await run(["query", "vip"])).exitCode).toBe(0);
  });
});
