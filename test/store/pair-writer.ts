// Processes that write pairs of documents to MongoDB until they are killed, and what has to be true afterwards.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import type { Store } from "../../src/store/port.js";
import { rows } from "./every-store.js";

const writer = fileURLToPath(new URL("writer-process.mjs", import.meta.url));

/** Starts `writer-process.mjs` on a database; resolves when it says that it is ready. */
export async function startWriter(
  uri: string,
  database: string,
  mode: string,
  ...more: readonly string[]
): Promise<ChildProcess> {
  const child = spawn(process.execPath, [writer, mode, database, ...more], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, WRITER_MONGODB_URI: uri },
  });
  await once(child.stdout!, "data");
  return child;
}

/** Kills a process as nothing can be caught. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

/**
 * Expects of the pairs from `start` on (numbered, each removing the fifth before it) that both halves are there or none,
 * and that they are the last five of a row without gaps.
 * @returns how many pairs were written.
 */
export async function expectWholePairs(store: Store, start: number): Promise<number> {
  const pairs = [
    { $match: { customer: "c", number: { $gte: start, $lt: start + 10_000 } } },
    { $sort: { number: 1 } },
  ];
  const orders = (await rows(store, "orders", pairs)) as readonly { readonly number: number }[];
  expect(await rows(store, "events", pairs)).toEqual(orders);
  const numbers = orders.map(({ number }) => number);
  const last = numbers.at(-1) ?? start - 1;
  const first = Math.max(start, last - 4);
  expect(numbers).toEqual(Array.from({ length: last - first + 1 }, (_, index) => first + index));
  return last + 1 - start;
}
