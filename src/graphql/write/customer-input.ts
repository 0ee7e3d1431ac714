// The inputs for customers: the interchange folder's shape in GraphQL's naming. The domain validates the values.
import { GraphQLDateTime, GraphQLJSON, GraphQLLocalDate } from "graphql-scalars";
import { Field, InputType } from "type-graphql";
import type { CustomerPatch } from "../../facts/profile-patch.js";
import { RecordError } from "../../facts/record-error.js";
import { CustomerByInput } from "../customer/customer-by-input.js";
import { sourceEnumeration } from "../customer/customer-type.js";
import { AddressInput } from "../server/address-type.js";
import { customerOf, given } from "./record-inputs.js";

@InputType("SourceMetadataInput", { description: "What the source system knows of a customer." })
class SourceMetadataInput {
  @Field(() => String, { nullable: true, description: "Mailchimp list." })
  readonly mailchimpList?: string | null;
  @Field(() => String, { nullable: true, description: "Intercom type: `lead` or `user`." })
  readonly intercomType?: string | null;
  @Field(() => String, { nullable: true, description: "Id of the web widget." })
  readonly webWidgetId?: string | null;
}

@InputType("ConsentChangeInput", { description: "One marketing permission, granted or withdrawn." })
class ConsentChangeInput {
  @Field(() => String, { description: "Name of the permission." }) readonly consent!: string;
  @Field(() => Boolean, { description: "False to withdraw it." }) readonly granted!: boolean;
}

@InputType()
abstract class ProfileFields {
  @Field(() => String, { nullable: true, description: "Full name." }) readonly name?: string | null;
  @Field(() => String, { nullable: true, description: "E-mail address." }) readonly email?: string | null;
  @Field(() => String, { nullable: true, description: "Phone number." }) readonly phone?: string | null;
  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When the customer was created in the source system.",
  })
  readonly createdAt?: Date | null;
  @Field(() => GraphQLLocalDate, { nullable: true, description: "Date of birth, as `1990-02-28`." })
  readonly birthdate?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      "Birthday as month and day, as `02-28`, if the year is not known; ignored if `birthdate` is given.",
  })
  readonly birthday?: string | null;
  @Field(() => AddressInput, { nullable: true, description: "Postal address." })
  readonly address?: AddressInput | null;
  @Field(() => sourceEnumeration, { nullable: true, description: "The source system." })
  readonly source?: string | null;
  @Field(() => String, { nullable: true, description: "The source system, if it is not one of `source`." })
  readonly sourceText?: string | null;
  @Field(() => SourceMetadataInput, { nullable: true, description: "What the source system knows." })
  readonly sourceMetadata?: SourceMetadataInput | null;
  @Field(() => [String], { nullable: true, description: "Marketing permissions granted." })
  readonly consents?: readonly string[] | null;
  @Field(() => GraphQLJSON, { nullable: true, description: "Custom attributes: an object." })
  readonly metadata?: unknown;
}

@InputType("CustomerInput", { description: "A whole profile: fields that are omitted become unknown." })
export class CustomerInput extends ProfileFields {
  @Field(() => String, { description: "Id in the source system: unique in the project, case-sensitive." })
  readonly sourceId!: string;
}

@InputType("CustomerUpdateInput", {
  description:
    "Changes of a profile: fields that are omitted are unchanged, null makes a field unknown. Addresses and custom attributes are merged key by key.",
})
export class CustomerUpdateInput extends ProfileFields {
  @Field(() => CustomerByInput, { description: "Which customer." }) readonly by!: CustomerByInput;

  @Field(() => [ConsentChangeInput], {
    nullable: true,
    description: "Marketing permissions to grant or withdraw; others are unchanged. Not with `consents`.",
  })
  readonly consentChanges?: readonly ConsentChangeInput[] | null;
}

function fieldsOf(input: ProfileFields): Readonly<Record<string, unknown>> {
  const { name, email, phone, createdAt, birthdate, birthday, address, source, sourceText } = input;
  const { sourceMetadata, consents, metadata } = input;
  return given({
    name,
    email,
    phone,
    created_at: createdAt instanceof Date ? createdAt.toISOString() : createdAt,
    birthdate: birthdate ?? (birthday ? `--${birthday}` : (birthday ?? birthdate)),
    address: address && given({ ...address, postalCode: undefined, postal_code: address.postalCode }),
    source: source ?? sourceText ?? (source === null || sourceText === null ? null : undefined),
    source_metadata:
      sourceMetadata &&
      given({
        mailchimp: given({ list: sourceMetadata.mailchimpList }),
        intercom: given({ type: sourceMetadata.intercomType }),
        web_widget: given({ id: sourceMetadata.webWidgetId }),
      }),
    consents,
    metadata,
  });
}

/** The profile in the domain's shape. */
export function profileOf(input: CustomerInput): Readonly<Record<string, unknown>> {
  return { ...fieldsOf(input), source_id: input.sourceId };
}

/** The patch in the domain's shape. */
export function patchOf(input: CustomerUpdateInput, project: string): CustomerPatch {
  const patch = { ...fieldsOf(input), source_id: customerOf(input.by, project) ?? "" };
  const { consents, consentChanges: changes } = input;
  if (changes === undefined || changes === null) return patch;
  if (consents !== undefined)
    throw new RecordError("`consents` is the whole list, and `consentChanges` changes it: give one of them");
  return {
    ...patch,
    consents: Object.fromEntries(changes.map(({ consent, granted }) => [consent, granted])),
  };
}
