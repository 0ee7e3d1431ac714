// The command line as processes of their own.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { worldAsOf } from "../support/conformance-world.js";
import { folderOfSuite } from "../support/folders.js";
import type { Outcome } from "./command-line.js";

/** What `segmentql` runs. */
export const program = fileURLToPath(new URL("../../dist/src/cli/main.js", import.meta.url));

/** Processes that run in a folder of the suite, without its environment, at the conformance world's time. */
export function processesOfSuite() {
  const folder = folderOfSuite();
  const start = (words: readonly string[]): ChildProcess =>
    spawn(process.execPath, [program, ...words], {
      cwd: folder,
      env: { PATH: process.env.PATH, SEGMENTQL_CLOCK: worldAsOf },
    });
  /** Runs a command to its end. */
  const run = async (words: readonly string[], input = ""): Promise<Outcome> => {
    const child = start(words);
    child.stdin!.end(input);
    const [output, errors, [exitCode]] = await Promise.all([
      text(child.stdout!),
      text(child.stderr!),
      once(child, "exit"),
    ]);
    return { exitCode, output, errors };
  };
  return { folder, start, run };
}
