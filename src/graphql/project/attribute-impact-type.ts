// What another expression of a computed attribute would change.
import { Field, Int, ObjectType } from "type-graphql";
import { SegmentType } from "../segment/segment-type.js";

@ObjectType("AttributeImpact", {
  description: "How the members of one segment would change with another expression of an attribute.",
})
export class AttributeImpactType {
  @Field(() => SegmentType, { description: "The segment." }) readonly segment!: SegmentType;
  @Field(() => Int, { description: "Number of members at present." }) readonly before!: number;
  @Field(() => Int, { description: "Number of members it would have." }) readonly after!: number;
  @Field(() => Int, { description: "Number of customers who would enter." }) readonly entering!: number;
  @Field(() => Int, { description: "Number of members who would leave." }) readonly leaving!: number;
}
