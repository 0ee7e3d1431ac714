// A mail server in this process: keeps what it was sent, and answers as the test says.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** Decoded. */
  readonly body: string;
}

/** An answer to a recipient (`RCPT TO`): an error of a code, or undefined to take it. */
export type MailReply = (to: string) => number | undefined;

export async function runMailbox() {
  const mails: Mail[] = [];
  let reply: MailReply = () => undefined;
  let isCutOff = false;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onRcptTo: ({ address }, _session, callback) => {
      const code = reply(address);
      callback(code === undefined ? null : Object.assign(new Error("no"), { responseCode: code }));
    },
    onData: (stream, session, callback) => {
      let text = "";
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          ...readMail(text),
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
        });
        if (isCutOff) for (const connection of server.connections) connection.close();
        else callback();
      });
    },
  });
  // A client that is gone is no failure of a test.
  server.on("error", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  return {
    settings: { smtpUrl: `smtp://127.0.0.1:${port}`, from: "Shop <news@shop.example>" },
    mails,
    answer: (with_: MailReply): void => {
      reply = with_;
    },
    /** Takes each message, and closes the connection without an answer. */
    cutOff: (does: boolean): void => {
      isCutOff = does;
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

function readMail(text: string): Pick<Mail, "headers" | "body"> {
  const end = text.indexOf("\r\n\r\n");
  const lines = text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n");
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 2)]),
  );
  return { headers, body: decoded(text.slice(end + 4), headers.get("content-transfer-encoding")) };
}

function decoded(body: string, encoding: string | undefined): string {
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  if (encoding !== "quoted-printable") return body.trimEnd();
  const bytes = body
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8").trimEnd();
}
