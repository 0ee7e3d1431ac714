// The commands about stored membership, each a process of its own on one data folder.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "segmentql-live-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(words: readonly string[]): Promise<{ exitCode: number | null; output: string; errors: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(root, "dist/src/cli/main.js"), ...words],
      {
        cwd: folder,
        env: { PATH: process.env.PATH, SEGMENTQL_CLOCK: "2026-11-23T12:00:00Z" },
      },
      (_error, output, errors) => resolve({ exitCode: child.exitCode, output, errors }),
    );
  });
}

test("a saved segment is populated, verified and rebuilt", async () => {
  await run(["import", join(root, "test/conformance")]);
  expect(await run(["segment", "create", "Away", "last order more than 30 days ago"])).toMatchObject({
    exitCode: 0,
  });
  expect(await run(["segment", "verify"])).toEqual({
    exitCode: 0,
    output: "1 live segments, 0 that differ.\n",
    errors: "",
  });
  expect(await run(["segment", "rebuild", "away"])).toMatchObject({ exitCode: 0, output: "Rebuilt.\n" });
  expect(await run(["segment", "verify"])).toMatchObject({ output: "1 live segments, 0 that differ.\n" });
  expect(await run(["segment", "rebuild", "nobody"])).toMatchObject({ exitCode: 1 });
});
