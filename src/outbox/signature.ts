// Signs deliveries as the Standard Webhooks specification defines it
// (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
import { createHmac, randomBytes } from "node:crypto";
import { WebhookError } from "./webhook-error.js";

const prefix = "whsec_";
/** The fewest and the most bytes of a secret by the specification. */
const [minBytes, maxBytes] = [24, 64];

/** A new secret. */
export function newSecret(): string {
  return `${prefix}${randomBytes(32).toString("base64")}`;
}

/** Checks a secret that the caller chose. @throws WebhookError `INVALID_SECRET`. */
export function readSecret(written: string): string {
  const key = keyOf(written);
  const isSecret =
    written.startsWith(prefix) &&
    key.toString("base64") === written.slice(prefix.length) &&
    key.length >= minBytes &&
    key.length <= maxBytes;
  if (isSecret) return written;
  throw new WebhookError(
    "INVALID_SECRET",
    "secret",
    `The secret is to be "${prefix}" and ${minBytes} to ${maxBytes} random bytes in base64. Leave it out, and one is made.`,
  );
}

/**
 * The headers of a delivery. A receiver that knows one of the secrets finds its signature among them.
 * @param secrets the current one, and those that it recently replaced.
 * @param id the same for each attempt at the same batch.
 * @param at the instant of this attempt, in milliseconds since the epoch.
 * @param body the body, exactly as it is sent.
 */
export function signedHeaders(
  secrets: readonly string[],
  id: string,
  at: number,
  body: string,
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at / 1_000));
  const signatures = secrets.map((secret) =>
    createHmac("sha256", keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest("base64"),
  );
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signatures.map((signature) => `v1,${signature}`).join(" "),
  };
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.slice(prefix.length), "base64");
}
