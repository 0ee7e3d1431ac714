// A validation rule in words: its limits, and whom it allows as one sentence.
import { quoted } from "../../../grammar/format.js";
import type { RuleLimitsFragment } from "../data/generated.js";
import { promotionStrings } from "../en-promotions.js";
import { formatMoment, formatMoney } from "../parts/format.js";

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

/** How a segment counts in a rule. */
export type How = "allOf" | "anyOf" | "noneOf";

export interface ChosenSegment {
  readonly id: string;
  readonly name: string;
  readonly how: How;
}

/** Segments and sentence together as one sentence; empty for everyone. */
export function audienceOf(query: string, segments: readonly ChosenSegment[]): string {
  const named = (how: How): readonly string[] =>
    segments.filter((segment) => segment.how === how).map(({ name }) => `in segment ${quoted(name)}`);
  const any = named("anyOf");
  const written = query.trim();
  return [
    ...named("allOf"),
    ...(any.length === 0 ? [] : [`any of (${any.join(", ")})`]),
    ...named("noneOf").map((condition) => `not ${condition}`),
    // On lines of its own, since it may end with a comment.
    ...(written === "" ? [] : [`(\n${written}\n)`]),
  ].join(" and ");
}
