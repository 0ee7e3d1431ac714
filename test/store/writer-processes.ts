// Processes that write to a folder of the embedded store.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("writer-process.mjs", import.meta.url));
const children: ChildProcess[] = [];

/** Starts a process of `writer-process.mjs`; resolves when it says that it is ready. */
export async function startWriter(
  folder: string,
  mode: string,
  ...more: readonly string[]
): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program, mode, folder, ...more], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  children.push(child);
  await once(child.stdout!, "data");
  return child;
}

/** Kills a process, if it still runs, and waits for its end. */
export async function killWriter(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

/** Kills all that were started. */
export async function killWriters(): Promise<void> {
  await Promise.all(children.splice(0).map(killWriter));
}
