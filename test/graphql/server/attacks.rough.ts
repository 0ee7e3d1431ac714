// Attacks: none is answered with what it wants, none breaks the server, and other clients are answered throughout.
import { connect as connectTo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { globalId } from "../../../src/graphql/server/global-id.js";
import { maxConnectionsOfAddress } from "../../../src/http/subscriptions/endpoint.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { threadTime } from "../../event-loop-stalls.js";
import { type RunningService, runService } from "../running-service.js";
import { connect } from "../websocket.js";

let service: RunningService;
beforeAll(async () => {
  service = await runService();
});
afterAll(() => service.stop());

afterEach(async () => {
  const { status, body } = await service.ask("{ customers { totalCount } }");
  expect([status, body.errors]).toEqual([200, undefined]);
  expect(service.reported).toEqual([]);
});

const codeOf = (body: { errors?: { extensions: { code: string } }[] }) => body.errors?.[0]?.extensions.code;

const hostile = [
  '{"$gt":""}',
  '{"$ne":null}',
  "$where",
  "__proto__",
  "constructor",
  "facts.name",
  "' or 1=1 --",
  "(a+)+$",
  "../../etc/passwd",
  "\u202eabc",
  "x".repeat(10_000),
];

describe("operators and patterns in texts", () => {
  it.each(hostile)("%.30s finds no one, anywhere", async (text) => {
    const quoted = JSON.stringify(text);
    const { body } = await service.ask(
      `query ($text: String!, $id: ID!, $query: String!) {
        customer(by: { sourceId: $text }) { id }
        order(by: { sourceId: $text }) { id }
        node(id: $id) { id }
        segment(by: { name: $text }) { id }
        segments(search: $text) { nodes { id } }
        events(type: $text) { nodes { id } }
        segmentPreview(query: $query) { count }
      }`,
      { text, id: globalId("Customer", text), query: `city is ${quoted} or name ends with ${quoted}` },
    );
    expect(body.errors).toBeUndefined();
    expect(body.data).toMatchObject({
      customer: null,
      order: null,
      node: null,
      segment: null,
      segments: { nodes: [] },
      events: { nodes: [] },
    });
    expect(body.data.segmentPreview.count ?? 0).toBe(0);
  });

  it("keys of metadata that look like operators are kept as they are, or refused", async () => {
    const metadata = { $where: "1", "a.b": 1, nested: { $gt: "" } };
    const { body } = await service.ask(
      "mutation ($input: CustomerInput!) { customerUpsert(input: $input) { customer { metadata } userErrors { code } } }",
      { input: { sourceId: "hostile", metadata } },
    );
    expect(body.data.customerUpsert).toEqual({ customer: { metadata }, userErrors: [] });
    const polluted = await service.send({
      headers: { "content-type": "application/json" },
      body: '{"query":"mutation ($m: JSON) { customerUpsert(input: { sourceId: \\"p\\", metadata: $m }) { userErrors { code } } }","variables":{"m":{"__proto__":{"admin":true}}}}',
    });
    expect(polluted.status).toBe(200);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it.each(["\u0000", "\ud800"])("%j is refused everywhere", async (text) => {
    const { body } = await service.ask(
      "mutation ($input: CustomerInput!) { customerUpsert(input: $input) { status userErrors { field code } } }",
      { input: { sourceId: `x${text}` } },
    );
    expect(body.data.customerUpsert).toEqual({
      status: "REJECTED",
      userErrors: [{ field: ["input", "sourceId"], code: "INVALID_RECORD" }],
    });
  });
});

describe("endless documents", () => {
  const nested = (depth: number) =>
    `${"customers { nodes { segments { nodes { members { nodes { ".repeat(depth)}id${" } } } } } }".repeat(depth)}`;
  it.each([
    ["10,000 aliases", `{ ${Array.from({ length: 10_000 }, (_, n) => `a${n}: __typename`).join(" ")} }`],
    ["nesting 1,000 deep", `{ ${nested(166)} }`],
    ["circular fragments", "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"],
    [
      "many introspections",
      `{ ${Array.from({ length: 100 }, (_, n) => `a${n}: __schema { types { name fields { name } } }`).join(" ")} }`,
    ],
    [
      "a chain of fragments",
      `{ ...F0 } ${Array.from({ length: 40 }, (_, n) => `fragment F${n} on Query { a${n}: __typename ...F${n + 1} ...F${n + 1} }`).join(" ")} fragment F40 on Query { __typename }`,
    ],
  ])("%s is refused before it runs", async (_what, query) => {
    const start = threadTime();
    const { status, body } = await service.ask(query);
    expect(status).toBeLessThan(500);
    expect(["GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED", "REQUEST_TOO_LARGE"]).toContain(
      codeOf(body),
    );
    expect(body.data).toBeUndefined();
    // The client and the server are in this process: what either computes is in it.
    expect(threadTime() - start).toBeLessThan(5_000);
  });
});

describe("bodies", () => {
  it("of 100 MB are refused without being read", async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const { port, hostname } = new URL(service.url);
      const socket = connectTo(Number(port), hostname);
      let text = "";
      socket.on("data", (data) => {
        text += String(data);
        if (text.includes("\r\n\r\n")) {
          socket.destroy();
          resolve(text);
        }
      });
      socket.on("error", reject);
      socket.write(
        `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${100 * 1024 * 1024}\r\n\r\n{"query":"`,
      );
    });
    expect(answer).toContain("413");
  });

  it("that arrive slowly delay no one", async () => {
    const { port, hostname } = new URL(service.url);
    const slow = Array.from({ length: 50 }, () => {
      const socket = connectTo(Number(port), hostname);
      socket.on("error", () => undefined);
      socket.write(
        "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{",
      );
      return socket;
    });
    const { status } = await service.ask("{ __typename }");
    expect(status).toBe(200);
    for (const socket of slow) socket.destroy();
  });
});

describe("endless answers", () => {
  it("are stopped while they are made", async () => {
    const note = "x".repeat(60_000);
    const people = Array.from({ length: 300 }, (_, n) => ({ source_id: `large-${n}`, metadata: { note } }));
    await upsertCustomers(service.engine, "default", people);
    const { status, body } = await service.ask(
      '{ customers(first: 1000, query: "source_id starts with large") { nodes { metadata } } }',
    );
    expect(status).toBe(200);
    expect(codeOf(body)).toBe("ANSWER_TOO_LARGE");
    expect(body.data ?? null).toBeNull();
  });
});

describe("floods", () => {
  it("of expensive requests leave room for others", async () => {
    let answered = 0;
    const expensive = Array.from({ length: 60 }, async () => {
      const { status } = await service.ask(
        `{ ${Array.from({ length: 20 }, (_, n) => `a${n}: segmentPreview(query: "name contains e or city contains a") { count customers(first: 50) { nodes { name } } }`).join(" ")} }`,
      );
      answered += 1;
      return status;
    });
    expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
    // Health does not wait behind all of them, however slow the machine is.
    expect(answered).toBeLessThan(60);
    for (const status of await Promise.all(expensive)) expect(status).toBe(200);
  });

  it("of connections from one address are refused beyond a limit", async () => {
    const clients = await Promise.all(
      Array.from({ length: maxConnectionsOfAddress }, () => connect(service.url)),
    );
    await expect(connect(service.url)).rejects.toThrow();
    await Promise.all(clients.map((client) => client.close()));
  }, 60_000);
});
