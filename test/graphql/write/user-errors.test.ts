// Every code of a user error is returned by at least one request: a code that is added to the enumeration needs a request here.
import { isEnumType } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createKey, maxKeys, revokeKey } from "../../../src/access/keys.js";
import type { DeadLetterDocument } from "../../../src/documents/membership-documents.js";
import type { Engine } from "../../../src/engine.js";
import { graphqlSchema } from "../../../src/graphql/schema.js";
import { globalId } from "../../../src/graphql/server/global-id.js";
import { createSource, maxSources } from "../../../src/integrations/sources.js";
import { createJob, maxUnfinished } from "../../../src/jobs/jobs.js";
import { transitionId } from "../../../src/membership/maintain/transitions.js";
import { createWebhook, maxWebhooks } from "../../../src/outbox/webhooks.js";
import { createCampaign } from "../../../src/promotions/campaigns.js";
import { createCode } from "../../../src/promotions/codes.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import { createStatic } from "../../../src/segments/static.js";
import type { Transaction } from "../../../src/store/port.js";
import { type RunningService, runService } from "../running-service.js";

const project = "default";
let service: RunningService;
/** True to let a segment be archived by another request whenever a transaction reads it. */
let archiving = false;
const ids = { webhook: "", live: "", fixed: "" };

/** The engine, on which other requests change what a write reads. */
function contended(engine: Engine): Engine {
  const reading = (transaction: Transaction): Transaction => ({
    ...transaction,
    getMany: async (collection, wanted) => {
      const found = await transaction.getMany(collection, wanted);
      if (!archiving || collection !== "segments") return found;
      return found.map((each) => each && { ...each, archived: true });
    },
  });
  const { store } = engine;
  const write: typeof store.write = (work, options) =>
    store.write((transaction) => work(reading(transaction)), options);
  return { ...engine, maxStaticMembers: 3, store: { ...store, write } };
}

beforeAll(async () => {
  service = await runService(contended);
  const { engine } = service;
  const live = await createAutoUpdate(engine, project, { name: "Live", query: "city is Paris" });
  const fixed = await createStatic(engine, project, { name: "Fixed", sourceIds: ["crm-001"] });
  ids.live = globalId("Segment", live.segment_id);
  ids.fixed = globalId("Segment", fixed.segment_id);
  await createAutoUpdate(engine, project, { name: "Naming", query: "in segment Live" });
  // Nothing listens on port 1 of this machine; the store is written directly, since such an address is refused.
  const { webhook_id, ...webhook } = await createWebhook(engine, project, {
    url: "https://hooks.example.com/",
  });
  ids.webhook = globalId("Webhook", webhook_id);
  const at = new Date(engine.clock());
  const letter: DeadLetterDocument = {
    _id: `${project}/letter`,
    project,
    ...{ webhook: webhook_id, partition: 0, sequences: [1], attempts: 1 },
    ...{ since: at, at, problem: "It did not answer." },
  };
  await engine.store.write(async (transaction) => {
    await transaction.put("webhooks", [{ ...webhook, webhook_id, url: "http://127.0.0.1:1/" }]);
    await transaction.put("dead_letters", [letter]);
    await transaction.put("transitions", [
      {
        _id: transitionId(project, 0, 1),
        project,
        ...{ partition: 0, sequence: 1, segment: live.segment_id, customer: `${project}/crm-001` },
        ...{ kind: "entered", at, cause: { kind: "PROFILE", at } },
      },
    ]);
  });
  const discount = { percent: "5" };
  await createCampaign(engine, project, { name: "Codes", discount });
  await createCampaign(engine, project, { name: "Open", discount, requiresCode: false });
  await createCode(engine, project, { campaign: "Codes", code: "TAKEN" });
}, 60_000);
afterAll(() => service.stop());

const customer = '{ sourceId: "crm-004" }';
const redeemOpen = (key: string, by = customer) =>
  `redemptionRedeem(input: { target: { campaign: { name: "Open" } }, customer: ${by}, idempotencyKey: "${key}" })`;
const create = (fields: string) => `segmentCreateAutoUpdate(input: { ${fields} })`;

/** A code, a mutation that returns it, and what is done before. */
const requests: readonly (readonly [
  code: string,
  mutation: () => string,
  before?: () => Promise<unknown>,
])[] = [
  ["INVALID_RECORD", () => 'customerUpsert(input: { sourceId: "" })'],
  ["INVALID_DEFINITION", () => 'projectUpdate(input: { timezone: "Nowhere" })'],
  ["INVALID_INPUT", () => 'keyRetype(input: { of: EVENT, key: "url", type: NUMBER })'],
  ["NOT_FOUND", () => 'jobCancel(input: { id: "Sm9iOnVua25vd24" })'],
  ["INVALID_NAME", () => create('name: " ", query: "city is Paris"')],
  ["NAME_TAKEN", () => create('name: "live", query: "city is Rome"')],
  [
    "MEMBERS_TAKEN",
    () => 'segmentCreateStatic(input: { name: "Same", members: { sourceIds: ["crm-001"] } })',
  ],
  [
    "TOO_MANY_MEMBERS",
    () => 'segmentCreateStatic(input: { name: "Many", members: { query: "name is known" } })',
  ],
  [
    "NO_MEMBERS",
    () => 'segmentCreateStatic(input: { name: "None", members: { query: "city is Atlantis" } })',
  ],
  [
    "UNKNOWN_CUSTOMER",
    () => 'segmentCreateStatic(input: { name: "No one", members: { sourceIds: ["nobody"] } })',
  ],
  ["INVALID_QUERY", () => create('name: "Wrong", query: "cty is Paris"')],
  ["IN_USE", () => `segmentDelete(input: { id: "${ids.live}" })`],
  ["STATIC", () => `segmentUpdate(input: { id: "${ids.fixed}", query: "city is Rome" })`],
  [
    "BUSY",
    () => 'validationRuleCreate(input: { name: "Rule", audience: { query: "in segment Live" } })',
    async () => {
      archiving = true;
    },
  ],
  ["INVALID_URL", () => 'webhookCreate(input: { url: "ftp://example.com/" })'],
  ["INVALID_SECRET", () => 'webhookCreate(input: { url: "https://example.com/", secret: "short" })'],
  ["INVALID_SEGMENTS", () => 'webhookCreate(input: { url: "https://example.com/", segmentIds: [] })'],
  [
    "UNKNOWN_SEGMENT",
    () => 'webhookCreate(input: { url: "https://example.com/", segmentIds: ["U2VnbWVudDp4"] })',
  ],
  ["DELIVERY_FAILED", () => `webhookReplay(input: { id: "${ids.webhook}" })`],
  [
    "TOO_MANY_WEBHOOKS",
    () => 'webhookCreate(input: { url: "https://example.com/" })',
    async () => {
      for (let count = 1; count < maxWebhooks; count += 1)
        await createWebhook(service.engine, project, { url: "https://example.com/" });
    },
  ],
  [
    "TOO_MANY_SOURCES",
    () => 'sourceCreate(input: { name: "One more", kind: SHOPIFY })',
    async () => {
      for (let count = 0; count < maxSources; count += 1)
        await createSource(service.engine, project, { name: `Source ${count}`, kind: "SHOPIFY" });
    },
  ],
  [
    "TOO_MANY_JOBS",
    () => "exportCreate",
    async () => {
      const caller = { kind: "open", id: "" };
      for (let count = 0; count < maxUnfinished; count += 1)
        await createJob(service.engine, project, { type: "export", request: {}, caller });
    },
  ],
  ["CODE_TAKEN", () => 'promotionCodeCreate(input: { campaign: { name: "Codes" }, code: "TAKEN" })'],
  [
    "NO_FREE_CODES",
    () => `promotionCodePublish(input: { campaign: { name: "Codes" }, customer: ${customer} })`,
  ],
  [
    "INVALID_TEMPLATE",
    () =>
      `distributionCreate(input: { name: "D", purpose: "P", template: { body: "{{ nothing }}" }, channel: WEBHOOK, url: "https://hooks.example.com/", consent: "newsletter" })`,
  ],
  ["NOT_REDEEMABLE", () => `redemptionRedeem(input: { target: { code: "UNKNOWN" }, customer: ${customer} })`],
  [
    "KEY_USED",
    () => redeemOpen("key", '{ sourceId: "crm-005" }'),
    () => service.ask(`mutation { it: ${redeemOpen("key")} { userErrors { code } } }`),
  ],
];

async function codesOf(mutation: string, headers: Record<string, string> = {}): Promise<readonly string[]> {
  const text = `mutation { it: ${mutation} { userErrors { field code message } } }`;
  const { body } = await service.ask(text, {}, headers);
  expect(body.errors, JSON.stringify(body.errors)).toBeUndefined();
  for (const { field, message } of body.data.it.userErrors) {
    expect(message).toMatch(/\S/);
    // A request without an input has no place in it.
    if (mutation.includes("(")) expect(field[0]).toBe("input");
  }
  return body.data.it.userErrors.map(({ code }: { code: string }) => code);
}

describe("a user error", () => {
  it.each(requests.map((request) => [request[0], request] as const))(
    "%s",
    async (_, [code, mutation, before]) => {
      await before?.();
      try {
        expect(await codesOf(mutation())).toContain(code);
      } finally {
        archiving = false;
      }
    },
  );

  // Last: with a key, every request needs one.
  it.each(["TOO_MANY_KEYS", "KEY_IN_USE"])("%s", async (code) => {
    const { key, document } = await createKey(service.engine, project, { name: "k", scope: "admin" });
    const headers = { authorization: `Bearer ${key}` };
    if (code === "KEY_IN_USE") {
      const id = globalId("ApiKey", document.key_id);
      expect(await codesOf(`apiKeyRevoke(input: { id: "${id}" })`, headers)).toContain(code);
      return;
    }
    for (let count = 1; count < maxKeys; count += 1)
      await createKey(service.engine, project, { name: "k", scope: "read" });
    expect(await codesOf('apiKeyCreate(input: { name: "k", scope: READ })', headers)).toContain(code);
    for (const { key_id } of await service.engine.store.reads.access.keys(project))
      await revokeKey(service.engine, project, key_id);
  });

  it("has a request for every code", () => {
    const type = graphqlSchema().getType("UserErrorCode");
    const codes = isEnumType(type) ? type.getValues().map(({ name }) => name) : [];
    const tested = [...requests.map(([code]) => code), "TOO_MANY_KEYS", "KEY_IN_USE"];
    expect(tested.toSorted()).toEqual(codes.toSorted());
  });
});
