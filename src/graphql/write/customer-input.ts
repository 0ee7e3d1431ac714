// Customers and what they did, as mutations take them: the interchange folder's shape in GraphQL's spelling. What the values
// must be like is the domain's to say.
import { GraphQLJSON } from "graphql-scalars";
import { Field, Float, InputType } from "type-graphql";

@InputType("AddressInput", { description: "Where a customer lives." })
export class AddressInput {
  @Field(() => String, { nullable: true, description: "City." }) readonly city?: string | null;
  @Field(() => String, { nullable: true, description: "State, region or province." }) readonly state?:
    | string
    | null;
  @Field(() => String, { nullable: true, description: "Postal code." }) readonly postalCode?: string | null;
  @Field(() => String, { nullable: true, description: "Country, as `Poland`, `PL` or `POL`." })
  readonly country?: string | null;
}

@InputType("SourceMetadataInput", { description: "What the source tells of a customer." })
export class SourceMetadataInput {
  @Field(() => String, { nullable: true, description: "The Mailchimp list." })
  readonly mailchimpList?: string | null;
  @Field(() => String, { nullable: true, description: "`lead` or `user`." })
  readonly intercomType?: string | null;
  @Field(() => String, { nullable: true, description: "The web widget's id." })
  readonly webWidgetId?: string | null;
}

@InputType("CustomerInput", {
  description: "A customer's whole profile: what is left out is unknown, also where it was known before.",
})
export class CustomerInput {
  @Field(() => String, {
    description: "The customer's id where they come from, unique in the project; case matters.",
  })
  readonly sourceId!: string;
  @Field(() => String, { nullable: true, description: "Full name." }) readonly name?: string | null;
  @Field(() => String, { nullable: true, description: "E-mail address." }) readonly email?: string | null;
  @Field(() => String, { nullable: true, description: "Phone number." }) readonly phone?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      "When they became a customer, as `2026-02-01T10:00:00Z`, or without an offset in the project's zone.",
  })
  readonly createdAt?: string | null;
  @Field(() => String, { nullable: true, description: "Date of birth, as `1990-02-28`." })
  readonly birthdate?: string | null;
  @Field(() => AddressInput, { nullable: true, description: "Where they live." })
  readonly address?: AddressInput | null;
  @Field(() => String, { nullable: true, description: "Where they come from, as `mailchimp`." })
  readonly source?: string | null;
  @Field(() => SourceMetadataInput, { nullable: true, description: "What the source tells of them." })
  readonly sourceMetadata?: SourceMetadataInput | null;
  @Field(() => [String], { nullable: true, description: "The marketing permissions granted." })
  readonly consents?: readonly string[] | null;
  @Field(() => GraphQLJSON, {
    nullable: true,
    description: "What else the project knows of them: an object.",
  })
  readonly metadata?: unknown;
}

/** The profile as the domain takes it. */
export function profileOf(input: CustomerInput): Readonly<Record<string, unknown>> {
  const { sourceId, createdAt, address, sourceMetadata, ...rest } = input;
  return given({
    ...rest,
    source_id: sourceId,
    created_at: createdAt,
    address: address && given({ ...address, postalCode: undefined, postal_code: address.postalCode }),
    source_metadata:
      sourceMetadata &&
      given({
        mailchimp: given({ list: sourceMetadata.mailchimpList }),
        intercom: given({ type: sourceMetadata.intercomType }),
        web_widget: given({ id: sourceMetadata.webWidgetId }),
      }),
  });
}

@InputType("OrderItemInput", { description: "A line of an order." })
export class OrderItemInput {
  @Field(() => String, { nullable: true, description: "The product's id." }) readonly productId?:
    | string
    | null;
  @Field(() => String, { nullable: true, description: "Its SKU." }) readonly sku?: string | null;
  @Field(() => String, { nullable: true, description: "Its name." }) readonly name?: string | null;
  @Field(() => Float, { nullable: true, description: "How many; 1 where it is left out." })
  readonly quantity?: number | null;
  @Field(() => Float, { nullable: true, description: "What one costs, in minor units: 1250 for 12.50." })
  readonly price?: number | null;
}

@InputType("OrderInput", { description: "An order: one of a known `sourceId` is replaced." })
export class OrderInput {
  @Field(() => String, { description: "The order's id where it comes from, unique in the project." })
  readonly sourceId!: string;
  @Field(() => String, { description: "The customer's `sourceId`." }) readonly customer!: string;
  @Field(() => String, { description: "When it was placed, as `2026-02-01T10:00:00Z`." })
  readonly createdAt!: string;
  @Field(() => String, { nullable: true, description: "Its status; one that is `CANCELED` counts nowhere." })
  readonly status?: string | null;
  @Field(() => Float, {
    nullable: true,
    description: "What it comes to, in minor units: 1250 for 12.50; the lines' sum where it is left out.",
  })
  readonly amount?: number | null;
  @Field(() => [OrderItemInput], { nullable: true, description: "Its lines." })
  readonly items?: readonly OrderItemInput[] | null;
  @Field(() => GraphQLJSON, { nullable: true, description: "What else the project knows of it: an object." })
  readonly metadata?: unknown;
}

/** The order as the domain takes it. */
export function orderOf({ sourceId, createdAt, items, ...rest }: OrderInput): object {
  return given({
    ...rest,
    source_id: sourceId,
    created_at: createdAt,
    items: items?.map(({ productId, ...line }) => given({ ...line, product_id: productId })),
  });
}

@InputType("EventInput", {
  description: "Something that a customer did: the same event sent again is one event.",
})
export class EventInput {
  @Field(() => String, {
    nullable: true,
    description:
      "The event's id, unique in the project. Without one, events that are the same in all else are one.",
  })
  readonly id?: string | null;
  @Field(() => String, { description: "The customer's `sourceId`." }) readonly customer!: string;
  @Field(() => String, { description: "The event's name, as `page viewed`." }) readonly type!: string;
  @Field(() => String, { description: "When it happened, as `2026-02-01T10:00:00Z`." }) readonly at!: string;
  @Field(() => GraphQLJSON, { nullable: true, description: "Its properties: an object." })
  readonly properties?: unknown;
}

@InputType("ConsentsInput", { description: "The marketing permissions of one customer." })
export class ConsentsInput {
  @Field(() => String, { description: "The customer's `sourceId`." }) readonly customer!: string;
  @Field(() => [String], { description: "All that are granted: those that are left out are withdrawn." })
  readonly consents!: readonly string[];
}

/** The object without what was not given: GraphQL knows undefined, records don't. */
export function given(object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
