// What mutations answer of records that were handed in: each has its own result.
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Erasure } from "../customers/erase.js";
import type { WriteResult } from "../customers/write-result.js";
import { CustomerType } from "./customer-type.js";
import { recordErrors, UserErrorType } from "./user-error-type.js";

const statuses = { WRITTEN: "written", UNCHANGED: "unchanged", REJECTED: "rejected" } as const;

registerEnumType(statuses, {
  name: "WriteStatus",
  description: "What became of a record that was handed in.",
  valuesConfig: {
    WRITTEN: { description: "It is stored." },
    UNCHANGED: { description: "It was stored already, just so." },
    REJECTED: { description: "It was not taken; `userErrors` says why." },
  },
});

type Status = WriteResult["status"];

@ObjectType("WriteResult", { description: "What became of one record." })
export class WriteResultType {
  @Field(() => Int, { description: "Its place in the input, from 0." })
  readonly index!: number;

  @Field(() => String, { nullable: true, description: "The id that it was given, where it was given one." })
  readonly sourceId?: string | null;

  @Field(() => statuses, { description: "What became of it." })
  readonly status!: Status;

  @Field(() => [UserErrorType], { description: "What is wrong with it; empty where it was taken." })
  readonly userErrors!: readonly UserErrorType[];
}

@ObjectType("WritePayload", { description: "What became of the records." })
export class WritePayloadType {
  @Field(() => [WriteResultType], { description: "A result for each record, in their order." })
  readonly results!: readonly WriteResultType[];

  @Field(() => [UserErrorType], { description: "What is wrong with any of them." })
  readonly userErrors!: readonly UserErrorType[];
}

@ObjectType("CustomerResult", { description: "What became of one customer's profile." })
export class CustomerResultType extends WriteResultType {
  @Field(() => CustomerType, {
    nullable: true,
    description: "The customer as they are now; null where it was rejected.",
  })
  readonly customer?: CustomerType;
}

@ObjectType("CustomersPayload", { description: "What became of customers' profiles." })
export class CustomersPayloadType {
  @Field(() => [CustomerResultType], { description: "A result for each profile, in their order." })
  readonly results!: readonly CustomerResultType[];

  @Field(() => [UserErrorType], { description: "What is wrong with any of them." })
  readonly userErrors!: readonly UserErrorType[];
}

@ObjectType("CustomerPayload", {
  description: "A customer who was written, or what is wrong with the input.",
})
export class CustomerPayloadType {
  @Field(() => CustomerType, {
    nullable: true,
    description: "The customer as they are now; null where it was rejected.",
  })
  readonly customer?: CustomerType;

  @Field(() => statuses, { description: "What became of the profile." })
  readonly status!: Status;

  @Field(() => [UserErrorType], { description: "What is wrong with the input; empty where it was taken." })
  readonly userErrors!: readonly UserErrorType[];
}

@ObjectType("ErasedSegment", { description: "A static segment that an erased person was in." })
export class ErasedSegmentType {
  @Field(() => ID, { description: "The segment's `id`." }) readonly id!: string;
  @Field(() => String, { description: "Its name." }) readonly name!: string;
}

@ObjectType("Erasure", { description: "What was erased of a person." })
export class ErasureType {
  @Field(() => ID, { description: "The id that the customer had." }) readonly id!: string;
  @Field(() => String, { description: "The id that they have where they come from." })
  readonly sourceId!: string;
  @Field(() => Boolean, { description: "True where there was a profile." }) readonly profile!: boolean;
  @Field(() => Int, { description: "Number of orders." }) readonly orders!: number;
  @Field(() => Int, { description: "Number of events." }) readonly events!: number;
  @Field(() => Int, { description: "Number of redemptions." }) readonly redemptions!: number;
  @Field(() => Int, { description: "Number of gift cards." }) readonly giftCards!: number;
  @Field(() => Int, { description: "Number of loyalty cards." }) readonly loyaltyCards!: number;
  @Field(() => Int, { description: "Number of referrals that they made." }) readonly referrals!: number;
  @Field(() => Int, { description: "Number of referrals by others that named them, and name nobody now." })
  readonly namedInReferrals!: number;
  @Field(() => [ErasedSegmentType], { description: "The static segments that they were in." })
  readonly staticSegments!: readonly ErasedSegmentType[];
}

@ObjectType("CustomerDeletePayload", { description: "What was erased, or why nothing was." })
export class CustomerDeletePayloadType {
  @Field(() => ErasureType, { nullable: true, description: "What was erased; null where there was nothing." })
  readonly erased?: ErasureType;

  @Field(() => [UserErrorType], { description: "Why nothing was erased; empty where something was." })
  readonly userErrors!: readonly UserErrorType[];
}

/** The erasure as it is answered. */
export function erasureType({
  id,
  sourceId,
  profile,
  records,
  namedInReferrals,
  segments,
}: Erasure): ErasureType {
  return {
    id,
    sourceId,
    profile,
    orders: records.orders,
    events: records.events,
    redemptions: records.redemptions,
    giftCards: records.gift_cards,
    loyaltyCards: records.loyalty,
    referrals: records.referrals,
    namedInReferrals,
    staticSegments: segments.map(({ segment_id, name }) => ({ id: segment_id, name })),
  };
}

/** The payload of records that were handed in. @param sourceIds the id that each was given. */
export function writePayload(
  results: readonly WriteResult[],
  sourceIds: readonly (string | null | undefined)[],
): WritePayloadType {
  const told = results.map((result, index) => ({
    index,
    sourceId: sourceIds[index],
    status: result.status,
    userErrors: recordErrors(["inputs", String(index)], result),
  }));
  return { results: told, userErrors: told.flatMap(({ userErrors }) => userErrors) };
}
