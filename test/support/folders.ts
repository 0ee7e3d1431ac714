// Temporary folders, which are gone when what they are for is over.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, onTestFinished } from "vitest";

/** A new folder that exists until the test is over. */
export function folderOfTest(): string {
  const folder = newFolder();
  onTestFinished(() => remove(folder));
  return folder;
}

/** A new folder that exists until the tests of the file, or of the suite, are over. */
export function folderOfSuite(): string {
  const folder = newFolder();
  afterAll(() => remove(folder));
  return folder;
}

/** A new folder that exists until the process ends. */
export function folderOfProcess(): string {
  const folder = newFolder();
  process.once("exit", () => remove(folder));
  return folder;
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), "segmentql-test-"));
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
