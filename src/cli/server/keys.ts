// API keys over a server.
import type { AccessScope } from "../../access/caller.js";
import { globalId, keyOf } from "../../graphql/server/global-id.js";
import type { ShownKey } from "../access/shown-key.js";
import { refuseUserErrors, type ServerClient, type UserError } from "./client.js";

/** @returns the key itself. @param expiresAt in milliseconds since the epoch. */
export async function createKeyOver(
  { ask }: ServerClient,
  {
    name,
    scope,
    expiresAt,
  }: { readonly name: string; readonly scope: AccessScope; readonly expiresAt?: number | undefined },
): Promise<string> {
  const { apiKeyCreate } = await ask<{
    apiKeyCreate: { readonly key: string | null; readonly userErrors: readonly UserError[] };
  }>(
    "mutation ($input: ApiKeyCreateInput!) { apiKeyCreate(input: $input) { key userErrors { code message } } }",
    {
      input: {
        name,
        scope: scope.toUpperCase(),
        expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt).toISOString(),
      },
    },
  );
  refuseUserErrors(apiKeyCreate.userErrors);
  return apiKeyCreate.key!;
}

export async function keysOver({ ask }: ServerClient): Promise<readonly ShownKey[]> {
  const { apiKeys } = await ask<{
    apiKeys: {
      nodes: readonly Readonly<
        Record<"id" | "name" | "scope" | "createdAt", string> &
          Record<"expiresAt" | "revokedAt" | "lastUsedAt", string | null>
      >[];
    };
  }>("{ apiKeys(first: 200) { nodes { id name scope createdAt expiresAt revokedAt lastUsedAt } } }");
  const date = (written: string | null) => (written === null ? undefined : new Date(written));
  return apiKeys.nodes.map(({ id, name, scope, createdAt, expiresAt, revokedAt, lastUsedAt }) => ({
    key_id: keyOf("ApiKey", id),
    name,
    scope: scope.toLowerCase(),
    created_at: new Date(createdAt),
    expires_at: date(expiresAt),
    revoked_at: date(revokedAt),
    last_used_at: date(lastUsedAt),
  }));
}

/** @returns the name of the key that is revoked. */
export async function revokeKeyOver({ ask }: ServerClient, id: string): Promise<string> {
  const { apiKeyRevoke } = await ask<{
    apiKeyRevoke: {
      readonly apiKey: { readonly name: string } | null;
      readonly userErrors: readonly UserError[];
    };
  }>(
    "mutation ($input: ApiKeyRevokeInput!) { apiKeyRevoke(input: $input) { apiKey { name } userErrors { code message } } }",
    { input: { id: globalId("ApiKey", id) } },
  );
  refuseUserErrors(apiKeyRevoke.userErrors);
  return apiKeyRevoke.apiKey!.name;
}
