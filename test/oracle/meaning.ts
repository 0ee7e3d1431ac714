// What comparisons mean of a value that is there, as the page's table and its rules have it.
import { type AttributeType } from "./attributes.js";
import { dayAt, dayParts, move, stretchAround, wallAt } from "./calendar.js";
import { anniversaryIn, dayMeant, isAnniversary, spanOf } from "./dates.js";
import { dayOf, type Sight } from "./facts.js";
import type { OrderItem, Project } from "./folder.js";
import { compareFractions, decimal, type Fraction, fractionOf, minorDigits } from "./number.js";
import { comparable, trimmed } from "./text.js";
import type { Comparison, Item } from "./tree.js";

/** Where and when a date is looked at. */
type Moment = Pick<Sight, "asOf" | "zone">;

/** What a literal is multiplied by before it is compared: amounts are in minor units inside. */
export function scaleOf(type: AttributeType, project: Project): bigint {
  return type === "money" ? 10n ** BigInt(minorDigits[project.currency] ?? 2) : 1n;
}

/** For a value that is there: `has any value` is true, and nothing else belongs to every type. */
export function onlyKnown(comparison: Comparison): boolean {
  if (comparison.kind === "known") return true;
  throw new RangeError(`The oracle has no comparison ${comparison.kind} for this type`);
}

export function textHolds(comparison: Comparison, stored: string, exact: boolean): boolean {
  if (comparison.kind !== "text") return onlyKnown(comparison);
  const value = exact ? stored : comparable(stored);
  const texts = comparison.texts.map((written) => (exact ? trimmed(written) : comparable(written)));
  switch (comparison.how) {
    case "is":
      return texts.includes(value);
    case "starts":
      return texts.some((text) => value.startsWith(text));
    case "ends":
      return texts.some((text) => value.endsWith(text));
    case "contains":
      return texts.some((text) => value.includes(text));
  }
}

export function numberHolds(comparison: Comparison, value: Fraction, scale: bigint): boolean {
  if (comparison.kind !== "number") return onlyKnown(comparison);
  const differences = comparison.decimals.map((written) => {
    const { top, over } = decimal(written);
    return compareFractions(value, { top: top * scale, over });
  });
  const [first = Number.NaN, second = Number.NaN] = differences;
  switch (comparison.how) {
    case "is":
      return differences.includes(0);
    case "less":
      return first < 0;
    case "more":
      return first > 0;
    case "at least":
      return first >= 0;
    case "at most":
      return first <= 0;
    case "between":
      return first >= 0 && second <= 0;
  }
}

export function datetimeHolds(comparison: Comparison, value: number, moment: Moment): boolean {
  const { asOf, zone } = moment;
  switch (comparison.kind) {
    case "date": {
      const spans = comparison.dates.map((date) => spanOf(date, asOf, zone));
      const first = spans[0] ?? { start: Number.NaN, end: Number.NaN };
      const second = spans[1] ?? { start: Number.NaN, end: Number.NaN };
      switch (comparison.how) {
        case "is":
          return value >= first.start && value < first.end;
        case "before":
          return value < first.start;
        case "after":
          return value >= first.end;
        case "on or before":
          return value < first.end;
        case "on or after":
          return value >= first.start;
        case "between":
          return value >= first.start && value < second.end;
      }
      return false;
    }
    case "ago": {
      const edge = move(asOf, -comparison.span.amount, comparison.span.unit, zone);
      if (comparison.how === "more") return value < edge;
      if (comparison.how === "less") return value > edge && value <= asOf;
      const around = stretchAround(edge, comparison.span.unit, zone);
      return value >= around.start && value < around.end;
    }
    case "window": {
      const { amount, unit } = comparison.span;
      if (comparison.toward === "last") return value >= move(asOf, -amount, unit, zone) && value <= asOf;
      return value >= asOf && value <= move(asOf, amount, unit, zone);
    }
    default:
      return onlyKnown(comparison);
  }
}

/** As for a datetime, but every instant is first taken to the day that it falls on. */
export function dateHolds(comparison: Comparison, value: number, moment: Moment): boolean {
  const { asOf, zone } = moment;
  const today = dayAt(asOf, zone);
  switch (comparison.kind) {
    case "date": {
      const days = comparison.dates.map((date) => dayMeant(date, asOf, zone));
      const [first = Number.NaN, second = Number.NaN] = days;
      switch (comparison.how) {
        case "is":
          return value === first;
        case "before":
          return value < first;
        case "after":
          return value > first;
        case "on or before":
          return value <= first;
        case "on or after":
          return value >= first;
        case "between":
          return value >= first && value <= second;
      }
      return false;
    }
    case "ago": {
      const edge = dayAt(move(asOf, -comparison.span.amount, comparison.span.unit, zone), zone);
      if (comparison.how === "more") return value < edge;
      if (comparison.how === "less") return value > edge && value <= today;
      return value === edge;
    }
    case "window": {
      const [from, to] = windowDays(comparison, moment);
      return value >= from && value <= to;
    }
    case "anniversary": {
      if (comparison.on.kind === "relative day") return isAnniversary(value, today + comparison.on.days);
      // 29 February means those born on it, in every year.
      if (comparison.on.month === 2 && comparison.on.day === 29) {
        const born = dayParts(value);
        return born.month === 2 && born.day === 29;
      }
      const anniversary = anniversaryIn(wallAt(asOf, zone).year, value);
      return anniversary.month === comparison.on.month && anniversary.day === comparison.on.day;
    }
    case "anniversary window": {
      const [from, to] = windowDays(comparison, moment);
      for (let day = from; day <= to; day += 1) if (isAnniversary(value, day)) return true;
      return false;
    }
    case "month":
      return dayParts(value).month === comparison.month;
    default:
      return onlyKnown(comparison);
  }
}

function windowDays(
  comparison: Extract<Comparison, { kind: "window" | "anniversary window" }>,
  moment: Moment,
): [number, number] {
  const today = dayAt(moment.asOf, moment.zone);
  const amount = comparison.toward === "last" ? -comparison.span.amount : comparison.span.amount;
  const edge = dayAt(move(moment.asOf, amount, comparison.span.unit, moment.zone), moment.zone);
  return comparison.toward === "last" ? [edge, today] : [today, edge];
}

// Sets.

export function setHolds(
  comparison: Comparison,
  type: AttributeType,
  held: readonly unknown[],
  moment: Moment,
): boolean {
  switch (comparison.kind) {
    case "known":
      return held.length > 0;
    case "empty":
      return held.length === 0;
    case "size":
      return new Set(held.map((element) => identityOf(element, type))).size >= comparison.atLeast;
    case "contains": {
      const has = (item: Item): boolean => held.some((element) => isItem(element, item, type, moment));
      return comparison.every ? comparison.items.every(has) : comparison.items.some(has);
    }
    default:
      throw new RangeError(`The oracle has no comparison ${comparison.kind} for a set`);
  }
}

/** What distinguishes elements of a set. */
function identityOf(element: unknown, type: AttributeType): string | number {
  if (type === "datetime set") return Date.parse(String(element));
  return comparable(String(element));
}

/** Whether an element of a set is what is asked, as `is` would have it. */
function isItem(element: unknown, item: Item, type: AttributeType, moment: Moment): boolean {
  switch (item.kind) {
    case "text":
      return comparable(String(element)) === comparable(item.text);
    case "number":
      return compareFractions(fractionOf(Number(element)), decimal(item.decimal)) === 0;
    case "boolean":
      return element === item.value;
    case "date": {
      const comparison = { kind: "date", how: "is", dates: [item.date] } as const;
      return type === "datetime set"
        ? datetimeHolds(comparison, Date.parse(String(element)), moment)
        : dateHolds(comparison, dayOf(String(element)), moment);
    }
  }
}

export function productsHold(comparison: Comparison, items: readonly OrderItem[]): boolean {
  switch (comparison.kind) {
    case "known":
      return items.length > 0;
    case "empty":
      return items.length === 0;
    case "size":
      return new Set(items.map((item) => comparable(item.product_id))).size >= comparison.atLeast;
    case "contains": {
      const bought = (wanted: Item): boolean => {
        const text = wanted.kind === "text" ? comparable(wanted.text) : "";
        return items.some(
          (item) =>
            comparable(item.product_id) === text ||
            comparable(item.sku ?? "") === text ||
            comparable(item.name ?? "").includes(text),
        );
      };
      return comparison.every ? comparison.items.every(bought) : comparison.items.some(bought);
    }
    default:
      throw new RangeError(`The oracle has no comparison ${comparison.kind} for products`);
  }
}
