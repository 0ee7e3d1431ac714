// API keys: created, listed, revoked, and recognised. A key is shown once; the store holds a hash of it.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { ApiKeyDocument } from "../documents/access-documents.js";
import type { Engine } from "../engine.js";
import { countCreated, countDeleted } from "../projects/inventory.js";
import { findProject } from "../projects/projects.js";
import type { AccessScope } from "./caller.js";
import { KeyError } from "./key-error.js";

/** The most keys of a project that are not revoked. */
export const maxKeys = 100;
const maxNameLength = 100;
/** The time of the last use is stored at most once in this time, in milliseconds. */
const lastUsedMs = 60_000;

const prefix = "segmentql";
const registryId = "*";

export interface KeyRequest {
  readonly name: string;
  readonly scope: AccessScope;
  /** Milliseconds since the epoch; the key never expires if this is omitted. */
  readonly expiresAt?: number | undefined;
}

export interface CreatedKey {
  readonly document: ApiKeyDocument;
  /** The whole key, which is not stored. */
  readonly key: string;
}

/** The `_id` of a key's document. */
export function keyDocumentId(project: string, keyId: string): string {
  return `${project}/${keyId}`;
}

/**
 * Creates a key of a project.
 * @throws KeyError; UnknownProjectError.
 */
export async function createKey(engine: Engine, project: string, request: KeyRequest): Promise<CreatedKey> {
  await findProject(engine, project);
  const name = request.name.trim();
  const now = engine.clock();
  if (name === "" || name.length > maxNameLength)
    throw new KeyError("INVALID_INPUT", "name", `A key's name has 1 to ${maxNameLength} characters.`);
  if (request.expiresAt !== undefined && request.expiresAt <= now)
    throw new KeyError(
      "INVALID_INPUT",
      "expiresAt",
      "The key would already have expired. Choose a later time.",
    );
  const active = (await keysOf(engine, project)).filter(({ revoked_at }) => revoked_at === undefined);
  const keyId = randomBytes(9).toString("base64url");
  const secret = randomBytes(32).toString("base64url");
  const document: ApiKeyDocument = {
    _id: keyDocumentId(project, keyId),
    project,
    kind: "key",
    key_id: keyId,
    name,
    scope: request.scope,
    hash: hashOf(secret),
    created_at: new Date(now),
    ...(request.expiresAt === undefined ? {} : { expires_at: new Date(request.expiresAt) }),
  };
  await engine.store.write(async (transaction) => {
    if ((await countCreated(transaction, project, "api_keys", active.length)) > maxKeys)
      throw new KeyError("TOO_MANY_KEYS", "name", `The project has ${maxKeys} keys. Revoke one first.`);
    const registry = { _id: registryId, project: registryId, kind: "registry" } as const;
    await transaction.put("api_keys", [registry, document]);
  });
  return { document, key: [prefix, project, keyId, secret].join(".") };
}

/** The project's keys, revoked and expired ones included, the oldest first. */
export async function keysOf(engine: Engine, project: string): Promise<readonly ApiKeyDocument[]> {
  const keys = await engine.store.reads.access.keys(project);
  return keys.toSorted(
    (one, other) => one.created_at.getTime() - other.created_at.getTime() || (one._id < other._id ? -1 : 1),
  );
}

/** Revokes a key: it is refused from then on. @throws KeyError `NOT_FOUND`. */
export async function revokeKey(engine: Engine, project: string, keyId: string): Promise<ApiKeyDocument> {
  return engine.store.write(async (transaction) => {
    const [found] = await transaction.getMany("api_keys", [keyDocumentId(project, keyId)]);
    if (found?.kind !== "key")
      throw new KeyError("NOT_FOUND", "id", `There is no key "${keyId.slice(0, 80)}". List the keys.`);
    if (found.revoked_at !== undefined) return found;
    const revoked = { ...found, revoked_at: new Date(engine.clock()) };
    await countDeleted(transaction, project, "api_keys");
    await transaction.put("api_keys", [revoked]);
    return revoked;
  });
}

/** True once a key has been created in any project of the store. */
export async function hasKeys({ store }: Engine): Promise<boolean> {
  const [registry] = await store.getMany("api_keys", [registryId]);
  return registry !== undefined;
}

/** True of a text that looks like a key, so that it is not taken for a token. */
export function isKey(text: string): boolean {
  return text.startsWith(`${prefix}.`);
}

/** The document of a valid key; undefined if it is unknown, wrong, revoked or expired. */
export async function recognisedKey(engine: Engine, key: string): Promise<ApiKeyDocument | undefined> {
  const [, project, keyId, secret, ...rest] = key.length > 300 ? [] : key.split(".");
  if (project === undefined || keyId === undefined || secret === undefined || rest.length > 0)
    return undefined;
  const [found] = await engine.store.getMany("api_keys", [keyDocumentId(project, keyId)]);
  if (found?.kind !== "key" || found.project !== project) return undefined;
  if (!timingSafeEqual(Buffer.from(found.hash, "hex"), Buffer.from(hashOf(secret), "hex"))) return undefined;
  const now = engine.clock();
  if (found.revoked_at !== undefined || (found.expires_at !== undefined && found.expires_at.getTime() <= now))
    return undefined;
  return found;
}

/** Stores that a key was used, at most once a minute. */
export async function noteUse(engine: Engine, key: ApiKeyDocument): Promise<void> {
  const now = engine.clock();
  if (key.last_used_at !== undefined && now - key.last_used_at.getTime() < lastUsedMs) return;
  await engine.store.write(async (transaction) => {
    const [found] = await transaction.getMany("api_keys", [key._id]);
    if (found?.kind === "key") await transaction.put("api_keys", [{ ...found, last_used_at: new Date(now) }]);
  });
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
