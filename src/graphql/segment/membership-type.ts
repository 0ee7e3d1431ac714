// Whether a customer is in a segment.
import { Ctx, Field, ObjectType } from "type-graphql";
import type { MembersSource } from "../../membership/reads/members.js";
import type { RequestContext } from "../server/context.js";
import { sources } from "./members-type.js";
import { segmentTypeOf } from "./segment-of.js";
import { SegmentType } from "./segment-type.js";

@ObjectType("SegmentMembership", { description: "Whether a customer is in a segment." })
export class SegmentMembershipType {
  readonly #segmentId: string;

  @Field(() => Boolean, {
    nullable: true,
    description: "True if the customer is in it; null if the segment's query is no longer valid.",
  })
  readonly member: boolean | null;

  @Field(() => sources, { description: "Source of the membership." })
  readonly source: MembersSource;

  constructor(segmentId: string, member: boolean | null, source: MembersSource) {
    this.#segmentId = segmentId;
    this.member = member;
    this.source = source;
  }

  @Field(() => SegmentType, { nullable: true, description: "The segment; null if it was deleted meanwhile." })
  segment(@Ctx() context: RequestContext): Promise<SegmentType | undefined> {
    return segmentTypeOf(context, this.#segmentId);
  }
}
