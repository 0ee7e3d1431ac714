// Reads and extends what a project's queries can use. A change that would alter the meaning of data or invalidate a saved
// query is refused.
import { Arg, Ctx, Field, InputType, Mutation, Query, Resolver, registerEnumType } from "type-graphql";
import { defineProject } from "../../definitions/define.js";
import type { PropertyType } from "../../documents/documents.js";
import { findProject, ProjectError } from "../../projects/projects.js";
import type { RequestContext } from "../server/context.js";
import { withUserErrors } from "../server/user-error-type.js";
import { ProjectPayloadType, ProjectType } from "./project-type.js";
import { propertyTypeEnumeration } from "./property-types.js";

const owners = { CUSTOMER: "metadataSchema", ORDER: "orderMetadataSchema" } as const;
type Owner = (typeof owners)[keyof typeof owners];

registerEnumType(owners, {
  name: "MetadataOwner",
  description: "What custom attributes belong to.",
  valuesConfig: { CUSTOMER: { description: "Customers." }, ORDER: { description: "Orders." } },
});

@InputType("PropertyInput", { description: "A key, and the type of its values." })
export class PropertyInput {
  @Field(() => String, { description: "The key." }) readonly name!: string;
  @Field(() => propertyTypeEnumeration, { description: "Type of its values." })
  readonly type!: PropertyType;
}

@InputType("MetadataDefineInput", { description: "Custom attributes to define." })
export class MetadataDefineInput {
  @Field(() => [PropertyInput], { description: "Keys to add; existing keys remain." })
  readonly keys!: readonly PropertyInput[];
  @Field(() => owners, { defaultValue: owners.CUSTOMER, description: "What they belong to." })
  readonly of!: Owner;
}

@InputType("EventDefineInput", { description: "A type of event to define." })
export class EventDefineInput {
  @Field(() => String, { description: "Name of the event, as `page viewed`." }) readonly name!: string;
  @Field(() => [PropertyInput], { defaultValue: [], description: "Keys to add; existing keys remain." })
  readonly properties!: readonly PropertyInput[];
}

@InputType("ConsentDefineInput", { description: "Marketing permissions to define." })
export class ConsentDefineInput {
  @Field(() => [String], { description: "Names to add, as `newsletter`; existing names remain." })
  readonly names!: readonly string[];
}

@InputType("CampaignDefineInput", { description: "Campaigns to define." })
export class CampaignDefineInput {
  @Field(() => String, { description: "Kind of campaign, as `loyalty`." }) readonly kind!: string;
  @Field(() => [String], { description: "Names to add; existing names remain." })
  readonly names!: readonly string[];
}

@InputType("ProjectUpdateInput", { description: "Changes of a project; omitted fields are unchanged." })
export class ProjectUpdateInput {
  @Field(() => String, { nullable: true, description: "IANA time zone, as `Europe/Warsaw`." })
  readonly timezone?: string | null;
  @Field(() => String, { nullable: true, description: "ISO 4217 code of the currency, as `USD`." })
  readonly currency?: string | null;
  @Field(() => [String], {
    nullable: true,
    description: "Custom attributes of customers that have an index, instead of the present ones.",
  })
  readonly indexedMetadata?: readonly string[] | null;
}

const complexity = ({ childComplexity }: { readonly childComplexity: number }) => 1_000 + childComplexity;

@Resolver()
export class ProjectResolver {
  @Query(() => ProjectType, { description: "The project that the request is about." })
  async project(@Ctx() { engine, project }: RequestContext): Promise<ProjectType> {
    return new ProjectType(await findProject(engine, project));
  }

  @Mutation(() => ProjectPayloadType, {
    complexity,
    description:
      "Defines custom attributes that queries can use. The type of a key that has data cannot change.",
  })
  metadataDefine(
    @Ctx() context: RequestContext,
    @Arg("input", () => MetadataDefineInput, { description: "The attributes." }) input: MetadataDefineInput,
  ): Promise<ProjectPayloadType> {
    return define(context, ["input", "keys"], () => ({ [input.of]: schemaOf(input.keys) }));
  }

  @Mutation(() => ProjectPayloadType, {
    complexity,
    description: "Defines a type of event, and the properties of it that queries can use.",
  })
  eventDefine(
    @Ctx() context: RequestContext,
    @Arg("input", () => EventDefineInput, { description: "The event." }) input: EventDefineInput,
  ): Promise<ProjectPayloadType> {
    // A computed key would lose the one name that objects treat specially.
    return define(context, ["input"], () => ({
      eventSchemas: Object.fromEntries([[input.name, schemaOf(input.properties)]]),
    }));
  }

  @Mutation(() => ProjectPayloadType, {
    complexity,
    description: "Defines marketing permissions that customers can grant.",
  })
  consentDefine(
    @Ctx() context: RequestContext,
    @Arg("input", () => ConsentDefineInput, { description: "The permissions." }) input: ConsentDefineInput,
  ): Promise<ProjectPayloadType> {
    return define(context, ["input", "names"], () => ({ consents: input.names }));
  }

  @Mutation(() => ProjectPayloadType, { complexity, description: "Defines campaigns that queries can name." })
  campaignDefine(
    @Ctx() context: RequestContext,
    @Arg("input", () => CampaignDefineInput, { description: "The campaigns." }) input: CampaignDefineInput,
  ): Promise<ProjectPayloadType> {
    return define(context, ["input"], () => ({
      campaigns: Object.fromEntries([[input.kind, input.names]]),
    }));
  }

  @Mutation(() => ProjectPayloadType, {
    complexity,
    description: "Changes a project. Time zone and currency cannot change once there are orders.",
  })
  projectUpdate(
    @Ctx() context: RequestContext,
    @Arg("input", () => ProjectUpdateInput, { description: "The changes." }) input: ProjectUpdateInput,
  ): Promise<ProjectPayloadType> {
    const { timezone, currency, indexedMetadata } = input;
    return define(context, ["input"], () => ({
      timezone: timezone ?? undefined,
      currency: currency ?? undefined,
      metadataIndexes: indexedMetadata ?? undefined,
    }));
  }
}

function schemaOf(keys: readonly PropertyInput[]): Readonly<Record<string, PropertyType>> {
  const types = new Map<string, PropertyType>();
  for (const { name, type } of keys) {
    const other = types.get(name);
    if (other !== undefined && other !== type)
      throw new ProjectError(`\`${name}\` is given twice, as ${other} and as ${type}. Remove one of them.`);
    types.set(name, type);
  }
  return Object.fromEntries(types);
}

async function define(
  { engine, project, refresh }: RequestContext,
  field: readonly string[],
  definition: () => object,
): Promise<ProjectPayloadType> {
  const { value, userErrors } = await withUserErrors(field, async () =>
    defineProject(engine, project, definition()),
  );
  refresh();
  return { project: value === undefined ? undefined : new ProjectType(value), userErrors };
}
