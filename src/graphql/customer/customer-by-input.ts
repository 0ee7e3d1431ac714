// The input that identifies a customer.
import { Field, ID, InputType } from "type-graphql";
import type { CustomerKey } from "../../query/customer.js";
import { keyOf } from "../server/global-id.js";

@InputType("CustomerByInput", { description: "Identifies a customer, by one of its ids." })
export class CustomerByInput {
  @Field(() => ID, { nullable: true, description: "Global id." })
  readonly id?: string | null;

  @Field(() => String, { nullable: true, description: "Id in the source system; case-sensitive." })
  readonly sourceId?: string | null;
}

/** @throws GraphQLError `BAD_USER_INPUT` if the global id is not a customer's. */
export function customerKey({ id, sourceId }: CustomerByInput): CustomerKey {
  return typeof id === "string" ? { id: keyOf("Customer", id, "id") } : { sourceId: sourceId ?? "" };
}
