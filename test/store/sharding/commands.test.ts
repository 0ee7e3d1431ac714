// Every command that the product sends to MongoDB may be sent to a sharded cluster: the driver reports the commands of a run
// through the product's reads, questions and writes, and each is held against the rules of MongoDB's manual (rules.ts).
import { readFileSync } from "node:fs";
import type { Document } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createKey } from "../../../src/access/keys.js";
import { catalogOf } from "../../../src/catalog/catalog.js";
import { checkQuery } from "../../../src/check/check.js";
import { type Clock, fixedClock } from "../../../src/clock.js";
import { defineProject } from "../../../src/definitions/define.js";
import { eraseCustomer } from "../../../src/definitions/erase.js";
import { retype } from "../../../src/definitions/retype.js";
import type { Engine } from "../../../src/engine.js";
import { setConsents } from "../../../src/ingest/consents.js";
import { mergeCustomers, upsertCustomers } from "../../../src/ingest/customers.js";
import { deleteRecords } from "../../../src/ingest/delete-records.js";
import { upsertRecords } from "../../../src/ingest/records.js";
import { createJob } from "../../../src/jobs/jobs.js";
import { maintainProject } from "../../../src/membership/maintain/maintainer.js";
import { forgetHistory } from "../../../src/outbox/retention.js";
import { createWebhook, deleteWebhook } from "../../../src/outbox/webhooks.js";
import { compileQuery, strategiesOf } from "../../../src/pipeline/compile.js";
import { simplifyPlan } from "../../../src/plan/simplify.js";
import { createCampaign } from "../../../src/promotions/campaigns.js";
import { createCode } from "../../../src/promotions/codes.js";
import { redeem } from "../../../src/promotions/redemptions.js";
import { createRule } from "../../../src/promotions/rules.js";
import { previewSegment } from "../../../src/query/preview.js";
import { productTexts } from "../../../src/query/products.js";
import { changeQuery, createAutoUpdate } from "../../../src/segments/auto-update.js";
import { deleteSegment } from "../../../src/segments/change.js";
import { createStatic } from "../../../src/segments/static.js";
import { shardKeys } from "../../../src/store/mongo/shard-keys.js";
import { type MongoStore, openMongoStore } from "../../../src/store/mongo/store.js";
import { settle } from "../../membership/live-shop.js";
import { worldAsOf, worldFolder } from "../../support/conformance-world.js";
import { projectDocument } from "../../support/project.js";
import { document, dropDatabase, mongoUri, newDatabaseName, put } from "../every-store.js";
import { accessCases } from "../reads/access-cases.js";
import { dataCases } from "../reads/data-cases.js";
import { membershipCases } from "../reads/membership-cases.js";
import { promotionCases } from "../reads/promotion-cases.js";
import { putWorld } from "../reads/world.js";
import { type SentCommand, violationsOf } from "./rules.js";

const worldFile = (name: string) => JSON.parse(readFileSync(`${worldFolder}${name}.json`, "utf8"));

describe("the pipeline of a query", () => {
  it("may run on a sharded cluster, by every strategy and from either source of activity", () => {
    const definition = projectDocument(worldFile("project"));
    const broken: string[] = [];
    let lookups = 0;
    for (const { query } of [...worldFile("cases"), ...worldFile("cases-2")] as { query: string }[]) {
      const { plan } = checkQuery(query, catalogOf(definition), Date.parse(worldAsOf));
      // Products and samples are bound to those of a store, as values.
      if (plan === undefined || productTexts(plan.where).size > 0 || query.includes("sample")) continue;
      const simplified = simplifyPlan(plan);
      for (const activity of ["summary", "records"] as const)
        for (const strategy of [undefined, ...strategiesOf(simplified)]) {
          const { find, fetch } = compileQuery(simplified, { activity, strategy });
          const pipeline = [...find, ...fetch] as Document[];
          lookups += pipeline.filter((stage) => "$lookup" in stage).length;
          const sent = { commandName: "aggregate", command: { aggregate: "customers", pipeline } };
          broken.push(...violationsOf(sent, shardKeys).map((violation) => `${query}: ${violation}`));
        }
    }
    expect(broken).toEqual([]);
    expect(lookups).toBeGreaterThan(100);
  });
});

describe.runIf(mongoUri !== undefined)("a command that is sent to MongoDB", () => {
  const uri = mongoUri ?? "";
  const database = newDatabaseName();
  const sent: SentCommand[] = [];
  let store: MongoStore;
  let engine: Engine;

  beforeAll(async () => {
    const onCommand = ({ commandName, command }: SentCommand) => sent.push({ commandName, command });
    store = await openMongoStore(uri, { database, indexes: "none", onCommand });
    engine = { store, clock: fixedClock(Date.parse(worldAsOf)) as Clock };
  }, 120_000);
  afterAll(async () => {
    await store.close();
    await dropDatabase(uri, database);
  });

  const expectNoneBroken = () => {
    const broken = sent.flatMap((command) =>
      violationsOf(command, shardKeys).map(
        (violation) => `${violation}: ${JSON.stringify(command.command).slice(0, 300)}`,
      ),
    );
    expect(broken).toEqual([]);
  };

  it("by a named read", async () => {
    await putWorld(store);
    for (const [, read] of [...dataCases, ...membershipCases, ...accessCases, ...promotionCases])
      await read(store.reads);
    expectNoneBroken();
  });

  it("by a write, by the upkeep of segments, by a preview", async () => {
    const project = "story";
    const at = "2026-11-01T00:00:00Z";
    await defineProject(engine, project, {
      metadataSchema: { plan: "string" },
      metadataIndexes: ["plan"],
      eventSchemas: { visit: { url: "string" } },
      consents: ["email"],
    });
    const people = ["a", "b"].map((source_id) => ({ source_id, name: source_id, metadata: { plan: "7" } }));
    await upsertCustomers(engine, project, people);
    await mergeCustomers(engine, project, [{ source_id: "a", address: { city: "Paris" } }]);
    await setConsents(engine, project, [{ customer: "a", consents: ["email"] }]);
    const order = {
      source_id: "o",
      created_at: at,
      amount: 100,
      items: [{ name: "Mug", quantity: 1, price: 100 }],
    };
    await upsertRecords(engine, project, "orders", [{ ...order, customer: "a" }]);
    // To another customer: its shard key changes.
    await upsertRecords(engine, project, "orders", [{ ...order, customer: "b" }]);
    await upsertRecords(engine, project, "events", [
      { id: "e", customer: "a", type: "visit", at, properties: {} },
    ]);
    await upsertRecords(engine, project, "referrals", [
      { id: "f", referrer: "a", referee: "b", campaign: "c", at },
    ]);
    await upsertRecords(engine, project, "loyalty", [{ id: "l", customer: "a", campaign: "c", points: 5 }]);
    const live = await createAutoUpdate(engine, project, { name: "live", query: "orders count > 0" });
    const fixed = await createStatic(engine, project, { name: "fixed", sourceIds: ["a", "b"] });
    await settle(engine, project);
    await changeQuery(engine, project, live.segment_id, "performed visit", async (_, segment) => segment);
    await settle(engine, project);
    for (const query of [
      "order contains mug and performed visit",
      "in segment live",
      "never performed visit",
    ]) {
      const { answer, diagnostics } = await previewSegment(engine, project, { query });
      expect(diagnostics).toEqual([]);
      await answer!.count();
      await answer!.customers({ first: 1 });
      await answer!.sourceIds();
    }
    const webhook = await createWebhook(engine, project, { url: "https://hooks.example.com/" });
    await createRule(engine, project, { name: "r", query: "name is known" });
    await createCampaign(engine, project, { name: "c", discount: { percent: "5" }, rules: ["r"] });
    await createCode(engine, project, { campaign: "c", code: "CODE" });
    await redeem(engine, project, {
      target: { code: "CODE" },
      customer: `${project}/a`,
      idempotencyKey: "k",
    });
    await createKey(engine, project, { name: "k", scope: "read" });
    await createJob(engine, project, { type: "export", request: {}, caller: { kind: "open", id: "" } });
    await retype(engine, project, { of: "customers", key: "plan", type: "number" });
    await deleteRecords(engine, project, "orders", [`${project}/o`]);
    await deleteSegment(engine, project, fixed.segment_id);
    await deleteWebhook(engine, project, webhook.webhook_id);
    await eraseCustomer(engine, project, "a");
    const maintainer = maintainProject(engine, project, () => 0);
    await maintainer.round();
    await forgetHistory(engine, maintainer.partitions(), engine.clock() + 1);
    await maintainer.release();
    await settle(engine, project);
    expectNoneBroken();
    // The run holds what the rules are about.
    const names = new Set(sent.map(({ commandName }) => commandName));
    expect([...names]).toEqual(
      expect.arrayContaining(["find", "aggregate", "insert", "update", "delete", "commitTransaction"]),
    );
  }, 120_000);

  it("leaves a record that is given to another customer with that customer alone", async () => {
    const order = document("orders", "shop/moved", { customer: "shop/ann" });
    const moved = document("orders", "shop/moved", { customer: "shop/bob" });
    await put(store, "orders", [order]);
    // Without reading it first.
    await put(store, "orders", [moved]);
    expect(await store.getMany("orders", ["shop/moved"])).toEqual([moved]);
    await store.write(async (transaction) => {
      expect((await transaction.recordsOf("orders", ["shop/bob"])).get("shop/bob")).toContainEqual(moved);
      await transaction.put("orders", [order]);
      await transaction.remove("orders", ["shop/moved"]);
      await transaction.put("orders", [moved]);
      await transaction.put("orders", [order]);
    });
    expect(await store.getMany("orders", ["shop/moved"])).toEqual([order]);
    expectNoneBroken();
  });
});
