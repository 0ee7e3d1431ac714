// Which process a data folder belongs to. The owner's record stands in the folder's database and is read and written
// inside one write transaction, which only one process at a time can hold; so two that start together can't both win.
// A record whose process is gone counts for nothing. A process id alone would not tell: after a crash it may be another
// program's, and in a container it is always 1; hence the moment the process started is recorded too, where the system
// tells it. Two containers that share a folder don't see each other's processes and are not told apart.
import { readFileSync } from "node:fs";

export interface Owner {
  readonly pid: number;
  /** The machine's boot and the process's start in its clock; empty where the system does not tell. */
  readonly started: string;
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** State and start of a process, from the fields that follow the name in brackets; undefined where it is not told. */
function processStatus(pid: number): { readonly state: string; readonly started: string } | undefined {
  const status = readOrNothing(`/proc/${pid}/stat`);
  const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
  const ticks = fields[19];
  if (status === "" || ticks === undefined) return undefined;
  return {
    state: fields[0]!,
    started: `${readOrNothing("/proc/sys/kernel/random/boot_id").trim()}/${ticks}`,
  };
}

/** This process. */
export function thisOwner(): Owner {
  return { pid: process.pid, started: processStatus(process.pid)?.started ?? "" };
}

/** True while the owner's process runs (a zombie does not). */
export function isRunning(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // Not permitted to signal it: it runs, as somebody else.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  if (owner.started === "") return true;
  const status = processStatus(owner.pid);
  return status !== undefined && status.state !== "Z" && status.started === owner.started;
}
