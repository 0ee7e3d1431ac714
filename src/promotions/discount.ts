// What a redemption takes off an order.
import { formatMoney } from "../catalog/money.js";
import type { Discount } from "../documents/promotion-documents.js";
import { decimalOf, exactNumber, multiply, readDecimal, roundTo } from "../facts/decimal.js";
import { checkWhole, PromotionError, shortened } from "./promotion-error.js";
import { maxAmount } from "./rules.js";

/** The most decimals of a percentage. */
const maxDecimals = 4;

/** Exactly one of `percent` and `amount` is given; amounts are in minor units. */
export interface DiscountRequest {
  /** A decimal number above 0, up to 100, as `12.5`. */
  readonly percent?: string | undefined;
  /** The most that `percent` takes off. */
  readonly maximum?: number | undefined;
  readonly amount?: number | undefined;
}

/** Checks a discount for saving. @throws PromotionError `INVALID_INPUT`. */
export function readDiscount({ percent, maximum, amount }: DiscountRequest): Discount {
  if ((percent === undefined) === (amount === undefined))
    throw invalid(
      "discount",
      "A discount takes off either a percentage or an amount. Give exactly one of them.",
    );
  if (amount !== undefined) {
    if (maximum !== undefined)
      throw invalid("maximum", "Only a percentage has a maximum. Leave it out for an amount.");
    return { kind: "amount", amount: checkWhole(amount, "amount", 1, maxAmount) };
  }
  const kept = readPercent(percent!);
  if (maximum === undefined) return { kind: "percent", percent: kept };
  return { kind: "percent", percent: kept, maximum: checkWhole(maximum, "maximum", 1, maxAmount) };
}

function readPercent(written: string): string {
  const text = written.trim().replace(/\s*%$/, "");
  const read = readDecimal(text);
  if (
    read === undefined ||
    read.scale > maxDecimals ||
    read.units <= 0n ||
    read.units > 100n * 10n ** BigInt(read.scale)
  )
    throw invalid(
      "percent",
      `"${shortened(written)}" is not a percentage. Write a number above 0, up to 100, with ${maxDecimals} decimals at most, as 12.5.`,
    );
  return text.replace(/^\+/, "");
}

/** The amount that a discount takes off an order, in minor units: halves are rounded up, and never more than the order. */
export function discountOf(discount: Discount, orderAmount: number): number {
  switch (discount.kind) {
    case "amount":
      return Math.min(discount.amount, orderAmount);
    case "percent": {
      const { units, scale } = multiply(decimalOf(orderAmount)!, readDecimal(discount.percent)!);
      const part = exactNumber(roundTo({ units, scale: scale + 2 }, 0))!;
      return Math.min(part, discount.maximum ?? part);
    }
    default:
      return discount satisfies never;
  }
}

/** The discount in words, as `12.5 %, at most $20.00`. */
export function discountText(discount: Discount, currency: string): string {
  switch (discount.kind) {
    case "amount":
      return formatMoney(discount.amount, currency);
    case "percent": {
      const { percent, maximum } = discount;
      return `${percent} %${maximum === undefined ? "" : `, at most ${formatMoney(maximum, currency)}`}`;
    }
    default:
      return discount satisfies never;
  }
}

function invalid(field: string, message: string): PromotionError {
  return new PromotionError("INVALID_INPUT", field, message);
}
