// Servers and maintainers as separate processes on one MongoDB database or one data folder, along with writers.
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { fixedClock, systemClock } from "../../src/clock.js";
import { defineProject } from "../../src/definitions/define.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { maintainProject } from "../../src/membership/maintain/maintainer.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
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
 * @param place a MongoDB URI, or variables of the environment that say more; undefined if the words name a folder.
 */
export async function startProcess(
  place: string | Readonly<Record<string, string>> | undefined,
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
 * Finishes what dead maintainers left, whose leases need not be waited for, and reports what is wrong then: with what is stored,
 * the intervals, or the list of transitions.
 */
export async function faultsAfter(store: Store, project: string, now = Date.now()): Promise<string> {
  // The clock is fixed, so that nothing flips between the work and the question whether it was done.
  const engine: Engine = { store, clock: fixedClock(now) };
  const maintainer = maintainProject(engine, project, () => Date.now() + 60_000);
  while (await maintainer.round());
  if (!maintainer.holdsAll()) return "another process holds a lease";
  const found = await faults(engine, project);
  await maintainer.release();
  return found;
}

/** Segments by what a customer is, has done, and did lately. */
const queries = {
  Rich: "total spent is more than $50",
  Poles: "country is PL",
  "Rich Poles": 'in segment "Rich" and country is PL',
  Lately: "performed login in the last 1 minute",
  Often: "number of orders is at least 2 or performed login at least 3 times",
};
export const customers = Array.from({ length: 24 }, (_, index) => `c-${index}`);

export function anyOf<Item>(items: readonly Item[]): Item {
  return items[Math.floor(Math.random() * items.length)]!;
}

/** A project with customers and segments. */
export async function newShop(store: Store): Promise<Engine> {
  const engine: Engine = { store, clock: systemClock };
  await defineProject(engine, "default", { eventSchemas: { login: {} } });
  await upsertCustomers(
    engine,
    "default",
    customers.map((source_id) => ({ source_id })),
  );
  for (const [name, query] of Object.entries(queries))
    await createAutoUpdate(engine, "default", { name, query });
  return engine;
}

/**
 * Writes over GraphQL, one after the other, until it is stopped. Notes the orders that were answered.
 * @param failed receives why a write was not answered.
 */
export async function writeUntil(
  isOver: () => boolean,
  url: string,
  name: string,
  written: Set<string>,
  failed: (failure: string) => void = () => undefined,
): Promise<void> {
  for (let number = 0; !isOver(); number += 1) {
    const customer = anyOf(customers);
    const source_id = `o-${name}.${number}`;
    const now = new Date().toISOString();
    const query = `mutation {
      customersUpsert(input: [{ sourceId: "${customer}", address: { country: "${anyOf(["PL", "FR"])}" } }]) { userErrors { message } }
      ordersUpsert(input: [{ sourceId: "${source_id}", customer: { sourceId: "${customer}" }, createdAt: "${now}", amount: { amount: "${anyOf(["5", "30"])}" }, status: ${anyOf(["PAID", "CANCELED"])} }]) { userErrors { message } }
      eventsTrack(input: { customerSourceId: "${customer}", events: [{ type: "login", at: "${now}" }] }) { userErrors { message } }
    }`;
    try {
      const answer = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query }),
        signal: AbortSignal.timeout(10_000),
      });
      const text = await answer.text();
      if (/"errors":|"userErrors":\[\{/.test(text)) throw new Error(text);
      JSON.parse(text);
      written.add(source_id);
    } catch (error) {
      // Who was killed answers nothing, or half of it; what is refused is a mistake of this test.
      if (/GRAPHQL_VALIDATION_FAILED|BAD_USER_INPUT|"userErrors"/.test(String(error))) throw error;
      if (isOver()) return;
      failed(String(error));
      await wait(20);
    }
  }
}

/** Resolves when more was written than `before`. */
export async function firstWrite(written: ReadonlySet<string>, before: number): Promise<void> {
  await until(
    () => "a write is answered",
    async () => written.size > before,
  );
}
