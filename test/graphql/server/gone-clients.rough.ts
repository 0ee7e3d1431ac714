// Clients that go away in the middle, by real sockets: no error of the service is reported for that, and no warning is emitted.
import { once } from "node:events";
import { connect as connectSocket, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { globalId } from "../../../src/graphql/server/global-id.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import { settle } from "../../membership/live-shop.js";
import { type RunningService, runService } from "../running-service.js";
import { connect } from "../websocket.js";

let service: RunningService;
let segment: string;
const warnings: string[] = [];
const warned = (warning: Error): void => {
  warnings.push(`${warning.name}: ${warning.message}`);
};

beforeAll(async () => {
  service = await runService();
  const made = await createAutoUpdate(service.engine, "default", {
    name: "Moonlings",
    query: "city is any of (Armstrong, Aldrin)",
  });
  segment = globalId("Segment", made.segment_id);
  await settle(service.engine, "default");
  process.on("warning", warned);
});
afterAll(async () => {
  process.off("warning", warned);
  await service.stop();
});
beforeEach(() => {
  warnings.length = 0;
  service.reported.length = 0;
});
afterEach(async () => {
  // The service still answers.
  expect((await service.ask("{ __typename }")).status).toBe(200);
  expect(service.reported).toEqual([]);
  expect(warnings).toEqual([]);
});

const previews = Array.from(
  { length: 30 },
  (_, index) =>
    `p${index}: segmentPreview(query: "email contains ${index} or number of orders > ${index}") { count }`,
);

/** Sends a request on a separate socket, without waiting for its answer. */
async function asked(body: object): Promise<Socket> {
  const socket = connectSocket({ host: "127.0.0.1", port: Number(new URL(service.url).port) });
  await once(socket, "connect");
  socket.on("error", () => undefined);
  const text = JSON.stringify(body);
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
  return socket;
}

it("a request reads thirty things at once, and is answered", async () => {
  const { body } = await service.ask(`{ ${previews.join("\n")} }`);
  expect(body.errors).toBeUndefined();
  expect(Object.keys(body.data)).toHaveLength(30);
});

it.each([0, 1, 5, 20, 80])("clients reset their connections %i ms after a request", async (ms) => {
  for (let round = 0; round < 5; round += 1) {
    const socket = await asked({ query: `{ ${previews.join("\n")} }` });
    await new Promise((resolve) => setTimeout(resolve, ms));
    socket.resetAndDestroy();
  }
});

it("a client resets its connection while its body is on the way", async () => {
  const socket = connectSocket({ host: "127.0.0.1", port: Number(new URL(service.url).port) });
  await once(socket, "connect");
  socket.on("error", () => undefined);
  socket.write(
    "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{",
  );
  await new Promise((resolve) => setTimeout(resolve, 20));
  socket.resetAndDestroy();
  await new Promise((resolve) => setTimeout(resolve, 20));
});

it("subscribers reset their connections while members enter and leave", async () => {
  const changes = `subscription ($ids: [ID!]!) { segmentChanges(segmentIds: $ids) { cursor transition { id kind } } }`;
  const people = Array.from({ length: 40 }, (_, index) => `gone-${index}`);
  for (let round = 0; round < 6; round += 1) {
    const clients = await Promise.all([1, 2, 3].map(() => connect(service.url)));
    for (const client of clients)
      for (let count = 0; count < 15; count += 1) client.subscribe(changes, { ids: [segment] });
    await new Promise((resolve) => setTimeout(resolve, 150));
    const city = round % 2 === 0 ? "Armstrong" : "Berlin";
    await upsertCustomers(
      service.engine,
      "default",
      people.map((source_id) => ({ source_id, address: { city } })),
    );
    const moving = settle(service.engine, "default");
    // As the first message comes, the others are on their way.
    await Promise.all(clients.map((client) => client.next()));
    for (const client of clients) (client.socket as unknown as { _socket: Socket })._socket.resetAndDestroy();
    await moving;
    await Promise.all(clients.map((client) => client.closed));
  }
  expect(service.reported).toEqual([]);
});

it("a message to a broken pipe closes the subscription", async () => {
  const client = await connect(service.url);
  const broken = Object.assign(new Error("write EPIPE"), { code: "EPIPE" });
  const { send } = WebSocket.prototype;
  vi.spyOn(WebSocket.prototype, "send").mockImplementation(function (this: WebSocket, ...words: unknown[]) {
    const isService = this !== client.socket;
    if (isService) (words.at(-1) as (error: Error) => void)(broken);
    else Reflect.apply(send, this, words);
  });
  client.subscribe("subscription { nothing }");
  expect((await client.closed)[0]).toBe(1011);
  vi.restoreAllMocks();
});
