// Flushes files to disk.
import { closeSync, fsyncSync, openSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** Flushes a file and its entry in its folder to disk. */
export function flush(file: string): void {
  for (const path of [file, dirname(resolve(file))]) {
    const opened = openSync(path, "r");
    fsyncSync(opened);
    closeSync(opened);
  }
}
