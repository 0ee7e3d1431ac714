// Every conformance case and error, through every door, at a given as-of and at a clock of that instant.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import { type RunningServer, startServer } from "../../src/http/server.js";
import { importFolder } from "../../src/import/folder.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import {
  type Answered,
  type Ask,
  askAsTree,
  askByStrategy,
  askCommand,
  askEngine,
  askGraphql,
  askPredicate,
  commandPlace,
} from "./answers.js";

const world = fileURLToPath(new URL("../conformance/", import.meta.url));
const read = async (name: string) => JSON.parse(await readFile(join(world, name), "utf8"));

const asOf: string = (await read("project.json")).asOf;
const now = Date.parse(asOf);
// A clock on another day, so that an as-of that is given is seen to count.
const anotherNow = Date.parse("2027-03-01T08:00:00Z");
const cases: readonly { query: string; members: string[] }[] = [
  ...(await read("cases.json")),
  ...(await read("cases-2.json")),
];
const errors: readonly { query: string; at: string | string[] }[] = [
  ...(await read("errors.json")),
  ...(await read("errors-2.json")),
];

const names = [
  "the engine's summary",
  "the engine's records",
  "events joined",
  "events first",
  "both sides",
  "both sides, from the records",
  "the predicate",
  "text to tree to text",
  "GraphQL by the clock",
  "GraphQL by asOf",
  "the command line by the clock",
  "the command line by --as-of",
];

function fail(error: unknown): void {
  throw error;
}

describe.each(everyStore)("conformance on $name", (tested) => {
  const store = storeOfSuite(tested);
  const servers: RunningServer[] = [];
  const doors: Record<string, Ask> = {};

  beforeAll(async () => {
    const { rejected } = await importFolder({ store, clock: fixedClock(now) }, "default", world, {});
    expect(rejected).toBe(0);
    await store.close();
    const command = await commandPlace(store.place, tested.name === "embedded");
    await store.reopen();
    const serve = (clock: number) =>
      startServer({ engine: { store, clock: fixedClock(clock) }, host: "127.0.0.1", port: 0, report: fail });
    const [present, later] = [await serve(now), await serve(now + 1)];
    servers.push(present, later);
    Object.assign(doors, {
      "the engine's summary": askEngine(store, now, undefined, "summary"),
      "the engine's records": askEngine(store, now, now, "records"),
      "events joined": askByStrategy(store, now, "summary", "join"),
      "events first": askByStrategy(store, now, "records", "events_first"),
      "both sides": askByStrategy(store, now, "summary", "both_sides"),
      "both sides, from the records": askByStrategy(store, now, "records", "both_sides"),
      "the predicate": askPredicate(store, now),
      "text to tree to text": askAsTree(store, now),
      "GraphQL by the clock": askGraphql(present.url, undefined),
      "GraphQL by asOf": askGraphql(later.url, asOf),
      "the command line by the clock": askCommand(command, asOf, undefined),
      "the command line by --as-of": askCommand(command, new Date(anotherNow).toISOString(), asOf),
    });
  });

  afterAll(async () => {
    for (const server of servers) await server.close();
  });

  /** Runs every text through a door, one after the other: a data folder takes one process at a time. */
  async function askAll(door: string, queries: readonly string[]): Promise<Map<string, Answered>> {
    const found = new Map<string, Answered>();
    const ask = doors[door];
    if (ask === undefined) throw new Error(`There is no door ${door}.`);
    for (const query of queries) found.set(query, await ask(query));
    return found;
  }

  it.each(names)("every case through %s", async (door) => {
    const found = await askAll(
      door,
      cases.map(({ query }) => query),
    );
    for (const { query, members } of cases) expect(found.get(query)?.members, query).toEqual(members);
    expect(found.size).toBe(127);
  });

  it.each(names)("every error through %s", async (door) => {
    const found = await askAll(
      door,
      errors.map(({ query }) => query),
    );
    for (const { query, at } of errors) {
      const { members, diagnostics } = found.get(query)!;
      expect(members, query).toBeNull();
      for (const place of [at].flat()) {
        const start = place === "" ? query.length : query.indexOf(place);
        const end = start + place.length;
        const overlapping = diagnostics.filter(
          ({ severity, span }) => severity === "ERROR" && span.start <= end && span.end >= start,
        );
        expect(overlapping.length, `${query} at ${place}`).toBeGreaterThan(0);
      }
    }
  });
});
