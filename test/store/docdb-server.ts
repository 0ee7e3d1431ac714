// A DocumentDB server of the tests' own, to be stopped and started: SEGMENTQL_DOCDB_SERVER names a command that takes
// `start PORT` and `stop` and prints the URI last. Nobody else may use that server meanwhile (DOCDB_HOME and DOCDB_PG_PORT
// give it a home of its own).
import { execFile } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";

const command = process.env.SEGMENTQL_DOCDB_SERVER ?? "";
const port = process.env.SEGMENTQL_DOCDB_PORT ?? "27118";
const run = promisify(execFile);

/** True if there is such a server. */
export const hasDocdbServer = command !== "";

export async function stopServer(): Promise<void> {
  await run(command, ["stop"]);
}

/** @returns the server's URI. */
export async function startServer(): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { stdout } = await run(command, ["start", port]);
      return stdout.trim().split("\n").at(-1)!;
    } catch (error) {
      // PostgreSQL, stopped in the middle of everything, may need longer than the command waits.
      if (attempt === 5) throw error;
      await wait(1_000);
    }
  }
}

/** Ends what processes that were killed left open: MongoDB gives up their transactions by itself, DocumentDB with its end. */
export async function restartServer(): Promise<void> {
  await stopServer();
  await startServer();
}
