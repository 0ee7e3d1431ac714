// The documents of access: API keys, the audit log, and answers that are replayed to repeated requests.
import type { StoredDocument } from "./documents.js";

/** `_id` combines the project and the key's id; that of the registry is `*`. */
export interface ApiKeyDocument extends StoredDocument {
  readonly kind: "key";
  readonly key_id: string;
  /** For people, as `Storefront`. */
  readonly name: string;
  readonly scope: "read" | "write" | "admin" | "track";
  /** SHA-256 of the secret, in hexadecimal: the secret is not stored. */
  readonly hash: string;
  readonly created_at: Date;
  readonly expires_at?: Date;
  readonly revoked_at?: Date;
  /** Accurate to the minute. */
  readonly last_used_at?: Date;
}

/** Exists once a key has been created in any project: from then on, every request needs one. */
export interface KeyRegistryDocument extends StoredDocument {
  readonly kind: "registry";
}

/** A request with mutations. It contains no customer data. */
export interface AuditDocument extends StoredDocument {
  readonly at: Date;
  /** The kind is `open`, `key` or `token`; the id identifies the caller. */
  readonly caller: { readonly kind: string; readonly id: string };
  /** The mutations of the request, as `segmentUpdate`. */
  readonly mutations: readonly string[];
  /** Global ids of the segments, webhooks, keys and jobs that changed. */
  readonly targets: readonly string[];
  /** True if none of the mutations failed or reported user errors. */
  readonly succeeded: boolean;
}

/** A request with an idempotency key. `_id` combines the project, the caller and the key. */
export interface AnswerDocument extends StoredDocument {
  /** SHA-256 of the request: another request with the same key is refused. */
  readonly request: string;
  /** The body of the answer; absent while the request is being executed. */
  readonly body?: string;
  /** While the request is being executed: when its process is presumed dead. Then: until when the answer is kept. */
  readonly expires_at: Date;
}
