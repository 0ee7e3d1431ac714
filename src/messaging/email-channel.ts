// Messages by e-mail, through the SMTP server of the environment.
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
  return {
    obstacle: ({ profile: { email } }) => {
      if (typeof email !== "string" || email.trim() === "") return "no_address";
      return isAddress(email.trim()) ? undefined : "invalid_address";
    },
    send: async (message) => {
      if (settings === undefined || transport === undefined)
        return { kind: "misconfigured", problem: noMail().message };
      try {
        await transport.sendMail(mailOf(message, settings));
        return { kind: "sent" };
      } catch (error) {
        return outcomeOf(error);
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

/** An error of nodemailer. */
interface SmtpError extends Error {
  readonly code?: string;
  readonly originalCode?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly timeoutType?: string;
}

/** Reasons for which no connection was made, so that nothing was sent. */
const unsent: ReadonlySet<string> = new Set([
  "EDNS",
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "CONNECT_TIMEOUT",
  "GREETING_TIMEOUT",
]);

function outcomeOf(error: unknown): Outcome {
  const { code = "", originalCode, command = "", responseCode, timeoutType, message } = error as SmtpError;
  if (["EAUTH", "ENOAUTH", "ETLS", "ECONFIG"].includes(code))
    return { kind: "misconfigured", problem: "The mail server refused the credentials or the encryption." };
  if (responseCode !== undefined) {
    const problem = `The mail server answered ${responseCode}${command === "CONN" ? "" : ` to ${command}`}.`;
    if (responseCode < 500) return { kind: "unavailable", problem };
    return { kind: command === "MAIL FROM" ? "misconfigured" : "refused", problem };
  }
  if (code === "EENVELOPE" || code === "EMESSAGE")
    return { kind: "refused", problem: `The message can't be sent: ${message.slice(0, 200)}` };
  const reason = originalCode ?? code;
  const isUnsent = [code, originalCode, timeoutType].some((each) => each !== undefined && unsent.has(each));
  return {
    kind: isUnsent ? "unavailable" : "uncertain",
    problem: `There was no connection to the mail server, or it broke${reason === "" ? "" : `: ${reason}`}.`,
  };
}
