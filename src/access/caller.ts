// The caller of a request, and its scopes.

/**
 * `read` reads; `write` also writes data and segments; `admin` also manages keys, webhooks and definitions; `track` only sends
 * events and profiles.
 */
export type AccessScope = "read" | "write" | "admin" | "track";

export const scopes: readonly AccessScope[] = ["read", "write", "admin", "track"];

export interface Caller {
  /** `open`: the server has no keys, and listens on this machine only. */
  readonly kind: "open" | "key" | "token";
  /** Names the caller in the audit log and in limits: the key's id, or the token's subject. */
  readonly id: string;
  readonly scopes: ReadonlySet<AccessScope>;
  /** The address that the request came from. */
  readonly address: string;
}

const implied: Readonly<Record<AccessScope, readonly AccessScope[]>> = {
  admin: ["admin", "write", "read", "track"],
  write: ["write", "read", "track"],
  read: ["read"],
  track: ["track"],
};

/** The scopes that a key's scope includes. */
export function scopesOf(scope: AccessScope): ReadonlySet<AccessScope> {
  return new Set(implied[scope]);
}

/** The caller of a server without keys, who may do everything. */
export function openCaller(address: string): Caller {
  return { kind: "open", id: `open:${address}`, scopes: scopesOf("admin"), address };
}
