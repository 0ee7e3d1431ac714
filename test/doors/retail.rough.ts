// A real shop's invoices, where they lie beside the checkout: imported twice with one end state, and every count that the
// language must give on them, at both instants, through the command line and GraphQL.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../src/clock.js";
import { collections } from "../../src/documents/collections.js";
import type { Engine } from "../../src/engine.js";
import { type RunningServer, startServer } from "../../src/http/server.js";
import { importCsv } from "../../src/import/csv/orders-csv.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn } from "../store/watched.js";
import { askCommand, askEngine, commandPlace, commandsAt } from "./answers.js";

const data = fileURLToPath(new URL("../../../shared/data/", import.meta.url));
const sample = join(data, "online-retail-sample.csv.gz");

interface Facts {
  readonly asOf: string;
  readonly counts: Readonly<Record<string, number>>;
}

// It takes half a minute, on MongoDB minutes, so it is asked for: SEGMENTQL_RETAIL=1.
const isAsked = process.env.SEGMENTQL_RETAIL !== undefined && existsSync(sample);

describe.skipIf(!isAsked).each(everyStore)("a real shop's invoices on $name", (tested) => {
  const store = storeOfSuite(tested);
  let server: RunningServer;

  // The records of 12,000 orders are joined below.
  beforeAll(async () => store.indexes?.ensure());

  /** Every document. */
  const everything = async (): Promise<Record<string, { _id: string; status?: string }[]>> => {
    const found: Record<string, { _id: string; status?: string }[]> = {};
    for (const name of collections) {
      found[name] = [...(await documentsIn(store, name, "default"))];
    }
    return found;
  };

  it("are imported as the facts state, twice with the same final state", { timeout: 900_000 }, async () => {
    const engine: Engine = { store, clock: systemClock };
    const facts = JSON.parse(await readFile(join(data, "online-retail-facts.json"), "utf8"));
    const first = await importCsv(engine, "default", sample, "online-retail", {});
    expect(first.rows.read).toBe(facts.rows);
    expect(first.skippedRows).toBe(facts.rowsWithoutCustomer);
    expect(first.customers.written).toBe(facts.customers);
    expect(first.orders.written).toBe(facts.orders);
    expect(first.rejected).toBe(0);
    const state = await everything();
    const cancelled = state.orders?.filter(({ status }) => status === "CANCELED");
    expect(cancelled).toHaveLength(facts.cancelled);
    const second = await importCsv(engine, "default", sample, "online-retail", {});
    expect([second.customers.unchanged, second.orders.unchanged]).toEqual([facts.customers, facts.orders]);
    // Comparing that many documents by the test framework takes longer than both imports.
    expect(isDeepStrictEqual(await everything(), state)).toBe(true);
  });

  it("have the counts of the facts", { timeout: 900_000 }, async () => {
    const facts: Facts & { earlier: Facts } = JSON.parse(
      await readFile(join(data, "online-retail-facts.json"), "utf8"),
    );
    const questions = [facts, facts.earlier].flatMap(({ asOf, counts }) =>
      Object.entries(counts).map(([query, count]) => ({ asOf, query, count })),
    );
    expect(questions).toHaveLength(16);
    server = await startServer({
      engine: { store, clock: systemClock },
      host: "127.0.0.1",
      port: 0,
      report: console.error,
    });
    for (const { asOf, query, count } of questions) {
      const response = await fetch(`${server.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          query:
            "query ($query: String!, $asOf: DateTime) { segmentPreview(query: $query, asOf: $asOf) { count } }",
          variables: { query, asOf },
        }),
      });
      const { data: answer } = (await response.json()) as ReturnType<typeof JSON.parse>;
      expect(answer.segmentPreview.count, `${query} as of ${asOf}`).toBe(count);
    }
    await server.close();
    for (const { asOf, query, count } of questions) {
      const { members } = await askEngine(store, systemClock(), Date.parse(asOf))(query);
      expect(members?.length, `members of ${query} as of ${asOf}`).toBe(count);
    }
    await store.close();
    // One process for all of them, which reads the folder once.
    const command = await commandPlace(store.place, tested.name === "embedded");
    const entries = questions.map(({ asOf, query }) => `\\asof ${asOf}\n\\count ${query}\n`).join("");
    const { output, errors, exitCode } = await commandsAt(command, undefined)(["shell"], entries);
    expect([exitCode, errors]).toEqual([0, ""]);
    const counts = [...output.matchAll(/^([\d,]+) customers? as of/gm)].map((found) => found[1]);
    expect(counts).toEqual(questions.map(({ count }) => count.toLocaleString("en")));
    const [{ asOf, query, count } = { asOf: "", query: "", count: 0 }] = questions;
    const { members } = await askCommand(command, undefined, asOf)(query);
    expect(members?.length, `${query} as of ${asOf}`).toBe(count);
  });
});
