// Reads and extends what a project's queries can use. A change that would alter the meaning of data or invalidate a saved
// query is refused.
import { Arg, Ctx, Field, InputType, Mutation, Query, Resolver, registerEnumType } from "type-graphql";
import {
  attributeImpact,
  defineAttribute,
  removeAttribute,
  renameAttribute,
} from "../../definitions/attributes.js";
import { defineProject } from "../../definitions/define.js";
import type { ProjectDocument, PropertyType } from "../../documents/documents.js";
import { propertyTypesByName } from "../../documents/property-types.js";
import { findProject, ProjectError } from "../../projects/projects.js";
import { SegmentType } from "../segment/segment-type.js";
import type { RequestContext } from "../server/context.js";
import { userError } from "../server/user-error.js";
import { withUserErrors } from "../server/user-error-type.js";
import { AttributeImpactType } from "./attribute-impact-type.js";
import { ProjectPayloadType, ProjectType } from "./project-type.js";

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
  @Field(() => propertyTypesByName, { description: "Type of its values." })
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

@InputType("AttributeDefineInput", { description: "An attribute to define by an expression." })
export class AttributeDefineInput {
  @Field(() => String, {
    description:
      "Its name, as `lifetime value`. An attribute that is already defined gets the new expression.",
  })
  readonly name!: string;
  @Field(() => String, {
    description: "A measure, a figure or an attribute, as `sum of amount of order in the last 365 days`.",
  })
  readonly expression!: string;
}

@InputType("AttributeRenameInput", { description: "A defined attribute and its new name." })
export class AttributeRenameInput {
  @Field(() => String, { description: "Its present name." }) readonly name!: string;
  @Field(() => String, { description: "Its new name, also in the queries that use it." })
  readonly newName!: string;
}

@InputType("AttributeRemoveInput", { description: "A defined attribute to remove." })
export class AttributeRemoveInput {
  @Field(() => String, { description: "Its name. An attribute that something uses is not removed." })
  readonly name!: string;
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
    // An object literal with a computed key would lose the name `__proto__`.
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

  @Query(() => [AttributeImpactType], {
    complexity: ({ childComplexity }) => 5_000 + 100 * childComplexity,
    description:
      "How another expression of a computed attribute would change the members of each segment that depends on it. Nothing is saved.",
  })
  async attributeImpact(
    @Ctx() { engine, project }: RequestContext,
    @Arg("name", () => String, { description: "Name of the attribute." }) name: string,
    @Arg("expression", () => String, { description: "The other expression." }) expression: string,
  ): Promise<readonly AttributeImpactType[]> {
    const impacts = await attributeImpact(engine, project, name, expression).catch((error: unknown) => {
      throw error instanceof ProjectError ? userError(error.message) : error;
    });
    return impacts.map(({ segment, ...counts }) => ({ segment: new SegmentType(segment), ...counts }));
  }

  @Mutation(() => ProjectPayloadType, {
    complexity,
    description:
      "Defines an attribute by an expression, or gives it another one; segments that depend on it are evaluated again. `attributeImpact` returns what that would change.",
  })
  attributeDefine(
    @Ctx() context: RequestContext,
    @Arg("input", () => AttributeDefineInput, { description: "The attribute." }) input: AttributeDefineInput,
  ): Promise<ProjectPayloadType> {
    return changed(context, ["input"], ({ engine, project }) =>
      defineAttribute(engine, project, input.name, input.expression),
    );
  }

  @Mutation(() => ProjectPayloadType, {
    complexity,
    description: "Renames a computed attribute, also in the queries and expressions that use it.",
  })
  attributeRename(
    @Ctx() context: RequestContext,
    @Arg("input", () => AttributeRenameInput, { description: "Both names." }) input: AttributeRenameInput,
  ): Promise<ProjectPayloadType> {
    return changed(context, ["input"], ({ engine, project }) =>
      renameAttribute(engine, project, input.name, input.newName),
    );
  }

  @Mutation(() => ProjectPayloadType, {
    complexity,
    description: "Removes a computed attribute that nothing uses.",
  })
  attributeRemove(
    @Ctx() context: RequestContext,
    @Arg("input", () => AttributeRemoveInput, { description: "The attribute." }) input: AttributeRemoveInput,
  ): Promise<ProjectPayloadType> {
    return changed(context, ["input", "name"], ({ engine, project }) =>
      removeAttribute(engine, project, input.name),
    );
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
    const given = Object.entries({ timezone, currency, indexedMetadata }).filter(
      ([, value]) => value != null,
    );
    // With only one field given, the mistake is in that field.
    const path = given.length === 1 ? ["input", given[0]![0]] : ["input"];
    return define(context, path, () => ({
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

function define(
  context: RequestContext,
  field: readonly string[],
  definition: () => object,
): Promise<ProjectPayloadType> {
  return changed(context, field, ({ engine, project }) => defineProject(engine, project, definition()));
}

async function changed(
  context: RequestContext,
  field: readonly string[],
  change: (context: RequestContext) => Promise<ProjectDocument>,
): Promise<ProjectPayloadType> {
  const { value, userErrors } = await withUserErrors(field, async () => change(context));
  context.refresh();
  return { project: value === undefined ? undefined : new ProjectType(value), userErrors };
}
