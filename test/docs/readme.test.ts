// Every command of README.md that a reader can type is run here, in its order: on the demo shop, or on a folder of its own where
// it names one. `npm ci`, `npm start`, `npm test` and the benchmarks are run by .ci/run and by the browser tests.
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import { seedDemo } from "../../src/generate/demo.js";
import { type RunningServer, startServer } from "../../src/http/server.js";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/store/port.js";
import { runCommand } from "../cli/command-line.js";
import { runService } from "../graphql/running-service.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "segmentql-readme-"));
const startedIn = process.cwd();
let served: Store;
let server: RunningServer;

/** The lines of the indented blocks that begin so, without their indentation. */
function linesBeginning(start: string): readonly string[] {
  return readme
    .split("\n")
    .filter((line) => /^ {4}/.test(line))
    .map((line) => line.trim().replace(/^\$ /, ""))
    .filter((line) => line.startsWith(start));
}

/** The words of a command as a POSIX shell has them: quotes join, and are not part of a word. */
function wordsOf(line: string): readonly string[] {
  return (line.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? []).map((word) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single),
  );
}

// What a command ends with, if it is not 0: a sentence with a mistake.
const exitCodes: Readonly<Record<string, number>> = {
  'npx segmentql check "emial is unknown"': 3,
  'npx segmentql query "emial ends with .uk"': 3,
};

const commands = linesBeginning("npx segmentql ");
const onMongo = linesBeginning("MONGODB_URI=");

beforeAll(async () => {
  process.chdir(folder);
  const store = await openStore({ folder: join(folder, ".segmentql") });
  await seedDemo({ store, clock: fixedClock(Date.parse("2026-11-23T12:00:00Z")) }, "default", {
    customers: 40,
  });
  await store.close();
  served = await openStore({ folder: join(folder, ".segmentql") });
  const engine = { store: served, clock: fixedClock(Date.parse("2026-11-23T12:00:00Z")) };
  server = await startServer({ engine, host: "127.0.0.1", port: 0, report: () => undefined });
  cpSync(join(root, "test/conformance"), join(folder, "path/to/folder"), { recursive: true });
  copyFileSync(
    join(root, "test/import/csv/fixtures/shopify-customers.csv"),
    join(folder, "customers_export.csv"),
  );
});
afterAll(async () => {
  await server.close();
  await served.close();
  process.chdir(startedIn);
  rmSync(folder, { recursive: true, force: true });
});

describe("README.md", () => {
  it("has commands to run", () => {
    expect(commands.length).toBeGreaterThan(30);
    expect(onMongo).toHaveLength(3);
  });

  it.each(commands)("%s", async (line) => {
    const asRun = line.replace("http://localhost:4000", server.url);
    const words = wordsOf(asRun).slice(2);
    const { exitCode, output, errors } = await runCommand(words);
    expect(errors).not.toContain("This should not have happened");
    expect([exitCode, output + errors]).toEqual([exitCodes[line] ?? 0, expect.stringMatching(/\S/)]);
  });

  it("the mistake is shown as on the page", async () => {
    const { errors } = await runCommand(["query", "emial ends with .uk"]);
    const shown = errors.trimEnd().replaceAll(/^/gm, "    ");
    expect(readme).toContain(shown);
  });

  it("the reasons are shown as on the page", async () => {
    const query = "last order more than 60 days ago and consents contains newsletter";
    const { output } = await runCommand(["why", query, "demo-0000021"]);
    const shown = output.trimEnd().replaceAll(/^(?=.)/gm, "    ");
    expect(readme).toContain(`${shown}\n\n## The API`);
  });

  it.each(onMongo)("%s is a command with these options", async (line) => {
    const words = wordsOf(line).slice(3);
    const { exitCode, output } = await runCommand([words[0]!, "--help"]);
    expect(exitCode).toBe(0);
    for (const option of words.filter((word) => word.startsWith("--"))) expect(output).toContain(option);
  });

  it("the request with curl is answered", async () => {
    const body = JSON.parse(/curl [^\n]* -d '(\{.*?\n {4}\})'/s.exec(readme)![1]!) as {
      query: string;
      variables: object;
    };
    expect(parse(body.query).definitions).toHaveLength(1);
    const service = await runService();
    try {
      const { body: answer } = await service.ask(body.query, body.variables);
      expect(answer.errors).toBeUndefined();
      expect(answer.data.segmentPreview).toMatchObject({ valid: true, count: 3, diagnostics: [] });
      expect(answer.data.segmentPreview.customers.nodes).toHaveLength(3);
    } finally {
      await service.stop();
    }
  });
});
