// Random conditions that only the second version of the language has.
import fc from "fast-check";
import { drawAgainst, drawPropertyAgainst } from "./against.js";
import { type AttributeType, propertiesOf, typeOf } from "./attributes.js";
import { type Choices, choicesArbitrary } from "./choices.js";
import { writeComparison } from "./comparing.js";
import { computedAttributes } from "./computed.js";
import { type Hand, type Seen, seenOf } from "./drawing.js";
import { countedHappenings, isKnown } from "./evaluate.js";
import { drawCount, drawEvent, drawWhere, drawWindow, writeHead } from "./events.js";
import { dayOf, elements, instantOf, numberOf, type Sight, stored } from "./facts.js";
import type { OrderItem, World } from "./folder.js";
import { datetimeHolds, numberHolds, scaleOf, textHolds } from "./meaning.js";
import { writeEvent, writeMeasured, writeNoise } from "./naming.js";
import { compareFractions, decimal, type Fraction, fractionOf } from "./number.js";
import { distanceOf, drawDistanceComparison, drawPeriodComparison, drawTime, periodOf } from "./periods.js";
import * as pools from "./pools.js";
import { everyone, figureWithin, lineContains, lineIs, productIds, reading } from "./readings.js";
import { drawSequence } from "./sequences.js";
import { comparable, trimmed } from "./text.js";
import type { Clause, Query, Reading, Subject } from "./tree.js";
import { anyCase, writeMoney, writeNumber, writeText } from "./wording.js";

/** A random condition of the second version. The world is seen at its own as-of. */
export function secondVersionArbitrary(seen: World): fc.Arbitrary<Query> {
  return choicesArbitrary.map((choices) => choices.pick(kinds)(seen, choices));
}

const kinds: readonly ((world: World, choices: Choices) => Query)[] = [
  ...[drawSequence, drawSequence, drawSequence, drawSequence],
  ...[drawTimedEvent, drawTimedEvent, drawTimedEvent, drawDifferent, drawDifferent],
  ...[drawPeriodComparison, drawPeriodComparison, drawDistanceComparison, drawDistanceComparison],
  ...[drawFigure, drawFigure, drawFigure, drawItem, drawItem, drawComputed, drawComputed],
  ...[drawAgainst, drawAgainst, drawAgainst],
  (_, choices) => everyone(anyCase(choices.pick(["everyone", "anyone", "all customers"]), choices)),
];

/** A random condition whose answer depends on how instants are moved and divided into days. */
export function timedArbitrary(seen: World): fc.Arbitrary<Query> {
  return choicesArbitrary.map((choices) => choices.pick(timedKinds)(seen, choices));
}

const timedKinds: typeof kinds = [
  ...[drawSequence, drawSequence, drawTimedEvent, drawTimedEvent, drawFigure],
  ...[drawPeriodComparison, drawDistanceComparison, drawDistanceComparison],
];

function handOf(type: AttributeType, seen: Partial<Seen>, world: World, choices: Choices): Hand {
  const all = { texts: [], numbers: [], instants: [], days: [], ...seen };
  return { type, seen: all, world, choices, inside: false, isMeasure: true };
}

function sightsOf(world: World): Sight[] {
  const { asOf, timezone } = world.project;
  return world.customers.map((customer) => ({
    world,
    customer,
    asOf: Date.parse(asOf),
    zone: timezone,
  }));
}

// Events.

/** A condition on events with a window, a count or a `where` that the first version has not. */
function drawTimedEvent(world: World, choices: Choices): Query {
  const event = drawEvent(world, choices);
  const negated = choices.chance(20);
  const clauses: Clause[] = [];
  if (choices.chance(60)) clauses.push(drawTime(world, choices));
  const where = choices.chance(50) ? drawLaterWhere(event, world, choices) : undefined;
  if (where !== undefined) clauses.push({ kind: "where", query: where, written: anyCase("where", choices) });
  if (!negated && choices.chance(50)) clauses.push(drawDays(choices));
  if (!negated && choices.chance(25)) clauses.push(drawCount(event, [], world, choices));
  if (choices.chance(50)) clauses.reverse();
  return { kind: "event", event, negated, head: writeHead(event, negated, world, choices), clauses };
}

/** A `where` that compares with the customer's attributes, or with spans of the calendar. */
function drawLaterWhere(event: string, world: World, choices: Choices): Query | undefined {
  const against = drawPropertyAgainst(event, world, choices);
  const dates = propertiesOf(event, world.project).filter((property) =>
    /^date(time)?$/.test(typeOf(property, world.project)),
  );
  const parts: (Query | undefined)[] = [against];
  if (dates.length > 0 && choices.chance(50))
    parts.push(choices.pick([periodOf, distanceOf])(choices.pick(dates), world, choices));
  const drawn = parts.filter((part) => part !== undefined);
  if (drawn.length > 0 && choices.chance(25)) drawn.push(drawWhere(event, world, choices, 0));
  const [only] = drawn;
  if (drawn.length < 2 || only === undefined) return only;
  const kind = choices.pick(["and", "or"] as const);
  return { kind: "parenthesis", operand: { kind, operands: drawn, word: kind } };
}

const countWords = {
  "at least": "at least ",
  "at most": "at most ",
  exactly: "exactly ",
  more: "more than ",
  less: "less than ",
};

function drawDays(choices: Choices): Clause {
  const how = choices.pick(["at least", "at least", "at most", "exactly", "more", "less"] as const);
  const unit = choices.pick(["day", "day", "week", "month", "quarter", "year"] as const);
  const times = choices.pick([1, 2, 2, 3, 0]);
  const words = how === "at least" && choices.chance(40) ? "" : countWords[how];
  const on = choices.pick(["on", "on", "in"]);
  return {
    kind: "days",
    how,
    times,
    unit,
    written: anyCase(`${on} ${words}${times} different ${unit}s`, choices),
  };
}

// How many different values.

function drawDifferent(world: World, choices: Choices): Query {
  const event = drawEvent(world, choices);
  const properties = propertiesOf(event, world.project);
  if (properties.length === 0) return drawTimedEvent(world, choices);
  const property = choices.pick(properties);
  const clauses: Clause[] = choices.chance(40) ? [drawTime(world, choices)] : [];
  const value = (sight: Sight): Fraction => fractionOf(differentOf(property, event, clauses, sight));
  const numbers = sightsOf(world).map(value);
  const { comparison, negated, words } = writeComparison(handOf("number", { numbers }, world, choices));
  const of = `${anyCase("count of different", choices)} ${writeMeasured(property, world.project, choices)} of ${writeEvent(event, world.project, choices)}`;
  const written = [`${writeNoise(choices)}${of}`, ...clauses.map((clause) => clause.written), words].join(
    " ",
  );
  return {
    ...reading(written, (sight) => numberHolds(comparison, value(sight), 1n) !== negated),
    eventConditions: 1,
  };
}

function differentOf(property: Subject, event: string, clauses: readonly Clause[], sight: Sight): number {
  const happenings = countedHappenings(event, clauses, sight);
  const type = typeOf(property, sight.world.project);
  if (type === "products") return new Set(happenings.flatMap(productIds)).size;
  const values = happenings
    .map((happening) => ({ ...sight, happening }))
    .filter((one) => isKnown(property, one))
    .flatMap((one): unknown[] => {
      if (type.endsWith(" set")) return elements(property, one);
      if (type === "number" || type === "money") {
        const { top, over } = numberOf(property, one)!;
        return [Number(top) / Number(over)];
      }
      return type === "datetime" ? [instantOf(property, one)] : [stored(property, one)];
    })
    .map((value) => {
      if (typeof value !== "string") return value;
      if (type.startsWith("datetime")) return Date.parse(value);
      return type.startsWith("date") ? dayOf(value) : comparable(value);
    });
  return new Set(values).size;
}

// Figures within a window.

const figures = [
  ["orders.count", "number", ["number of orders", "orders.count", "total count of orders"]],
  ["orders.total_amount", "money", ["total spent", "amount spent", "orders.total_amount"]],
  ["orders.average_amount", "money", ["average order amount", "orders average amount"]],
  ["redemptions.count", "number", ["number of redemptions", "redemptions"]],
  ["referrals.count", "number", ["referred customers", "referrals.count"]],
] as const;

function drawFigure(world: World, choices: Choices): Reading {
  const [figure, type, names] = choices.pick(figures);
  const isNarrowed = figure === "referrals.count" && choices.chance(50);
  const campaign = isNarrowed ? choices.pick(world.project.campaigns.referrals) : undefined;
  const window = drawFigureWindow(world, choices);
  const value = (sight: Sight): Fraction | undefined =>
    figureWithin(figure, (at) => isInWindow(window, at, sight), sight, campaign);
  const numbers = sightsOf(world).flatMap((sight) => value(sight) ?? []);
  const { comparison, negated, words } = writeComparison(handOf(type, { numbers }, world, choices));
  const inCampaign = campaign === undefined ? "" : ` in campaign "${campaign.replace(/[\\"]/g, "\\$&")}"`;
  const shorter = choices.chance(30)
    ? words.replace(/^is (?=at least|at most|more than|less than)/i, "")
    : words;
  const written = `${writeNoise(choices)}${anyCase(choices.pick(names), choices)}${inCampaign} ${window.written} ${shorter}`;
  const scale = scaleOf(type, world.project);
  return {
    ...reading(written, (sight) => {
      const found = value(sight);
      return (found !== undefined && numberHolds(comparison, found, scale)) !== negated;
    }),
    eventConditions: 1,
  };
}

type Window = Extract<Clause, { kind: "window" | "time" }>;

/** Any window but `between`. */
function drawFigureWindow(world: World, choices: Choices): Window {
  for (let tries = 0; tries < 5; tries += 1) {
    const window = choices.chance(50) ? drawTime(world, choices) : drawWindow("order", world, choices);
    if (!/^between/i.test(window.written)) return window;
  }
  return {
    kind: "window",
    comparison: { kind: "window", toward: "last", span: { amount: 30, unit: "day" } },
    written: "in the last 30 days",
  };
}

function isInWindow(window: Window, at: number, sight: Sight): boolean {
  return window.kind === "time" ? window.passes(at, sight) : datetimeHolds(window.comparison, at, sight);
}

// Lines of an order.

interface DrawnLine {
  readonly written: string;
  readonly passes: (line: OrderItem) => boolean;
}

function drawItem(world: World, choices: Choices): Query {
  const parts = [drawLine(world, choices), ...(choices.chance(60) ? [drawLine(world, choices)] : [])];
  const every = choices.chance(70);
  const inside = parts.map(({ written }) => written).join(every ? " and " : " or ");
  const passes = (line: OrderItem): boolean =>
    every ? parts.every((part) => part.passes(line)) : parts.some((part) => part.passes(line));
  const item = reading(`${anyCase("item", choices)} (${inside})`, (sight) =>
    (sight.happening?.order?.items ?? []).some(passes),
  );
  const query: Query = choices.chance(30) ? { kind: "not", operand: item, word: "not" } : item;
  const clauses: Clause[] = [{ kind: "where", query, written: "where" }];
  if (choices.chance(30)) clauses.push(drawTime(world, choices));
  if (choices.chance(50)) clauses.reverse();
  const negated = choices.chance(20);
  return {
    kind: "event",
    event: "order",
    negated,
    head: writeHead("order", negated, world, choices),
    clauses,
  };
}

function drawLine(world: World, choices: Choices): DrawnLine {
  const not = choices.chance(20) ? "not " : "";
  const { written, passes } = choices.pick([drawLineProduct, drawLineProduct, drawLineNumber])(
    world,
    choices,
  );
  return not === "" ? { written, passes } : { written: `not ${written}`, passes: (line) => !passes(line) };
}

function drawLineProduct(_: World, choices: Choices): DrawnLine {
  const names = pools.products.flatMap(({ product_id, sku, name }) => [product_id, sku, name]);
  const known = names.filter((name): name is string => typeof name === "string" && trimmed(name) !== "");
  const whole = choices.pick(known);
  const how = choices.pick(["contains", "is", "any of"] as const);
  if (how === "is")
    return {
      written: `product is ${writeText(whole, choices, true)}`,
      passes: (line) => lineIs(line, whole),
    };
  if (how === "any of") {
    const other = choices.pick(known);
    const list = [whole, other].map((text) => writeText(text, choices, true)).join(", ");
    return {
      written: `product is any of (${list})`,
      passes: (line) => lineIs(line, whole) || lineIs(line, other),
    };
  }
  const part = choices.chance(50) ? trimmed(whole.slice(0, 4)) : whole;
  return {
    written: `product contains ${writeText(part, choices, true)}`,
    passes: (line) => lineContains(line, part),
  };
}

function drawLineNumber(world: World, choices: Choices): DrawnLine {
  const property = choices.pick(["quantity", "price", "amount"] as const);
  const scale = scaleOf(property === "quantity" ? "number" : "money", world.project);
  const value = ({ quantity, price }: OrderItem): Fraction => {
    const [units, each] = [fractionOf(quantity), fractionOf(price)];
    if (property === "quantity") return units;
    return property === "price" ? each : { top: units.top * each.top, over: units.over * each.over };
  };
  const near = choices.pick(
    world.orders
      .flatMap(({ items }) => items)
      .map(value)
      .concat(fractionOf(2)),
  );
  const places = property === "quantity" ? 1 : scale === 1n ? 0 : String(scale).length - 1;
  const units = (near.top * 10n ** BigInt(places)) / (near.over * scale);
  const text = String(units).padStart(places + 1, "0");
  const asked = places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
  const how = choices.pick(["is at least", "is more than", "is less than", "is at most", "is"] as const);
  const written =
    property === "quantity"
      ? writeNumber(asked, false, choices)
      : writeMoney(asked, world.project.currency, false, choices);
  const { top, over } = decimal(asked);
  return {
    written: `${property} ${how} ${written}`,
    passes: (line) => {
      const sign = compareFractions(value(line), { top: top * scale, over });
      return {
        "is at least": sign >= 0,
        "is more than": sign > 0,
        "is less than": sign < 0,
        "is at most": sign <= 0,
        is: sign === 0,
      }[how];
    },
  };
}

// Names of the project's own.

function drawComputed(world: World, choices: Choices): Query {
  const defined = computedAttributes.filter(({ name }) => Object.hasOwn(world.project.computed ?? {}, name));
  if (defined.length === 0) return drawPeriodComparison(world, choices);
  const { name, type, value } = choices.pick(defined);
  const values = sightsOf(world).map(value);
  const seen: Partial<Seen> =
    type === "text"
      ? { texts: seenOf({ attribute: "city" }, world).texts }
      : { numbers: values.filter((each) => typeof each === "object") };
  const { comparison, negated, words } = writeComparison({
    ...handOf(type, seen, world, choices),
    isMeasure: type !== "text",
  });
  const written = choices.pick([name, name.replaceAll("_", " "), `computed.\`${name}\``, `the ${name}`]);
  return {
    ...reading(`${written} ${words}`, (sight) => {
      const found = value(sight);
      const plain =
        typeof found === "string"
          ? textHolds(comparison, found, false)
          : found !== undefined && numberHolds(comparison, found, scaleOf(type, world.project));
      return plain !== negated;
    }),
    eventConditions: 1,
  };
}
