// Defines what a project's queries may name. A definition only ever grows; what would change the meaning of data or break a
// saved query is refused.
import { Arg, Ctx, Field, InputType, Mutation, Query, Resolver, registerEnumType } from "type-graphql";
import { defineProject } from "../../definitions/define.js";
import type { PropertyType } from "../../documents/documents.js";
import { findProject, ProjectError } from "../../projects/projects.js";
import type { RequestContext } from "../server/context.js";
import { withUserErrors } from "../server/user-error-type.js";
import { ProjectPayloadType, ProjectType, propertyTypeEnumeration } from "./project-type.js";

const owners = { CUSTOMER: "metadataSchema", ORDER: "orderMetadataSchema" } as const;
type Owner = (typeof owners)[keyof typeof owners];

registerEnumType(owners, {
  name: "MetadataOwner",
  description: "What metadata is kept of.",
  valuesConfig: { CUSTOMER: { description: "Customers." }, ORDER: { description: "Orders." } },
});

@InputType("PropertyInput", { description: "A key, and what values under it are." })
export class PropertyInput {
  @Field(() => String, { description: "The key." }) readonly name!: string;
  @Field(() => propertyTypeEnumeration, { description: "What values under it are." })
  readonly type!: PropertyType;
}

const keysDescription = "The keys: new ones are added, others stay.";

@Resolver()
export class ProjectResolver {
  @Query(() => ProjectType, { description: "The project that the request is about." })
  async project(@Ctx() { engine, project }: RequestContext): Promise<ProjectType> {
    return new ProjectType(await findProject(engine, project));
  }

  @Mutation(() => ProjectPayloadType, {
    complexity: ({ childComplexity }) => 1_000 + childComplexity,
    description: "Defines metadata that queries may name. The type of a key that has data can't change.",
  })
  metadataDefine(
    @Ctx() context: RequestContext,
    @Arg("keys", () => [PropertyInput], { description: keysDescription }) keys: PropertyInput[],
    @Arg("of", () => owners, { defaultValue: owners.CUSTOMER, description: "What it is the metadata of." })
    of: Owner,
  ): Promise<ProjectPayloadType> {
    return define(context, "keys", () => ({ [of]: schemaOf(keys) }));
  }

  @Mutation(() => ProjectPayloadType, {
    complexity: ({ childComplexity }) => 1_000 + childComplexity,
    description: "Defines a kind of event, and the properties of it that queries may name.",
  })
  eventDefine(
    @Ctx() context: RequestContext,
    @Arg("name", () => String, { description: "The event's name, as `page viewed`." }) name: string,
    @Arg("properties", () => [PropertyInput], { defaultValue: [], description: keysDescription })
    properties: PropertyInput[],
  ): Promise<ProjectPayloadType> {
    // A computed key would lose the one name that objects take for something else.
    return define(context, "name", () => ({
      eventSchemas: Object.fromEntries([[name, schemaOf(properties)]]),
    }));
  }

  @Mutation(() => ProjectPayloadType, {
    complexity: ({ childComplexity }) => 1_000 + childComplexity,
    description: "Defines marketing permissions that customers may grant: new ones are added, others stay.",
  })
  consentDefine(
    @Ctx() context: RequestContext,
    @Arg("names", () => [String], { description: "Their names, as `newsletter`." }) names: string[],
  ): Promise<ProjectPayloadType> {
    return define(context, "names", () => ({ consents: names }));
  }

  @Mutation(() => ProjectPayloadType, {
    complexity: ({ childComplexity }) => 1_000 + childComplexity,
    description:
      "Sets the project's time zone and currency; what is left out stays. Neither changes once there are orders.",
  })
  projectUpdate(
    @Ctx() context: RequestContext,
    @Arg("timezone", () => String, { nullable: true, description: "IANA time zone, as `Europe/Warsaw`." })
    timezone?: string | null,
    @Arg("currency", () => String, { nullable: true, description: "ISO 4217 code, as `USD`." })
    currency?: string | null,
  ): Promise<ProjectPayloadType> {
    return define(context, timezone ? "timezone" : "currency", () => ({
      timezone: timezone ?? undefined,
      currency: currency ?? undefined,
    }));
  }
}

function schemaOf(keys: readonly PropertyInput[]): Readonly<Record<string, PropertyType>> {
  const types = new Map<string, PropertyType>();
  for (const { name, type } of keys) {
    const other = types.get(name);
    if (other !== undefined && other !== type)
      throw new ProjectError(`\`${name}\` is given twice, as ${other} and as ${type}. Leave one out.`);
    types.set(name, type);
  }
  return Object.fromEntries(keys.map(({ name, type }) => [name, type]));
}

async function define(
  { engine, project }: RequestContext,
  field: string,
  definition: () => object,
): Promise<ProjectPayloadType> {
  const { value, userErrors } = await withUserErrors([field], async () =>
    defineProject(engine, project, definition()),
  );
  return { project: value === undefined ? undefined : new ProjectType(value), userErrors };
}
