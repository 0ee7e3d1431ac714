// Sends deliveries to sources, as their senders do.
import { createHmac } from "node:crypto";
import type { SourceDocument } from "../../src/documents/source-documents.js";
import type { Engine } from "../../src/engine.js";
import type { Delivery } from "../../src/integrations/delivery.js";
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

/** Sends a delivery to a source. */
export function send(
  engine: Engine,
  source: string,
  { headers = {}, urlSecret, body }: Sent,
): Promise<Received> {
  const delivery: Delivery = { header: (name) => headers[name], urlSecret, body: Buffer.from(body) };
  return receive(engine, source, delivery, { signal: new AbortController().signal });
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
