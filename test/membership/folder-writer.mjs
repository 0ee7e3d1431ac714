// A process that writes to a data folder: orders, events and countries of customers, and a count that every such process adds to, kept in
// two documents that are always equal. Says `ready`, then the id of each order once its write is answered, and at last how many it
// counted.
import { setTimeout as wait } from "node:timers/promises";
import { upsertCustomers } from "../../dist/src/ingest/customers.js";
import { upsertRecords } from "../../dist/src/ingest/records.js";
import { openEmbeddedStore } from "../../dist/src/store/embedded/store.js";

const [folder, name, rounds] = process.argv.slice(2);
const store = await openEmbeddedStore(folder);
const engine = { store, clock: Date.now };
const anyOf = (items) => items[Math.floor(Math.random() * items.length)];
const customers = Array.from({ length: 24 }, (_, index) => `c-${index}`);
process.stdout.write("ready\n");

async function count() {
  const ids = ["default/count-1", "default/count-2"];
  await store.write(async (transaction) => {
    const found = await transaction.getMany("segment_keys", ids);
    await wait(1);
    await transaction.put(
      "segment_keys",
      ids.map((_id, index) => ({ _id, project: "default", count: (found[index]?.count ?? 0) + 1 })),
    );
  });
}

for (let round = 0; round < Number(rounds); round += 1) {
  const customer = anyOf(customers);
  const source_id = `o-${name}.${round}`;
  const now = new Date().toISOString();
  await upsertCustomers(engine, "default", [
    { source_id: customer, address: { country: anyOf(["PL", "FR"]) } },
  ]);
  const order = {
    source_id,
    customer,
    created_at: now,
    amount: anyOf([500, 3_000]),
    status: anyOf(["PAID", "CANCELED"]),
  };
  await upsertRecords(engine, "default", "orders", [order]);
  await upsertRecords(engine, "default", "events", [{ customer, type: "login", at: now }]);
  process.stdout.write(`${source_id}\n`);
  await count();
}
await store.close();
process.stdout.write(`counted ${rounds}\n`);
