// The parts of access by themselves: keys, turns, answers that are replayed, and the environment.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditPage, writeAudit } from "../../src/access/audit.js";
import { type Caller, openCaller, scopesOf } from "../../src/access/caller.js";
import { claim } from "../../src/access/idempotency.js";
import { createKey, hasKeys, keysOf, noteUse, recognisedKey, revokeKey } from "../../src/access/keys.js";
import { type Clock, systemClock } from "../../src/clock.js";
import type { Engine } from "../../src/engine.js";
import { EnvironmentError, readEnvironment } from "../../src/environment.js";
import { type RunningService, runService } from "../graphql/running-service.js";
import { worldAsOf } from "../support/conformance-world.js";
import { movableClock } from "../support/movable-clock.js";

let service: RunningService;
const { clock, moveBy } = movableClock(worldAsOf);
let engine: Engine;
beforeAll(async () => {
  service = await runService();
  engine = { ...service.engine, clock };
});
afterAll(() => service.stop());

describe("the audit log", () => {
  it("keeps entries for some days, and deletes older ones as others are added", async () => {
    const dayMs = 86_400_000;
    const audited = async (mutation: string) =>
      writeAudit(
        engine,
        "audited",
        openCaller("127.0.0.1"),
        { mutations: [mutation], targets: [], succeeded: true },
        10,
      );
    await audited("oldest");
    moveBy(2 * dayMs);
    await audited("older");
    moveBy(9 * dayMs);
    for (let count = 0; count < 50; count += 1) await audited("newest");
    moveBy(-11 * dayMs);
    const { nodes } = await auditPage(engine, "audited", { first: 1_000 });
    const kept = nodes.map(({ mutations: [mutation] }) => mutation);
    expect(kept.length).toBe(51);
    expect([kept[0], kept.at(-1)]).toEqual(["newest", "older"]);
  });
});

describe("a key", () => {
  it("is recognised until it expires, and its secret is stored nowhere", async () => {
    expect(await hasKeys(engine)).toBe(false);
    const { key, document } = await createKey(engine, "default", {
      name: " Storefront ",
      scope: "track",
      expiresAt: clock() + 1_000,
    });
    expect(await hasKeys(engine)).toBe(true);
    expect(await recognisedKey(engine, key)).toEqual(document);
    const secret = key.split(".").at(-1)!;
    expect(JSON.stringify(await keysOf(engine, "default"))).not.toContain(secret);
    expect(document).toMatchObject({ name: "Storefront", scope: "track" });
    moveBy(1_000);
    expect(await recognisedKey(engine, key)).toBeUndefined();
  });

  it.each([
    ["a part of it", (key: string) => key.slice(0, -1)],
    ["another secret", (key: string) => `${key.slice(0, -4)}AAAA`],
    ["another project", (key: string) => key.replace(".default.", ".other.")],
    ["more than it", (key: string) => `${key}.x`],
    ["nothing", () => ""],
    ["a long text", () => "segmentql.".repeat(1_000)],
  ])("is not recognised by %s", async (_what, wrong) => {
    const { key } = await createKey(engine, "default", { name: "Wrong", scope: "read" });
    expect(await recognisedKey(engine, wrong(key))).toBeUndefined();
  });

  it("is revoked, and its last use is stored to the minute", async () => {
    const { key, document } = await createKey(engine, "default", { name: "Old", scope: "read" });
    await noteUse(engine, document);
    const used = await recognisedKey(engine, key);
    expect(used!.last_used_at).toEqual(new Date(clock()));
    moveBy(59_000);
    await noteUse(engine, used!);
    expect((await recognisedKey(engine, key))!.last_used_at).toEqual(used!.last_used_at);
    await revokeKey(engine, "default", document.key_id);
    expect(await recognisedKey(engine, key)).toBeUndefined();
    await expect(revokeKey(engine, "default", "nobody")).rejects.toThrow('There is no key "nobody"');
  });

  it.each([
    [{ name: " " }, "1 to 100 characters"],
    [{ name: "x".repeat(101) }, "1 to 100 characters"],
    [{ name: "Past", expiresAt: 0 }, "already have expired"],
  ])("is refused: %j", async (request, message) => {
    await expect(createKey(engine, "default", { scope: "read", ...request })).rejects.toThrow(message);
  });
});

describe("a request with an idempotency key", () => {
  const caller: Caller = openCaller("127.0.0.1");
  const signal = new AbortController().signal;
  const request = { project: "default", caller, key: "k-1", request: "mutation" };

  it("is executed once, and its answer replayed for a day", async () => {
    const first = await claim(engine, request, signal);
    const second = claim(engine, request, signal);
    if (first.kind !== "execute") throw new Error("not executed");
    await first.answered('{"data":{}}');
    expect(await second).toEqual({ kind: "replay", body: '{"data":{}}' });
    expect(await claim(engine, { ...request, request: "another" }, signal)).toEqual({ kind: "conflict" });
    const other = { ...request, caller: { ...caller, id: "someone" } };
    expect((await claim(engine, other, signal)).kind).toBe("execute");
    moveBy(86_400_000);
    expect((await claim(engine, request, signal)).kind).toBe("execute");
  });

  it("is executed again if it was abandoned, or interrupted two minutes ago", async () => {
    const abandoned = { ...request, key: "k-2" };
    const first = await claim(engine, abandoned, signal);
    if (first.kind !== "execute") throw new Error("not executed");
    await first.abandoned();
    expect((await claim(engine, abandoned, signal)).kind).toBe("execute");
    moveBy(120_000);
    expect((await claim(engine, abandoned, signal)).kind).toBe("execute");
  });
});

it("a scope includes lesser ones, and `track` allows nothing that returns data", () => {
  expect([...scopesOf("admin")]).toEqual(["admin", "write", "read", "track"]);
  expect([...scopesOf("read")]).toEqual(["read"]);
  expect([...scopesOf("track")]).toEqual(["track"]);
});

describe("the environment", () => {
  it("has defaults, and an empty variable counts as unset", () => {
    expect(readEnvironment({ SEGMENTQL_CORS_ORIGINS: "", LOG_LEVEL: "" })).toEqual({
      clock: systemClock,
      maxStaticMembers: 20_000,
      allowPrivateWebhooks: false,
      verifySeconds: 60,
      corsOrigins: [],
      introspection: true,
      playground: true,
      rateLimit: 2_000_000,
      auditDays: 400,
      messageDays: 400,
      logLevel: "info",
    });
  });

  it("is read completely", () => {
    expect(
      readEnvironment({
        MONGODB_URI: "mongodb://db/shop",
        SEGMENTQL_CLOCK: "2026-11-23T12:00:00+01:00",
        SEGMENTQL_STATIC_MEMBERS: "50",
        SEGMENTQL_ALLOW_PRIVATE_WEBHOOKS: "1",
        SEGMENTQL_SMTP_URL: "smtps://shop:secret@mail.example:465",
        SEGMENTQL_MAIL_FROM: "Shop <news@shop.example>",
        SEGMENTQL_VERIFY_SECONDS: "0",
        SEGMENTQL_CORS_ORIGINS: "https://shop.example, http://localhost:5173",
        SEGMENTQL_INTROSPECTION: "off",
        SEGMENTQL_PLAYGROUND: "0",
        SEGMENTQL_RATE_LIMIT: "5000",
        SEGMENTQL_AUDIT_DAYS: "30",
        SEGMENTQL_JWKS_URL: "https://id.example/keys",
        SEGMENTQL_JWT_ISSUER: "https://id.example",
        SEGMENTQL_JWT_AUDIENCE: "segmentql",
      }),
    ).toEqual({
      mongoUri: "mongodb://db/shop",
      clock: expect.toSatisfy((clock: Clock) => clock() === Date.parse("2026-11-23T11:00:00Z")),
      maxStaticMembers: 50,
      allowPrivateWebhooks: true,
      mail: { smtpUrl: "smtps://shop:secret@mail.example:465", from: "Shop <news@shop.example>" },
      verifySeconds: 0,
      corsOrigins: ["https://shop.example", "http://localhost:5173"],
      introspection: false,
      playground: false,
      rateLimit: 5_000,
      auditDays: 30,
      messageDays: 400,
      logLevel: "info",
      tokens: {
        jwksUrl: "https://id.example/keys",
        issuer: "https://id.example",
        audience: "segmentql",
        projectClaim: "segmentql_project",
        scopeClaim: "segmentql_scope",
      },
    });
  });

  it("names every wrong variable at once", () => {
    const read = () =>
      readEnvironment({
        SEGMENTQL_CORS_ORIGINS: "shop.example",
        SEGMENTQL_INTROSPECTION: "maybe",
        SEGMENTQL_RATE_LIMIT: "many",
        SEGMENTQL_AUDIT_DAYS: "0",
        SEGMENTQL_JWKS_URL: "keys",
        LOG_LEVEL: "loud",
        SEGMENTQL_CLOCK: "2026-11-23",
        SEGMENTQL_STATIC_MEMBERS: "0",
        SEGMENTQL_ALLOW_PRIVATE_WEBHOOKS: "yes",
        SEGMENTQL_VERIFY_SECONDS: "90000",
        SEGMENTQL_SMTP_URL: "https://mail.example",
        SEGMENTQL_MAIL_FROM: "Shop",
      });
    expect(read).toThrow(EnvironmentError);
    const wrong = [
      "CORS_ORIGINS",
      "INTROSPECTION",
      "RATE_LIMIT",
      "AUDIT_DAYS",
      "JWKS_URL",
      "LOG_LEVEL",
      "CLOCK",
    ];
    for (const name of [
      ...wrong,
      "SMTP_URL",
      "MAIL_FROM",
      "STATIC_MEMBERS",
      "ALLOW_PRIVATE_WEBHOOKS",
      "VERIFY_SECONDS",
    ])
      expect(read).toThrow(name);
    expect(() => readEnvironment({ SEGMENTQL_JWKS_URL: "https://id.example/keys" })).toThrow(
      /SEGMENTQL_JWT_ISSUER is missing[\s\S]*SEGMENTQL_JWT_AUDIENCE is missing/,
    );
    expect(() => readEnvironment({ SEGMENTQL_SMTP_URL: "smtp://mail.example" })).toThrow(
      "SEGMENTQL_MAIL_FROM is missing",
    );
    expect(() => readEnvironment({ SEGMENTQL_MAIL_FROM: "news@shop.example" })).toThrow(
      "SEGMENTQL_SMTP_URL is missing",
    );
  });
});
