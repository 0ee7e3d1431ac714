// The types that only answer questions about segments.
import { GraphQLDateTime } from "graphql-scalars";
import { Args, Ctx, Field, ID, Int, ObjectType } from "type-graphql";
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import type { MembersSource } from "../../membership/reads/members.js";
import type { PreviewAnswer } from "../../query/preview.js";
import { CustomerConnectionType, countedExactly } from "../customer/customer-connection-type.js";
import { CustomerPageArguments, pageComplexity, pageRequest } from "../customer/customer-page-arguments.js";
import type { RequestContext } from "../server/context.js";
import { DiagnosticType } from "../server/diagnostic-type.js";
import { UserErrorType } from "../server/user-error-type.js";
import { sources } from "./members-type.js";
import { SegmentType } from "./segment-type.js";

@ObjectType("SegmentPayload", {
  description: "A segment that was made or changed, or what is wrong with the input.",
})
export class SegmentPayloadType {
  @Field(() => SegmentType, { nullable: true, description: "The segment; null where the input was refused." })
  readonly segment?: SegmentType;

  @Field(() => [UserErrorType], { description: "What is wrong with the input; empty where it was taken." })
  readonly userErrors!: readonly UserErrorType[];

  @Field(() => [DiagnosticType], { description: "Every mistake of a query that was refused." })
  readonly diagnostics!: readonly Diagnostic[];
}

@ObjectType("SegmentDeletePayload", { description: "A segment that was taken away, or why it was not." })
export class SegmentDeletePayloadType {
  @Field(() => ID, { nullable: true, description: "The id that it had; null where it is still there." })
  readonly deletedId?: string;

  @Field(() => [UserErrorType], { description: "Why it was not taken away; empty where it was." })
  readonly userErrors!: readonly UserErrorType[];
}

@ObjectType("CustomerGroup", { description: "Customers, counted and listed when asked for." })
export class CustomerGroupType {
  readonly #answer: PreviewAnswer;
  readonly #currency: string;

  constructor(answer: PreviewAnswer, currency: string) {
    this.#answer = answer;
    this.#currency = currency;
  }

  @Field(() => Int, { complexity: 500, description: "How many they are." })
  count(@Ctx() { signal }: RequestContext): Promise<number> {
    return this.#answer.count({ signal });
  }

  @Field(() => CustomerConnectionType, { complexity: pageComplexity, description: "Who they are." })
  async customers(
    @Ctx() { signal }: RequestContext,
    @Args(() => CustomerPageArguments) written: CustomerPageArguments,
  ): Promise<CustomerConnectionType> {
    const page = await this.#answer.customers(pageRequest(written), { signal });
    return new CustomerConnectionType(page, this.#currency, () =>
      this.#answer.countUpTo(countedExactly, { signal }),
    );
  }
}

@ObjectType("SegmentImpact", {
  description: "What another query would do to an auto-update segment, were it saved now.",
})
export class SegmentImpactType {
  @Field(() => Boolean, { description: "True where the query has no errors." })
  readonly valid!: boolean;

  @Field(() => [DiagnosticType], { description: "Every mistake and every doubt about the query." })
  readonly diagnostics!: readonly Diagnostic[];

  @Field(() => String, { nullable: true, description: "The query in its canonical form." })
  readonly canonical?: string;

  @Field(() => GraphQLDateTime, { description: "The instant that both queries were answered for." })
  readonly asOf!: Date;

  @Field(() => CustomerGroupType, { nullable: true, description: "Who is in it now." })
  readonly before?: CustomerGroupType;

  @Field(() => CustomerGroupType, { nullable: true, description: "Who would be in it." })
  readonly after?: CustomerGroupType;

  @Field(() => CustomerGroupType, { nullable: true, description: "Who would enter it." })
  readonly entering?: CustomerGroupType;

  @Field(() => CustomerGroupType, { nullable: true, description: "Who would leave it." })
  readonly leaving?: CustomerGroupType;
}

@ObjectType("OverlapRegion", {
  description: "The customers who are in just these of the segments compared, and in none of the others.",
})
export class OverlapRegionType {
  @Field(() => [SegmentType], { description: "The segments that they are in." })
  readonly segments!: readonly SegmentType[];

  @Field(() => Int, { description: "How many they are." })
  readonly count!: number;
}

@ObjectType("OverlapSize", { description: "A segment that is compared, and its size." })
export class OverlapSizeType {
  @Field(() => SegmentType, { description: "The segment." })
  readonly segment!: SegmentType;

  @Field(() => Int, { description: "How many customers are in it." })
  readonly count!: number;
}

@ObjectType("SegmentOverlap", { description: "How segments overlap." })
export class SegmentOverlapType {
  @Field(() => GraphQLDateTime, { description: "The instant that all of them were answered for." })
  readonly asOf!: Date;

  @Field(() => [OverlapSizeType], {
    description: "Each of the segments, in the order that they were asked for.",
  })
  readonly sizes!: readonly OverlapSizeType[];

  @Field(() => Int, { description: "How many customers are in any of them." })
  readonly inAny!: number;

  @Field(() => Int, { description: "How many customers are in all of them." })
  readonly inAll!: number;

  @Field(() => [OverlapRegionType], {
    description: "Every region with somebody in it, those of most segments first.",
  })
  readonly regions!: readonly OverlapRegionType[];
}

@ObjectType("CustomerSegments", { description: "The segments that one customer is in." })
export class CustomerSegmentsType {
  @Field(() => GraphQLDateTime, { description: "The instant that all of them were answered for." })
  readonly asOf!: Date;

  @Field(() => [SegmentType], { description: "The segments, by name; none that is put aside." })
  readonly segments!: readonly SegmentType[];

  @Field(() => [SegmentType], {
    description:
      "Those of `segments` whose query was asked, with the profile of today, because nothing is stored of that moment.",
  })
  readonly computed!: readonly SegmentType[];

  @Field(() => [SegmentType], {
    description: "Segments whose query is no longer right, so that nobody can say who is in them.",
  })
  readonly unanswerable!: readonly SegmentType[];
}

@ObjectType("SegmentMembership", { description: "Whether a customer is in a segment." })
export class SegmentMembershipType {
  @Field(() => SegmentType, { description: "The segment." })
  readonly segment!: SegmentType;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "True where the customer is in it; null where its query is no longer right, so that nobody can say.",
  })
  readonly member!: boolean | null;

  @Field(() => sources, { description: "From where it is known." })
  readonly source!: MembersSource;
}
