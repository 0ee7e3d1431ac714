// What the store holds of who may do what: API keys, the audit log, and answers that are replayed to repeated requests.
import type { StoredDocument } from "./documents.js";

/** `_id` is the project with the key's id, or `*` for the registry. */
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
  /** To the minute. */
  readonly last_used_at?: Date;
}

/** Exists once a key has been created in any project: from then on, every request needs one. */
export interface KeyRegistryDocument extends StoredDocument {
  readonly kind: "registry";
}

/** A request that changed something. It holds no data of customers. */
export interface AuditDocument extends StoredDocument {
  readonly at: Date;
  /** `open`, `key` or `token`, and who that is. */
  readonly caller: { readonly kind: string; readonly id: string };
  /** The mutations of the request, as `segmentUpdate`. */
  readonly mutations: readonly string[];
  /** Global ids of the segments, webhooks, keys and jobs that changed. */
  readonly targets: readonly string[];
  /** True if none of the mutations failed or reported user errors. */
  readonly succeeded: boolean;
}

/** A request with an idempotency key. `_id` is made of the project, the caller and the key. */
export interface AnswerDocument extends StoredDocument {
  /** SHA-256 of the request: another request with the same key is refused. */
  readonly request: string;
  /** The body of the answer; absent while the request is being executed. */
  readonly body?: string;
  /** Until when the process that executes it is taken to be alive, or the answer is kept. */
  readonly expires_at: Date;
}
