// Creates, changes, lists and deletes sources.
import { Arg, Args, Ctx, Field, ID, InputType, Mutation, Query, Resolver } from "type-graphql";
import type { SourceDocument, SourceKind } from "../../documents/source-documents.js";
import {
  createSource,
  deleteSource,
  maxSources,
  sourcesOf,
  updateSource,
} from "../../integrations/sources.js";
import { pageOfList } from "../../query/pages/list-page.js";
import { pageConnection } from "../page-connection.js";
import { exactly, maxPageSize, PageArguments, pageComplexity, windowOf } from "../server/connection-type.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { globalId, keyOf } from "../server/global-id.js";
import { withUserErrors } from "../server/user-error-type.js";
import {
  SourceConnectionType,
  SourceDeletePayloadType,
  SourcePayloadType,
  SourceType,
  sourceKindEnumeration,
} from "./source-type.js";

const idField = { description: "Id of the source." } as const;
const secretDescription = "16 to 256 letters, digits and signs.";

@InputType("SourceApiInput", { description: "API that records are fetched from." })
class SourceApiInput {
  @Field(() => String, { description: "Address, as `https://api.bigcommerce.com/stores/abc123`." })
  readonly url!: string;

  @Field(() => String, { description: "Access token, which may read customers and orders." })
  readonly token!: string;
}

@InputType("SourceInput", { description: "A source." })
export class SourceInput {
  @Field(() => String, { description: "Name, for people, as `Main shop`." }) readonly name!: string;

  @Field(() => sourceKindEnumeration, { description: "System that it receives from." })
  readonly kind!: SourceKind;

  @Field(() => String, {
    nullable: true,
    description: `Secret that the sender shows; generated if omitted. ${secretDescription}`,
  })
  readonly secret?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "True to keep fields that have no place in a profile or an order as metadata.",
  })
  readonly keepUnknown!: boolean;

  @Field(() => Boolean, { defaultValue: true, description: "False to refuse deliveries for now." })
  readonly enabled!: boolean;

  @Field(() => SourceApiInput, {
    nullable: true,
    description: "API that records are fetched from: for BigCommerce, and only for it.",
  })
  readonly api?: SourceApiInput | null;
}

@InputType("SourceUpdateInput", { description: "Changes of a source; omitted fields are unchanged." })
export class SourceUpdateInput {
  @Field(() => ID, idField) readonly id!: string;

  @Field(() => String, { nullable: true, description: "New name." }) readonly name?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `New secret. For a day, the previous one is accepted, too. ${secretDescription}`,
  })
  readonly secret?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "True to generate a new secret. For a day, the previous one is accepted, too.",
  })
  readonly rotateSecret?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "True to keep unknown fields as metadata." })
  readonly keepUnknown?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "False to refuse deliveries, true to accept them." })
  readonly enabled?: boolean | null;

  @Field(() => SourceApiInput, { nullable: true, description: "New API that records are fetched from." })
  readonly api?: SourceApiInput | null;
}

@InputType("SourceDeleteInput", { description: "A source to delete." })
export class SourceDeleteInput {
  @Field(() => ID, idField) readonly id!: string;
}

@Resolver()
export class SourceResolver {
  @Query(() => SourceConnectionType, {
    complexity: pageComplexity(10),
    description: "The project's sources, the oldest first.",
  })
  async sources(
    @Ctx() { engine, project, loaders }: RequestContext,
    @Args(() => PageArguments) given: PageArguments,
  ): Promise<SourceConnectionType> {
    await loaders.definition();
    const all = await sourcesOf(engine, project);
    const page = pageOfList(all, orderKey, windowOf(given), maxPageSize, "sources");
    return new SourceConnectionType(
      pageConnection(
        page,
        (source) => new SourceType(source),
        async () => exactly(all.length),
      ),
    );
  }

  @Query(() => SourceType, { nullable: true, description: "One source; null if there is none." })
  async source(
    @Ctx() { loaders }: RequestContext,
    @Arg("id", () => ID, idField) id: string,
  ): Promise<SourceType | null> {
    await loaders.definition();
    const found = await loaders.document("sources", keyOf("Source", id));
    return found === undefined ? null : new SourceType(found);
  }

  @Mutation(() => SourcePayloadType, {
    complexity: costs(100),
    description: `Creates a source, and defines the consents and the metadata of its records. A project has ${maxSources} at most.`,
  })
  async sourceCreate(
    @Ctx() { engine, project, refresh }: RequestContext,
    @Arg("input", () => SourceInput, { description: "The source." }) input: SourceInput,
  ): Promise<SourcePayloadType> {
    const { name, kind, secret, keepUnknown, enabled, api } = input;
    const { value, userErrors } = await withUserErrors(["input"], () =>
      createSource(engine, project, {
        name,
        kind,
        secret: secret ?? undefined,
        keepUnknown,
        enabled,
        api: api ?? undefined,
      }),
    );
    refresh();
    return { source: value && new SourceType(value), secret: value?.secret, userErrors };
  }

  @Mutation(() => SourcePayloadType, { complexity: costs(100), description: "Changes a source." })
  async sourceUpdate(
    @Ctx() { engine, project, refresh }: RequestContext,
    @Arg("input", () => SourceUpdateInput, { description: "The changes." }) input: SourceUpdateInput,
  ): Promise<SourcePayloadType> {
    const { name, secret, rotateSecret, keepUnknown, enabled, api } = input;
    const id = keyOf("Source", input.id);
    const { value, userErrors } = await withUserErrors(["input"], () =>
      updateSource(engine, project, id, {
        name: name ?? undefined,
        secret: secret ?? undefined,
        rotateSecret: rotateSecret ?? undefined,
        keepUnknown: keepUnknown ?? undefined,
        enabled: enabled ?? undefined,
        api: api ?? undefined,
      }),
    );
    refresh();
    const isNew = typeof secret === "string" || rotateSecret === true;
    return {
      source: value && new SourceType(value),
      secret: isNew ? value?.secret : undefined,
      userErrors,
    };
  }

  @Mutation(() => SourceDeletePayloadType, {
    complexity: costs(100),
    description:
      "Deletes a source: deliveries to it are refused from then on. The customers and orders that it sent are kept.",
  })
  async sourceDelete(
    @Ctx() { engine, project, refresh }: RequestContext,
    @Arg("input", () => SourceDeleteInput, { description: "The source." }) input: SourceDeleteInput,
  ): Promise<SourceDeletePayloadType> {
    const id = keyOf("Source", input.id);
    const { userErrors } = await withUserErrors(["input"], () => deleteSource(engine, project, id));
    refresh();
    return { deletedId: userErrors.length === 0 ? globalId("Source", id) : undefined, userErrors };
  }
}

/** Sources are listed by the time of their creation. */
function orderKey({ created_at, _id }: SourceDocument): string {
  return `${created_at.toISOString()} ${_id}`;
}
