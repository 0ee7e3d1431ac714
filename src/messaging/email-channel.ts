// Messages by e-mail, through the SMTP server of the environment.
import type { Readable } from "node:stream";
import { createTransport } from "nodemailer";
import type { MailSettings } from "../engine.js";
import type { Channel, Outcome, Outgoing } from "./channel.js";
import { noMail } from "./message-error.js";

/** How long connecting and each answer of the server may take, in milliseconds. */
const [connectMs, answerMs] = [10_000, 30_000];
/** How many connections are open at once. */
const maxConnections = 5;

/** True of what can be an address: nodemailer quotes it, and the server decides whether it exists. */
export function isAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/.test(text);
}

/** @param settings undefined if no server is set up: every message is then misconfigured. */
export function emailChannel(settings: MailSettings | undefined): Channel {
  const transport =
    settings === undefined
      ? undefined
      : createTransport({
          url: settings.smtpUrl,
          pool: true,
          maxConnections,
          // The pool would send a message again whose connection broke after it was handed over.
          maxRequeues: 0,
          connectionTimeout: connectMs,
          greetingTimeout: connectMs,
          socketTimeout: answerMs,
          disableFileAccess: true,
          disableUrlAccess: true,
        });
  /** The contents of the messages under way, by their `messageId`: one is read once the server has agreed to receive it (`DATA`). */
  const contents = new Map<string, Readable>();
  transport?.use("stream", ({ message }, done) => {
    message.processFunc((content: Readable) => {
      contents.set(message.messageId(), content);
      return content;
    });
    done();
  });
  return {
    obstacle: ({ profile: { email } }) => {
      if (typeof email !== "string" || email.trim() === "") return "no_address";
      return isAddress(email.trim()) ? undefined : "invalid_address";
    },
    send: async (message, signal) => {
      if (settings === undefined || transport === undefined)
        return { kind: "misconfigured", problem: noMail().message };
      const mail = mailOf(message, settings);
      try {
        await transport.sendMail(signal === undefined ? mail : { ...mail, signal });
        return { kind: "sent" };
      } catch (error) {
        return outcomeOf(error, contents.get(mail.messageId)?.readableDidRead ?? false);
      } finally {
        contents.delete(mail.messageId);
      }
    },
    close: () => transport?.close(),
  };
}

function mailOf({ messageId, customer, rendered, to, isTest }: Outgoing, { from }: MailSettings) {
  const domain = /@([^\s>]+)>?$/.exec(from)?.[1] ?? "localhost";
  return {
    from,
    // As an object, an address is never parsed as a list.
    to: {
      name: isTest === true ? "" : (customer.profile.name ?? ""),
      address: (to ?? customer.profile.email ?? "").trim(),
    },
    subject: rendered.subject ?? "",
    html: rendered.body,
    messageId: `<${messageId}@${domain}>`,
    headers: { "X-SegmentQL-Message": messageId },
  };
}

/** An error of nodemailer. Its message may quote the address. */
interface SmtpError extends Error {
  readonly code?: string;
  readonly originalCode?: string;
  readonly command?: string;
  readonly responseCode?: number;
}

/** The commands whose refusal concerns one message. A refusal of another one concerns every message. */
const ofOneMessage: ReadonlySet<string> = new Set(["RCPT TO", "DATA"]);

/** @param isHandedOver true if content of the message was sent. */
function outcomeOf(error: unknown, isHandedOver: boolean): Outcome {
  const { code = "", originalCode, command = "", responseCode } = error as SmtpError;
  if (["EAUTH", "ENOAUTH", "ETLS", "ECONFIG"].includes(code))
    return { kind: "misconfigured", problem: "The mail server refused the credentials or the encryption." };
  if (responseCode !== undefined) {
    const problem = `The mail server answered ${responseCode}${command === "CONN" ? "" : ` to ${command}`}.`;
    if (responseCode < 500) return { kind: "unavailable", problem };
    return { kind: ofOneMessage.has(command) ? "refused" : "misconfigured", problem };
  }
  if (code === "EENVELOPE" || code === "EMESSAGE")
    return { kind: "refused", problem: "The address or the message can't be sent by e-mail." };
  const reason = originalCode ?? code;
  return {
    kind: isHandedOver ? "uncertain" : "unavailable",
    problem:
      reason === "EABORT"
        ? "It was cut off, since the process stopped."
        : `There was no connection to the mail server, or it broke${reason === "" ? "" : `: ${reason}`}.`,
  };
}
