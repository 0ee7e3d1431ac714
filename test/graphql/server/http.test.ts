// The service over HTTP: statuses, bounds, and the hosts that it answers.
import { getIntrospectionQuery } from "graphql";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ListenError } from "../../../src/http/listen.js";
import { startServer } from "../../../src/http/server.js";
import { StoreError } from "../../../src/store/port.js";
import { watchedStore } from "../../store/watched.js";
import { type RunningService, runService, sendTo } from "../running-service.js";

let service: RunningService;
let failure: Error | undefined;
let signals: (AbortSignal | undefined)[] = [];
/** What a read waits for. */
let hold: (() => Promise<void>) | undefined;

beforeAll(async () => {
  service = await runService(({ store, clock }) => ({
    clock,
    store: watchedStore(store, async (read, parameters) => {
      if (!read.startsWith("questions.count")) return;
      if (failure) throw failure;
      signals.push((parameters.at(-1) as { signal?: AbortSignal } | undefined)?.signal);
      await hold?.();
    }),
  }));
});
afterAll(() => service.stop());
beforeEach(() => {
  failure = undefined;
  hold = undefined;
  signals = [];
  service.reported.length = 0;
});

const plain = { "content-type": "application/json" };
const modern = { ...plain, accept: "application/graphql-response+json" };
const count = '{ segmentPreview(query: "vip") { count } }';
const post = (body: unknown, headers: Record<string, string> = plain) =>
  service.send({ headers, body: typeof body === "string" ? body : JSON.stringify(body) });

describe("statuses of GraphQL over HTTP", () => {
  const wrong = {
    "does not parse": { code: "GRAPHQL_PARSE_FAILED", query: "{" },
    "is not valid": { code: "GRAPHQL_VALIDATION_FAILED", query: "{ nope }" },
    "has an ill-typed variable": {
      code: "BAD_USER_INPUT",
      query: 'query($at: DateTime) { segmentPreview(query: "vip", asOf: $at) { count } }',
      variables: { at: "yesterday" },
    },
  };
  for (const [what, { code, ...body }] of Object.entries(wrong)) {
    it(`a document that ${what} is 200 in plain JSON and 400 in the GraphQL type`, async () => {
      const answers = [await post(body), await post(body, modern)];
      expect(answers.map(({ status }) => status)).toEqual([200, 400]);
      expect(answers[1]!.contentType).toMatch(/^application\/graphql-response\+json/);
      for (const { body: answer } of answers) {
        expect(answer.errors).toHaveLength(1);
        expect(answer.errors[0].extensions.code).toBe(code);
        expect(answer).not.toHaveProperty("data");
      }
      expect(service.reported).toEqual([]);
    });
  }

  it.each([
    ["no JSON", '{"query', plain, 400, "BAD_REQUEST"],
    ["nothing", {}, plain, 400, "BAD_REQUEST"],
    ["no query", { variables: {} }, plain, 400, "BAD_REQUEST"],
    ["a batch", [{ query: count }], plain, 400, "BAD_REQUEST"],
    [
      "a form, which another site could post",
      "query=%7B__typename%7D",
      { "content-type": "application/x-www-form-urlencoded" },
      400,
      "BAD_REQUEST",
    ],
    [
      "a body without an end",
      `{"query":"{__typename}","x":"${"x".repeat(1024 * 1024)}"}`,
      plain,
      413,
      "REQUEST_TOO_LARGE",
    ],
    [
      "a document without an end",
      { query: `{ __typename } #${"x".repeat(100_000)}` },
      plain,
      400,
      "REQUEST_TOO_LARGE",
    ],
  ])("refuses %s", async (_, body, headers, status, code) => {
    const answer = await post(body, headers as Record<string, string>);
    expect(answer.status).toBe(status);
    expect(answer.body.errors[0].extensions.code).toBe(code);
    expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|\.js:\d+/);
  });

  it("refuses GET, unless it can't come from another site's page", async () => {
    const path = "/graphql?query=%7B__typename%7D";
    expect((await service.send({ method: "GET", path })).status).toBe(400);
    const { status, body } = await service.send({
      method: "GET",
      path,
      headers: { "apollo-require-preflight": "1" },
    });
    expect([status, body]).toEqual([200, { data: { __typename: "Query" } }]);
  });

  it("answers introspection", async () => {
    const { body } = await post({ query: getIntrospectionQuery() });
    expect(body.data.__schema.queryType.name).toBe("Query");
  });
});

describe("bounds", () => {
  it.each([
    ["tokens", `{ ${"n ".repeat(10_001)} }`, "GRAPHQL_PARSE_FAILED", /10000 tokens/],
    [
      "things of many customers",
      `{ ${Array.from({ length: 20 }, (_, n) => `a${n}: customers(first: 1000) { nodes { id name email phone address { city } } }`).join(" ")} }`,
      "REQUEST_TOO_LARGE",
      /The operation costs 162000, and 100000 is the most\./,
    ],
    [
      "previews",
      `{ ${Array.from({ length: 101 }, (_, n) => `a${n}: segmentPreview(query: "vip") { count }`).join(" ")} }`,
      "REQUEST_TOO_LARGE",
      /The operation costs 101000/,
    ],
    [
      "fields by fragments in fragments",
      `{ ...F0 } ${Array.from({ length: 20 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`).join(" ")} fragment F20 on Query { __typename }`,
      "GRAPHQL_VALIDATION_FAILED",
      /selects more than 5,000 fields/,
    ],
  ])("refuses too many %s", async (_, query, code, message) => {
    const { status, body } = await post({ query });
    expect(status).toBe(200);
    expect(body.errors[0].extensions.code).toBe(code);
    expect(body.errors[0].message).toMatch(message);
    expect(body).not.toHaveProperty("data");
  });

  it("counts a page's own fields once, however large the page", async () => {
    const page =
      "customers(first: 1000) { totalCount totalCountIsEstimate pageInfo { hasNextPage endCursor }";
    expect((await post({ query: `{ ${page} nodes { id } } }` })).body.errors).toBeUndefined();
    const pages = Array.from({ length: 34 }, (_, n) => `a${n}: ${page} nodes { id } }`).join(" ");
    // Each a query and its total, and two for each of the customers.
    expect((await post({ query: `{ ${pages} }` })).body.errors[0].message).toMatch(/costs 105400,/);
  });

  it("counts the cost of `first` from variables", async () => {
    const query =
      "query($n: Int) { customers(first: $n) { edges { node { id name email } } nodes { id metadata } } }";
    expect((await post({ query, variables: { n: 1_000 } })).body.errors).toBeUndefined();
    const many = `query($n: Int) { ${Array.from({ length: 15 }, (_, n) => `a${n}: customers(first: $n) { edges { node { id name email } } nodes { id metadata } }`).join(" ")} }`;
    expect((await post({ query: many, variables: { n: 1_000 } })).body.errors[0].extensions.code).toBe(
      "REQUEST_TOO_LARGE",
    );
    expect((await post({ query: many, variables: { n: 10 } })).body.errors).toBeUndefined();
  });
});

describe("failures", () => {
  it.each([["TIMEOUT", "TIMEOUT"]] as const)(
    "of the store (%s) have a code and its message",
    async (storeCode, code) => {
      failure = new StoreError(storeCode, "Ask for less.");
      const { body } = await post({ query: count });
      expect(body.errors).toEqual([
        expect.objectContaining({
          message: "Ask for less.",
          extensions: { code },
          path: ["segmentPreview", "count"],
        }),
      ]);
      // What else was asked for is answered all the same.
      expect(body.data).toEqual({ segmentPreview: { count: null } });
    },
  );

  it.each([
    ["a store that cannot be reached", new StoreError("UNAVAILABLE", "No server at 10.0.0.7:27017.")],
    ["a lost connection", Object.assign(new Error("write ECONNRESET 10.0.0.7"), { code: "ECONNRESET" })],
  ])("of %s name no address and are no fault of the server", async (_what, thrown) => {
    failure = thrown;
    const { body } = await post({ query: count });
    expect(body.errors[0].extensions).toEqual({ code: "UNAVAILABLE" });
    expect(JSON.stringify(body)).not.toContain("10.0.0.7");
  });

  it("that are unexpected show the client nothing internal, and are reported", async () => {
    failure = new Error("secret of /srv/data");
    const { body } = await post({ query: count });
    expect(body.errors[0].extensions).toEqual({ code: "INTERNAL_SERVER_ERROR" });
    expect(JSON.stringify(body)).not.toMatch(/secret|stack|\.ts|\.js/);
    expect(service.reported).toEqual([failure]);
  });

  it("of the store make the server not ready, and show no more", async () => {
    const reported: unknown[] = [];
    const broken = new Error("secret of /srv/data");
    const store = { ...service.engine.store, getMany: () => Promise.reject(broken) };
    const server = await startServer({
      engine: { ...service.engine, store },
      host: "127.0.0.1",
      port: 0,
      report: (error) => reported.push(error),
    });
    try {
      const alive = await fetch(`${server.url}/healthz`);
      expect([alive.status, await alive.json()]).toEqual([200, { status: "ok" }]);
      const answer = await fetch(`${server.url}/readyz`);
      expect(answer.status).toBe(503);
      expect(await answer.json()).toEqual({ status: "not ready", problems: ["the store does not answer"] });
      expect(reported).toEqual([broken]);
    } finally {
      await server.close();
    }
  });
});

describe("tookMs", () => {
  it("includes the time of the count that is requested with it", async () => {
    hold = () => new Promise((resolve) => setTimeout(resolve, 80));
    const { body } = await post({ query: '{ segmentPreview(query: "vip") { tookMs count } }' });
    expect(body.data.segmentPreview.tookMs).toBeGreaterThan(60);
    expect(body.data.segmentPreview.tookMs).toBeLessThan(10_000);
  });
});

describe("a client that goes away", () => {
  it("has its work stopped", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    hold = () => held;
    const client = new AbortController();
    const asked = fetch(`${service.url}/graphql`, {
      method: "POST",
      headers: plain,
      body: JSON.stringify({ query: count }),
      signal: client.signal,
    });
    while (signals.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(signals[0]!.aborted).toBe(false);
    client.abort();
    await expect(asked).rejects.toThrow();
    await expect.poll(() => signals[0]!.aborted, { timeout: 60_000 }).toBe(true);
    release();
  });

  it("is not a client that received its answer", async () => {
    await post({ query: count });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(signals[0]!.aborted).toBe(false);
  });
});

describe("the hosts that the server answers", () => {
  it.each(["localhost", "localhost:4000", "127.0.0.1:80", "[::1]:4000", "shop.localhost"])(
    "names of this machine: %s",
    async (host) => {
      expect((await service.send({ method: "GET", path: "/health", headers: { host } })).status).toBe(200);
    },
  );

  it.each([
    "evil.example",
    "evil.example:4000",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "10.0.0.1",
    "xlocalhost",
  ])("no other: %s", async (host) => {
    for (const path of ["/health", "/", "/playground", "/graphql"]) {
      expect((await service.send({ method: "GET", path, headers: { host } })).status).toBe(403);
    }
  });

  it("any host name is answered if the server listens to other machines", async () => {
    const open = await startServer({ engine: service.engine, host: "0.0.0.0", port: 0, report: () => {} });
    try {
      const port = new URL(open.url).port;
      const path = "/health";
      const answer = await sendTo(port, { method: "GET", path, headers: { host: "shop.example" } });
      expect(answer.status).toBe(200);
      expect((await fetch(`${open.url}${path}`)).headers.get("x-powered-by")).toBeNull();
    } finally {
      await open.close();
    }
  });
});

describe("starting and stopping", () => {
  it("says what to do if the port is taken", async () => {
    const port = Number(new URL(service.url).port);
    const second = startServer({ engine: service.engine, host: "127.0.0.1", port, report: () => {} });
    await expect(second).rejects.toThrow(ListenError);
    await expect(second).rejects.toThrow(`--port ${port + 1}`);
  });

  it("says what to do if the address is another machine's", async () => {
    const started = startServer({ engine: service.engine, host: "192.0.2.1", port: 0, report: () => {} });
    await expect(started).rejects.toThrow("192.0.2.1 is no address of this machine.");
  });

  it("finishes what is under way before it stops", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    hold = () => held;
    const brief = await startServer({ engine: service.engine, host: "127.0.0.1", port: 0, report: () => {} });
    const asked = fetch(`${brief.url}/graphql`, {
      method: "POST",
      headers: plain,
      body: JSON.stringify({ query: count }),
    });
    while (signals.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const closed = brief.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    release();
    expect(await (await asked).json()).toEqual({ data: { segmentPreview: { count: expect.any(Number) } } });
    await closed;
    await expect(fetch(`${brief.url}/health`)).rejects.toThrow();
  });
});

describe("a server that stops", () => {
  it("answers every write that it was sent: applied, or refused with 503 and not applied", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { engine } = service;
      const brief = await startServer({ engine, host: "127.0.0.1", port: 0, report: () => {} });
      const ids = Array.from({ length: 30 }, (_, index) => `stop-${round}-${index}`);
      const sent = ids.map((sourceId) =>
        fetch(`${brief.url}/graphql`, {
          method: "POST",
          headers: plain,
          body: JSON.stringify({
            query: "mutation ($input: CustomerInput!) { customerUpsert(input: $input) { status } }",
            variables: { input: { sourceId } },
          }),
        }).then(async (answer) => [answer.status, JSON.parse(await answer.text())] as const),
      );
      await new Promise((resolve) => setTimeout(resolve, round * 4));
      const closed = brief.close();
      const answers = await Promise.all(sent);
      await closed;
      const stored = await engine.store.getMany(
        "customers",
        ids.map((id) => `default/${id}`),
      );
      for (const [index, [status, body]] of answers.entries()) {
        if (status === 503)
          expect([body.errors[0].extensions.code, stored[index]]).toEqual(["UNAVAILABLE", undefined]);
        else
          expect([status, body.data.customerUpsert.status, stored[index]?.source_id]).toEqual([
            200,
            "WRITTEN",
            ids[index],
          ]);
      }
    }
  });
});

describe("pages", () => {
  it("/healthz and /readyz report that the server is well", async () => {
    for (const path of ["/healthz", "/readyz"]) {
      const { status, body } = await service.send({ method: "GET", path });
      expect([status, body.status]).toEqual([200, "ok"]);
    }
  });

  it("/ and the addresses within it are the console for a browser, and nothing for a program", async () => {
    for (const path of ["/", "/segments/any"]) {
      const page = await fetch(`${service.url}${path}`, { headers: { accept: "text/html,*/*;q=0.8" } });
      expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
      const policy = page.headers.get("content-security-policy");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("connect-src 'self'");
      const text = await page.text();
      const parts = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map((found) => found[1]!);
      expect(parts.length).toBeGreaterThan(2);
      for (const part of parts) {
        expect(part).toMatch(/^\/assets\//);
        expect((await fetch(new URL(part, service.url))).status).toBe(200);
      }
      expect((await fetch(`${service.url}${path}`)).status).toBe(404);
    }
  });

  it("/playground is complete, and its page may connect only to this service", async () => {
    const answer = await fetch(`${service.url}/playground`, { headers: { accept: "text/html" } });
    expect(answer.headers.get("content-security-policy")).toContain("script-src 'self';");
    expect(answer.headers.get("content-security-policy")).toContain("connect-src 'self'");
    const page = await answer.text();
    const parts = [...page.matchAll(/(?:src|href)="([^"]+\.(?:js|css|svg))"/g)].map((found) => found[1]!);
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) {
      expect(part).toMatch(/^\/playground\/assets\//);
      expect((await fetch(new URL(part, service.url))).status).toBe(200);
    }
  });

  it("there is no other page, and nothing internal is shown", async () => {
    for (const path of [
      "/nope",
      "/playground/../package.json",
      "/playground/%ff",
      "/playground/%2e%2e/index.js",
    ]) {
      const { status, body } = await service.send({ method: "GET", path });
      expect([400, 404]).toContain(status);
      expect(String(body)).not.toMatch(/node_modules|at \w+ \(/);
    }
  });
});
