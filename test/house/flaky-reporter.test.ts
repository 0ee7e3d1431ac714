// What CI says of a test that passed only when it was run once more: a counterexample of a property fails the run.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

const reporter = new URL("../../.ci/flaky-reporter.mjs", import.meta.url).href;
const { exitCode } = process;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "segmentql-flaky-"));
  vi.stubEnv("SEGMENTQL_FLAKY", join(folder, "flaky.txt"));
});
afterEach(() => {
  process.exitCode = exitCode;
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it.each([
  [
    "Timed out\nafter 5 s",
    "PASSED ONLY WHEN RUN ONCE MORE: a.test.ts: b\n    Timed out\n    after 5 s\n",
    exitCode,
  ],
  [
    "Property failed after 3 tests",
    "COUNTEREXAMPLE RUN AGAIN: a.test.ts: b\n    Property failed after 3 tests\n",
    1,
  ],
  ["SEGMENTQL_PROPERTY_SEED=7", "COUNTEREXAMPLE RUN AGAIN: a.test.ts: b\n    SEGMENTQL_PROPERTY_SEED=7\n", 1],
])("reports %j", async (message, line, code) => {
  const { default: FlakyReporter } = await import(reporter);
  new FlakyReporter().onTestCaseResult({
    diagnostic: () => ({ flaky: true }),
    result: () => ({ errors: [{ message }] }),
    module: { relativeModuleId: "a.test.ts" },
    fullName: "b",
  });
  expect(readFileSync(join(folder, "flaky.txt"), "utf8")).toBe(line);
  expect(process.exitCode).toBe(code);
});
