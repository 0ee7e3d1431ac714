// What mutations answer of records that were handed in: each has its own result.
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Erasure } from "../../definitions/erase.js";
import type { WriteResult } from "../../ingest/write-result.js";
import { CustomerType } from "../customer/customer-type.js";
import { EventType, OrderType } from "../customer/record-types.js";
import { recordErrors, UserErrorType } from "../server/user-error-type.js";
import type { WrittenThings } from "./written.js";

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

@ObjectType()
abstract class ResultType {
  protected readonly result: WriteResult;
  protected readonly written: WrittenThings;

  constructor(
    result: WriteResult,
    written: WrittenThings,
    index: number,
    sourceId: string | null | undefined,
  ) {
    this.result = result;
    this.written = written;
    this.index = index;
    this.sourceId = sourceId;
  }

  @Field(() => Int, { description: "Its place in the input, from 0." })
  readonly index: number;

  @Field(() => String, { nullable: true, description: "The id that it was given, where it was given one." })
  readonly sourceId: string | null | undefined;

  @Field(() => statuses, { description: "What became of it." })
  get status(): Status {
    return this.result.status;
  }

  @Field(() => [UserErrorType], { description: "What is wrong with it; empty where it was taken." })
  get userErrors(): readonly UserErrorType[] {
    return recordErrors(["inputs", String(this.index)], this.result);
  }

  /** What is stored of it; undefined where it was rejected. */
  protected stored<Value>(read: (id: string) => Promise<Value>): Promise<Value> | undefined {
    return this.result.status === "rejected" ? undefined : read(this.result.id);
  }
}

const customerNow = {
  nullable: true,
  description: "The customer as they are now; null where it was rejected.",
} as const;

@ObjectType("CustomerResult", { description: "What became of what was said of one customer." })
export class CustomerResultType extends ResultType {
  @Field(() => CustomerType, customerNow)
  get customer() {
    return this.stored(this.written.customer);
  }
}

@ObjectType("OrderResult", { description: "What became of one order." })
export class OrderResultType extends ResultType {
  @Field(() => OrderType, {
    nullable: true,
    description: "The order as it is stored; null where it was rejected.",
  })
  get order() {
    return this.stored(this.written.order);
  }

  @Field(() => CustomerType, customerNow)
  get customer() {
    return this.stored((id) => this.written.ownerOf("orders", id));
  }
}

@ObjectType("EventResult", { description: "What became of one event." })
export class EventResultType extends ResultType {
  @Field(() => EventType, {
    nullable: true,
    description: "The event as it is stored; null where it was rejected.",
  })
  get event() {
    return this.stored(this.written.event);
  }

  @Field(() => CustomerType, customerNow)
  get customer() {
    return this.stored((id) => this.written.ownerOf("events", id));
  }
}

/** The payload of results of one kind. */
function payloadOf<Result extends ResultType>(of: new (...given: never[]) => Result) {
  @ObjectType()
  abstract class PayloadType {
    @Field(() => [of], { description: "A result for each, in their order." })
    readonly results!: readonly Result[];

    @Field(() => [UserErrorType], { description: "What is wrong with any of them." })
    readonly userErrors!: readonly UserErrorType[];
  }
  return PayloadType;
}

@ObjectType("CustomersPayload", { description: "What became of what was said of customers." })
export class CustomersPayloadType extends payloadOf(CustomerResultType) {}

@ObjectType("OrdersPayload", { description: "What became of orders." })
export class OrdersPayloadType extends payloadOf(OrderResultType) {}

@ObjectType("EventsPayload", { description: "What became of events." })
export class EventsPayloadType extends payloadOf(EventResultType) {}

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

/** The payload of what was handed in. @param sourceIds the id that each was given. */
export function writePayload<Result extends ResultType>(
  of: new (...given: ConstructorParameters<typeof ResultType>) => Result,
  results: readonly WriteResult[],
  written: WrittenThings,
  sourceIds: readonly (string | null | undefined)[],
): { readonly results: readonly Result[]; readonly userErrors: readonly UserErrorType[] } {
  const told = results.map((result, index) => new of(result, written, index, sourceIds[index]));
  return { results: told, userErrors: told.flatMap(({ userErrors }) => userErrors) };
}
