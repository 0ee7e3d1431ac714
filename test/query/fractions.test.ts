// Points of loyalty may have fractions, and compare by them on every store.
import { beforeAll, describe, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import { defineProject } from "../../src/definitions/define.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { previewSegment } from "../../src/query/preview.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";

describe.each(everyStore)("on $name", (underTest) => {
  const store = storeOfSuite(underTest);
  const engine = { store, clock: fixedClock(Date.parse("2026-11-23T12:00:00Z")) };

  beforeAll(async () => {
    await defineProject(engine, "shop", { campaigns: { loyalty: ["Club"] } });
    await upsertCustomers(engine, "shop", [
      { source_id: "half" },
      { source_id: "whole" },
      { source_id: "none" },
    ]);
    await upsertRecords(engine, "shop", "loyalty", [
      { id: "1", customer: "half", campaign: "Club", points: 499.5, spent: 499 },
      { id: "2", customer: "whole", campaign: "Club", points: 3 },
    ]);
  });

  it.each([
    ["loyalty balance is 0.5", ["half"]],
    ["loyalty balance is between 0.4 and 0.6", ["half"]],
    ["loyalty balance is less than 1", ["half", "none"]],
    ["loyalty balance is 3", ["whole"]],
    ["loyalty points is more than 499", ["half"]],
    ["loyalty balance in campaign Club is 0.5", ["half"]],
    ["not (loyalty balance is 0.5)", ["none", "whole"]],
  ])("%s", async (query, members) => {
    const { answer } = await previewSegment(engine, "shop", { query });
    expect(await answer?.sourceIds()).toEqual(members);
  });
});
