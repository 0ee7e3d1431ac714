// Files on the disk.
import { closeSync, fsyncSync, openSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** Makes sure that a file, and its name in its folder, are on the disk. */
export function flush(file: string): void {
  for (const path of [file, dirname(resolve(file))]) {
    const opened = openSync(path, "r");
    fsyncSync(opened);
    closeSync(opened);
  }
}
