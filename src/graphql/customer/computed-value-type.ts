// The value of a computed attribute for a customer.
import { GraphQLJSON } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";
import type { ComputedValue } from "../../query/computed-values.js";
import { MoneyType } from "../server/money-type.js";

@ObjectType("ComputedValue", { description: "The value of a computed attribute for a customer." })
export class ComputedValueType {
  readonly #computed: ComputedValue;
  readonly #currency: string;

  /** @param currency the project's. */
  constructor(computed: ComputedValue, currency: string) {
    this.#computed = computed;
    this.#currency = currency;
  }

  @Field(() => String, { description: "Name of the computed attribute." })
  get name(): string {
    return this.#computed.name;
  }

  @Field(() => GraphQLJSON, {
    nullable: true,
    description:
      "The value: a number (of money, in major units), a text, true or false, a date as text, or a list; null if it is unknown.",
  })
  get value(): unknown {
    const { value } = this.#computed;
    const { money } = this;
    if (money !== undefined) return Number(money.amount);
    return value instanceof Date ? value.toISOString() : value;
  }

  @Field(() => MoneyType, {
    nullable: true,
    description: "The value if it is an amount of money.",
  })
  get money(): MoneyType | undefined {
    const { attribute, value } = this.#computed;
    return attribute.type === "money" && typeof value === "number"
      ? new MoneyType(value, this.#currency)
      : undefined;
  }
}
