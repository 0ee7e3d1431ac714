// Every mutation of the schema that is sent twice with one idempotency key is applied once, and answered twice with the same answer.
import type { GraphQLField } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createKey } from "../../../src/access/keys.js";
import { type CollectionName, collections } from "../../../src/documents/collections.js";
import { graphqlSchema } from "../../../src/graphql/schema.js";
import { globalId, type NodeName } from "../../../src/graphql/server/global-id.js";
import { createSource } from "../../../src/integrations/sources.js";
import { createWebhook } from "../../../src/outbox/webhooks.js";
import { createStatic } from "../../../src/segments/static.js";
import { type RunningService, runService } from "../running-service.js";
import { operationOf } from "./every-operation.js";

const project = "default";
let service: RunningService;
let authorization = "";
/** An id of every type that a mutation takes. */
const ids = new Map<string, string>();

beforeAll(async () => {
  service = await runService();
  const { engine } = service;
  const fixed = await createStatic(engine, project, { name: "Fixed", sourceIds: ["crm-001"] });
  const webhook = await createWebhook(engine, project, { url: "https://hooks.example.com/" });
  const source = await createSource(engine, project, { name: "Shop", kind: "SHOPIFY" });
  const { key } = await createKey(engine, project, { name: "k", scope: "admin" });
  const other = await createKey(engine, project, { name: "other", scope: "read" });
  authorization = `Bearer ${key}`;
  const first = async (collection: CollectionName) =>
    (await engine.store.reads.documents.after(collection, project, "", 1))[0]!._id;
  const keys: Partial<Record<NodeName, string>> = {
    Segment: fixed.segment_id,
    Webhook: webhook.webhook_id,
    Source: source._id,
    ApiKey: other.document.key_id,
    Customer: await first("customers"),
    Order: await first("orders"),
    Event: await first("events"),
    Redemption: await first("redemptions"),
    GiftCard: await first("gift_cards"),
    LoyaltyCard: await first("loyalty"),
    Referral: await first("referrals"),
    // None of these exists: mutations of them answer with user errors, which are replayed, too.
    Job: "none",
    ValidationRule: "none",
    Campaign: "none",
    CodeRedemption: "none",
    Distribution: "none",
    Message: "none",
    WebhookDeadLetter: "none",
  };
  for (const [type, id] of Object.entries(keys)) ids.set(type, globalId(type as NodeName, id));
}, 60_000);
afterAll(() => service.stop());

/**
 * What is stored of the project, with its audit log, which has an entry for each mutation that is executed. The answers that
 * are kept to be replayed are omitted.
 */
async function stored(): Promise<Readonly<Record<string, string>>> {
  const all: Record<string, string> = {};
  for (const collection of collections) {
    if (collection === "answers") continue;
    const documents = await service.engine.store.reads.documents.after(collection, project, "", 10_000);
    all[collection] = JSON.stringify(documents);
  }
  return all;
}

const mutations = Object.values(graphqlSchema().getMutationType()!.getFields());

async function send(query: string, key: string) {
  const answer = await fetch(`${service.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization, "idempotency-key": key },
    body: JSON.stringify({ query }),
  });
  const replayed = answer.headers.get("idempotent-replayed");
  return { status: answer.status, text: await answer.text(), replayed };
}

/**
 * Sends a mutation until each of its ids has the type that is wanted there: the schema does not say which, but the refusal
 * of a wrong id does. A refused request leaves its key free.
 */
async function sendFirst(field: GraphQLField<unknown, unknown>) {
  let place = 0;
  let operation = operationOf("mutation", field)
    .replace("($id: ID!) ", "")
    .replaceAll("$id", () => `"place-${place++}"`);
  for (;;) {
    const answer = await send(operation, field.name);
    const wanted = /\\"(place-\d+)\\" is not the id of a (\w+)/.exec(answer.text);
    if (wanted === null) return { operation, answer };
    const [, unknown, type] = wanted;
    expect([...ids.keys()]).toContain(type);
    operation = operation.replace(`"${unknown}"`, `"${ids.get(type!)}"`);
  }
}

describe("a mutation that is sent twice with one key", () => {
  it.each(mutations.map((field) => [field.name, field] as const))(
    "is applied once: %s",
    async (name, field) => {
      const { operation, answer } = await sendFirst(field);
      expect([answer.status, answer.replayed], answer.text).toEqual([200, null]);
      expect(JSON.parse(answer.text).data, answer.text).not.toBeNull();
      const after = await stored();
      expect(await send(operation, name)).toEqual({ ...answer, replayed: "true" });
      expect(await stored()).toEqual(after);
    },
  );
});
