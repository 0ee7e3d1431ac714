// An audience is of one instant: its customers, and the values of its computed columns.
import { expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import { readAudience } from "../../src/export/audience.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { everyStore } from "../store/every-store.js";
import { movableClock } from "../support/movable-clock.js";
import { engineOfTest } from "./engine-of-test.js";

const start = "2026-05-01T12:00:00Z";

async function shop() {
  const clock = movableClock(start);
  const engine = { ...(await engineOfTest(everyStore[0]!, start)), ...clock };
  await defineProject(engine, "shop", { computed: { recent: "count of order in the last 7 days" } });
  await upsertCustomers(engine, "shop", [{ source_id: "1" }]);
  await upsertRecords(engine, "shop", "orders", [
    { source_id: "o1", customer: "1", created_at: "2026-04-30T00:00:00Z" },
  ]);
  return engine;
}

const query = "placed order in the last 7 days";

it("an exported audience keeps the instant at which it was asked for", async () => {
  const engine = await shop();
  const { lines } = await readAudience(engine, "shop", { query, columns: ["source_id", "computed.recent"] });
  engine.moveTo("2026-06-01T12:00:00Z");
  const written: string[] = [];
  for await (const some of lines(new AbortController().signal)) written.push(...some);
  expect(written).toEqual(["source_id,computed.recent\r\n", "1,1\r\n"]);
});
