// The project as GraphQL answers it: what its queries may name, and what they are in.
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import type { ProjectDocument, PropertyType } from "../../documents/documents.js";
import { UserErrorType } from "../server/user-error-type.js";

/** The types of metadata and event properties, as an enumeration. */
export const propertyTypeEnumeration = {
  STRING: "string",
  NUMBER: "number",
  BOOLEAN: "boolean",
  DATE: "date",
  DATETIME: "datetime",
  STRINGS: "string[]",
  NUMBERS: "number[]",
  BOOLEANS: "boolean[]",
  DATES: "date[]",
  DATETIMES: "datetime[]",
} as const satisfies Readonly<Record<string, PropertyType>>;

registerEnumType(propertyTypeEnumeration, {
  name: "PropertyType",
  description: "What values under a key are.",
  valuesConfig: {
    STRING: { description: "Text." },
    NUMBER: { description: "A number." },
    BOOLEAN: { description: "True or false." },
    DATE: { description: "A day, as `2026-02-01`." },
    DATETIME: { description: "A date and time, as `2026-02-01T10:00:00Z`." },
    STRINGS: { description: "A set of texts." },
    NUMBERS: { description: "A set of numbers." },
    BOOLEANS: { description: "A set of true and false." },
    DATES: { description: "A set of days." },
    DATETIMES: { description: "A set of dates and times." },
  },
});

@ObjectType("Property", { description: "A key, and what values under it are." })
export class PropertyTypeOfKey {
  @Field(() => String, { description: "The key." }) readonly name!: string;
  @Field(() => propertyTypeEnumeration, { description: "What values under it are." })
  readonly type!: PropertyType;
}

@ObjectType("EventType", { description: "A kind of event, and its properties." })
export class EventTypeType {
  @Field(() => String, { description: "The event's name, as `page viewed`." }) readonly name!: string;
  @Field(() => [PropertyTypeOfKey], { description: "Its properties." })
  readonly properties!: readonly PropertyTypeOfKey[];
}

@ObjectType("CampaignNames", { description: "The campaigns of one kind." })
export class CampaignNamesType {
  @Field(() => String, { description: "The kind, as `loyalty`." }) readonly kind!: string;
  @Field(() => [String], { description: "Their names, which `in campaign` may say." })
  readonly names!: readonly string[];
}

@ObjectType("Project", {
  description: "A project: a world of its own, with the names that its queries may say.",
})
export class ProjectType {
  readonly #definition: ProjectDocument;

  constructor(definition: ProjectDocument) {
    this.#definition = definition;
  }

  @Field(() => ID, { description: "Its id, which requests name." })
  get id(): string {
    return this.#definition.project;
  }

  @Field(() => String, { description: "IANA time zone in which its days begin, as `Europe/Warsaw`." })
  get timezone(): string {
    return this.#definition.timezone;
  }

  @Field(() => String, { description: "ISO 4217 code of its currency, as `USD`." })
  get currency(): string {
    return this.#definition.currency;
  }

  @Field(() => [PropertyTypeOfKey], { description: "The metadata of customers that queries may name." })
  get customerMetadata(): readonly PropertyTypeOfKey[] {
    return keysOf(this.#definition.metadataSchema);
  }

  @Field(() => [PropertyTypeOfKey], { description: "The metadata of orders that queries may name." })
  get orderMetadata(): readonly PropertyTypeOfKey[] {
    return keysOf(this.#definition.orderMetadataSchema);
  }

  @Field(() => [EventTypeType], { description: "The kinds of event that queries may name." })
  get events(): readonly EventTypeType[] {
    return Object.entries(this.#definition.eventSchemas).map(([name, schema]) => ({
      name,
      properties: keysOf(schema),
    }));
  }

  @Field(() => [String], { description: "The marketing permissions that customers may grant." })
  get consents(): readonly string[] {
    return this.#definition.consents;
  }

  @Field(() => [CampaignNamesType], { description: "The campaigns that queries may name, by kind." })
  get campaigns(): readonly CampaignNamesType[] {
    return Object.entries(this.#definition.campaigns).map(([kind, names]) => ({ kind, names }));
  }
}

function keysOf(schema: Readonly<Record<string, PropertyType>>): readonly PropertyTypeOfKey[] {
  return Object.entries(schema).map(([name, type]) => ({ name, type }));
}

@ObjectType("ProjectPayload", { description: "The project as it is now, or what is wrong with the input." })
export class ProjectPayloadType {
  @Field(() => ProjectType, { nullable: true, description: "The project; null where the input was refused." })
  readonly project?: ProjectType;

  @Field(() => [UserErrorType], { description: "What is wrong with the input; empty where it was taken." })
  readonly userErrors!: readonly UserErrorType[];
}
