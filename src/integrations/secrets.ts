// The secrets of sources, and how a delivery proves that it knows one.
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { SourceDocument } from "../documents/source-documents.js";
import { formerSecrets } from "../outbox/replaced-secrets.js";
import { SourceError } from "./source-error.js";

const [minLength, maxLength] = [16, 256];

/** A new secret, which may be part of a URL. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** Checks a secret that the caller chose. @throws SourceError `INVALID_SECRET`. */
export function readSecret(written: string): string {
  if (written.length >= minLength && written.length <= maxLength && /^[!-~]+$/.test(written)) return written;
  throw new SourceError(
    "INVALID_SECRET",
    "secret",
    `The secret is to be ${minLength} to ${maxLength} letters, digits and signs without spaces, as the sender shows it. Leave it out, and one is made.`,
  );
}

/** A source with another secret; the present one is accepted for a day. */
export function withSecret(source: SourceDocument, secret: string, at: number): SourceDocument {
  if (secret === source.secret) return source;
  return { ...source, secret, ...formerSecrets(source, secret, at) };
}

/** True if the text is one of the secrets. The time that it takes says nothing of them. */
export function isSecret(secrets: readonly string[], given: string): boolean {
  return anyEqual(secrets, given);
}

/**
 * True if a signature is the HMAC of the body with one of the secrets. The time that it takes says nothing of them.
 * @param encoding how the signature is written.
 */
export function isSigned(
  secrets: readonly string[],
  body: Buffer,
  signature: string,
  algorithm: "sha1" | "sha256",
  encoding: "base64" | "hex",
): boolean {
  const expected = secrets.map((secret) => createHmac(algorithm, secret).update(body).digest(encoding));
  return anyEqual(expected, signature);
}

/** Compares hashes of the texts, which all have the same length, and all of them, whichever is equal. */
function anyEqual(expected: readonly string[], given: string): boolean {
  const hash = (text: string): Buffer => createHmac("sha256", "compared").update(text).digest();
  const wanted = hash(given);
  return expected.map((each) => timingSafeEqual(hash(each), wanted)).includes(true);
}
