// The scope that each operation needs. Queries need `read` and mutations `write`, except the fields listed here.
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import type { AccessScope, Caller } from "../../access/caller.js";

const exceptions: Readonly<Record<string, AccessScope>> = {
  apiKeys: "admin",
  apiKeyCreate: "admin",
  apiKeyRevoke: "admin",
  auditLog: "admin",
  webhook: "admin",
  webhooks: "admin",
  webhookCreate: "admin",
  webhookUpdate: "admin",
  webhookDelete: "admin",
  webhookReplay: "admin",
  source: "admin",
  sources: "admin",
  sourceCreate: "admin",
  sourceUpdate: "admin",
  sourceDelete: "admin",
  metadataDefine: "admin",
  eventDefine: "admin",
  consentDefine: "admin",
  campaignDefine: "admin",
  distributionCreate: "admin",
  distributionUpdate: "admin",
  distributionStart: "admin",
  distributionResume: "admin",
  distributionTest: "admin",
  messageResolve: "admin",
  attributeDefine: "admin",
  attributeRename: "admin",
  attributeRemove: "admin",
  projectUpdate: "admin",
  keyRetype: "admin",
  exportCreate: "read",
  audienceExport: "read",
  eventsTrack: "track",
  customerIdentify: "track",
};

/** The scope that a root field needs; undefined for introspection, which returns no data. */
export function requiredScope(
  operation: OperationDefinitionNode["operation"],
  field: string,
): AccessScope | undefined {
  if (field.startsWith("__")) return undefined;
  if (Object.hasOwn(exceptions, field)) return exceptions[field];
  return operation === "mutation" ? "write" : "read";
}

/** The names of the root fields of an operation, fragments included. */
export function rootFields(document: DocumentNode, operation: OperationDefinitionNode): readonly string[] {
  const fragments = new Map(
    document.definitions
      .filter((each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const names = new Set<string>();
  const seen = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment !== undefined) collect(fragment.selectionSet);
      }
    }
  };
  collect(operation.selectionSet);
  return [...names];
}

/** @throws GraphQLError `FORBIDDEN` if the caller lacks the scope of a field. */
export function refuseForbidden(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { scopes }: Caller,
): void {
  for (const field of rootFields(document, operation)) {
    const scope = requiredScope(operation.operation, field);
    if (scope === undefined || scopes.has(scope)) continue;
    throw new GraphQLError(`\`${field}\` needs a key with the scope \`${scope}\`.`, {
      extensions: { code: "FORBIDDEN", http: { status: 403 } },
    });
  }
}
