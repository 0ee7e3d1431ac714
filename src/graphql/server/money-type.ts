// Money as GraphQL reads and returns it.
import { GraphQLSafeInt } from "graphql-scalars";
import { Field, InputType, ObjectType } from "type-graphql";
import { minorDigits } from "../../catalog/currency.js";
import { decimalAmount, formatMoney } from "../../catalog/money.js";
import { RecordError } from "../../facts/record-error.js";

@ObjectType("Money", { description: "An amount of money." })
export class MoneyType {
  readonly #minorAmount: number;

  @Field(() => String, { description: "ISO 4217 code of the currency, as `USD`." })
  readonly currency: string;

  constructor(minorAmount: number, currency: string) {
    // An average is rarely a whole number of minor units; the shown amount is.
    this.#minorAmount = Math.round(minorAmount);
    this.currency = currency;
  }

  @Field(() => GraphQLSafeInt, {
    nullable: true,
    description:
      "The amount in the currency's minor unit (cents): 1050 is $10.50. Null beyond ±9,007,199,254,740,991, which JSON numbers do not hold exactly.",
  })
  get minorAmount(): number | null {
    return Number.isSafeInteger(this.#minorAmount) ? this.#minorAmount : null;
  }

  @Field(() => String, { description: "The amount in major units, as the decimal number `1234.50`." })
  get amount(): string {
    return decimalAmount(this.#minorAmount, this.currency);
  }

  @Field(() => String, { description: "The amount as people write it, as `$1,234.50`." })
  get formatted(): string {
    return formatMoney(this.#minorAmount, this.currency);
  }
}

@InputType("MoneyInput", { description: "An amount of money in the project's currency." })
export class MoneyInput {
  @Field(() => String, { nullable: true, description: "The amount in major units, as `1234.50`." })
  readonly amount?: string | null;

  @Field(() => GraphQLSafeInt, {
    nullable: true,
    description: "The amount in the currency's minor unit (cents): 1050 is $10.50.",
  })
  readonly minorAmount?: number | null;
}

/** The amount in minor units. @throws RecordError if the currency has no such amount. */
export function minorAmountOf(
  input: MoneyInput | null | undefined,
  currency: string,
  field: string,
): number | undefined {
  if (input === null || input === undefined) return undefined;
  if (typeof input.minorAmount === "number") return input.minorAmount;
  const digits = minorDigits(currency);
  const parts = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(input.amount ?? "");
  const fraction = parts?.[3] ?? "";
  const minor = parts && Number(`${parts[1]}${parts[2]}${fraction.slice(0, digits).padEnd(digits, "0")}`);
  if (parts && /^0*$/.test(fraction.slice(digits)) && Number.isSafeInteger(minor)) return Number(minor);
  const shown = (input.amount ?? "").slice(0, 40);
  throw new RecordError(
    `\`${field}\` is "${shown}", which is not an amount of ${currency}; write one as ${digits === 0 ? "1234" : `1234.${"50".padEnd(digits, "0")}`}`,
  );
}
