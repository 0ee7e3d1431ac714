// The driver of SQLite closes a file, and lets go of its locks, when the statements of a closed connection are collected. A process
// that ends does so, too; a test that closes a store and goes on in its process asks for it.
import { setTimeout as wait } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

export async function collectGarbage(): Promise<void> {
  for (let round = 0; round < 10; round += 1) {
    await wait(2);
    collect();
  }
  await wait(2);
}
