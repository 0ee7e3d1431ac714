// No operation of the schema crosses the border between projects, whatever ids it is given and whatever key it is sent with.
// Operations are generated from the schema, so that a new field joins by itself.
import type { GraphQLField, OperationTypeNode } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AccessScope, scopesOf } from "../../../src/access/caller.js";
import { createKey } from "../../../src/access/keys.js";
import { fixedClock } from "../../../src/clock.js";
import { defineProject } from "../../../src/definitions/define.js";
import { collections } from "../../../src/documents/collections.js";
import type { Engine } from "../../../src/engine.js";
import { graphqlSchema } from "../../../src/graphql/schema.js";
import { globalId, type NodeName } from "../../../src/graphql/server/global-id.js";
import { requiredScope } from "../../../src/graphql/server/scopes.js";
import { type RunningServer, startServer } from "../../../src/http/server.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { plannedMessage } from "../../../src/ingest/planned-message.js";
import { upsertRecords } from "../../../src/ingest/records.js";
import { createSource } from "../../../src/integrations/sources.js";
import { createDistribution } from "../../../src/messaging/distributions.js";
import { createWebhook } from "../../../src/outbox/webhooks.js";
import { createCampaign } from "../../../src/promotions/campaigns.js";
import { createCode } from "../../../src/promotions/codes.js";
import { redeem } from "../../../src/promotions/redemptions.js";
import { createRule } from "../../../src/promotions/rules.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import { createStatic } from "../../../src/segments/static.js";
import { openEmbeddedStore } from "../../../src/store/embedded/store.js";
import { settle } from "../../membership/live-shop.js";
import { worldAsOf } from "../../support/conformance-world.js";
import { folderOfSuite } from "../../support/folders.js";
import { operationOf } from "./every-operation.js";

/** In everything of the other project, and in nothing else. */
const secret = "Zanzibar";
const schema = graphqlSchema();
const folder = folderOfSuite();

let engine: Engine;
let server: RunningServer;
const keys = new Map<AccessScope, string>();
const othersIds = new Map<string, string>();

async function fill(project: string, word: string): Promise<void> {
  await defineProject(engine, project, {
    metadataSchema: { note: "string" },
    eventSchemas: { visit: { note: "string" } },
    consents: [word],
  });
  await upsertCustomers(engine, project, [
    {
      source_id: "c-1",
      name: word,
      email: `${word}@example.com`,
      metadata: { note: word },
      consents: [word],
    },
  ]);
  const at = "2026-11-01T00:00:00Z";
  const owner = { customer: "c-1", campaign: word };
  await upsertRecords(engine, project, "orders", [
    {
      source_id: "o-1",
      customer: "c-1",
      created_at: at,
      amount: 100,
      status: word,
      metadata: { note: word },
    },
  ]);
  await upsertRecords(engine, project, "events", [
    { id: "e-1", customer: "c-1", type: "visit", at, properties: { note: word } },
  ]);
  await upsertRecords(engine, project, "redemptions", [{ id: "r-1", ...owner, at, result: "SUCCESS" }]);
  await upsertRecords(engine, project, "gift_cards", [{ id: "g-1", ...owner, amount: 100 }]);
  await upsertRecords(engine, project, "loyalty", [{ id: "l-1", ...owner, points: 100 }]);
  await upsertRecords(engine, project, "referrals", [
    { id: "f-1", referrer: "c-1", referee: "c-2", campaign: word, at },
  ]);
}

beforeAll(async () => {
  const store = await openEmbeddedStore(folder);
  engine = { store, clock: fixedClock(Date.parse(worldAsOf)) };
  await fill("mine", "Own");
  await fill("theirs", secret);
  const live = await createAutoUpdate(engine, "theirs", { name: secret, query: `name is ${secret}` });
  const fixed = await createStatic(engine, "theirs", { name: `${secret} fixed`, sourceIds: ["c-1"] });
  await createRule(engine, "theirs", { name: secret, query: `name is ${secret}` });
  await createCampaign(engine, "theirs", {
    name: secret,
    discount: { percent: "5" },
    rules: [secret],
    requiresCode: false,
  });
  await createCode(engine, "theirs", { campaign: secret, code: secret });
  await redeem(engine, "theirs", {
    target: { code: secret },
    customer: "theirs/c-1",
    idempotencyKey: "k-1",
  });
  const distribution = await createDistribution(engine, "theirs", {
    ...{ name: secret, purpose: secret, template: { body: secret }, consent: secret },
    trigger: { kind: "now" },
    channel: { kind: "webhook", url: `https://${secret}.example.com/` },
  });
  const message = {
    ...plannedMessage(distribution, { customer: "theirs/c-1" }, new Date(0), new Date(0)),
    ...{ status: "in_doubt" as const, problem: secret },
  };
  await store.write((transaction) => transaction.put("messages", [message]));
  const webhook = await createWebhook(engine, "theirs", { url: `https://${secret}.example.com/` });
  const source = await createSource(engine, "theirs", { name: secret, kind: "SHOPIFY" });
  await settle(engine, "theirs");
  const theirKey = await createKey(engine, "theirs", { name: secret, scope: "admin" });
  for (const scope of ["read", "write", "admin", "track"] as const)
    keys.set(scope, (await createKey(engine, "mine", { name: scope, scope })).key);
  const record = (type: NodeName, key: string) => othersIds.set(type, globalId(type, key));
  record("Customer", "theirs/c-1");
  record("Order", "theirs/o-1");
  for (const [type, id] of [
    ["Event", "e-1"],
    ["Redemption", "r-1"],
    ["GiftCard", "g-1"],
    ["LoyaltyCard", "l-1"],
    ["Referral", "f-1"],
  ] as const)
    record(type, `theirs/id/${id}`);
  record("Segment", live.segment_id);
  othersIds.set("StaticSegment", globalId("Segment", fixed.segment_id));
  record("Webhook", webhook.webhook_id);
  record("Source", source._id);
  record("ValidationRule", secret.toLowerCase());
  record("Campaign", secret.toLowerCase());
  record("PromotionCode", secret);
  record("CodeRedemption", "k-1");
  record("Distribution", secret.toLowerCase());
  record("Message", message._id);
  record("ApiKey", theirKey.document.key_id);
  record("Project", "theirs");
  const [transition] = await store.reads.documents.after("transitions", "theirs", "", 1);
  record("SegmentTransition", transition!._id);
  // Every operation is to be executed: none may be refused because the key's limit is used up.
  const environment = { rateLimit: 1_000_000_000 };
  server = await startServer({ engine, environment, host: "127.0.0.1", port: 0, report: () => undefined });
}, 60_000);

afterAll(async () => {
  await server.close();
  await engine.store.close();
});

async function ask(
  query: string,
  scope: AccessScope,
  variables: Readonly<Record<string, string>> = {},
  headers: Record<string, string> = {},
) {
  const answer = await fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${keys.get(scope)}`,
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  });
  return { status: answer.status, text: await answer.text() };
}

/** Sends an operation with every id of the other project, if it takes one. */
async function expectNothingOfTheirs(kind: "query" | "mutation", field: GraphQLField<unknown, unknown>) {
  const operation = operationOf(kind, field);
  for (const id of operation.includes("$id") ? othersIds.values() : [undefined]) {
    const { text } = await ask(operation, "admin", id === undefined ? {} : { id });
    expect(text, `${operation} ${id}`).not.toContain(secret);
    expect(text, `${operation} ${id}`).not.toMatch(/INTERNAL_SERVER_ERROR|GRAPHQL_(PARSE|VALIDATION)_FAILED/);
  }
}

/** Everything that is stored of the other project, but for when its key was used. */
async function stored(): Promise<string> {
  const all = [];
  for (const collection of collections) {
    if (["changes", "maintenance"].includes(collection)) continue;
    all.push(collection, await engine.store.reads.documents.after(collection, "theirs", "", 10_000));
  }
  return JSON.stringify(all);
}

/** What is stored of the other project before any operation. */
let theirs = "";
beforeAll(async () => {
  theirs = await stored();
});

const queries = Object.values(schema.getQueryType()!.getFields());
const mutations = Object.values(schema.getMutationType()!.getFields());

describe("an operation with the ids of another project", () => {
  it.each(queries.map((field) => [field.name, field] as const))(
    "query %s returns nothing of it",
    async (_name, field) => expectNothingOfTheirs("query", field),
  );

  it.each(mutations.map((field) => [field.name, field] as const))(
    "mutation %s changes nothing of it",
    async (_name, field) => {
      await expectNothingOfTheirs("mutation", field);
      expect(await stored()).toBe(theirs);
    },
    30_000,
  );
});

describe("a key", () => {
  it("is refused for another project, whatever its scope", async () => {
    for (const scope of keys.keys()) {
      const { status, text } = await ask("{ __typename }", scope, {}, { "x-segmentql-project": "theirs" });
      expect([status, text.includes("FORBIDDEN")]).toEqual([403, true]);
    }
  });

  it.each([
    ...queries.map((field) => ["query", field.name, field] as const),
    ...mutations.map((field) => ["mutation", field.name, field] as const),
  ])("does only what its scope includes: %s %s", async (kind, _name, field) => {
    const operation = operationOf(kind, field);
    const variables: Readonly<Record<string, string>> = operation.includes("$id")
      ? { id: othersIds.get("Customer")! }
      : {};
    const needed = requiredScope(kind as OperationTypeNode, field.name)!;
    for (const scope of keys.keys()) {
      if (scopesOf(scope).has(needed)) continue;
      const { status, text } = await ask(operation, scope, variables);
      expect([status, text.includes('"FORBIDDEN"')], `${scope}: ${field.name}`).toEqual([403, true]);
    }
  });

  it("of a lesser scope does not find what only an administrator may read by its id", async () => {
    const created = await createWebhook(engine, "mine", { url: "https://hooks.example.com/mine" });
    const query = `{ node(id: "${globalId("Webhook", created.webhook_id)}") { id } }`;
    expect(JSON.parse((await ask(query, "read")).text)).toMatchObject({ data: { node: null } });
    expect(JSON.parse((await ask(query, "admin")).text).data.node).not.toBeNull();
  });
});
