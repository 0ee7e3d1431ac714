// The project as GraphQL returns it: its time zone and currency, and the names that its queries may use.
import { Ctx, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { type MissingKey, missingDefinitions } from "../../definitions/missing.js";
import type { ProjectDocument, PropertyType } from "../../documents/documents.js";
import { propertyTypesByName } from "../../documents/property-types.js";
import type { RequestContext } from "../server/context.js";
import { globalId } from "../server/global-id.js";
import { NodeType } from "../server/node-type.js";
import { UserErrorType, userErrorsField } from "../server/user-error-type.js";

registerEnumType(propertyTypesByName, {
  name: "PropertyType",
  description: "Type of the values under a key.",
  valuesConfig: {
    STRING: { description: "Text." },
    NUMBER: { description: "A number." },
    BOOLEAN: { description: "True or false." },
    DATE: { description: "A day, as `2026-02-01`." },
    DATETIME: { description: "A date and time, as `2026-02-01T10:00:00Z`." },
    STRINGS: { description: "A set of texts." },
    NUMBERS: { description: "A set of numbers." },
    BOOLEANS: { description: "A set of booleans." },
    DATES: { description: "A set of days." },
    DATETIMES: { description: "A set of dates and times." },
  },
});

@ObjectType("Property", { description: "A key, and the type of its values." })
export class PropertyTypeOfKey {
  @Field(() => String, { description: "The key." }) readonly name!: string;
  @Field(() => propertyTypesByName, { description: "Type of its values." })
  readonly type!: PropertyType;
}

@ObjectType("EventDefinition", { description: "A type of event, and its properties." })
export class EventTypeType {
  @Field(() => String, { description: "Name of the event, as `page viewed`." }) readonly name!: string;
  @Field(() => [PropertyTypeOfKey], { description: "Its properties." })
  readonly properties!: readonly PropertyTypeOfKey[];
}

@ObjectType("CampaignGroup", { description: "Campaigns of one kind." })
export class CampaignGroupType {
  @Field(() => String, { description: "Kind of campaign, as `loyalty`." }) readonly kind!: string;
  @Field(() => [String], { description: "Names of the campaigns." }) readonly names!: readonly string[];
}

@ObjectType("ComputedAttribute", {
  description: "An attribute of the project's own: a name for an expression.",
})
export class ComputedAttributeType {
  @Field(() => String, { description: "Its name, as `lifetime value`." }) readonly name!: string;
  @Field(() => String, { description: "The expression, as `sum of amount of order`." })
  readonly expression!: string;
}

const nameKinds: Readonly<Record<string, MissingKey["kind"]>> = {
  CUSTOMER_METADATA: "metadata",
  ORDER_METADATA: "order metadata",
  EVENT: "event",
  EVENT_PROPERTY: "event property",
};

registerEnumType(nameKinds, {
  name: "NameKind",
  description: "What a name refers to.",
  valuesConfig: {
    CUSTOMER_METADATA: { description: "A custom attribute of customers." },
    ORDER_METADATA: { description: "A custom attribute of orders." },
    EVENT: { description: "A type of event." },
    EVENT_PROPERTY: { description: "A property of a type of event." },
  },
});

@ObjectType("UndefinedName", { description: "A name in the stored records that queries can't use yet." })
class UndefinedNameType {
  @Field(() => nameKinds, { description: "What it refers to." }) readonly kind!: MissingKey["kind"];
  @Field(() => String, { description: "The name." }) readonly name!: string;
  @Field(() => String, { nullable: true, description: "The type of event, for a property of one." })
  readonly event?: string;
  @Field(() => propertyTypesByName, {
    nullable: true,
    description: "The narrowest type that fits every value; null for an event, and if none fits.",
  })
  readonly type?: PropertyType;
  @Field(() => Int, { description: "How many of the records have it." }) readonly count!: number;
}

@ObjectType("Project", {
  implements: NodeType,
  description: "A project: customers, segments and definitions of its own, separate from all other projects.",
})
export class ProjectType implements NodeType {
  readonly #definition: ProjectDocument;

  constructor(definition: ProjectDocument) {
    this.#definition = definition;
  }

  @Field(() => ID, { description: "Global id." })
  get id(): string {
    return globalId("Project", this.#definition.project);
  }

  @Field(() => String, { description: "Name of the project, which requests give in a header." })
  get name(): string {
    return this.#definition.project;
  }

  @Field(() => String, { description: "IANA time zone of its days, as `Europe/Warsaw`." })
  get timezone(): string {
    return this.#definition.timezone;
  }

  @Field(() => String, { description: "ISO 4217 code of its currency, as `USD`." })
  get currency(): string {
    return this.#definition.currency;
  }

  @Field(() => [PropertyTypeOfKey], { description: "Custom attributes of customers that queries can use." })
  get customerMetadata(): readonly PropertyTypeOfKey[] {
    return keysOf(this.#definition.metadataSchema);
  }

  @Field(() => [PropertyTypeOfKey], { description: "Custom attributes of orders that queries can use." })
  get orderMetadata(): readonly PropertyTypeOfKey[] {
    return keysOf(this.#definition.orderMetadataSchema);
  }

  @Field(() => [EventTypeType], { description: "Types of events that queries can use." })
  get events(): readonly EventTypeType[] {
    return Object.entries(this.#definition.eventSchemas).map(([name, schema]) => ({
      name,
      properties: keysOf(schema),
    }));
  }

  @Field(() => [String], { description: "Marketing permissions that customers can grant." })
  get consents(): readonly string[] {
    return this.#definition.consents;
  }

  @Field(() => [CampaignGroupType], { description: "Names of campaigns that queries can use, by kind." })
  get campaigns(): readonly CampaignGroupType[] {
    return Object.entries(this.#definition.campaigns).map(([kind, names]) => ({ kind, names }));
  }

  @Field(() => [ComputedAttributeType], {
    description: "Attributes that the project defines by an expression.",
  })
  get computed(): readonly ComputedAttributeType[] {
    return Object.entries(this.#definition.computed ?? {}).map(([name, expression]) => ({
      name,
      expression,
    }));
  }

  @Field(() => [UndefinedNameType], {
    complexity: 2_000,
    description:
      "Names in the stored records that the project does not define, the most frequent first: from 10,000 records of each kind.",
  })
  undefinedNames(@Ctx() { engine, signal }: RequestContext): Promise<readonly MissingKey[]> {
    return missingDefinitions(engine, this.#definition.project, { maxRecords: 10_000, signal });
  }

  @Field(() => [String], { description: "Custom attributes of customers that have an index." })
  get indexedMetadata(): readonly string[] {
    return this.#definition.metadataIndexes ?? [];
  }
}

function keysOf(schema: Readonly<Record<string, PropertyType>>): readonly PropertyTypeOfKey[] {
  return Object.entries(schema).map(([name, type]) => ({ name, type }));
}

@ObjectType("ProjectPayload", { description: "Result of changing a definition." })
export class ProjectPayloadType {
  @Field(() => ProjectType, { nullable: true, description: "The project; null if there are user errors." })
  readonly project?: ProjectType;

  @Field(() => [UserErrorType], userErrorsField)
  readonly userErrors!: readonly UserErrorType[];
}
