// The command line in this process: its words and standard input in, its exit code and what it printed out. What only a
// process of its own shows (signals, pipes that close, two holders of one folder) is in process.test.ts.
import { Readable, Writable } from "node:stream";
import { vi } from "vitest";
import { run } from "../../src/cli/run.js";
import { worldAsOf } from "../support/conformance-world.js";

export interface Outcome {
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
}

export const version = "1.2.3";

/**
 * Runs a command, its clock standing at the world's as-of, on the embedded store where `environment` doesn't say else. Paths
 * are looked up from the process's folder. One at a time: the environment is the process's.
 */
export async function runCommand(
  words: readonly string[],
  input = "",
  environment: Readonly<Record<string, string | undefined>> = {},
): Promise<Outcome> {
  const surroundings = {
    SEGMENTQL_CLOCK: worldAsOf,
    MONGODB_URI: undefined,
    PORT: undefined,
    ...environment,
  };
  const before = Object.keys(surroundings).map((name) => [name, process.env[name]] as const);
  for (const [name, value] of Object.entries(surroundings)) vi.stubEnv(name, value);
  const [stdout, stderr] = [gatherer(), gatherer()];
  try {
    const exitCode = await run(
      words,
      { stdin: Readable.from([Buffer.from(input)]), stdout: stdout.stream, stderr: stderr.stream },
      version,
    );
    return { exitCode, output: stdout.text(), errors: stderr.text() };
  } finally {
    for (const [name, value] of before) vi.stubEnv(name, value);
  }
}

function gatherer() {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString("utf8") };
}
