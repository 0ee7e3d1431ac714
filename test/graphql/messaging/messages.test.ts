// Distributions over GraphQL: created, previewed, tested, started and followed to each recipient; mistakes are answers.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createKey } from "../../../src/access/keys.js";
import { defineProject } from "../../../src/definitions/define.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { runMessaging } from "../../../src/messaging/run.js";
import { people } from "../../messaging/shop.js";
import { type Reply, runReceiver, taken } from "../../outbox/receiver.js";
import { type RunningService, runService } from "../running-service.js";

let service: RunningService;
let receiver: Awaited<ReturnType<typeof runReceiver>>;
let keys: Readonly<Record<"read" | "admin", string>>;
const project = "messages";

beforeAll(async () => {
  receiver = await runReceiver();
  service = await runService((engine) => ({ ...engine, allowPrivateWebhooks: true }));
  const { engine } = service;
  await defineProject(engine, project, { consents: ["newsletter"] });
  await upsertCustomers(engine, project, people);
  const key = async (scope: "read" | "admin") =>
    (await createKey(engine, project, { name: scope, scope })).key;
  keys = { read: await key("read"), admin: await key("admin") };
}, 60_000);
afterAll(async () => {
  await service.stop();
  await receiver.stop();
});

async function ask(query: string, variables: object = {}, scope: "read" | "admin" = "admin") {
  const { body } = await service.ask(query, variables, {
    authorization: `Bearer ${keys[scope]}`,
    "x-segmentql-project": project,
  });
  expect(body.errors).toBeUndefined();
  return body.data;
}

const input = (more: object = {}) => ({
  name: "Spring",
  purpose: "Spring is here",
  template: { body: "Hello {{ customer.name }}" },
  audience: { query: "country is PL" },
  channel: "WEBHOOK",
  url: receiver.url,
  consent: "Newsletter",
  ratePerMinute: 12_000,
  ...more,
});

const create = `mutation ($input: DistributionCreateInput!) { distributionCreate(input: $input) {
  distribution { id name state trigger channel url secret consent ratePerMinute audience }
  userErrors { field code message } } }`;

describe("a distribution", () => {
  it.each([
    [
      { template: { body: "{{ customer.nmae }}" } },
      "INVALID_TEMPLATE",
      "body",
      "Did you mean `customer.name`?",
    ],
    [
      { consent: "sms" },
      "INVALID_INPUT",
      "consent",
      '"sms" is no consent of the project (there are: newsletter)',
    ],
    [{ audience: { query: "countri is PL" } }, "INVALID_QUERY", "query", "country"],
    [{ purpose: " " }, "INVALID_INPUT", "purpose", "Say why the customers are written to."],
    [{ ratePerMinute: 0 }, "INVALID_INPUT", "ratePerMinute", "from 1 to 12,000"],
    [{ url: undefined }, "INVALID_INPUT", "url", "Say to which URL"],
    [{ url: "ftp://example.com" }, "INVALID_URL", "url", "web address"],
    [{ channel: "EMAIL", template: { subject: "s", body: "b" } }, "INVALID_INPUT", "url", "Leave `url`"],
    [{ trigger: { event: "nothing" } }, "INVALID_INPUT", "trigger", "no type of events"],
    [{ campaign: { name: "None" } }, "NOT_FOUND", "campaign", "There is no campaign"],
  ])("with %j is refused", async (more, code, field, message) => {
    const { distributionCreate } = await ask(create, { input: input(more) });
    expect(distributionCreate).toEqual({
      distribution: null,
      userErrors: [{ field: ["input", field], code, message: expect.stringContaining(message) }],
    });
  });

  it("is created once by its name, previewed and tested", async () => {
    const { distributionCreate } = await ask(create, { input: input() });
    expect(distributionCreate).toMatchObject({
      distribution: {
        name: "Spring",
        ...{ state: "DRAFT", trigger: "NOW", channel: "WEBHOOK", url: receiver.url, consent: "newsletter" },
        ...{ secret: expect.stringMatching(/^whsec_/), ratePerMinute: 12_000, audience: "(country is PL\n)" },
      },
      userErrors: [],
    });
    const again = await ask(create, { input: input({ name: "SPRING" }) });
    expect(again.distributionCreate.userErrors).toMatchObject([{ code: "NAME_TAKEN" }]);
    const found = `{ distribution(by: { name: "spring" }) { secret reach { audience reachable noConsent noAddress }
      preview(customer: { sourceId: "ann" }) { subject body } progress { total } }
      distributions { totalCount nodes { name } } }`;
    expect(await ask(found, {}, "read")).toEqual({
      distribution: {
        // A reader does not get the secret.
        secret: null,
        reach: { audience: 4, reachable: 3, noConsent: 1, noAddress: 0 },
        preview: { subject: null, body: "Hello Ann <i>" },
        progress: { total: 0 },
      },
      distributions: { totalCount: 1, nodes: [{ name: "Spring" }] },
    });
    const test = `mutation ($to: String) { distributionTest(input: { by: { name: "Spring" }, customer: { sourceId: "cyd" }, to: $to }) {
      rendered { body } userErrors { code field } } }`;
    expect(await ask(test)).toEqual({
      distributionTest: { rendered: { body: "Hello Cyd" }, userErrors: [] },
    });
    expect(receiver.received.pop()!.body.data).toMatchObject({ sourceId: "cyd", test: true });
    expect(await ask(test, { to: "me@example.com" })).toEqual({
      distributionTest: { rendered: null, userErrors: [{ code: "INVALID_INPUT", field: ["input", "to"] }] },
    });
  });

  it("is started and followed to each recipient, and a message in doubt is resolved", async () => {
    // Bob's message gets no answer.
    const reply: Reply = (response, { body }) =>
      body.data.sourceId === "bob" ? response.destroy() : response.writeHead(204).end();
    receiver.answer(reply);
    const errors: unknown[] = [];
    const running = runMessaging(service.engine, { report: (error) => errors.push(error), pollMs: 20 });
    const start =
      'mutation { distributionStart(input: { name: "Spring" }) { distribution { state } userErrors { code } } }';
    expect(await ask(start)).toEqual({
      distributionStart: { distribution: { state: "ACTIVE" }, userErrors: [] },
    });
    const state = async () =>
      (await ask('{ distribution(by: { name: "Spring" }) { state } }')).distribution.state;
    await expect.poll(state, { timeout: 30_000 }).toBe("FINISHED");
    const all = await ask(`query ($status: MessageStatus) { distribution(by: { name: "Spring" }) {
      progress { total planned sending sent failed inDoubt skipped { reason count } }
      messages(status: $status) { totalCount nodes { id status skipReason problem attempts customer { sourceId } } } } }`);
    expect(all.distribution.progress).toEqual({
      ...{ total: 4, planned: 0, sending: 0, sent: 2, failed: 0, inDoubt: 1 },
      skipped: [{ reason: "NO_CONSENT", count: 1 }],
    });
    const doubtful = all.distribution.messages.nodes.find(
      ({ status }: { readonly status: string }) => status === "IN_DOUBT",
    );
    expect(doubtful).toMatchObject({
      customer: { sourceId: "bob" },
      problem: expect.stringContaining("closed the connection"),
    });
    const skipped = await ask(`{ distribution(by: { name: "Spring" }) { messages(status: SKIPPED, first: 5) {
      totalCount nodes { skipReason customer { sourceId } } pageInfo { hasNextPage } } } }`);
    expect(skipped.distribution.messages).toEqual({
      totalCount: 1,
      nodes: [{ skipReason: "NO_CONSENT", customer: { sourceId: "cyd" } }],
      pageInfo: { hasNextPage: false },
    });
    receiver.answer(taken);
    const resolve = `mutation ($id: ID!, $resolution: MessageResolution!) {
      messageResolve(input: { id: $id, resolution: $resolution }) { message { status } userErrors { code } } }`;
    expect(await ask(resolve, { id: doubtful.id, resolution: "SEND_AGAIN" })).toEqual({
      messageResolve: { message: { status: "PLANNED" }, userErrors: [] },
    });
    await expect.poll(state, { timeout: 30_000 }).toBe("FINISHED");
    await running.stop();
    const { nodes } = await ask("query ($id: ID!) { nodes(ids: [$id]) { ... on Message { status } } }", {
      id: doubtful.id,
    });
    expect(nodes).toEqual([{ status: "SENT" }]);
    expect(receiver.received.filter(({ body }) => body.data.sourceId === "bob")).toHaveLength(2);
    expect(errors).toEqual([]);
    const remove =
      'mutation { distributionDelete(input: { name: "Spring" }) { deletedId userErrors { code } } }';
    expect((await ask(remove)).distributionDelete.userErrors).toEqual([]);
    expect(await ask("query ($id: ID!) { node(id: $id) { id } }", { id: doubtful.id })).toEqual({
      node: null,
    });
  });
});
