// The history of the shell, stored in a file.
import { appendFile, mkdir, open, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** How many entries are kept. */
export const maxEntries = 1_000;
// At most this much is read, in case another program has filled the file.
const maxBytes = 1024 * 1024;

/**
 * The file of the history: SEGMENTQL_HISTORY; none if that is empty; by default a file in the system's folder for such state.
 */
export function historyFile(environment: NodeJS.ProcessEnv): string | undefined {
  const named = environment.SEGMENTQL_HISTORY;
  if (named !== undefined) return named === "" ? undefined : named;
  const state = environment.XDG_STATE_HOME || environment.LOCALAPPDATA || join(homedir(), ".local", "state");
  return join(state, "segmentql", "history");
}

/** The entries of the file, newest first, as readline expects them; none if it can't be read. */
export async function readHistory(file: string): Promise<string[]> {
  const text = await readEnd(file);
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const kept = lines.slice(-maxEntries);
  // Trimmed only now and then: unlike rewriting, appending is safe for two shells at once.
  if (lines.length > 2 * maxEntries) await rewrite(file, kept);
  return kept.reverse();
}

/** Adds an entry of one line to the file, which only its owner may read. @throws an error of the file system. */
export async function appendHistory(file: string, entry: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await appendFile(file, `${entry}\n`, { mode: 0o600 });
}

async function readEnd(file: string): Promise<string> {
  try {
    const handle = await open(file, "r");
    try {
      const { size } = await handle.stat();
      const start = Math.max(0, size - maxBytes);
      const buffer = Buffer.alloc(Math.min(size, maxBytes));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
      const text = buffer.toString("utf8", 0, bytesRead);
      // The first line may have been cut.
      return start === 0 ? text : text.slice(text.indexOf("\n") + 1);
    } finally {
      await handle.close();
    }
  } catch {
    return "";
  }
}

async function rewrite(file: string, lines: readonly string[]): Promise<void> {
  try {
    const beside = `${file}.${process.pid}`;
    await writeFile(beside, `${lines.join("\n")}\n`, { mode: 0o600 });
    await rename(beside, file);
  } catch {
    // The file remains as it is; the next shell tries again.
  }
}
