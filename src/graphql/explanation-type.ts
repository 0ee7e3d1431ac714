// How a store finds a query's customers, as GraphQL gives it.
import { Field, Float, ObjectType } from "type-graphql";

@ObjectType("ExplanationStep", { description: "One step of how the store ran the pipeline." })
export class ExplanationStepType {
  @Field(() => String, { description: "The stage or scan, in the store's own word." })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: "The collection that it reads." })
  readonly collection?: string;

  @Field(() => String, { nullable: true, description: "The index that served it; null where none did." })
  readonly index?: string;

  @Field(() => Float, {
    nullable: true,
    description: "How many documents or keys it looked at, where the store says.",
  })
  readonly rowsRead?: number;

  @Field(() => Float, { nullable: true, description: "How many rows it handed on, where the store says." })
  readonly rowsReturned?: number;
}

@ObjectType("Explanation", {
  description: "How the store ran a query's pipeline, in one shape for every store.",
})
export class ExplanationType {
  @Field(() => [ExplanationStepType], { description: "The steps, the first first." })
  readonly steps!: readonly ExplanationStepType[];

  @Field(() => [String], { description: "Every index used." })
  readonly indexes!: readonly string[];

  @Field(() => Float, { nullable: true, description: "How many documents and keys were looked at in all." })
  readonly rowsRead?: number;

  @Field(() => Float, { nullable: true, description: "How many rows came out." })
  readonly rowsReturned?: number;
}
