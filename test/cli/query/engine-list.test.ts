// A list of customers that is read from the store.
import { expect, it } from "vitest";
import { listOfEngine } from "../../../src/cli/query/engine-list.js";
import { defineProject } from "../../../src/definitions/define.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { upsertRecords } from "../../../src/ingest/records.js";
import { previewSegment } from "../../../src/query/preview.js";
import { engineOfTest } from "../../export/engine-of-test.js";
import { everyStore } from "../../store/every-store.js";
import { movableClock } from "../../support/movable-clock.js";

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

it("a list shows the present values of computed attributes, as of its other columns", async () => {
  const engine = await shop();
  const asOf = Date.parse(start);
  engine.moveTo("2026-06-01T12:00:00Z");
  const { answer } = await previewSegment(engine, "shop", { query, asOf });
  const { customers } = await listOfEngine(engine, "shop", answer!).customers({
    first: 10,
    computed: ["recent"],
  });
  expect(customers).toMatchObject([{ source_id: "1", computed: { recent: 0 } }]);
});
