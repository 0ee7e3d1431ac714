// One delivery: what counts as accepted, what is not followed, not waited for, not read, and not connected to.
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
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

it("a closed port is reported", async () => {
  const { problem } = await send(sender, "http://127.0.0.1:1/");
  expect(problem).toBe("No connection, or it broke: the connection was refused.");
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
