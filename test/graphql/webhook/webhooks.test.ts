// Webhooks over GraphQL: made, changed, listed, replayed and taken away; what is wrong with an input is an answer.
import { afterAll, beforeAll, expect, it } from "vitest";
import { globalId } from "../../../src/graphql/server/global-id.js";
import { type RunningService, runService } from "../running-service.js";

let service: RunningService;

beforeAll(async () => {
  service = await runService();
});
afterAll(() => service.stop());

async function data(query: string, variables: object = {}) {
  const { body } = await service.ask(query, variables);
  expect(body.errors).toBeUndefined();
  return body.data;
}

const create = `mutation ($input: WebhookInput!) { webhookCreate(input: $input) {
  webhook { id url segments { id } enabled disabledBecause deadLetters { totalCount nodes { id } } progress { waiting failing problem retryAt } }
  secret userErrors { field code message } } }`;
const update = `mutation ($input: WebhookUpdateInput!) { webhookUpdate(input: $input) {
  webhook { url segments { id } enabled } secret userErrors { field code } } }`;
const url = "https://hooks.example.com/segments";

it("a webhook is created, changed, listed and deleted; its secret is shown when it is new", async () => {
  const { webhookCreate: made } = await data(create, { input: { url } });
  expect(made).toEqual({
    webhook: {
      id: expect.any(String),
      url,
      segments: null,
      enabled: true,
      disabledBecause: null,
      deadLetters: { totalCount: 0, nodes: [] },
      progress: { waiting: 0, failing: 0, problem: null, retryAt: null },
    },
    secret: expect.stringMatching(/^whsec_/),
    userErrors: [],
  });
  const { id } = made.webhook;
  const { segmentCreateAutoUpdate } = await data(
    'mutation { segmentCreateAutoUpdate(input: { name: "Vips", query: "vip" }) { segment { id } } }',
  );
  const segmentIds = [segmentCreateAutoUpdate.segment.id];
  const changed = await data(update, { input: { id, segmentIds, enabled: false } });
  expect(changed.webhookUpdate).toEqual({
    webhook: { url, segments: segmentIds.map((each) => ({ id: each })), enabled: false },
    secret: null,
    userErrors: [],
  });
  const rotated = (await data(update, { input: { id, rotateSecret: true, segmentIds: null } })).webhookUpdate;
  expect(rotated.webhook).toEqual({ url, segments: null, enabled: false });
  expect(rotated.secret).toMatch(/^whsec_/);
  expect(rotated.secret).not.toBe(made.secret);
  const listed = await data("{ webhooks { totalCount nodes { id url enabled } } }");
  expect(listed).toEqual({ webhooks: { totalCount: 1, nodes: [{ id, url, enabled: false }] } });
  const replay =
    "mutation ($id: ID!) { webhookReplay(input: { id: $id }) { replayed remaining userErrors { field code } } }";
  expect((await data(replay, { id })).webhookReplay).toEqual({ replayed: 0, remaining: 0, userErrors: [] });
  const remove =
    "mutation ($id: ID!) { webhookDelete(input: { id: $id }) { deletedId userErrors { field code } } }";
  expect((await data(remove, { id })).webhookDelete).toEqual({ deletedId: id, userErrors: [] });
  const gone = { deletedId: null, userErrors: [{ field: ["input", "id"], code: "NOT_FOUND" }] };
  expect((await data(remove, { id })).webhookDelete).toEqual(gone);
  expect((await data(replay, { id })).webhookReplay.userErrors).toEqual(gone.userErrors);
  expect((await data(update, { input: { id, url } })).webhookUpdate.userErrors).toEqual(gone.userErrors);
});

it.each([
  [{ url: "hooks.example.com" }, "url", "INVALID_URL", "is to be a whole web address"],
  [{ url: "ftp://example.com/" }, "url", "INVALID_URL", "is to be a whole web address"],
  [{ url: "http://example.com/" }, "url", "INVALID_URL", "use https:"],
  [{ url: "https://user:word@example.com/" }, "url", "INVALID_URL", "holds a name or a password"],
  [{ url: "https://example.com/#a" }, "url", "INVALID_URL", "behind #"],
  [{ url: `https://example.com/${"a".repeat(2_000)}` }, "url", "INVALID_URL", "2000 is the most"],
  [{ url: "https://localhost/" }, "url", "INVALID_URL", "private network"],
  [{ url: "https://10.0.0.1/" }, "url", "INVALID_URL", "private network"],
  [{ url: "https://0x7f.1/" }, "url", "INVALID_URL", "private network"],
  [{ url: "https://[::1]/" }, "url", "INVALID_URL", "private network"],
  [{ url, secret: "secret" }, "secret", "INVALID_SECRET", "whsec_"],
  [{ url, segmentIds: [] }, "segmentIds", "INVALID_SEGMENTS", "1 to 100 segments"],
  [{ url, segmentIds: [globalId("Segment", "nobody")] }, "segmentIds", "UNKNOWN_SEGMENT", '"nobody"'],
])("%j is refused", async (input, field, code, message) => {
  const { webhookCreate: answer } = await data(create, { input });
  expect(answer).toEqual({
    webhook: null,
    secret: null,
    userErrors: [{ field: ["input", field], code, message: expect.stringContaining(message) }],
  });
});

it("a project has at most 20 webhooks", async () => {
  for (let made = 0; made < 20; made += 1)
    expect((await data(create, { input: { url, enabled: false } })).webhookCreate.userErrors).toEqual([]);
  const { webhookCreate: answer } = await data(create, { input: { url } });
  expect(answer.userErrors[0]).toMatchObject({ code: "TOO_MANY_WEBHOOKS" });
});
