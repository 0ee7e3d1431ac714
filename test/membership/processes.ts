// Servers and maintainers as processes of their own on one MongoDB database, with writers beside them.
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { fixedClock } from "../../src/clock.js";
import type { Engine } from "../../src/engine.js";
import { maintainProject } from "../../src/membership/maintain/maintainer.js";
import type { Store } from "../../src/store/port.js";
import { faults } from "./live-shop.js";

const program = fileURLToPath(new URL("../../dist/src/cli/main.js", import.meta.url));

/** A MongoDB URI for one database. */
export function inDatabase(uri: string, database: string): string {
  const at = new URL(uri);
  at.pathname = `/${database}`;
  return at.href;
}

/**
 * Starts `segmentql` with some words, and waits for the first line that it says on `stream`.
 * @param place a MongoDB URI, or variables of the environment that say more.
 */
export async function startProcess(
  place: string | Readonly<Record<string, string>>,
  words: readonly string[],
  stream: "stdout" | "stderr",
): Promise<{ readonly child: ChildProcess; readonly line: string }> {
  const child = spawn(process.execPath, [program, ...words], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      ...(typeof place === "string" ? { MONGODB_URI: place } : place),
      LOG_LEVEL: "fatal",
      // Receivers of tests are on this machine.
      SEGMENTQL_ALLOW_PRIVATE_WEBHOOKS: "1",
    },
  });
  // What a failed test leaves running is ended with it.
  onTestFinished(() => void child.kill("SIGKILL"));
  let other = "";
  child[stream === "stdout" ? "stderr" : "stdout"].on("data", (text) => {
    other += text;
  });
  const lines = createInterface({ input: child[stream] });
  const line = await new Promise<string>((resolve, reject) => {
    lines.once("line", resolve);
    child.once("exit", (code) =>
      reject(new Error(`segmentql ${words.join(" ")} ended with ${code}: ${other}`)),
    );
  });
  return { child, line };
}

/**
 * Waits until something is so.
 * @param what it is, and what was seen instead, for the error after two minutes.
 */
export async function until(what: () => string, holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 120_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`This did not happen within two minutes: ${what()}`);
    await wait(50);
  }
}

/** Resolves when a process is gone. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => child.once("exit", resolve));
}

/**
 * Finishes what dead maintainers left, whose leases need not be waited for, and tells what is wrong then: with what is stored,
 * the stays, or the list of transitions.
 */
export async function faultsAfter(store: Store, project: string): Promise<string> {
  // Time stands still, so that nothing flips between the work and the question whether it was done.
  const engine: Engine = { store, clock: fixedClock(Date.now()) };
  const maintainer = maintainProject(engine, project, () => Date.now() + 60_000);
  while (await maintainer.round());
  if (!maintainer.holdsAll()) return "somebody else holds a lease";
  const found = await faults(engine, project);
  await maintainer.release();
  return found;
}
