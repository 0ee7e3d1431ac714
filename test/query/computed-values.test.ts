// Values of computed attributes for customers, on every store.
import { describe, expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import { customerId } from "../../src/facts/identity.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { findProject } from "../../src/projects/projects.js";
import { computedValues } from "../../src/query/computed-values.js";
import { movableEngine } from "../membership/live-shop.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  it("the values of all or some computed attributes are those of each customer", async () => {
    const engine = movableEngine(store, "2026-05-01T12:00:00Z");
    await defineProject(engine, "shop", {
      currency: "USD",
      metadataSchema: { tier: "string", tags: "string[]" },
      eventSchemas: { login: {} },
      computed: {
        "lifetime value": "sum of amount of order",
        logins: "count of login in the last 7 days",
        place: "city",
        level: "metadata.tier",
        labels: "tags",
        joined: "created",
        "mugs spend": "sum of amount of order where product contains mug",
        yearly: "total spent this year",
        value: "lifetime value",
      },
    });
    await upsertCustomers(engine, "shop", [
      {
        source_id: "a",
        created_at: "2026-01-01T00:00:00Z",
        address: { city: " Łódź " },
        metadata: { Tier: "Gold", tags: ["One", "two"] },
      },
      { source_id: "b" },
    ]);
    await upsertRecords(engine, "shop", "orders", [
      {
        source_id: "o1",
        customer: "a",
        created_at: "2025-05-01T00:00:00Z",
        amount: 1_000,
        items: [{ name: "Mug", quantity: 1 }],
      },
      {
        source_id: "o2",
        customer: "a",
        created_at: "2026-04-01T00:00:00Z",
        amount: 250,
        items: [{ name: "Cap", quantity: 1 }],
      },
    ]);
    await upsertRecords(engine, "shop", "events", [
      { id: "e1", customer: "a", type: "login", at: "2026-04-30T00:00:00Z", properties: {} },
      { id: "e2", customer: "a", type: "login", at: "2026-04-20T00:00:00Z", properties: {} },
    ]);
    const definition = await findProject(engine, "shop");
    const customers = (
      await store.getMany(
        "customers",
        ["a", "b"].map((id) => customerId("shop", id)),
      )
    ).map((customer) => customer!);
    const all = await computedValues(engine, definition, customers, undefined, engine.clock());
    const named = all.map((values) => Object.fromEntries(values.map(({ name, value }) => [name, value])));
    expect(named).toEqual([
      {
        "lifetime value": 1_250,
        logins: 1,
        place: "Łódź",
        level: "Gold",
        labels: ["One", "two"],
        joined: new Date("2026-01-01T00:00:00Z"),
        "mugs spend": 1_000,
        yearly: 250,
        value: 1_250,
      },
      {
        "lifetime value": 0,
        logins: 0,
        place: undefined,
        level: undefined,
        labels: undefined,
        joined: undefined,
        "mugs spend": 0,
        yearly: 0,
        value: 0,
      },
    ]);
    const some = await computedValues(engine, definition, customers, ["PLACE", "logins"], engine.clock());
    expect(some.map((values) => values.map(({ name, value }) => [name, value]))).toEqual([
      [
        ["place", "Łódź"],
        ["logins", 1],
      ],
      [
        ["place", undefined],
        ["logins", 0],
      ],
    ]);
    await expect(computedValues(engine, definition, customers, ["city"], engine.clock())).rejects.toThrow(
      "The project has no computed attribute `city`. It has lifetime value, logins",
    );
  });
});
