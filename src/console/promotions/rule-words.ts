// The limits of a validation rule in words.

import { promotionStrings } from "../en-promotions.js";
import { formatMoment, formatMoney } from "../parts/format.js";
import type { RuleLimitsFragment } from "./generated.js";

/** The limits of a rule, as `10 in all · 1 per customer`; undefined if it has none. */
export function limitsOf(
  rule: Omit<RuleLimitsFragment, "name">,
  timezone: string,
  currency: string,
): string | undefined {
  const { limits: words } = promotionStrings;
  const { limits, from, until, minimumOrder } = rule;
  const parts = [
    limits.total === null ? [] : words.total(limits.total),
    limits.perCustomer === null ? [] : words.perCustomer(limits.perCustomer),
    limits.perDay === null ? [] : words.perDay(limits.perDay),
    from === null ? [] : words.from(formatMoment(from, timezone)),
    until === null ? [] : words.until(formatMoment(until, timezone)),
    minimumOrder === null ? [] : words.minimumOrder(formatMoney(minimumOrder.amount, currency)),
  ].flat();
  return parts.length === 0 ? undefined : parts.join(" · ");
}
