// Manages API keys, and reads the audit log.
import { GraphQLDateTime } from "graphql-scalars";
import { Arg, Args, Ctx, Field, ID, InputType, Mutation, Query, Resolver } from "type-graphql";
import { auditPage } from "../../access/audit.js";
import type { AccessScope } from "../../access/caller.js";
import { KeyError } from "../../access/key-error.js";
import { createKey, keysOf, maxKeys, revokeKey } from "../../access/keys.js";
import { pageOfList } from "../../query/pages/list-page.js";
import { pageConnection } from "../page-connection.js";
import { exactly, maxPageSize, PageArguments, pageComplexity, windowOf } from "../server/connection-type.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { keyOf } from "../server/global-id.js";
import { withUserErrors } from "../server/user-error-type.js";
import {
  ApiKeyConnectionType,
  ApiKeyCreatePayloadType,
  ApiKeyRevokePayloadType,
  ApiKeyType,
  AuditEntryConnectionType,
  AuditEntryType,
  scopeEnumeration,
} from "./access-type.js";

@InputType("ApiKeyCreateInput", { description: "A key to create." })
export class ApiKeyCreateInput {
  @Field(() => String, { description: "Name, for people, as `Storefront`." }) readonly name!: string;
  @Field(() => scopeEnumeration, { description: "What it may do." }) readonly scope!: AccessScope;
  @Field(() => GraphQLDateTime, { nullable: true, description: "When it expires; never if omitted." })
  readonly expiresAt?: Date | null;
}

@InputType("ApiKeyRevokeInput", { description: "A key to revoke." })
export class ApiKeyRevokeInput {
  @Field(() => ID, { description: "Id of the key." }) readonly id!: string;
}

@Resolver()
export class AccessResolver {
  @Query(() => ApiKeyConnectionType, {
    complexity: pageComplexity(20),
    description: "The project's API keys, revoked and expired ones included, the oldest first.",
  })
  async apiKeys(
    @Ctx() { engine, project, loaders }: RequestContext,
    @Args(() => PageArguments) given: PageArguments,
  ): Promise<ApiKeyConnectionType> {
    await loaders.definition();
    const keys = await keysOf(engine, project);
    const page = pageOfList(
      keys,
      ({ created_at, _id }) => `${created_at.toISOString()} ${_id}`,
      windowOf(given),
      maxPageSize,
      "keys",
    );
    return new ApiKeyConnectionType(
      pageConnection(
        page,
        (key) => new ApiKeyType(key),
        async () => exactly(keys.length),
      ),
    );
  }

  @Query(() => AuditEntryConnectionType, {
    complexity: pageComplexity(50),
    description: "The project's audit log: requests that changed something, the latest first.",
  })
  async auditLog(
    @Ctx() { engine, project, loaders }: RequestContext,
    @Args(() => PageArguments) given: PageArguments,
  ): Promise<AuditEntryConnectionType> {
    await loaders.definition();
    const page = await auditPage(engine, project, windowOf(given));
    return new AuditEntryConnectionType(
      pageConnection(
        page,
        (entry) => new AuditEntryType(entry),
        async () => null,
      ),
    );
  }

  @Mutation(() => ApiKeyCreatePayloadType, {
    complexity: costs(100),
    description: `Creates an API key. Once there is one, every request needs a key. A project has ${maxKeys} at most.`,
  })
  async apiKeyCreate(
    @Ctx() { engine, project }: RequestContext,
    @Arg("input", () => ApiKeyCreateInput, { description: "The key." }) input: ApiKeyCreateInput,
  ): Promise<ApiKeyCreatePayloadType> {
    const { name, scope, expiresAt } = input;
    const { value, userErrors } = await withUserErrors(["input"], () =>
      createKey(engine, project, { name, scope, expiresAt: expiresAt?.getTime() }),
    );
    return { apiKey: value && new ApiKeyType(value.document), key: value?.key, userErrors };
  }

  @Mutation(() => ApiKeyRevokePayloadType, {
    complexity: costs(100),
    description: "Revokes an API key: requests with it are refused from then on. A key cannot revoke itself.",
  })
  async apiKeyRevoke(
    @Ctx() { engine, project, caller }: RequestContext,
    @Arg("input", () => ApiKeyRevokeInput, { description: "The key." }) input: ApiKeyRevokeInput,
  ): Promise<ApiKeyRevokePayloadType> {
    const id = keyOf("ApiKey", input.id);
    const { value, userErrors } = await withUserErrors(["input"], async () => {
      if (caller.kind === "key" && caller.id === `${project}/${id}`)
        throw new KeyError("KEY_IN_USE", "id", "A key cannot revoke itself. Use another key.");
      return revokeKey(engine, project, id);
    });
    return { apiKey: value && new ApiKeyType(value), userErrors };
  }
}
