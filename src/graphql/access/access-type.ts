// API keys and the audit log, as GraphQL returns them.
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import type { ApiKeyDocument, AuditDocument } from "../../documents/access-documents.js";
import { connectionType, edgeType } from "../server/connection-type.js";
import { globalId } from "../server/global-id.js";
import { NodeType } from "../server/node-type.js";
import { UserErrorType, userErrorsField } from "../server/user-error-type.js";

export const scopeEnumeration = { READ: "read", WRITE: "write", ADMIN: "admin", TRACK: "track" } as const;

registerEnumType(scopeEnumeration, {
  name: "ApiKeyScope",
  description: "What a key may do.",
  valuesConfig: {
    READ: { description: "Read everything except keys, webhooks and the audit log." },
    WRITE: { description: "Read, and write customers, records and segments." },
    ADMIN: { description: "Everything." },
    TRACK: { description: "Only send events and profiles: for keys that are public in a browser." },
  },
});

@ObjectType("ApiKey", {
  implements: NodeType,
  description: "A key of the API. The key itself is not stored.",
})
export class ApiKeyType implements NodeType {
  readonly #document: ApiKeyDocument;

  constructor(document: ApiKeyDocument) {
    this.#document = document;
  }

  @Field(() => ID, { description: "Global id." })
  get id(): string {
    return globalId("ApiKey", this.#document.key_id);
  }

  @Field(() => String, { description: "Name, for people." })
  get name(): string {
    return this.#document.name;
  }

  @Field(() => scopeEnumeration, { description: "What it may do." })
  get scope() {
    return this.#document.scope;
  }

  @Field(() => GraphQLDateTime, { description: "When it was created." })
  get createdAt(): Date {
    return this.#document.created_at;
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it expires; null if never." })
  get expiresAt(): Date | undefined {
    return this.#document.expires_at;
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it was revoked; null if it was not." })
  get revokedAt(): Date | undefined {
    return this.#document.revoked_at;
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it was last used, to the minute." })
  get lastUsedAt(): Date | undefined {
    return this.#document.last_used_at;
  }
}

const ApiKeyEdgeType = edgeType<ApiKeyType>("ApiKeyEdge", () => ApiKeyType);
export const ApiKeyConnectionType = connectionType<ApiKeyType>(
  "ApiKeyConnection",
  "A page of API keys.",
  () => ApiKeyType,
  () => ApiKeyEdgeType,
);
export type ApiKeyConnectionType = InstanceType<typeof ApiKeyConnectionType>;

@ObjectType("ApiKeyCreatePayload", { description: "Result of creating a key." })
export class ApiKeyCreatePayloadType {
  @Field(() => ApiKeyType, { nullable: true, description: "The key; null if there are user errors." })
  readonly apiKey?: ApiKeyType | undefined;

  @Field(() => String, {
    nullable: true,
    description: "The key to send as `Authorization: Bearer KEY`. It is returned only once: store it.",
  })
  readonly key?: string | undefined;

  @Field(() => [UserErrorType], userErrorsField)
  readonly userErrors!: readonly UserErrorType[];
}

@ObjectType("ApiKeyRevokePayload", { description: "Result of revoking a key." })
export class ApiKeyRevokePayloadType {
  @Field(() => ApiKeyType, { nullable: true, description: "The key; null if there are user errors." })
  readonly apiKey?: ApiKeyType | undefined;

  @Field(() => [UserErrorType], userErrorsField)
  readonly userErrors!: readonly UserErrorType[];
}

@ObjectType("AuditEntry", { implements: NodeType, description: "A request that changed something." })
export class AuditEntryType implements NodeType {
  readonly #document: AuditDocument;

  constructor(document: AuditDocument) {
    this.#document = document;
  }

  @Field(() => ID, { description: "Global id." })
  get id(): string {
    return globalId("AuditEntry", this.#document._id);
  }

  @Field(() => GraphQLDateTime, { description: "When it was answered." })
  get at(): Date {
    return this.#document.at;
  }

  @Field(() => String, {
    description: "Kind of caller: `key`, `token`, or `open` for this machine without keys.",
  })
  get callerKind(): string {
    return this.#document.caller.kind;
  }

  @Field(() => String, { description: "Id of the key, subject of the token, or address." })
  get caller(): string {
    return this.#document.caller.id;
  }

  @Field(() => [String], { description: "The mutations of the request." })
  get mutations(): readonly string[] {
    return this.#document.mutations;
  }

  @Field(() => [ID], {
    description: "Global ids of the segments, webhooks and keys that changed, up to 100.",
  })
  get targetIds(): readonly string[] {
    return this.#document.targets;
  }

  @Field(() => Boolean, { description: "True if none of the mutations failed or returned user errors." })
  get succeeded(): boolean {
    return this.#document.succeeded;
  }
}

const AuditEntryEdgeType = edgeType<AuditEntryType>("AuditEntryEdge", () => AuditEntryType);
export const AuditEntryConnectionType = connectionType<AuditEntryType>(
  "AuditEntryConnection",
  "A page of the audit log.",
  () => AuditEntryType,
  () => AuditEntryEdgeType,
);
export type AuditEntryConnectionType = InstanceType<typeof AuditEntryConnectionType>;
