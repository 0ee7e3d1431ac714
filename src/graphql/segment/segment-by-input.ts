// The input that identifies a segment.
import { Field, ID, InputType } from "type-graphql";

@InputType("SegmentByInput", { description: "Identifies a segment, by its id or its name." })
export class SegmentByInput {
  @Field(() => ID, { nullable: true, description: "Global id." })
  readonly id?: string | null;

  @Field(() => String, { nullable: true, description: "Name; case is ignored." })
  readonly name?: string | null;
}
