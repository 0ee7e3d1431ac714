// Subscriptions over a websocket: what is delivered, how it continues after a break, and what is refused.
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { globalId, keyOf } from "../../../src/graphql/server/global-id.js";
import { maxMessageSize, maxSubscriptions } from "../../../src/http/subscriptions/endpoint.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import { settle } from "../../membership/live-shop.js";
import { type RunningService, runService } from "../running-service.js";
import { type Client, connect, refusal } from "../websocket.js";

let service: RunningService;
let moonlings: string;
let port: string;

beforeAll(async () => {
  service = await runService();
  port = new URL(service.url).port;
  const { engine } = service;
  const made = await createAutoUpdate(engine, "default", {
    name: "Moonlings",
    query: "city is any of (Armstrong, Aldrin)",
  });
  moonlings = globalId("Segment", made.segment_id);
  await settle(engine, "default");
});
afterAll(() => service.stop());

const changes = `subscription ($ids: [ID!]!, $after: String) { segmentChanges(segmentIds: $ids, after: $after) {
  cursor transition { id segmentId customerId kind cause at causedAt } } }`;

/** Moves customers to a city, and has them evaluated. */
async function move(city: string, ...people: readonly string[]): Promise<void> {
  const profiles = people.map((source_id) => ({ source_id, address: { city } }));
  await upsertCustomers(service.engine, "default", profiles);
  await settle(service.engine, "default");
}

async function taken(client: Client, count: number) {
  const received = [];
  for (let index = 0; index < count; index += 1) {
    const { type, payload } = await client.next();
    expect([type, payload.errors]).toEqual(["next", undefined]);
    received.push(payload.data.segmentChanges);
  }
  return received as { cursor: string; transition: Record<string, string> }[];
}

/** Subscribes without a cursor, and waits until the service has recorded its start: it reports nothing earlier. */
async function follow(client: Client, segment: string, id?: string): Promise<void> {
  const asked = vi.spyOn(service.engine.store, "getMany");
  client.subscribe(changes, { ids: [segment] }, id);
  // It reads whether the segments exist; then the present position, and whether a reader can continue from there.
  const isFollowing = () => {
    const collections = asked.mock.calls.map(([collection]) => collection);
    const from = collections.indexOf("segments");
    return from >= 0 && collections.slice(from).filter((name) => name === "maintenance").length >= 2;
  };
  await expect.poll(isFollowing, { timeout: 60_000, interval: 10 }).toBe(true);
  asked.mockRestore();
}

describe("segmentChanges", () => {
  it("delivers entries and exits, and continues after a cursor with nothing lost", async () => {
    const start = (
      await service.ask(
        '{ segmentTransitions(segmentIds: [], first: 0, after: "now") { pageInfo { endCursor } } }',
      )
    ).body.data.segmentTransitions.pageInfo.endCursor;
    const client = await connect(service.url);
    client.subscribe(changes, { ids: [moonlings], after: start });
    await move("Armstrong", "moon-1");
    const [first] = await taken(client, 1);
    expect(first).toEqual({
      cursor: expect.any(String),
      transition: {
        id: expect.any(String),
        segmentId: moonlings,
        customerId: globalId("Customer", "default/moon-1"),
        kind: "ENTERED",
        cause: "PROFILE",
        at: "2026-11-23T12:00:00.000Z",
        causedAt: "2026-11-23T12:00:00.000Z",
      },
    });
    await client.close();
    const people = Array.from({ length: 30 }, (_, index) => `moon-${index + 2}`);
    await move("Aldrin", ...people);
    await move("Paris", "moon-1", "moon-2");
    // Broken off again and again, after each message, and resumed.
    const received: string[] = [];
    let after = first!.cursor;
    while (received.length < 32) {
      const again = await connect(service.url);
      again.subscribe(changes, { ids: [moonlings], after });
      const [change] = await taken(again, 1);
      after = change!.cursor;
      received.push(`${keyOf("Customer", change!.transition.customerId!)} ${change!.transition.kind}`);
      await again.close();
    }
    const entered = people.map((person) => `default/${person} ENTERED`);
    expect(received.toSorted()).toEqual(
      [...entered, "default/moon-1 LEFT", "default/moon-2 LEFT"].toSorted(),
    );
    expect(received.indexOf("default/moon-2 LEFT")).toBeGreaterThan(
      received.indexOf("default/moon-2 ENTERED"),
    );
    const { body } = await service.ask(
      "query ($after: String) { segmentTransitions(first: 5, after: $after) { nodes { id } } }",
      { after },
    );
    expect(body.data.segmentTransitions.nodes).toEqual([]);
  });

  it("delivers no other segment, and without a cursor only what comes later", async () => {
    const other = await createAutoUpdate(service.engine, "default", {
      name: "Martians",
      query: "city is Olympus",
    });
    await settle(service.engine, "default");
    await move("Olympus", "moon-50");
    const client = await connect(service.url);
    await follow(client, globalId("Segment", other.segment_id));
    await move("Armstrong", "moon-51");
    await move("Olympus", "moon-52");
    const [change] = await taken(client, 1);
    expect(change!.transition.customerId).toBe(globalId("Customer", "default/moon-52"));
    expect(client.waiting).toEqual([]);
    await client.close();
  });

  it("reaches who reads although others do not, who get the rest once they read again", async () => {
    const start = (
      await service.ask(
        '{ segmentTransitions(segmentIds: [], first: 0, after: "now") { pageInfo { endCursor } } }',
      )
    ).body.data.segmentTransitions.pageInfo.endCursor;
    // Long messages, which fill the buffers of the kernel.
    const padded = changes.replace(
      "cursor",
      Array.from({ length: 600 }, (_, index) => `cursor_of_this_change_${index}: cursor`).join(" "),
    );
    const subscribed = async () => {
      const client = await connect(service.url);
      client.subscribe(padded.replace("transition", "cursor transition"), { ids: [moonlings], after: start });
      return client;
    };
    const slow = await Promise.all(Array.from({ length: 4 }, subscribed));
    for (const { socket } of slow) socket.pause();
    const fast = await subscribed();
    const people = Array.from({ length: 80 }, (_, index) => `slow-${index}`);
    const expected: string[] = [];
    for (const [city, kind] of [
      ["Armstrong", "ENTERED"],
      ["Paris", "LEFT"],
    ] as const) {
      await move(city, ...people);
      expected.push(...people.map((person) => `${globalId("Customer", `default/${person}`)} ${kind}`));
    }
    const readBy = async (client: Client) =>
      (await taken(client, expected.length))
        .map(({ transition }) => `${transition.customerId} ${transition.kind}`)
        .toSorted();
    expect(await readBy(fast)).toEqual(expected.toSorted());
    for (const client of slow) {
      // What was sent before it paused is at hand; all the rest waits at the server, unread and unsent.
      expect(client.waiting.length).toBeLessThan(expected.length / 2);
      client.socket.resume();
      expect(await readBy(client)).toEqual(expected.toSorted());
      await client.close();
    }
    await fast.close();
  }, 120_000);

  it("ends when it is completed, and stops reading the store", async () => {
    const client = await connect(service.url);
    await follow(client, moonlings, "one");
    client.send({ id: "one", type: "complete" });
    // What a client says is heard in its order.
    client.send({ type: "ping" });
    expect(await client.next()).toEqual({ type: "pong" });
    await move("Armstrong", "moon-60");
    const asked = vi.spyOn(service.engine.store, "getMany");
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
    expect(client.waiting).toEqual([]);
    await client.close();
  });

  it.each([
    [{ ids: [] }, "BAD_USER_INPUT", "Name 1 to 100 segments"],
    [{ ids: [globalId("Segment", "nobody")] }, "BAD_USER_INPUT", 'no segment of the id "nobody"'],
    [{ after: "x" }, "BAD_USER_INPUT", "`after` is no cursor"],
    [{ after: "1.2.3.4.5.6.7" }, "BAD_USER_INPUT", "`after` is no cursor"],
    [{ after: "9999.0.0.0.0.0.0.0" }, "BAD_USER_INPUT", "ahead of everything"],
  ])("%j is refused", async (variables, code, message) => {
    const client = await connect(service.url);
    client.subscribe(changes, { ids: [moonlings], ...variables });
    const { payload } = await client.next();
    expect(payload.errors).toHaveLength(1);
    expect(payload.errors[0]).toMatchObject({
      message: expect.stringContaining(message),
      extensions: { code },
    });
    await client.close();
  });

  it("serves the project that the connection names", async () => {
    const client = await connect(service.url, { parameters: { "x-segmentql-project": "elsewhere" } });
    client.subscribe(changes, { ids: [moonlings] });
    expect((await client.next()).payload.errors[0].extensions.code).toBe("UNKNOWN_PROJECT");
    await client.close();
  });
});

describe("a subscription request", () => {
  const deep = `${"a { ".repeat(20)}b${" }".repeat(20)}`;
  it.each([
    ["{", "Syntax Error"],
    ["subscription { nope }", 'Cannot query field "nope"'],
    [`subscription { ${deep} }`, "fields deep"],
    ["{ __typename }", "Queries and mutations are answered over HTTP"],
    ["subscription { a: __typename b: __typename }", "must select only one"],
    [`subscription { segmentChanges(segmentIds: []) { cursor } } # ${"x".repeat(100_000)}`, "is the most"],
    [`subscription { ${"segmentChanges ".repeat(10_001)} }`, "is the most"],
  ])("%.60s is bounded as over HTTP", async (query, message) => {
    const client = await connect(service.url);
    client.subscribe(query);
    const { type, payload } = await client.next();
    expect(type).toBe("error");
    const received = payload.map((error: { message: string }) => error.message);
    expect(received.join("\n")).toContain(message);
    await client.close();
  });

  it("a subscription over HTTP is refused with the place that answers it", async () => {
    const { body } = await service.ask('subscription { segmentChanges(segmentIds: ["a"]) { cursor } }');
    expect(body.errors[0].message).toContain("over a websocket");
    expect(service.reported).toEqual([]);
  });

  it("a connection has a maximum number of subscriptions", async () => {
    const client = await connect(service.url);
    for (let index = 0; index < maxSubscriptions; index += 1) client.subscribe(changes, { ids: [moonlings] });
    client.subscribe(changes, { ids: [moonlings] }, "last");
    const answer = await client.next();
    expect(answer).toMatchObject({ type: "error", id: "last" });
    expect(answer.payload[0].message).toContain(`${maxSubscriptions} subscriptions at most`);
    await client.close();
  });

  it("a message has a maximum size, and a connection begins with a greeting", async () => {
    const large = await connect(service.url);
    large.socket.send("x".repeat(maxMessageSize + 1));
    expect((await large.closed)[0]).toBe(1009);
    const wrong = await connect(service.url);
    wrong.socket.send("{");
    expect((await wrong.closed)[0]).toBe(4400);
    const rude = await connect(service.url, { greet: false });
    rude.subscribe(changes, { ids: [moonlings] });
    expect((await rude.closed)[0]).toBe(4401);
    expect(service.reported).toEqual([]);
  });
});

describe("the origin of a request", () => {
  it.each([
    ["another site's page", { headers: { origin: "https://evil.example" } }, "403 FORBIDDEN_ORIGIN"],
    ["a page of another port", { headers: { origin: "http://localhost:1" } }, "403 FORBIDDEN_ORIGIN"],
    ["a page of no site", { headers: { origin: "null" } }, "403 FORBIDDEN_ORIGIN"],
    ["another name", { headers: { host: "evil.example" } }, "403 FORBIDDEN_HOST"],
    [
      "another name's page",
      { headers: { host: "evil.example", origin: "http://evil.example" } },
      "403 FORBIDDEN_HOST",
    ],
    ["another path", { path: "/playground" }, "404 NOT_FOUND"],
  ])("%s is refused", async (_who, options, refused) => {
    expect(await refusal(service.url, options)).toBe(refused);
  });

  it("a page of the service's own is answered", async () => {
    const origin = `http://localhost:${port}`;
    const client = await connect(service.url, { headers: { origin } });
    await follow(client, moonlings);
    await move("Armstrong", "moon-70");
    await taken(client, 1);
    await client.close();
  });
});

it("a client that does not read stops the reads for it", async () => {
  const { engine } = service;
  const start = (
    await service.ask(
      '{ segmentTransitions(segmentIds: [], first: 0, after: "now") { pageInfo { endCursor } } }',
    )
  ).body.data.segmentTransitions.pageInfo.endCursor;
  await move("Armstrong", ...Array.from({ length: 600 }, (_, index) => `crowd-${index}`));
  const long = `subscription ($ids: [ID!]!, $after: String) { segmentChanges(segmentIds: $ids, after: $after) {
    ${Array.from({ length: 300 }, (_, index) => `event${index}: transition { id segmentId customerId }`).join(" ")} } }`;
  const client = await connect(service.url);
  const asked = vi.spyOn(engine.store.reads.transitions, "inRange");
  client.socket.pause();
  client.subscribe(long, { ids: [moonlings], after: start });
  const read = async () => {
    let sum = 0;
    for (const { value } of asked.mock.results) sum += ((await value) as unknown[]).length;
    return sum;
  };
  await expect.poll(read, { timeout: 60_000 }).toBeGreaterThan(0);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  // What the network holds of so large messages is less than two pages of them.
  expect(await read()).toBeLessThanOrEqual(400);
  asked.mockRestore();
  client.socket.resume();
  for (let index = 0; index < 600; index += 1) await client.next();
  await client.close();
});

it("a service that stops ends its subscriptions", async () => {
  const other = await runService();
  const client = await connect(other.url);
  await other.stop();
  expect((await client.closed)[0]).toBe(1001);
});
