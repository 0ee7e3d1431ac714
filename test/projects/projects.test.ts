// Defining projects, and never changing the meaning of what they hold.
import { describe, expect, it, vi } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import {
  findProject,
  isProjectId,
  ProjectError,
  recentProject,
  UnknownProjectError,
} from "../../src/projects/projects.js";
import { findCustomer } from "../../src/query/customer.js";
import { StoreError } from "../../src/store/port.js";
import { temporaryEngine } from "../import/temporary-engine.js";

async function shopWithOrder(): Promise<Engine> {
  const engine = await temporaryEngine();
  await defineProject(engine, "shop", {
    timezone: "Asia/Kolkata",
    currency: "EUR",
    metadataSchema: { plan: "string" },
    orderMetadataSchema: { gift: "boolean" },
    eventSchemas: { login: { url: "string" } },
    consents: ["News"],
    campaigns: { loyalty: ["Club"] },
  });
  await upsertCustomers(engine, "shop", [{ source_id: "a", metadata: { plan: "x", age: 7, born: "soon" } }]);
  await upsertRecords(engine, "shop", "orders", [
    { source_id: "o", customer: "a", created_at: "2026-01-01", amount: 1 },
  ]);
  await upsertRecords(engine, "shop", "events", [{ customer: "a", type: "login", at: "2026-01-01" }]);
  return engine;
}

describe("a project's id", () => {
  it.each([
    ["default", true],
    ["a", true],
    ["shop_1-b", true],
    ["a".repeat(63), true],
    ["a".repeat(64), false],
    ["", false],
    ["Shop", false],
    ["_a", false],
    ["a/b", false],
    ["a b", false],
  ])("%j: %s", (text, right) => {
    expect(isProjectId(text)).toBe(right);
  });
});

describe("findProject", () => {
  it("has the default project in UTC and USD until it is defined, and no other", async () => {
    const engine = await temporaryEngine();
    expect(await findProject(engine, "default")).toMatchObject({
      timezone: "UTC",
      currency: "USD",
      consents: [],
    });
    await expect(findProject(engine, "shop")).rejects.toThrow(UnknownProjectError);
    await expect(findProject(engine, "a/b")).rejects.toThrow(ProjectError);
  });
});

describe("defineProject", () => {
  it.each([
    [{ timezone: "Warsaw" }, 'timezone: "Warsaw" is no IANA time zone; write one as Europe/Warsaw'],
    [{ timezone: "+01:00" }, 'timezone: "+01:00" is no IANA time zone; write one as Europe/Warsaw'],
    [{ currency: "usd" }, 'currency: "usd" is no ISO 4217 currency; write three capitals as USD'],
    [
      { metadataSchema: { age: "int" } },
      "metadataSchema.age: a type is one of string, number, boolean, date, datetime, string[], number[], boolean[], date[], datetime[]",
    ],
    [{ consents: [" "] }, "consents.0: a name can't be blank"],
    [
      { metadataSchema: { plan: "string" }, metadataIndexes: ["plan", "Plan", "age"] },
      'metadataIndexes names "Plan", "age", which metadataSchema has not. Define it there with its type, or leave it out.',
    ],
    [
      { metadataIndexes: Array.from({ length: 16 }, (_, n) => `k${n}`) },
      "metadataIndexes: at most 15 metadata keys are indexed; leave some out",
    ],
  ])("refuses %j", async (definition, mistake) => {
    const engine = await temporaryEngine();
    await expect(defineProject(engine, "shop", definition)).rejects.toThrow(mistake);
    await expect(findProject(engine, "shop")).rejects.toThrow(UnknownProjectError);
  });

  it("merges schemas, consents and campaigns", async () => {
    const engine = await shopWithOrder();
    const merged = await defineProject(engine, "shop", {
      timezone: "Asia/Calcutta",
      metadataSchema: { age: "number" },
      eventSchemas: { login: { mobile: "boolean" }, checkout: {} },
      consents: ["NEWS", "SMS"],
      campaigns: { loyalty: ["Club", "Partners"], discounts: ["Spring"], constructor: ["A"] },
    });
    expect(merged).toMatchObject({
      currency: "EUR",
      metadataSchema: { plan: "string", age: "number" },
      eventSchemas: { login: { url: "string", mobile: "boolean" }, checkout: {} },
      consents: ["News", "SMS"],
      campaigns: { loyalty: ["Club", "Partners"], discounts: ["Spring"], constructor: ["A"] },
    });
    expect(await findProject(engine, "shop")).toEqual(merged);
  });

  it("keeps which metadata keys are indexed until another list is given", async () => {
    const engine = await shopWithOrder();
    expect(await findProject(engine, "shop")).not.toHaveProperty("metadataIndexes");
    const first = await defineProject(engine, "shop", { metadataIndexes: ["plan", "plan"] });
    expect(first.metadataIndexes).toEqual(["plan"]);
    const other = { metadataSchema: { age: "number" }, metadataIndexes: ["age"] };
    expect((await defineProject(engine, "shop", other)).metadataIndexes).toEqual(["age"]);
    expect((await defineProject(engine, "shop", { consents: ["SMS"] })).metadataIndexes).toEqual(["age"]);
    expect((await findProject(engine, "shop")).metadataIndexes).toEqual(["age"]);
  });

  it("reports if the store has no room for the requested indexes", async () => {
    const engine = await shopWithOrder();
    const before = await findProject(engine, "shop");
    vi.spyOn(engine.store, "writeDefinition").mockRejectedValue(
      new StoreError("TOO_MANY_INDEXES", "Leave out 1."),
    );
    const asked = defineProject(engine, "shop", { metadataIndexes: ["plan"] });
    await expect(asked).rejects.toThrow(new ProjectError("Leave out 1."));
    expect(await findProject(engine, "shop")).toEqual(before);
  });

  it("derives customers again under a new key", async () => {
    const engine = await shopWithOrder();
    await defineProject(engine, "shop", { metadataSchema: { age: "number", tags: "string[]" } });
    const found = await findCustomer(engine, "shop", { sourceId: "a" });
    expect(found?.facts.metadata).toEqual({ s_plan: "x", n_age: 7, ss_tags: [] });
    expect(found?.activity.orders.count).toBe(1);
  });

  it("derives customers again in another zone, while there are no orders", async () => {
    const engine = await temporaryEngine();
    await upsertCustomers(engine, "default", [{ source_id: "a", created_at: "2026-07-01" }]);
    await defineProject(engine, "default", { timezone: "Europe/Warsaw" });
    const found = await findCustomer(engine, "default", { sourceId: "a" });
    expect(found?.facts.created_at).toEqual(new Date("2026-06-30T22:00:00Z"));
  });

  it.each([
    [{ currency: "USD" }, "has orders in EUR and Asia/Kolkata"],
    [{ timezone: "UTC" }, "has orders in EUR and Asia/Kolkata"],
    [
      { metadataSchema: { plan: "number" } },
      "already has customers, so it can't change the type of `plan` from string to number",
    ],
    [
      { orderMetadataSchema: { gift: "string" } },
      "already has orders, so it can't change the type of `gift`",
    ],
    [
      { eventSchemas: { login: { url: "number" } } },
      "already has events, so it can't change the type of `url`",
    ],
    [
      { metadataSchema: { born: "date" } },
      "Customer a does not fit the definition: `metadata.born` must be a day",
    ],
  ])("refuses %j of a project with data, which stays as it is", async (definition, mistake) => {
    const engine = await shopWithOrder();
    const before = await findProject(engine, "shop");
    await expect(defineProject(engine, "shop", definition)).rejects.toThrow(mistake);
    expect(await findProject(engine, "shop")).toEqual(before);
  });
});

describe("a cached definition", () => {
  it("is current at once if this process changes it", async () => {
    const engine = await shopWithOrder();
    expect(Object.keys((await recentProject(engine, "shop")).metadataSchema)).toEqual(["plan"]);
    await defineProject(engine, "shop", { metadataSchema: { age: "number" } });
    expect(Object.keys((await recentProject(engine, "shop")).metadataSchema)).toEqual(["plan", "age"]);
  });

  it("is refused, and not cached, if there is no such project", async () => {
    const engine = await temporaryEngine();
    await expect(recentProject(engine, "new")).rejects.toThrow(UnknownProjectError);
    await defineProject(engine, "new", { timezone: "Asia/Kolkata" });
    expect((await recentProject(engine, "new")).timezone).toBe("Asia/Kolkata");
  });
});

it("refuses a key that would be lost silently", async () => {
  const engine = await temporaryEngine();
  const cut = { metadataSchema: { "a\0b": "string" } };
  await expect(defineProject(engine, "shop", cut)).rejects.toThrow(/metadataSchema/);
  const definition = JSON.parse('{"metadataSchema": {"__proto__": "string"}}');
  await expect(defineProject(engine, "shop", definition)).rejects.toThrow(/"__proto__" can't be a name/);
});
