// Who may do what, over HTTP: keys, tokens, origins, limits, and requests that are sent again.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createKey, recognisedKey } from "../../../src/access/keys.js";
import { type RunningServer, type ServerOptions, startServer } from "../../../src/http/server.js";
import { countRowsOf } from "../count-rows.js";
import { type RunningService, runService } from "../running-service.js";
import { connect } from "../websocket.js";

let service: RunningService;
let admin: string;
const running: RunningServer[] = [];

beforeAll(async () => {
  service = await runService();
});
afterAll(() => service.stop());
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function start(options: Partial<ServerOptions> = {}): Promise<string> {
  const server = await startServer({
    engine: service.engine,
    host: "127.0.0.1",
    port: 0,
    report: () => undefined,
    ...options,
  });
  running.push(server);
  return server.url;
}

async function ask(url: string, query: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query }),
  });
  return {
    status: answer.status,
    headers: answer.headers,
    body: (await answer.json()) as {
      data?: never;
      errors?: { message: string; extensions: { code: string } }[];
      extensions?: { cost: Record<string, number> };
    },
  };
}

describe("without any key", () => {
  it("this machine may do everything, and other machines nothing", async () => {
    expect((await ask(await start(), "{ project { name } }")).status).toBe(200);
    const open = await start({ host: "0.0.0.0" });
    const { status, body } = await ask(open, "{ project { name } }");
    expect([status, body.errors![0]!.extensions.code]).toEqual([401, "UNAUTHENTICATED"]);
  });

  it("keys are created by a mutation, once each", async () => {
    const url = await start();
    const { body } = await ask(
      url,
      'mutation { apiKeyCreate(input: { name: "Console", scope: ADMIN }) { key apiKey { id name scope lastUsedAt } userErrors { code } } }',
    );
    const { apiKeyCreate } = body.data! as { apiKeyCreate: { key: string; apiKey: { id: string } } };
    admin = apiKeyCreate.key;
    expect(await recognisedKey(service.engine, admin)).toBeDefined();
    const own = `mutation { apiKeyRevoke(input: { id: "${apiKeyCreate.apiKey.id}" }) { userErrors { code } } }`;
    const refused = await ask(await start(), own, { authorization: `Bearer ${admin}` });
    expect(refused.body.data).toEqual({ apiKeyRevoke: { userErrors: [{ code: "KEY_IN_USE" }] } });
  });
});

describe("with a key", () => {
  it("every request needs one: over HTTP, over a websocket, and for the metrics", async () => {
    const url = await start();
    for (const headers of [{}, { authorization: "Bearer nonsense" }, { authorization: "Basic YTpi" }]) {
      const { status, headers: answered } = await ask(url, "{ project { name } }", { ...headers } as Record<
        string,
        string
      >);
      expect([status, answered.get("www-authenticate")]).toEqual([401, "Bearer"]);
    }
    expect((await ask(url, "{ project { name } }", { authorization: `Bearer ${admin}` })).status).toBe(200);
    const client = await connect(url);
    client.subscribe('subscription { segmentChanges(segmentIds: ["x"]) { cursor } }');
    expect((await client.next()).payload[0].extensions.code).toBe("UNAUTHENTICATED");
    await client.close();
    const allowed = await connect(url, { parameters: { authorization: `Bearer ${admin}` } });
    allowed.subscribe('subscription { segmentChanges(segmentIds: ["x"]) { cursor } }');
    expect((await allowed.next()).payload.errors[0].extensions.code).toBe("BAD_USER_INPUT");
    await allowed.close();
  });

  it("guessing is refused after some wrong keys, and valid keys from other addresses are accepted", async () => {
    const url = await start();
    const wrong = { authorization: "Bearer segmentql.default.x.y" };
    const statuses = [];
    for (let guess = 0; guess < 40; guess += 1)
      statuses.push((await ask(url, "{ __typename }", wrong)).status);
    expect(statuses.slice(0, 30)).toEqual(Array(30).fill(401));
    expect(statuses.at(-1)).toBe(429);
  });

  it("its cost is limited, and the remaining budget is reported", async () => {
    const url = await start({ environment: { rateLimit: 2_000 } });
    const key = { authorization: `Bearer ${admin}` };
    const query = "{ customers(first: 1) { nodes { id } } }";
    const first = await ask(url, query, key);
    expect(first.body.extensions!.cost).toEqual({
      requested: 1_102,
      limit: 2_000,
      remaining: 898,
      resetSeconds: 60,
    });
    const second = await ask(url, query, key);
    expect(second.body.errors![0]).toMatchObject({
      extensions: { code: "TOO_MANY_REQUESTS", cost: { requested: 1_102, limit: 2_000 } },
    });
  });

  it("its changes are in the audit log, without customer data", async () => {
    const url = await start();
    const key = { authorization: `Bearer ${admin}` };
    await ask(
      url,
      'mutation { customerUpsert(input: { sourceId: "secret-person" }) { status } segmentCreateAutoUpdate(input: { name: "Audited", query: "city is Rome" }) { segment { id } } }',
      key,
    );
    const { body } = await ask(
      url,
      "{ auditLog(first: 1) { nodes { caller callerKind mutations targetIds succeeded } } }",
      key,
    );
    expect(body.data).toEqual({
      auditLog: {
        nodes: [
          {
            caller: expect.stringMatching(/^default\//),
            callerKind: "key",
            mutations: ["customerUpsert", "segmentCreateAutoUpdate"],
            targetIds: [expect.any(String)],
            succeeded: true,
          },
        ],
      },
    });
    expect(JSON.stringify(body)).not.toContain("secret-person");
  });

  it("a public key sends events and profiles, and reads nothing", async () => {
    const url = await start();
    const { key } = await createKey(service.engine, "default", { name: "Browser", scope: "track" });
    const track = { authorization: `Bearer ${key}` };
    const { body } = await ask(
      url,
      `mutation { customerIdentify(input: { by: { sourceId: "visitor" }, name: "Visitor" }) { accepted }
        eventsTrack(input: { customerSourceId: "visitor", events: [{ type: "login", at: "2026-11-23T00:00:00Z" }, { type: "login" }] }) { accepted userErrors { field } } }`,
      track,
    );
    expect(body.data).toEqual({
      customerIdentify: { accepted: true },
      eventsTrack: { accepted: 1, userErrors: [{ field: ["input", "events", "1", "at"] }] },
    });
    expect((await ask(url, '{ customer(by: { sourceId: "visitor" }) { name } }', track)).status).toBe(403);
  });
});

describe("a token", () => {
  let issuer: Server;
  let jwksUrl: string;
  let sign: (claims: Record<string, unknown>, options?: { audience?: string }) => Promise<string>;

  beforeAll(async () => {
    const { publicKey, privateKey } = await generateKeyPair("ES256");
    const jwk = { ...(await exportJWK(publicKey)), kid: "one", alg: "ES256" };
    issuer = createServer((_request, response) => response.end(JSON.stringify({ keys: [jwk] }))).listen(0);
    jwksUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/`;
    sign = (claims, { audience = "segmentql" } = {}) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: "ES256", kid: "one" })
        .setIssuer("https://id.example")
        .setAudience(audience)
        .setSubject("user-1")
        .setExpirationTime("5m")
        .sign(privateKey);
  });
  afterAll(() => issuer.close());

  it("is checked by its issuer's keys, and its claims give project and scope", async () => {
    const tokens = {
      jwksUrl,
      issuer: "https://id.example",
      audience: "segmentql",
      projectClaim: "project",
      scopeClaim: "role",
    };
    const url = await start({ tokens });
    const status = async (token: string, query = "{ project { name } }") =>
      (await ask(url, query, { authorization: `Bearer ${token}` })).status;
    const good = await sign({ project: "default", role: "read" });
    expect(await status(good)).toBe(200);
    expect(
      await status(good, 'mutation { customerDelete(input: { sourceId: "x" }) { userErrors { code } } }'),
    ).toBe(403);
    expect(await status(await sign({ project: "default", role: "read" }, { audience: "another" }))).toBe(401);
    expect(await status(await sign({ project: "default" }))).toBe(401);
    expect(await status(await sign({ role: "read" }))).toBe(401);
    const [header, payload] = good.split(".");
    expect(await status(`${header}.${payload}.${"A".repeat(86)}`)).toBe(401);
    const none = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
    expect(await status(`${none}.${payload}.`)).toBe(401);
  });
});

describe("browsers", () => {
  it("of configured origins may send requests, others may not", async () => {
    const url = await start({ environment: { corsOrigins: ["https://shop.example"] } });
    const preflight = (origin: string) =>
      fetch(`${url}/graphql`, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "POST" },
      });
    const allowed = await preflight("https://shop.example");
    expect([allowed.status, allowed.headers.get("access-control-allow-origin")]).toEqual([
      204,
      "https://shop.example",
    ]);
    expect(allowed.headers.get("access-control-allow-headers")).toContain("authorization");
    const refused = await preflight("https://evil.example");
    expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([204, null]);
    const { headers } = await ask(url, "{ __typename }", {
      origin: "https://shop.example",
      authorization: `Bearer ${admin}`,
    });
    expect(headers.get("access-control-allow-origin")).toBe("https://shop.example");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
  });
});

describe("a mutation that is sent again", () => {
  it("under the same key is applied once, however often it is cut off", async () => {
    const url = await start();
    const body = JSON.stringify({
      query:
        'mutation { webhookCreate(input: { url: "https://hooks.example.com/", enabled: false }) { webhook { id } userErrors { code } } }',
    });
    const send = (signal?: AbortSignal) =>
      fetch(`${url}/graphql`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          authorization: `Bearer ${admin}`,
          "idempotency-key": "create-webhook",
        },
        body,
        ...(signal ? { signal } : {}),
      });
    const before = await countRowsOf(service.engine, "webhooks");
    for (let attempt = 0; attempt < 1_000; attempt += 1) {
      const cut = new AbortController();
      const sent = send(cut.signal).catch(() => undefined);
      setTimeout(() => cut.abort(), attempt % 4);
      await sent;
    }
    const answers = await Promise.all([send(), send()]);
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(texts).size).toBe(1);
    expect(JSON.parse(texts[0]!).data.webhookCreate.userErrors).toEqual([]);
    expect(answers.map(({ headers }) => headers.get("idempotent-replayed"))).toEqual(["true", "true"]);
    expect(await countRowsOf(service.engine, "webhooks")).toBe(before + 1);
    const other = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${admin}`,
        "idempotency-key": "create-webhook",
      },
      body: JSON.stringify({ query: "mutation { another: __typename }" }),
    });
    expect(other.status).toBe(409);
  }, 120_000);
});
