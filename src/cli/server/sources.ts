// Sources over a server.
import type { SourceKind } from "../../documents/source-documents.js";
import { globalId, keyOf } from "../../graphql/server/global-id.js";
import type { ChangedSource, NewSource, ShownSource, SourceUpdate } from "../source/shown-source.js";
import { refuseUserErrors, type ServerClient, type UserError } from "./client.js";

const sourceFields =
  "id name kind path enabled keepUnknown lastReceivedAt acceptedCount ignoredCount rejectedCount problems { message }";

interface SourceNode {
  readonly id: string;
  readonly name: string;
  readonly kind: SourceKind;
  readonly path: string;
  readonly enabled: boolean;
  readonly keepUnknown: boolean;
  readonly lastReceivedAt: string | null;
  readonly acceptedCount: number;
  readonly ignoredCount: number;
  readonly rejectedCount: number;
  readonly problems: readonly { readonly message: string }[];
}

interface Payload {
  readonly source: SourceNode | null;
  readonly secret: string | null;
  readonly userErrors: readonly UserError[];
}

function shown(node: SourceNode): ShownSource {
  const { name, kind, path, enabled, keepUnknown, lastReceivedAt, problems } = node;
  return {
    id: keyOf("Source", node.id),
    name,
    kind,
    path,
    enabled,
    keepUnknown,
    lastReceivedAt: lastReceivedAt === null ? null : new Date(lastReceivedAt),
    accepted: node.acceptedCount,
    ignored: node.ignoredCount,
    rejected: node.rejectedCount,
    problem: problems[0]?.message ?? null,
  };
}

function changed({ source, secret, userErrors }: Payload): ChangedSource {
  refuseUserErrors(userErrors);
  return { source: shown(source!), secret: secret ?? undefined };
}

export async function createSourceOver({ ask }: ServerClient, input: NewSource): Promise<ChangedSource> {
  const { sourceCreate } = await ask<{ sourceCreate: Payload }>(
    `mutation ($input: SourceInput!) { sourceCreate(input: $input) {
      source { ${sourceFields} } secret userErrors { code message } } }`,
    { input },
  );
  return changed(sourceCreate);
}

export async function updateSourceOver(
  { ask }: ServerClient,
  id: string,
  changes: SourceUpdate,
): Promise<ChangedSource> {
  const { sourceUpdate } = await ask<{ sourceUpdate: Payload }>(
    `mutation ($input: SourceUpdateInput!) { sourceUpdate(input: $input) {
      source { ${sourceFields} } secret userErrors { code message } } }`,
    { input: { id: globalId("Source", id), ...changes } },
  );
  return changed(sourceUpdate);
}

export async function sourcesOver({ ask }: ServerClient): Promise<readonly ShownSource[]> {
  const { sources } = await ask<{ sources: { nodes: readonly SourceNode[] } }>(
    `{ sources(first: 100) { nodes { ${sourceFields} } } }`,
  );
  return sources.nodes.map(shown);
}

export async function removeSourceOver({ ask }: ServerClient, id: string): Promise<void> {
  const { sourceDelete } = await ask<{ sourceDelete: { userErrors: readonly UserError[] } }>(
    "mutation ($input: SourceDeleteInput!) { sourceDelete(input: $input) { userErrors { code message } } }",
    { input: { id: globalId("Source", id) } },
  );
  refuseUserErrors(sourceDelete.userErrors);
}
