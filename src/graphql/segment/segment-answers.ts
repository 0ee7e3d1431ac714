// The types of answers about segments.
import type { GraphQLResolveInfo } from "graphql";
import { GraphQLDateTime } from "graphql-scalars";
import { Args, Ctx, Field, Info, Int, ObjectType } from "type-graphql";
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import type { PreviewAnswer } from "../../query/preview.js";
import {
  CustomerConnectionType,
  CustomerPageArguments,
  customerConnection,
  customerPageComplexity,
  readCustomerPage,
} from "../customer/customer-connection-type.js";
import { maxExactCount } from "../server/connection-type.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { DiagnosticType } from "../server/diagnostic-type.js";
import { SegmentType } from "./segment-type.js";

@ObjectType("CustomerGroup", { description: "A set of customers, counted and listed on demand." })
export class CustomerGroupType {
  readonly #answer: PreviewAnswer;
  readonly #currency: string;

  constructor(answer: PreviewAnswer, currency: string) {
    this.#answer = answer;
    this.#currency = currency;
  }

  @Field(() => Int, { complexity: costs(500), description: "Number of customers." })
  count(@Ctx() { signal }: RequestContext): Promise<number> {
    return this.#answer.count({ signal });
  }

  @Field(() => CustomerConnectionType, {
    complexity: customerPageComplexity(600),
    description: "The customers.",
  })
  async customers(
    @Ctx() { signal }: RequestContext,
    @Args(() => CustomerPageArguments) given: CustomerPageArguments,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CustomerConnectionType> {
    const page = await readCustomerPage(this.#answer, given, info, { signal });
    return customerConnection(page, this.#currency, () => this.#answer.countUpTo(maxExactCount, { signal }));
  }
}

@ObjectType("SegmentImpact", {
  description: "How another query would change the members of an auto-update segment if it was saved now.",
})
export class SegmentImpactType {
  @Field(() => Boolean, { description: "True if the query has no errors." })
  readonly valid!: boolean;

  @Field(() => [DiagnosticType], { description: "Errors and warnings, in the order of the text." })
  readonly diagnostics!: readonly Diagnostic[];

  @Field(() => String, {
    nullable: true,
    description: "The query in canonical form; null if it is not valid.",
  })
  readonly canonical?: string;

  @Field(() => GraphQLDateTime, { description: "The moment that both queries were answered for." })
  readonly asOf!: Date;

  @Field(() => CustomerGroupType, { nullable: true, description: "The members now." })
  readonly before?: CustomerGroupType;

  @Field(() => CustomerGroupType, { nullable: true, description: "The members with the other query." })
  readonly after?: CustomerGroupType;

  @Field(() => CustomerGroupType, { nullable: true, description: "Customers that would enter." })
  readonly entering?: CustomerGroupType;

  @Field(() => CustomerGroupType, { nullable: true, description: "Customers that would leave." })
  readonly leaving?: CustomerGroupType;
}

@ObjectType("OverlapRegion", {
  description: "The customers that are in exactly these of the compared segments.",
})
export class OverlapRegionType {
  @Field(() => [SegmentType], { description: "The segments." })
  readonly segments!: readonly SegmentType[];

  @Field(() => Int, { description: "Number of customers." })
  readonly count!: number;
}

@ObjectType("OverlapSize", { description: "A compared segment, and its size." })
export class OverlapSizeType {
  @Field(() => SegmentType, { description: "The segment." })
  readonly segment!: SegmentType;

  @Field(() => Int, { description: "Number of members." })
  readonly count!: number;
}

@ObjectType("SegmentOverlap", { description: "How segments overlap." })
export class SegmentOverlapType {
  @Field(() => GraphQLDateTime, { description: "The moment that all of them were answered for." })
  readonly asOf!: Date;

  @Field(() => [OverlapSizeType], {
    description: "Each of the segments, in the order of the request.",
  })
  readonly sizes!: readonly OverlapSizeType[];

  @Field(() => Int, { description: "Number of customers in at least one of them." })
  readonly inAny!: number;

  @Field(() => Int, { description: "Number of customers in all of them." })
  readonly inAll!: number;

  @Field(() => [OverlapRegionType], {
    description: "Every combination of segments that has customers, those of most segments first.",
  })
  readonly regions!: readonly OverlapRegionType[];
}

@ObjectType("ProfileSegments", {
  description: "The segments that a customer with a given profile would be in.",
})
export class ProfileSegmentsType {
  @Field(() => GraphQLDateTime, { description: "The moment that all of them were answered for." })
  readonly asOf!: Date;

  @Field(() => [SegmentType], { description: "The segments, by name; no archived ones." })
  readonly segments!: readonly SegmentType[];

  @Field(() => [SegmentType], {
    description: "Segments whose query is no longer valid, so that it is not known.",
  })
  readonly unanswerable!: readonly SegmentType[];
}
