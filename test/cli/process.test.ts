// The command line as people run it, a process of its own: how it ends, and what it does with pipes and signals.
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { copyWorldTo } from "../support/conformance-world.js";
import { runCommand } from "./command-line.js";
import { processesOfSuite } from "./processes.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { folder, start, run } = processesOfSuite();
const data = join(folder, ".segmentql");

beforeAll(() => copyWorldTo(data));

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
    expect(await runCommand(["query", "vip", "--data", data])).toMatchObject({ exitCode: 0 });
  });
});
