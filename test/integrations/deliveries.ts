// Sends deliveries to sources, as their senders do.
import { createHmac } from "node:crypto";
import type { SourceDocument } from "../../src/documents/source-documents.js";
import type { Engine } from "../../src/engine.js";
import type { Delivery, RecordClient } from "../../src/integrations/delivery.js";
import { type Received, receive } from "../../src/integrations/receive.js";

/** JSON with ids longer than a double holds, written as bigints. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, (_, part) => (typeof part === "bigint" ? `bigint ${part}` : part));
  return text.replace(/"bigint (\d+)"/g, "$1");
}

/** The signature of Shopify. */
function shopifySignature(secret: string, body: string): string {
  return createHmac("sha256", secret).update(body).digest("base64");
}

export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly urlSecret?: string;
  readonly body: string | Buffer;
}

/** A client for senders whose deliveries hold the whole record. */
const noClient: RecordClient = {
  get: (url) => {
    throw new Error(`${url} was fetched.`);
  },
};

/** Sends a delivery to a source. */
export function send(
  engine: Engine,
  source: string,
  { headers = {}, urlSecret, body }: Sent,
  client: RecordClient = noClient,
): Promise<Received> {
  const delivery: Delivery = { header: (name) => headers[name], urlSecret, body: Buffer.from(body) };
  return receive(engine, source, delivery, { signal: new AbortController().signal, client });
}

export interface ShopifyDelivery {
  readonly topic: string;
  readonly payload: unknown;
  readonly id?: string;
  readonly triggeredAt?: string;
}

/** A signed delivery of Shopify. */
export function shopifyDelivery(
  { secret }: Pick<SourceDocument, "secret">,
  { topic, payload, id, triggeredAt }: ShopifyDelivery,
): Sent & { readonly headers: Readonly<Record<string, string>> } {
  const body = typeof payload === "string" ? payload : jsonText(payload);
  return {
    body,
    headers: {
      "content-type": "application/json",
      "x-shopify-topic": topic,
      "x-shopify-hmac-sha256": shopifySignature(secret, body),
      ...(id === undefined ? {} : { "x-shopify-webhook-id": id }),
      ...(triggeredAt === undefined ? {} : { "x-shopify-triggered-at": triggeredAt }),
    },
  };
}

/** A form of fields. */
export function formText(fields: Readonly<Record<string, string>>): string {
  return new URLSearchParams(fields).toString();
}

/** A form with the secret in its address. */
export function formDelivery({ secret }: Pick<SourceDocument, "secret">, body: string): Sent {
  return { body, urlSecret: secret, headers: { "content-type": "application/x-www-form-urlencoded" } };
}

/** A signed delivery of Intercom. */
export function intercomDelivery({ secret }: Pick<SourceDocument, "secret">, body: string): Sent {
  const signature = createHmac("sha1", secret).update(body).digest("hex");
  return { body, headers: { "content-type": "application/json", "x-hub-signature": `sha1=${signature}` } };
}

/** A delivery of BigCommerce. */
export function bigcommerceDelivery({ secret }: Pick<SourceDocument, "secret">, body: string): Sent {
  return { body, headers: { "content-type": "application/json", "x-segmentql-secret": secret } };
}
