// One delivery: what counts as accepted, what is not followed, not waited for, not read, and not connected to.
import dns from "node:dns";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { type WebhookSender, webhookSender } from "../../src/outbox/webhook-sender.js";
import { type Reply, refusing, runReceiver, taken } from "./receiver.js";

let receiver: Awaited<ReturnType<typeof runReceiver>>;
let sender: WebhookSender;

beforeAll(async () => {
  receiver = await runReceiver();
  sender = webhookSender(true, 60_000);
});
afterAll(async () => {
  sender.close();
  await receiver.stop();
});
beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer(taken);
});
afterEach(() => vi.restoreAllMocks());

const send = (with_ = sender, url = receiver.url) =>
  with_.post({ url, headers: { "webhook-id": "msg_1" }, body: '{"a":"ż"}' });

it("a delivery is one POST of JSON", async () => {
  expect(await send()).toEqual({ status: 204 });
  expect(receiver.received).toHaveLength(1);
  expect(receiver.received[0]).toMatchObject({
    text: '{"a":"ż"}',
    headers: { "content-type": "application/json", "content-length": "10", "webhook-id": "msg_1" },
  });
});

it.each([
  [200, undefined],
  [299, undefined],
  [302, "The answer was 302, a redirect, which is not followed."],
  [308, "The answer was 308, a redirect, which is not followed."],
  [400, "The answer was 400."],
  [500, "The answer was 500."],
])("an answer of %i", async (status, problem) => {
  receiver.answer(refusing(status, { location: receiver.url }));
  expect((await send()).problem).toBe(problem);
  expect(receiver.received).toHaveLength(1);
});

it("a delivery without an answer is given up", async () => {
  receiver.answer(() => undefined);
  const impatient = webhookSender(true, 300);
  expect(await send(impatient)).toEqual({
    problem: "There was no answer within 0.3 seconds.",
    isUncertain: true,
  });
  impatient.close();
});

it("an answer in another protocol is a failure", async () => {
  receiver.answer(({ socket }) => {
    socket?.write("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n");
  });
  expect(await send()).toEqual({ status: 101, problem: "The answer was 101." });
});

it("an endless answer is not read", async () => {
  const endless: Reply = (response) => {
    response.writeHead(200);
    const more = (): void => {
      while (!response.destroyed && response.write("x".repeat(10_000)));
      if (!response.destroyed) response.once("drain", more);
    };
    more();
  };
  receiver.answer(endless);
  expect(await send()).toEqual({ status: 200 });
});

it("a refused connection is reported, and nothing was sent", async () => {
  const refused = { problem: "No connection, or it broke: the connection was refused.", isUncertain: false };
  expect(await send(sender, "http://127.0.0.1:1/")).toEqual(refused);
  const addresses = ["127.0.0.1", "127.0.0.2"].map((address) => ({ address, family: 4 }));
  const lookup = vi
    .spyOn(dns, "lookup")
    .mockImplementation(((
      _host: string,
      _options: object,
      callback: (error: null, found: typeof addresses) => void,
    ) => callback(null, addresses)) as typeof dns.lookup);
  expect(await send(sender, "http://two.example:1/")).toEqual(refused);
  expect(lookup).toHaveBeenCalledOnce();
});

const closing = (socket: Socket) => socket.destroy();
it.each<[string, "http" | "https", (socket: Socket) => void, number, boolean]>([
  ["that closes during TLS", "https", closing, 60_000, false],
  ["without TLS", "https", (socket) => socket.end("SSH-2.0\r\n"), 60_000, false],
  ["that is silent during TLS", "https", () => undefined, 200, false],
  [
    "that closes after the request",
    "http",
    (socket) => socket.once("data", () => closing(socket)),
    60_000,
    true,
  ],
])("a delivery to a receiver %s", async (_, protocol, answer, timeoutMs, isUncertain) => {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    answer(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const own = webhookSender(true, timeoutMs);
  const outcome = await send(own, `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  expect(outcome).toEqual({ problem: expect.any(String), isUncertain });
  own.close();
  server.close();
});

it("a delivery over a connection of an earlier one counts as sent when it breaks", async () => {
  const own = webhookSender(true, 60_000);
  expect(await send(own)).toEqual({ status: 204 });
  receiver.answer(({ socket }) => socket?.destroy());
  expect(await send(own)).toMatchObject({ isUncertain: true });
  own.close();
});

it.each(["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"])(
  "does not go to %s unless that is allowed",
  async (host) => {
    const careful = webhookSender(false, 60_000);
    const { problem } = await send(careful, `http://${host}:${receiver.port}/`);
    careful.close();
    expect(problem).toContain("--allow-private-webhooks");
    // What a name resolves to is not reported.
    if (host === "localhost") expect(problem).not.toMatch(/127\.0\.0\.1|::1/);
    expect(receiver.received).toEqual([]);
  },
);
