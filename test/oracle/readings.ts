// The second version of the language as its page says it, read as literally as can be: each part is words, and what they mean of
// one customer. Sequences try every assignment of records to steps.
import { dayAt, dayNumber, dayParts, dayStart, move, type Stretch, startOf, wallAt } from "./calendar.js";
import { countedHappenings } from "./evaluate.js";
import { type Happening, type Sight, seenHappenings } from "./facts.js";
import type { OrderItem } from "./folder.js";
import { averageOf, type Fraction, fractionOf, sumOf } from "./number.js";
import { comparable } from "./text.js";
import type { Clause, Reading, Span } from "./tree.js";

/** Words with their meaning. */
export function reading(
  written: string,
  holds: (sight: Sight) => boolean,
  ends: Reading["ends"] = "closed",
): Reading {
  return { kind: "reading", written, holds, ends };
}

export const everyone = (written: string): Reading => reading(written, () => true);

// Spans of the calendar.

const monthNames =
  "january february march april may june july august september october november december".split(" ");

/** What a span of the calendar covers at an instant. */
export function stretchOf(period: string, { asOf, zone }: Pick<Sight, "asOf" | "zone">): Stretch {
  const text = period.toLowerCase();
  const today = dayAt(asOf, zone);
  const day = { yesterday: -1, today: 0, tomorrow: 1 }[text];
  if (day !== undefined) return { start: dayStart(today + day, zone), end: dayStart(today + day + 1, zone) };
  const relative = /^(this|last|previous|next) (?:calendar )?(week|month|quarter|year)$/.exec(text);
  if (relative !== null) {
    const unit = relative[2] as "week" | "month" | "quarter" | "year";
    const step = { this: 0, last: -1, previous: -1, next: 1 }[relative[1]!]!;
    const first = startOf(asOf, unit, zone);
    // Noon is on every day, whatever the clocks do at its midnights.
    const from = dayAt(move(first + 12 * 3_600_000, step, unit, zone), zone);
    const to = dayAt(move(first + 12 * 3_600_000, step + 1, unit, zone), zone);
    return { start: dayStart(from, zone), end: dayStart(to, zone) };
  }
  const [word = "", written] = text.split(" ");
  const now = wallAt(asOf, zone);
  const months = (year: number, month: number, count: number): Stretch => ({
    start: dayStart(dayNumber(year, month, 1), zone),
    end: dayStart(
      dayNumber(year + Math.floor((month - 1 + count) / 12), ((month - 1 + count) % 12) + 1, 1),
      zone,
    ),
  });
  if (/^\d{4}$/.test(word)) return months(Number(word), 1, 12);
  const isQuarter = /^q[1-4]$/.test(word);
  const month = isQuarter
    ? 3 * Number(word.charAt(1)) - 2
    : monthNames.findIndex((name) => name === word || name.slice(0, 3) === word) + 1;
  const latest = month <= now.month ? now.year : now.year - 1;
  return months(written === undefined ? latest : Number(written), month, isQuarter ? 3 : 1);
}

/** A datetime within a span of the calendar. */
export function isDuring(at: number, period: string, sight: Sight): boolean {
  const { start, end } = stretchOf(period, sight);
  return at >= start && at < end;
}

/** A day (by its number) within one. */
export function isDayDuring(day: number, period: string, sight: Sight): boolean {
  const { start, end } = stretchOf(period, sight);
  return day >= dayAt(start, sight.zone) && day <= dayAt(end - 1, sight.zone);
}

// Sequences.

export interface Step {
  readonly event: string;
  readonly negated: boolean;
  /** Windows and wheres, as of an event condition. */
  readonly clauses: readonly Clause[];
  readonly within?: Span;
  /** Of the record of this step and that of the positive step before. */
  readonly same?: (own: Happening, previous: Happening, sight: Sight) => boolean;
}

/** Whether some assignment of records to the positive steps is as it has to be. */
export function sequenceHolds(
  steps: readonly Step[],
  which: "first" | "last" | undefined,
  sight: Sight,
): boolean {
  const { asOf, zone } = sight;
  const records = new Map(steps.map((step) => [step, countedHappenings(step.event, step.clauses, sight)]));
  const recordsOf = (step: Step): readonly Happening[] => records.get(step) ?? [];
  const after = (previous: Happening, span: Span): number => move(previous.at, span.amount, span.unit, zone);
  const isSame = ({ same }: Step, own: Happening, previous: Happening): boolean =>
    same?.(own, previous, sight) ?? true;
  const choose = (index: number, previous: Happening | undefined, between: readonly Step[]): boolean => {
    const step = steps[index];
    if (step === undefined) {
      return between.every((negative) => {
        const end = after(previous!, negative.within!);
        const isThere = recordsOf(negative).some(
          (own) => own.at > previous!.at && own.at <= end && isSame(negative, own, previous!),
        );
        return end <= asOf && !isThere;
      });
    }
    if (step.negated) return choose(index + 1, previous, [...between, step]);
    const candidates = previous === undefined ? chosen(recordsOf(step), which) : recordsOf(step);
    return candidates.some((record) => {
      if (previous !== undefined) {
        if (record.at <= previous.at || !isSame(step, record, previous)) return false;
        if (step.within !== undefined && record.at > after(previous, step.within)) return false;
        const cut = between.some((negative) =>
          recordsOf(negative).some(
            (own) => own.at > previous.at && own.at < record.at && isSame(negative, own, previous),
          ),
        );
        if (cut) return false;
      }
      return choose(index + 1, record, []);
    });
  };
  return choose(0, undefined, []);
}

function chosen(records: readonly Happening[], which: "first" | "last" | undefined): readonly Happening[] {
  if (which === undefined || records.length === 0) return records;
  const edge = Math[which === "first" ? "min" : "max"](...records.map(({ at }) => at));
  const there = records.filter(({ at }) => at === edge);
  const ids = there.map(({ order }) => order?.source_id ?? "").sort();
  const id = which === "first" ? ids[0] : ids.at(-1);
  return there.filter(({ order }) => (order?.source_id ?? "") === id);
}

/** Whether a text names a product of an order: by its id or SKU, or by a part of its name. */
export function namesProduct(text: unknown, happening: Happening): boolean {
  if (typeof text !== "string" || comparable(text) === "") return false;
  const wanted = comparable(text);
  return (happening.order?.items ?? []).some(
    ({ product_id, sku, name }) =>
      [product_id, sku].some((id) => comparable(id ?? "") === wanted) ||
      comparable(name ?? "").includes(wanted),
  );
}

export function productIds(happening: Happening): readonly string[] {
  return (happening.order?.items ?? [])
    .map(({ product_id, sku, name }) => comparable(product_id || sku || name || ""))
    .filter((id) => id !== "");
}

// Lines of an order.

/** A line of a product that a text names: by its id or SKU, or by its whole name. */
export const lineIs = (line: OrderItem, text: string): boolean =>
  [line.product_id, line.sku, line.name].some((name) => comparable(name ?? "") === comparable(text));

/** The same by a part of its name. */
export const lineContains = (line: OrderItem, text: string): boolean =>
  lineIs({ ...line, name: null }, text) || comparable(line.name ?? "").includes(comparable(text));

// Figures within a window.

type Figure =
  | "orders.count"
  | "orders.total_amount"
  | "orders.average_amount"
  | "redemptions.count"
  | "referrals.count";

/** The value of a figure over the records whose time passes. */
export function figureWithin(
  figure: Figure,
  passes: (at: number) => boolean,
  sight: Sight,
  campaign?: string,
): Fraction | undefined {
  const { world, customer, asOf } = sight;
  const orders = seenHappenings("order", sight).filter(({ at }) => passes(at));
  const amounts = orders.map(({ order }) => fractionOf(order!.amount));
  const seen = (at: string): boolean => Date.parse(at) <= asOf && passes(Date.parse(at));
  switch (figure) {
    case "orders.count":
      return fractionOf(orders.length);
    case "orders.total_amount":
      return sumOf(amounts);
    case "orders.average_amount":
      return averageOf(amounts);
    case "redemptions.count":
      return fractionOf(
        world.redemptions.filter(
          (row) => row.customer === customer.source_id && row.result === "SUCCESS" && seen(row.at),
        ).length,
      );
    case "referrals.count":
      return fractionOf(
        world.referrals.filter(
          (row) =>
            row.referrer === customer.source_id &&
            (campaign === undefined || row.campaign === campaign) &&
            seen(row.at),
        ).length,
      );
  }
}

/** Whether an instant lies within a length of time of another. */
export function isWithin(
  at: number,
  span: Span,
  direction: "after" | "before" | "of",
  anchor: number,
  zone: string,
): boolean {
  const later = at >= anchor && at <= move(anchor, span.amount, span.unit, zone);
  const sooner = at <= anchor && at >= move(anchor, -span.amount, span.unit, zone);
  return direction === "after" ? later : direction === "before" ? sooner : later || sooner;
}

/** The same of two days, by their numbers. */
export function isDayWithin(
  day: number,
  span: Span,
  direction: "after" | "before" | "of",
  anchor: number,
): boolean {
  const moved = (sign: 1 | -1): number => {
    const noon = Date.UTC(dayParts(anchor).year, dayParts(anchor).month - 1, dayParts(anchor).day, 12);
    return dayAt(move(noon, sign * span.amount, span.unit, "UTC"), "UTC");
  };
  const later = day >= anchor && day <= moved(1);
  const sooner = day <= anchor && day >= moved(-1);
  return direction === "after" ? later : direction === "before" ? sooner : later || sooner;
}
