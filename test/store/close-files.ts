// The driver of SQLite closes a file, and releases its locks, when the statements of a closed connection are collected. A process
// that ends does so, too; a test that closes a store and continues in its process waits for it.
import { readdirSync, readlinkSync, realpathSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** This process's open files, where the system lists them. */
const openFiles = "/proc/self/fd";

/**
 * Collects garbage until this process has no open file in a folder, at most ten times: with a large heap, each time takes long.
 * @param folder may be missing, or the name of a database of a server: then there is nothing to wait for.
 */
export async function closeFilesIn(folder: string): Promise<void> {
  for (let round = 0; round < 10 && hasOpenFiles(folder); round += 1) {
    collect();
    await wait(2);
  }
}

function hasOpenFiles(folder: string): boolean {
  let place: string;
  try {
    place = `${realpathSync(folder)}/`;
  } catch {
    return false;
  }
  let descriptors: readonly string[];
  try {
    descriptors = readdirSync(openFiles);
  } catch {
    return true;
  }
  return descriptors.some((descriptor) => {
    try {
      return readlinkSync(`${openFiles}/${descriptor}`).startsWith(place);
    } catch {
      return false;
    }
  });
}
