// Persisted documents: automatic ones, and a list of trusted ones alone.
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningServer, startServer } from "../../../src/http/server.js";
import { documentHash, readTrustedDocuments } from "../../../src/trusted-documents.js";
import { type Answer, type RunningService, runService, sendTo } from "../running-service.js";
import { connect } from "../websocket.js";

let service: RunningService;
beforeAll(async () => {
  service = await runService();
});
afterAll(() => service.stop());

const text = "query Names { customers(first: 1) { nodes { sourceId } } }";
const persisted = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
const headers = { "content-type": "application/json" };
const post = (url: string, body: object): Promise<Answer> =>
  sendTo(new URL(url).port, { headers, body: JSON.stringify(body) });

describe("an automatic persisted query", () => {
  it("is sent in full once, and by its hash from then on", async () => {
    const byHash = persisted(documentHash(text));
    const unknown = await post(service.url, byHash);
    expect(unknown.body.errors[0].extensions.code).toBe("PERSISTED_QUERY_NOT_FOUND");
    const whole = await post(service.url, { query: text, ...byHash });
    expect(whole.body.data.customers.nodes).toHaveLength(1);
    expect((await post(service.url, byHash)).body).toEqual(whole.body);
  });

  it.each([
    [
      "the hash of another text",
      { query: text, ...persisted(documentHash("{ __typename }")) },
      "another document",
    ],
    ["what is no hash", persisted("a"), "in hexadecimal"],
    [
      "another version",
      { extensions: { persistedQuery: { version: 2, sha256Hash: documentHash(text) } } },
      "version",
    ],
  ])("is refused under %s, and no fault of the server", async (_, body, message) => {
    const answer = await post(service.url, body);
    expect([answer.status, answer.body.errors[0].extensions.code]).toEqual([400, "BAD_REQUEST"]);
    expect(answer.body.errors[0].message).toContain(message);
    expect(service.reported).toEqual([]);
  });
});

describe("a server with a list of trusted documents", () => {
  const subscription = "subscription S($ids: [ID!]!) { segmentChanges(segmentIds: $ids) { cursor } }";
  const trustedDocuments = new Map([
    ["names", text],
    [documentHash(text), text],
  ]);
  let server: RunningServer;
  beforeAll(async () => {
    const { engine } = service;
    const environment = { trustedDocuments };
    server = await startServer({ engine, environment, host: "127.0.0.1", port: 0, report: console.error });
  });
  afterAll(() => server.close());

  it.each([
    ["by its id", { documentId: "names" }],
    ["by its hash", { documentId: `sha256:${documentHash(text)}` }],
    ["as an automatic one", persisted(documentHash(text))],
    ["as it is", { query: text }],
  ])("executes one of them %s", async (_, body) => {
    expect((await post(server.url, body)).body.data.customers.nodes).toHaveLength(1);
  });

  it.each([
    ["another", { query: "{ __typename }" }],
    [
      "another beside the hash of a trusted one",
      { query: "{ __typename }", ...persisted(documentHash(text)) },
    ],
    ["an unknown id", { documentId: "others" }],
    ["none", {}],
  ])("refuses %s", async (_, body) => {
    const answer = await post(server.url, body);
    expect([answer.status, answer.body.errors[0].extensions.code]).toEqual([
      400,
      "PERSISTED_QUERY_NOT_IN_LIST",
    ]);
  });

  it("refuses a document in a URL", async () => {
    const path = `/graphql?query=${encodeURIComponent("{ __typename }")}`;
    const answer = await sendTo(new URL(server.url).port, {
      method: "GET",
      path,
      headers: { "apollo-require-preflight": "1" },
    });
    expect(answer.status).toBe(405);
  });

  it("refuses another subscription", async () => {
    const client = await connect(server.url);
    client.subscribe(subscription, { ids: ["x"] });
    const { type, payload } = await client.next();
    expect([type, payload[0].extensions.code]).toEqual(["error", "PERSISTED_QUERY_NOT_IN_LIST"]);
    client.socket.close();
  });
});

describe("the file of trusted documents", () => {
  const file = join(tmpdir(), "segmentql-trusted.json");
  it.each([
    ["ids and texts", { names: text }],
    ["a manifest", { format: "apollo-persisted-query-manifest", operations: [{ id: "names", body: text }] }],
  ])("holds %s", (_, content) => {
    writeFileSync(file, JSON.stringify(content));
    expect([...readTrustedDocuments(file)]).toEqual([
      ["names", text],
      [documentHash(text), text],
    ]);
  });

  it("is refused if it has another format", () => {
    writeFileSync(file, "[1]");
    expect(() => readTrustedDocuments(file)).toThrow("is not a list of documents");
    expect(() => readTrustedDocuments("/nowhere.json")).toThrow("cannot be read as JSON");
  });
});
