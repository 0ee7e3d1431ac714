// Values for random comparisons: mostly those of the world or close to them, sometimes foreign ones.
import { type AttributeType, typeOf } from "./attributes.js";
import { dayAt, dayParts, units } from "./calendar.js";
import type { Choices } from "./choices.js";
import { measured, measuredType } from "./evaluate.js";
import {
  dayOf,
  elements,
  type Happening,
  instantOf,
  numberOf,
  type Sight,
  seenHappenings,
  stored,
} from "./facts.js";
import type { World } from "./folder.js";
import { type Fraction, fractionOf, minorDigits } from "./number.js";
import * as pools from "./pools.js";
import { trimmed } from "./text.js";
import type { DateValue, Span, Subject } from "./tree.js";
import { timeAt } from "./wording.js";
import { instantsAround } from "./world.js";

/** What a value is drawn for, and by which choices. */
export interface Hand {
  readonly type: AttributeType;
  /** The values that the world has of it. */
  readonly seen: Seen;
  readonly world: World;
  readonly choices: Choices;
  /** In a `where`, in which a bare value ends sooner. */
  readonly inside: boolean;
  /** The value of a measure: its comparison begins with `is` or a sign. */
  readonly isMeasure: boolean;
}

/** Values of the kinds that a type may have. A date's hold the instants around as-of too. */
export interface Seen {
  readonly texts: readonly string[];
  readonly numbers: readonly Fraction[];
  readonly instants: readonly number[];
  readonly days: readonly number[];
}

/** The sights of every customer of a world at its own as-of. */
function sightsOf(world: World): Sight[] {
  return world.customers.map((customer) => ({
    world,
    customer,
    asOf: Date.parse(world.project.asOf),
    zone: world.project.timezone,
  }));
}

/** Every event of a type in a world, also those that are not seen yet. */
function everyHappening(event: string, world: World): (Sight & { readonly happening: Happening })[] {
  return sightsOf(world).flatMap((sight) =>
    seenHappenings(event, { ...sight, asOf: Number.POSITIVE_INFINITY }).map((happening) => ({
      ...sight,
      happening,
    })),
  );
}

/** The values that customers have of an attribute, or events of a property. */
export function seenOf(subject: Subject, world: World): Seen {
  const type = typeOf(subject, world.project);
  const texts: string[] = [];
  const numbers: Fraction[] = [];
  const { instants, days } = datesAround(type, world);
  const sights = subject.event === undefined ? sightsOf(world) : everyHappening(subject.event, world);
  if (type === "products") {
    const items = world.orders.flatMap((order) => order.items);
    return {
      texts: items.flatMap((item) => [item.product_id, item.sku ?? "", item.name ?? ""]),
      numbers,
      instants,
      days,
    };
  }
  for (const sight of sights) {
    if (type === "datetime") instants.push(...present(instantOf(subject, sight)));
    else if (type === "number" || type === "money") numbers.push(...present(numberOf(subject, sight)));
    else {
      const value = stored(subject, sight);
      for (const one of Array.isArray(value) ? elements(subject, sight) : present(value)) {
        if (typeof one === "number") numbers.push(fractionOf(one));
        else if (typeof one === "string" && type.startsWith("datetime")) instants.push(Date.parse(one));
        else if (typeof one === "string" && type.startsWith("date")) days.push(dayOf(one));
        else if (typeof one === "string") texts.push(one);
      }
    }
  }
  return { texts, numbers, instants, days };
}

/** The value of a measure for each customer. */
export function seenOfMeasure(measure: Parameters<typeof measured>[0], world: World): Seen {
  const type = measuredType(measure, world.project);
  const { instants, days } = datesAround(type, world);
  const values = sightsOf(world).flatMap((sight) => present(measured(measure, sight)));
  const times = values.filter((value) => typeof value === "number");
  return {
    texts: [],
    numbers: values.filter((value) => typeof value !== "number"),
    instants: type === "datetime" ? [...instants, ...times] : instants,
    days: type === "date" ? [...days, ...times] : days,
  };
}

/** The times of events of a type or, if there are few, those around as-of. */
export function seenTimes(event: string, world: World): Seen {
  const { instants, days } = datesAround("datetime", world);
  const times = everyHappening(event, world).map(({ happening }) => happening.at);
  return { texts: [], numbers: [], instants: times.length > 2 ? times : instants, days };
}

function datesAround(type: AttributeType, world: World): { instants: number[]; days: number[] } {
  const instants = type.startsWith("date") ? [...instantsAround(world.project)] : [];
  return { instants, days: instants.map((instant) => dayAt(instant, world.project.timezone)) };
}

function present<Value>(value: Value | undefined): Value[] {
  return value === undefined ? [] : [value];
}

/** A text as it might be asked for: one of the world's, whole or (but for `is`) a part, perhaps written otherwise. */
export function drawText(how: "is" | "starts" | "ends" | "contains", hand: Hand): string {
  const { type, choices } = hand;
  const texts = hand.seen.texts.filter((text) => trimmed(text) !== "");
  const foreign =
    type === "products"
      ? ["MacBookAir", "sku-case", "nothing"]
      : type === "exact text"
        ? pools.sourceIds
        : pools.texts;
  const whole = texts.length > 0 && choices.chance(75) ? choices.pick(texts) : choices.pick(foreign);
  const points = Array.from(whole);
  const length = 1 + choices.below(points.length);
  const from = choices.below(points.length);
  const part = {
    is: whole,
    starts: points.slice(0, length).join(""),
    ends: points.slice(-length).join(""),
    contains: points.slice(from, from + length).join(""),
  }[how];
  const text = trimmed(part) === "" ? whole : part;
  if (type === "exact text") return text;
  const otherwise = [
    text,
    text,
    text.toUpperCase(),
    text.toLowerCase(),
    text.normalize("NFD"),
    text.normalize("NFC"),
    `\u00a0${text} `,
  ];
  return choices.pick(otherwise);
}

/** One to four texts. */
export function drawTexts(how: "is", hand: Hand): string[] {
  return Array.from({ length: 1 + hand.choices.below(4) }, () => drawText(how, hand));
}

/** A plain decimal, in major units where the attribute is money: a value of the world, or beside it, or a foreign one. */
export function drawDecimal(hand: Hand): string {
  const { type, world, choices, isMeasure } = hand;
  const { numbers } = hand.seen;
  const foreign = (type === "money" ? pools.amounts : pools.numbers).map(fractionOf);
  const { top, over } =
    numbers.length > 0 && choices.chance(isMeasure ? 85 : 70) ? choices.pick(numbers) : choices.pick(foreign);
  const minor = type === "money" ? (minorDigits[world.project.currency] ?? 2) : 0;
  // Money at its minor unit or up to two digits finer. Other numbers at four digits, as fine as the worlds' are, at times
  // finer than a floating-point number can tell; but an average may have no end, so that it is compared with coarser ones.
  const finest = isMeasure ? 6 : 20;
  const digits =
    type === "money" ? minor + choices.pick([0, 0, 0, 1, 2]) : choices.pick([4, 4, 4, 4, finest]);
  const nearby = choices.pick([0n, 0n, 0n, 0n, 1n, -1n]);
  return plainDecimal((top * 10n ** BigInt(digits)) / (over * 10n ** BigInt(minor)) + nearby, digits);
}

/** `units` of the last of `digits` decimal places, as text without zeros that change nothing. */
function plainDecimal(units: bigint, digits: number): string {
  const size = (units < 0n ? -units : units).toString().padStart(digits + 1, "0");
  const whole = size.slice(0, size.length - digits);
  const part = size.slice(size.length - digits).replace(/0+$/, "");
  return `${units < 0n ? "-" : ""}${whole}${part === "" ? "" : `.${part}`}`;
}

/** A date. `ahead` allows `in 2 weeks`; `named` allows none but days and times. */
export function drawDate(hand: Hand, ahead: boolean, named = false): DateValue {
  const { type, world, choices } = hand;
  const { instants, days } = hand.seen;
  const day = type.startsWith("datetime")
    ? dayAt(choices.pick(instants), world.project.timezone)
    : choices.pick(days);
  const parts = dayParts(day);
  const kinds = ["day", "day", "time", "relative day"] as const;
  const others = [
    "day and month",
    "now",
    "ago",
    "ago",
    "start",
    ...(ahead ? (["ahead"] as const) : []),
  ] as const;
  const kind = choices.pick(named ? kinds : [...kinds, ...others]);
  switch (kind) {
    case "day":
      return { kind, ...parts };
    case "day and month":
      return { kind, day: parts.day, month: parts.month };
    case "relative day":
      return { kind, days: choices.pick([0, -1, 1]) };
    case "time":
      return timeAt(choices.pick(instants), world.project.timezone, choices);
    case "now":
      return { kind };
    case "ago":
    case "ahead":
      return { kind, span: drawSpan(choices) };
    case "start":
      return { kind, of: choices.pick(["week", "month", "quarter", "year"] as const) };
  }
}

const amounts = { minute: 600, hour: 80, day: 400, week: 60, month: 30, quarter: 9, year: 5 } as const;

/** A span, most often one with records at its edges. */
export function drawSpan(choices: Choices): Span {
  if (choices.chance(75)) {
    const [amount, unit] = choices.pick(pools.spans);
    return { amount, unit };
  }
  const unit = choices.pick(units);
  return { amount: 1 + choices.below(amounts[unit]), unit };
}
