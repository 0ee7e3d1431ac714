// Sources over GraphQL and their address over HTTP: made, changed, listed, removed; deliveries that are accepted and refused.
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createKey } from "../../../src/access/keys.js";
import { jsonText, shopifyDelivery } from "../../integrations/deliveries.js";
import { mailchimpPayloads } from "../../integrations/payloads/mailchimp.js";
import { shopifyCustomer } from "../../integrations/payloads/shopify.js";
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

const create = `mutation ($input: SourceInput!) { sourceCreate(input: $input) {
  source { id name kind path enabled keepUnknown lastReceivedAt acceptedCount ignoredCount rejectedCount problems { message } }
  secret userErrors { field code message } } }`;
const update = `mutation ($input: SourceUpdateInput!) { sourceUpdate(input: $input) {
  source { name enabled keepUnknown } secret userErrors { field code } } }`;
const remove =
  "mutation ($id: ID!) { sourceDelete(input: { id: $id }) { deletedId userErrors { field code } } }";
const counts = `query ($id: ID!) { source(id: $id) { lastReceivedAt acceptedCount ignoredCount rejectedCount problems { at topic message } } }`;

let names = 0;
async function newSource(input: object = {}) {
  names += 1;
  const { sourceCreate } = await data(create, {
    input: { name: `Source ${names}`, kind: "SHOPIFY", ...input },
  });
  return { ...sourceCreate.source, secret: sourceCreate.secret } as {
    id: string;
    path: string;
    secret: string;
  };
}

it("a source is created, changed, listed and deleted; its secret is shown when it is new", async () => {
  const { sourceCreate: made } = await data(create, { input: { name: "Main shop", kind: "SHOPIFY" } });
  expect(made).toEqual({
    source: {
      id: expect.any(String),
      name: "Main shop",
      kind: "SHOPIFY",
      path: expect.stringMatching(/^\/sources\/[\w-]{36}$/),
      enabled: true,
      keepUnknown: false,
      lastReceivedAt: null,
      acceptedCount: 0,
      ignoredCount: 0,
      rejectedCount: 0,
      problems: [],
    },
    secret: expect.stringMatching(/^[\w-]{43}$/),
    userErrors: [],
  });
  const { id } = made.source;
  expect(
    (await data(update, { input: { id, name: "Shop", keepUnknown: true, enabled: false } })).sourceUpdate,
  ).toEqual({ source: { name: "Shop", enabled: false, keepUnknown: true }, secret: null, userErrors: [] });
  const rotated = (await data(update, { input: { id, rotateSecret: true } })).sourceUpdate;
  expect(rotated.secret).toMatch(/^[\w-]{43}$/);
  expect(rotated.secret).not.toBe(made.secret);
  const own = "the secret that Shopify shows".replaceAll(" ", "-");
  expect((await data(update, { input: { id, secret: own } })).sourceUpdate.secret).toBe(own);
  const listed = await data("{ sources { totalCount nodes { id name } } }");
  expect(listed).toEqual({ sources: { totalCount: 1, nodes: [{ id, name: "Shop" }] } });
  const node = await data("query ($id: ID!) { node(id: $id) { id ... on Source { name } } }", { id });
  expect(node).toEqual({ node: { id, name: "Shop" } });
  expect((await data(remove, { id })).sourceDelete).toEqual({ deletedId: id, userErrors: [] });
  const gone = { deletedId: null, userErrors: [{ field: ["input", "id"], code: "NOT_FOUND" }] };
  expect((await data(remove, { id })).sourceDelete).toEqual(gone);
  expect((await data(update, { input: { id, name: "x" } })).sourceUpdate.userErrors).toEqual(gone.userErrors);
});

it("a source defines the consents and the metadata of its records, so that queries know them", async () => {
  await newSource();
  const query = '`shopify total orders` > 3 and consents contains "email marketing"';
  const { segmentPreview } = await data(
    "query ($query: String!) { segmentPreview(query: $query) { valid diagnostics { severity } } }",
    { query },
  );
  // Nobody has the consent yet, which is a warning.
  expect(segmentPreview).toEqual({ valid: true, diagnostics: [{ severity: "WARNING" }] });
});

it("a source of BigCommerce shows the address of its API, and never its token", async () => {
  const api = { url: "https://api.bigcommerce.com/stores/abc123", token: "token-of-the-store" };
  const { id } = await newSource({ kind: "BIGCOMMERCE", api });
  const { body } = await service.ask("query ($id: ID!) { source(id: $id) { kind apiUrl } }", { id });
  expect(body.data).toEqual({ source: { kind: "BIGCOMMERCE", apiUrl: api.url } });
  const moved = { url: "https://api.bigcommerce.com/stores/def456", token: "other" };
  await data(update, { input: { id, api: moved } });
  expect((await data("query ($id: ID!) { source(id: $id) { apiUrl } }", { id })).source.apiUrl).toBe(
    moved.url,
  );
});

it.each([
  [{ name: " " }, "name", "INVALID_NAME"],
  [{ name: "x".repeat(101) }, "name", "INVALID_NAME"],
  [{ name: "taken" }, "name", "NAME_TAKEN"],
  [{ secret: "short" }, "secret", "INVALID_SECRET"],
  [{ kind: "BIGCOMMERCE" }, "api", "INVALID_INPUT"],
  [{ kind: "BIGCOMMERCE", api: { url: "stores/1", token: "t" } }, "url", "INVALID_URL"],
  [{ secret: "with spaces in between" }, "secret", "INVALID_SECRET"],
])("%j is refused", async (input, field, code) => {
  const { id } = await newSource({ name: "Taken" });
  const made = await data(create, { input: { name: "Other", kind: "SHOPIFY", ...input } });
  expect(made.sourceCreate.source).toBeNull();
  expect(made.sourceCreate.userErrors).toEqual([
    { field: ["input", field], code, message: expect.stringMatching(/^[A-Z].*\.$/) },
  ]);
  await data(remove, { id });
});

describe("a delivery over HTTP", () => {
  const payload = { ...shopifyCustomer, email: "http@example.com" };

  it("is accepted once, and counted", async () => {
    const { id, path, secret } = await newSource();
    const { body, headers } = shopifyDelivery(
      { secret },
      { topic: "customers/create", payload, id: "delivery-1" },
    );
    const post = () => service.send({ path, headers, body: String(body) });
    expect(await post()).toMatchObject({ status: 200, body: { status: "accepted" } });
    expect(await post()).toMatchObject({ status: 200, body: { status: "ignored" } });
    const bad = shopifyDelivery({ secret }, { topic: "orders/create", payload: "{" });
    const refused = await service.send({ path, headers: bad.headers, body: String(bad.body) });
    expect(refused).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code: "BAD_REQUEST" } }] },
    });
    expect((await data(counts, { id })).source).toEqual({
      lastReceivedAt: expect.any(String),
      acceptedCount: 1,
      ignoredCount: 1,
      rejectedCount: 1,
      problems: [
        { at: expect.any(String), topic: "orders/create", message: expect.stringContaining("not JSON") },
      ],
    });
    expect(service.reported).toEqual([]);
  });

  it("a record that can't be stored is refused with the reason", async () => {
    const { path, secret } = await newSource();
    const wrong = { ...payload, id: 5, created_at: "yesterday" };
    const { body, headers } = shopifyDelivery({ secret }, { topic: "customers/create", payload: wrong });
    const answer = await service.send({ path, headers, body: String(body) });
    expect(answer).toMatchObject({
      status: 422,
      body: { errors: [{ extensions: { code: "INVALID_RECORD" } }] },
    });
  });

  it("a refusal says the same of a wrong secret as of a source that does not exist", async () => {
    const { path, secret } = await newSource();
    const { body, headers } = shopifyDelivery(
      { secret: `${secret}x` },
      { topic: "customers/create", payload },
    );
    const wrong = await service.send({ path, headers, body: String(body) });
    const none = await service.send({ path: "/sources/none", headers, body: String(body) });
    expect(wrong.status).toBe(401);
    expect(none).toEqual(wrong);
    const asked = await service.send({ method: "GET", path, headers: {} });
    expect(asked).toEqual(wrong);
  });

  it("an address with the secret in it is ready, and takes deliveries; HEAD says nothing of any address", async () => {
    const { path, secret } = await newSource({ kind: "MAILCHIMP" });
    const address = `${path}?secret=${encodeURIComponent(secret)}`;
    expect(await service.send({ method: "GET", path: address })).toMatchObject({
      status: 200,
      body: { status: "ready" },
    });
    expect((await service.send({ method: "GET", path: `${path}?secret=wrong` })).status).toBe(401);
    for (const any of [path, "/sources/none"])
      expect((await fetch(`${service.url}${any}`, { method: "HEAD" })).status).toBe(200);
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const body = mailchimpPayloads.subscribe("2026-11-30 10:00:00");
    expect(await service.send({ path: address, headers: form, body })).toMatchObject({
      status: 200,
      body: { status: "accepted" },
    });
    expect((await service.send({ path, headers: form, body })).status).toBe(401);
  });

  it("a body of more than a megabyte is refused, whoever sends it", async () => {
    const { path } = await newSource();
    const answer = await service.send({ path, body: "x".repeat(1024 * 1024 + 1) });
    expect(answer).toMatchObject({
      status: 413,
      body: { errors: [{ extensions: { code: "REQUEST_TOO_LARGE" } }] },
    });
    const long = gzipSync(Buffer.alloc(2 * 1024 * 1024)).toString("latin1");
    const packed = await fetch(`${service.url}${path}`, {
      method: "POST",
      headers: { "content-encoding": "gzip" },
      body: Buffer.from(long, "latin1"),
    });
    expect(packed.status).toBe(413);
  });

  it("a disabled source answers that it is, to a genuine sender only", async () => {
    const { path, secret } = await newSource({ enabled: false });
    const { body, headers } = shopifyDelivery({ secret }, { topic: "customers/create", payload });
    expect((await service.send({ path, headers, body: String(body) })).status).toBe(503);
    expect((await service.send({ path, body: jsonText(payload) })).status).toBe(401);
  });

  it("a source that sends more than its limit is told when to send again", async () => {
    const { startServer } = await import("../../../src/http/server.js");
    const { path, secret } = await newSource();
    const limited = await startServer({
      engine: service.engine,
      environment: { rateLimit: 1_000 },
      host: "127.0.0.1",
      port: 0,
      report: (error) => service.reported.push(error),
    });
    try {
      const { body, headers } = shopifyDelivery({ secret }, { topic: "products/update", payload: { id: 1 } });
      const post = () => fetch(`${limited.url}${path}`, { method: "POST", headers, body });
      const answers = [await post(), await post(), await post()];
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
      expect(Number(answers[2]!.headers.get("retry-after"))).toBeGreaterThan(0);
    } finally {
      await limited.close();
    }
  });

  // The last of the file: from here on, requests need a key.
  it("needs no key of the API, and none helps", async () => {
    const { path, secret } = await newSource();
    const { key } = await createKey(service.engine, "default", { name: "k", scope: "admin" });
    const { body, headers } = shopifyDelivery({ secret }, { topic: "products/update", payload: { id: 2 } });
    expect((await service.send({ path, headers, body: String(body) })).status).toBe(200);
    const keyed = { authorization: `Bearer ${key}` };
    expect((await service.send({ path, headers: keyed, body: String(body) })).status).toBe(401);
  });
});
