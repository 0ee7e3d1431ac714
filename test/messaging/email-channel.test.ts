// What a mail server's answer, or a broken connection, means for a message: by when it happens.
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import type { Outgoing } from "../../src/messaging/channel.js";
import { emailChannel } from "../../src/messaging/email-channel.js";

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** An answer to a line, `greeting` being the one before the first; undefined: the connection is closed; "": silence. */
type Answers = (line: string) => string | undefined;

const accepting: Answers = (line) =>
  line === "DATA" ? "354 go on" : line === "greeting" ? "220 hello" : "250 ok";
const except =
  (start: string, answer: string | undefined): Answers =>
  (line) =>
    line.startsWith(start) ? answer : accepting(line);

/** A mail server that answers each line, and a channel to it. `content` is the line after which a message ends. */
async function channelTo(answers: Answers, heard: (line: string) => void = () => undefined) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    let isContent = false;
    let text = "";
    const answer = (line: string): void => {
      heard(line);
      const said = answers(line);
      if (said === undefined) socket.destroy();
      else if (said !== "") socket.write(`${said}\r\n`);
      isContent = said?.startsWith("354") ?? false;
    };
    answer("greeting");
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      for (;;) {
        const end = text.indexOf(isContent ? "\r\n.\r\n" : "\r\n");
        if (end < 0) return;
        const line = isContent ? "content" : text.slice(0, end);
        text = text.slice(end + (isContent ? 5 : 2));
        answer(line);
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const channel = emailChannel({
    smtpUrl: `smtp://127.0.0.1:${port}?ignoreTLS=true`,
    from: "news@shop.example",
  });
  stops.push(() => {
    channel.close();
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return channel;
}

const message = (email = "ann@example.com") =>
  ({
    messageId: "m-1",
    customer: { profile: { email } },
    rendered: { subject: "Hi", body: "<p>Hi</p>" },
  }) as Partial<Outgoing> as Outgoing;

const broken = (code: string) => `There was no connection to the mail server, or it broke: ${code}.`;

it.each<[string, Answers, object]>([
  ["accepts it", accepting, { kind: "sent" }],
  [
    "greets with 554",
    except("greeting", "554 no"),
    { kind: "misconfigured", problem: "The mail server answered 554." },
  ],
  [
    "greets with 421",
    except("greeting", "421 no"),
    { kind: "unavailable", problem: "The mail server answered 421." },
  ],
  [
    "refuses the greeting",
    (line) => (/^(EHLO|HELO)/.test(line) ? "550 no" : accepting(line)),
    { kind: "misconfigured", problem: "The mail server answered 550 to HELO." },
  ],
  [
    "refuses the sender",
    except("MAIL", "550 <ann@example.com>"),
    { kind: "misconfigured", problem: "The mail server answered 550 to MAIL FROM." },
  ],
  [
    "refuses the recipient",
    except("RCPT", "550 <ann@example.com>"),
    { kind: "refused", problem: "The mail server answered 550 to RCPT TO." },
  ],
  [
    "refuses the content",
    except("content", "554 <ann@example.com>"),
    { kind: "refused", problem: "The mail server answered 554 to DATA." },
  ],
  ["closes before the greeting", except("greeting", undefined), { kind: "unavailable" }],
  [
    "closes at the sender",
    except("MAIL", undefined),
    { kind: "unavailable", problem: broken("ECONNECTION") },
  ],
  ["closes at DATA", except("DATA", undefined), { kind: "unavailable", problem: broken("ECONNECTION") }],
  [
    "closes after the content",
    except("content", undefined),
    { kind: "uncertain", problem: broken("ECONNECTION") },
  ],
])("a message to a server that %s", async (_, answers, outcome) => {
  const channel = await channelTo(answers);
  expect(await channel.send(message())).toMatchObject(outcome);
});

it.each([
  ["content", "uncertain"],
  ["RCPT", "unavailable"],
])("a message that is cut off at %s is %s", async (silent, kind) => {
  const breaking = new AbortController();
  const channel = await channelTo(except(silent, ""), (line) => {
    if (line.startsWith(silent)) breaking.abort();
  });
  expect(await channel.send(message(), breaking.signal)).toEqual({
    kind,
    problem: "It was cut off, since the process stopped.",
  });
});

it("the reason of a failure does not quote the address", async () => {
  const channel = await channelTo(accepting);
  expect(await channel.send(message(""))).toEqual({
    kind: "refused",
    problem: "The address or the message can't be sent by e-mail.",
  });
});
