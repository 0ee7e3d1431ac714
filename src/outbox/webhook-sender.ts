// Sends one delivery: one request, bounded in time and in the bytes read of the answer. Redirects are not followed: their target
// is not the configured one.
import { Agent as HttpAgent, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { publicLookup, RefusedAddressError, refuseWrittenAddress } from "./addresses.js";

/** The longest that a delivery may take, in milliseconds. */
const maxDeliveryMs = 15_000;
/** How many bytes of an answer are read; its content is not used. */
const maxAnswerBytes = 64 * 1024;

interface Delivery {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface DeliveryOutcome {
  /** The HTTP status; absent without an answer. */
  readonly status?: number;
  /** Why the delivery failed; absent if it succeeded. */
  readonly problem?: string;
  /** True if a connection was made, so that the receiver may have received it nevertheless. */
  readonly isUncertain?: boolean;
}

export interface WebhookSender {
  /** Sends a delivery. Never rejects: a failure is an outcome. */
  readonly post: (delivery: Delivery, signal?: AbortSignal) => Promise<DeliveryOutcome>;
  /** Closes idle connections. */
  readonly close: () => void;
}

/**
 * Creates a sender of deliveries.
 * @param allowPrivate true if deliveries may go to any address.
 */
export function webhookSender(allowPrivate: boolean, timeoutMs = maxDeliveryMs): WebhookSender {
  const options = {
    keepAlive: true,
    maxFreeSockets: 16,
    ...(allowPrivate ? {} : { lookup: publicLookup() }),
  };
  const [http, https] = [new HttpAgent(options), new HttpsAgent(options)];

  const send = (
    { url, headers, body }: Delivery,
    signal: AbortSignal,
    onConnected: () => void,
  ): Promise<number> =>
    new Promise((resolve, reject) => {
      const { protocol, hostname } = new URL(url);
      if (!allowPrivate) refuseWrittenAddress(hostname);
      const isSecure = protocol === "https:";
      const asked = (isSecure ? httpsRequest : httpRequest)(url, {
        method: "POST",
        agent: isSecure ? https : http,
        signal,
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
          "user-agent": "SegmentQL-Webhooks/1",
          ...headers,
        },
      });
      asked.on("error", reject);
      // A socket that is not connecting was used before. Nothing is sent over TLS before the certificate is verified.
      asked.on("socket", (socket) => {
        if (socket.connecting) socket.once(isSecure ? "secureConnect" : "connect", onConnected);
        else onConnected();
      });
      // Node emits no other event for this answer, and no error.
      asked.on("upgrade", (answer, socket) => {
        socket.destroy();
        resolve(answer.statusCode ?? 0);
      });
      asked.on("response", (answer) => {
        let bytes = 0;
        answer.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > maxAnswerBytes) answer.destroy();
        });
        // The status is known; an error of the body changes nothing.
        answer.on("error", () => undefined);
        answer.on("close", () => resolve(answer.statusCode ?? 0));
      });
      asked.end(body);
    });

  return {
    post: async (delivery, signal) => {
      const late = AbortSignal.timeout(timeoutMs);
      const stopped = AbortSignal.any(signal === undefined ? [late] : [late, signal]);
      let isConnected = false;
      const onConnected = () => {
        isConnected = true;
      };
      try {
        const status = await send(delivery, stopped, onConnected);
        if (status >= 200 && status < 300) return { status };
        const redirected = status >= 300 && status < 400 ? ", a redirect, which is not followed" : "";
        return { status, problem: `The answer was ${status}${redirected}.` };
      } catch (error) {
        return { problem: problemOf(error, late.aborted, timeoutMs), isUncertain: isConnected };
      }
    },
    close: () => {
      http.destroy();
      https.destroy();
    },
  };
}

function problemOf(error: unknown, isLate: boolean, timeoutMs: number): string {
  if (error instanceof RefusedAddressError) return error.message;
  if (isLate) return `There was no answer within ${timeoutMs / 1_000} seconds.`;
  const { code } = error as NodeJS.ErrnoException;
  const reason = code === undefined ? undefined : (reasons[code] ?? code);
  return `No connection, or it broke${reason === undefined ? "" : `: ${reason}`}.`;
}

/** The reasons for errors of connections. Node's messages contain addresses, which may disclose a private network. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the receiver closed the connection",
  EPROTO: "the receiver does not answer in TLS",
  EPIPE: "the receiver closed the connection",
  ENOTFOUND: "the name of the receiver is not known",
  EAI_AGAIN: "the name of the receiver could not be looked up",
  ETIMEDOUT: "the receiver did not answer",
  EHOSTUNREACH: "the receiver cannot be reached",
  ENETUNREACH: "the receiver cannot be reached",
  CERT_HAS_EXPIRED: "the certificate of the receiver has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the certificate of the receiver is signed by itself",
  ERR_TLS_CERT_ALTNAME_INVALID: "the certificate is of another name than the receiver's",
};
