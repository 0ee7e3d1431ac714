// Money as GraphQL answers it.
import { GraphQLSafeInt } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";
import { decimalAmount, formatMoney } from "../../catalog/money.js";

@ObjectType("Money", { description: "An amount of money, exact." })
export class MoneyType {
  @Field(() => GraphQLSafeInt, {
    description: "The amount in the currency's minor unit (cents), a whole number: 1050 is $10.50.",
  })
  readonly minorAmount: number;

  @Field(() => String, { description: "ISO 4217 code of the currency, as `USD`." })
  readonly currency: string;

  constructor(minorAmount: number, currency: string) {
    // An average is seldom whole; money that is shown is.
    this.minorAmount = Math.round(minorAmount);
    this.currency = currency;
  }

  @Field(() => String, {
    description: "The amount in major units as a decimal number, as `1234.50`: exact, and for programs.",
  })
  get amount(): string {
    return decimalAmount(this.minorAmount, this.currency);
  }

  @Field(() => String, { description: "The amount as people write it, as `$1,234.50`." })
  get formatted(): string {
    return formatMoney(this.minorAmount, this.currency);
  }
}
