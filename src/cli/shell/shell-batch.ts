// The shell without a terminal: entries from a file or a pipe, one after the other.
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { exitCodes } from "../exit-codes.js";
import type { EntryOutcome } from "./session.js";
import type { Shell } from "./shell.js";
import { entryReader } from "./shell-entry.js";

/** Answers every entry, also after an invalid one, and returns the exit code of the worst outcome. */
export async function runThrough(shell: Shell, input: Readable, signal: AbortSignal): Promise<number> {
  const entries = entryReader();
  const outcomes = new Set<EntryOutcome>();
  const run = async (entry: string | undefined): Promise<boolean> => {
    if (entry === undefined) return true;
    const outcome = await shell.execute(entry, signal);
    outcomes.add(outcome);
    return outcome !== "quit" && outcome !== "stopped";
  };
  const lines = createInterface({ input, terminal: false, crlfDelay: Number.POSITIVE_INFINITY });
  let goesOn = true;
  for await (const line of lines) {
    goesOn = await run(entries.add(line));
    if (!goesOn) break;
  }
  if (goesOn) await run(entries.take() || undefined);
  lines.close();
  if (outcomes.has("stopped")) return exitCodes.interrupted;
  if (outcomes.has("failed")) return exitCodes.failure;
  return outcomes.has("mistake") ? exitCodes.wrongQuery : exitCodes.fine;
}
