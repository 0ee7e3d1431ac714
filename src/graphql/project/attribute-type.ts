// An attribute that queries may name, as GraphQL answers it.
import { Field, ObjectType } from "type-graphql";

@ObjectType("Attribute", { description: "Something about a customer that a query may name." })
export class AttributeType {
  @Field(() => String, { description: "Its canonical name, as `orders.total_amount`." })
  readonly name!: string;

  @Field(() => [String], { description: "Other words for it, as `total amount of customer orders`." })
  readonly phrases!: readonly string[];

  @Field(() => String, { description: "What kind of value it holds, as `text`, `money` or `datetime`." })
  readonly type!: string;

  @Field(() => [String], { description: "The comparisons that it can be used with, as `starts with`." })
  readonly operators!: readonly string[];
}
