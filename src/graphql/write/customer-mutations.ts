// Writes, changes and erases customers; sets their consents.
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from "type-graphql";
import { type Erasure, eraseCustomer } from "../../definitions/erase.js";
import { customerId, sourceIdOf } from "../../facts/identity.js";
import { setConsents } from "../../ingest/consents.js";
import { updateCustomers, upsertCustomers } from "../../ingest/customers.js";
import type { WriteResult } from "../../ingest/write-result.js";
import { findProject } from "../../projects/projects.js";
import { CustomerByInput, customerKey } from "../customer/customer-by-input.js";
import { CustomerType } from "../customer/customer-type.js";
import { ownerOf } from "../customer/record-types.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { globalId } from "../server/global-id.js";
import { UserErrorType, userErrorsField } from "../server/user-error-type.js";
import { CustomerInput, CustomerUpdateInput, patchOf, profileOf } from "./customer-input.js";
import { customerOf } from "./record-inputs.js";
import { costOfEach, refuseTooMany } from "./record-mutations.js";
import { writePayloads } from "./write-payloads.js";

const { Payload: CustomerPayloadType, ManyPayload: CustomersPayloadType } = writePayloads(
  {
    one: "customer",
    many: "customers",
    type: "Customer",
    types: "Customers",
    spoken: "customer",
    spokenMany: "customers",
  },
  () => CustomerType,
  ownerOf,
);

@InputType("ConsentsInput", { description: "The marketing permissions of one customer." })
export class ConsentsInput {
  @Field(() => CustomerByInput, { description: "Which customer." }) readonly customer!: CustomerByInput;
  @Field(() => [String], { description: "All permissions that are granted; all others are withdrawn." })
  readonly consents!: readonly string[];
}

@ObjectType("ErasedSegment", { description: "A static segment that an erased customer was in." })
export class ErasedSegmentType {
  @Field(() => ID, { description: "Global id of the segment." }) readonly id!: string;
  @Field(() => String, { description: "Its name." }) readonly name!: string;
}

@ObjectType("Erasure", { description: "What was erased of a customer." })
export class ErasureType {
  @Field(() => ID, { description: "Global id that the customer had." }) readonly customerId!: string;
  @Field(() => String, { description: "Source id of the customer." }) readonly sourceId!: string;
  @Field(() => Boolean, { description: "True if there was a profile." }) readonly profile!: boolean;
  @Field(() => Int, { description: "Number of orders." }) readonly orders!: number;
  @Field(() => Int, { description: "Number of events." }) readonly events!: number;
  @Field(() => Int, { description: "Number of redemptions." }) readonly redemptions!: number;
  @Field(() => Int, { description: "Number of gift cards." }) readonly giftCards!: number;
  @Field(() => Int, { description: "Number of loyalty cards." }) readonly loyaltyCards!: number;
  @Field(() => Int, { description: "Number of referrals by the customer." }) readonly referrals!: number;
  @Field(() => Int, {
    description: "Number of referrals by others that named the customer; they remain and name no one.",
  })
  readonly namedInReferrals!: number;
  @Field(() => [ErasedSegmentType], { description: "The static segments that the customer was in." })
  readonly staticSegments!: readonly ErasedSegmentType[];
}

@ObjectType("CustomerDeletePayload", { description: "Result of erasing a customer." })
export class CustomerDeletePayloadType {
  @Field(() => ErasureType, {
    nullable: true,
    description: "What was erased; null if there are user errors.",
  })
  readonly erased?: ErasureType | undefined;

  @Field(() => [UserErrorType], userErrorsField)
  readonly userErrors!: readonly UserErrorType[];
}

@Resolver()
export class CustomerMutations {
  @Mutation(() => CustomerPayloadType, {
    complexity: costs(500),
    description:
      "Adds a customer, or replaces the whole profile of the one with the same `sourceId`; records remain.",
  })
  async customerUpsert(
    @Ctx() context: RequestContext,
    @Arg("input", () => CustomerInput, { description: "The profile." }) input: CustomerInput,
  ) {
    const [result] = await written(context, (engine, project) =>
      upsertCustomers(engine, project, [profileOf(input)]),
    );
    return new CustomerPayloadType(result!);
  }

  @Mutation(() => CustomersPayloadType, {
    complexity: costOfEach,
    description:
      "Adds customers, or replaces the whole profiles of those with the same `sourceId`. Of several with one `sourceId`, the last is stored.",
  })
  async customersUpsert(
    @Ctx() context: RequestContext,
    @Arg("input", () => [CustomerInput], { description: "The profiles, at most 1,000." })
    input: CustomerInput[],
  ) {
    refuseTooMany(input);
    return new CustomersPayloadType(
      await written(context, (engine, project) => upsertCustomers(engine, project, input.map(profileOf))),
    );
  }

  @Mutation(() => CustomerPayloadType, {
    complexity: costs(500),
    description: "Changes the profile of a customer: fields that are omitted are unchanged.",
  })
  async customerUpdate(
    @Ctx() context: RequestContext,
    @Arg("input", () => CustomerUpdateInput, { description: "The changes." }) input: CustomerUpdateInput,
  ) {
    const [result] = await written(context, (engine, project) =>
      updateCustomers(engine, project, [patchOf(input, project)]),
    );
    return new CustomerPayloadType(result!);
  }

  @Mutation(() => CustomersPayloadType, {
    complexity: costOfEach,
    description: "Changes the profiles of customers: fields that are omitted are unchanged.",
  })
  async customersUpdate(
    @Ctx() context: RequestContext,
    @Arg("input", () => [CustomerUpdateInput], { description: "The changes, at most 1,000." })
    input: CustomerUpdateInput[],
  ) {
    refuseTooMany(input);
    return new CustomersPayloadType(
      await written(context, (engine, project) =>
        updateCustomers(
          engine,
          project,
          input.map((each) => patchOf(each, project)),
        ),
      ),
    );
  }

  @Mutation(() => CustomersPayloadType, {
    complexity: costOfEach,
    description: "Sets the marketing permissions of customers; the rest of their profiles is unchanged.",
  })
  async consentsSet(
    @Ctx() context: RequestContext,
    @Arg("input", () => [ConsentsInput], { description: "One for each customer, at most 1,000." })
    input: ConsentsInput[],
  ) {
    refuseTooMany(input);
    return new CustomersPayloadType(
      await written(context, (engine, project) =>
        setConsents(
          engine,
          project,
          input.map(({ customer, consents }) => ({ customer: customerOf(customer, project), consents })),
        ),
      ),
    );
  }

  @Mutation(() => CustomerDeletePayloadType, {
    complexity: costs(1_000),
    description:
      "Erases a customer: the profile, all records, memberships, and the name in referrals by others. If it is interrupted, repeat it to complete it.",
  })
  async customerDelete(
    @Ctx() { engine, project, refresh }: RequestContext,
    @Arg("input", () => CustomerByInput, { description: "Which customer." }) input: CustomerByInput,
  ): Promise<CustomerDeletePayloadType> {
    await findProject(engine, project);
    const key = customerKey(input);
    const isHere = "id" in key && key.id.startsWith(customerId(project, ""));
    const named = "id" in key ? (isHere ? sourceIdOf(project, key.id) : "") : key.sourceId;
    const erased = await eraseCustomer(engine, project, named);
    refresh();
    if (erased !== undefined) return { erased: erasureType(erased), userErrors: [] };
    const message = "There is no such customer, and nothing remains of one. List the customers.";
    return { userErrors: [{ field: ["input"], code: "NOT_FOUND", message }] };
  }
}

async function written(
  { engine, project, refresh }: RequestContext,
  work: (engine: RequestContext["engine"], project: string) => Promise<readonly WriteResult[]>,
): Promise<readonly WriteResult[]> {
  const results = await work(engine, project);
  refresh();
  return results;
}

function erasureType({ id, sourceId, profile, records, namedInReferrals, segments }: Erasure): ErasureType {
  return {
    customerId: globalId("Customer", id),
    sourceId,
    profile,
    orders: records.orders,
    events: records.events,
    redemptions: records.redemptions,
    giftCards: records.gift_cards,
    loyaltyCards: records.loyalty,
    referrals: records.referrals,
    namedInReferrals,
    staticSegments: segments.map(({ segment_id, name }) => ({ id: globalId("Segment", segment_id), name })),
  };
}
