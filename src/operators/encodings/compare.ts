// Two fields compared: in an aggregation expression, and in this process. Both are false if either is unknown.
import { dayMs } from "../../clock.js";
import { dayOf, move, moveDate } from "../../plan/calendar.js";
import { countryCodes } from "../../plan/country-codes.js";
import type { Distance, Field, PlanNode, Relation, Side } from "../../plan/plan.js";
import { fixedLengths, reachOf } from "../../plan/reach.js";
import {
  type Around,
  type CustomerFacts,
  comparable,
  type FieldReads,
  literal,
  type MongoExpression,
  type Predicate,
  readOfScope,
} from "./encoding.js";
import { expressImported, expressKey, expressTrimmed, givenReader, isGiven, trimmedText } from "./given.js";

type Compare = Extract<PlanNode, { kind: "compare" }>;

const setRelations: ReadonlySet<Relation> = new Set(["has", "shares"]);
/** True if a side's field is a customer's, not a record's. */
function isOfCustomer({ scope }: Field): boolean {
  return scope !== "record" && scope !== "line" && scope !== "previous" && scope !== "previousLine";
}

/** A comparison as an expression that is true or false, never null. */
export function expressCompare({ left, relation, right }: Compare, reads: FieldReads): MongoExpression {
  if (relation === "less" || relation === "atMost") {
    const [before, after] = [left, right].map((side) => (movesInstant(side) ? side.shift : undefined));
    const vars = {
      one: expressSide(before === undefined ? left : withoutShift(left), reads, false),
      other: expressSide(after === undefined ? right : withoutShift(right), reads, false),
    };
    const order = expressOrder(relation, ["$$one", before], ["$$other", after]);
    return { $let: { vars, in: { $and: [...bothKnown, order] } } };
  }
  const isSet = setRelations.has(relation);
  const one = expressSide(left, reads, isSet);
  const other = expressSide(right, reads, relation === "shares");
  return { $let: { vars: { one, other }, in: expressRelation(relation) } };
}

function movesInstant({ field, as, shift }: Side): boolean {
  return shift !== undefined && !isDay(field, as);
}

function withoutShift({ shift: _, ...side }: Side): Side {
  return side;
}

const bothKnown: readonly MongoExpression[] = [{ $ne: ["$$one", null] }, { $ne: ["$$other", null] }];

function expressRelation(relation: Exclude<Relation, "less" | "atMost">): MongoExpression {
  switch (relation) {
    case "same":
      return { $and: [...bothKnown, { $eq: ["$$one", "$$other"] }] };
    case "startsWith":
      return { $and: [...bothKnown, { $eq: [expressIndex, 0] }] };
    case "contains":
      return { $and: [...bothKnown, { $gte: [expressIndex, 0] }] };
    case "endsWith":
      return {
        $and: [
          ...bothKnown,
          { $eq: [{ $substrCP: ["$$one", expressEnd, expressLength("other")] }, "$$other"] },
        ],
      };
    case "has":
      return { $and: [{ $ne: ["$$other", null] }, { $in: ["$$other", "$$one"] }] };
    case "shares":
      return { $gt: [{ $size: { $setIntersection: ["$$one", "$$other"] } }, 0] };
    default:
      return relation satisfies never;
  }
}

// Every operand of an $and may be evaluated, so a value that is not text must not break them.
const expressText = (name: string): MongoExpression => ({ $ifNull: [`$$${name}`, ""] });
const expressIndex: MongoExpression = { $indexOfCP: [expressText("one"), expressText("other")] };
const expressLength = (name: string): MongoExpression => ({ $strLenCP: expressText(name) });
const expressEnd: MongoExpression = {
  $max: [0, { $subtract: [expressLength("one"), expressLength("other")] }],
};

/** The value of a side, null if it is unknown; for a set, its elements. */
function expressSide({ field, as, shift }: Side, reads: FieldReads, isSet: boolean): MongoExpression {
  const read = isOfCustomer(field) ? reads.customer(field) : readOfScope(field, reads)(field.path);
  const stored = as?.kind === "exact" && as.key !== undefined ? expressKey(read, as.key) : read;
  const convert = (value: MongoExpression): MongoExpression => {
    const converted =
      as?.kind === "imported"
        ? expressImported(value, reads.customer({ ...field, path: as.path }))
        : expressAs(value, as);
    return shift === undefined ? converted : expressShift(converted, shift, isDay(field, as));
  };
  if (!isSet) return { $ifNull: [convert(stored), null] };
  const elements = { $ifNull: [stored, []] };
  if (as === undefined && shift === undefined) return elements;
  return { $map: { input: elements, as: "element", in: convert("$$element") } };
}

function expressAs(value: MongoExpression, as: Exclude<Side["as"], { kind: "imported" }>): MongoExpression {
  switch (as?.kind) {
    case undefined:
      return value;
    case "exact":
      return expressTrimmed(value);
    case "day":
      return { $dateToString: { date: value, format: "%Y-%m-%d", timezone: as.zone } };
    case "major":
      return { $divide: [value, as.scale] };
    case "source":
      return [" ", "_", "-"].reduce<MongoExpression>(
        (input, find) => ({ $replaceAll: { input, find: literal(find), replacement: literal("") } }),
        value,
      );
    case "country":
      return {
        $let: {
          vars: { text: { $ifNull: [value, null] } },
          in: {
            $let: {
              vars: { place: { $indexOfArray: [literal([...countryCodes().keys()]), "$$text"] } },
              in: {
                $cond: [
                  { $gte: ["$$place", 0] },
                  { $arrayElemAt: [literal([...countryCodes().values()]), "$$place"] },
                  "$$text",
                ],
              },
            },
          },
        },
      };
    default:
      return as satisfies never;
  }
}

/** True if the value is a day as text, not an instant. */
function isDay(field: Field, as: Side["as"]): boolean {
  return as?.kind === "day" || field.yearlyPath !== undefined;
}

/** An instant with the distance that it is moved by, if it is. Bind what is not a variable or a path: it is written several times. */
type Moved = readonly [value: MongoExpression, shift?: Distance];

/**
 * That one instant is before another, or not after it, where one of the two is moved. Moving by the calendar is dear on the
 * server, so it is done only for instants so close that the least and the greatest length of the distance differ in the answer.
 */
export function expressOrder(relation: "less" | "atMost", one: Moved, other: Moved): MongoExpression {
  const operator = relation === "less" ? "$lt" : "$lte";
  const exact = { [operator]: [expressMoved(one), expressMoved(other)] };
  if (!isMovedByCalendar(one) && !isMovedByCalendar(other)) return exact;
  const isBefore = { $lt: [expressReach(one, "most"), expressReach(other, "least")] };
  const isAfter = { $gt: [expressReach(one, "least"), expressReach(other, "most")] };
  return { $cond: [isBefore, true, { $cond: [isAfter, false, exact] }] };
}

function isMovedByCalendar([, shift]: Moved): boolean {
  return shift !== undefined && shift.unit !== "minute" && shift.unit !== "hour";
}

function expressMoved([value, shift]: Moved): MongoExpression {
  return shift === undefined ? value : expressShift(value, shift);
}

/** The earliest or the latest instant that a moved one can be. */
function expressReach([value, shift]: Moved, end: "least" | "most"): MongoExpression {
  return shift === undefined ? value : { $add: [value, reachOf(shift)[end]] };
}

/** An instant, or a day, moved. */
function expressShift(
  value: MongoExpression,
  { amount, unit, zone }: Distance,
  ofDay = false,
): MongoExpression {
  if (ofDay) {
    // From noon: before MongoDB 8.3, what is moved from before 1970 may come out a second too early, on the day before.
    const noon = { $dateFromString: { dateString: { $concat: [value, "T12:00:00Z"] } } };
    const moved = { $dateAdd: { startDate: noon, unit, amount } };
    return { $dateToString: { date: moved, format: "%Y-%m-%d" } };
  }
  if (unit === "minute" || unit === "hour") return { $add: [value, amount * fixedLengths[unit]] };
  if (zone === "UTC") return { $dateAdd: { startDate: value, unit, amount } };
  return expressInstant({ $dateAdd: { startDate: expressWall(value, zone), unit, amount } }, zone);
}

/** The wall time of an instant in a zone, as the instant at which UTC shows it. */
function expressWall(date: MongoExpression, timezone: string): MongoExpression {
  const format = "%Y-%m-%dT%H:%M:%S.%LZ";
  return { $dateFromString: { dateString: { $dateToString: { date, timezone, format } } } };
}

/**
 * The instant of a wall time: of one that the clock repeats the first, of one that it skips as much later as it skips. Written
 * out: MongoDB's manual says only that `$dateAdd` and `$dateFromString` apply the zone's offset, not which one at such a time, and
 * DocumentDB moves months in UTC, and days past a change of the clock by the wrong offset. Where no clock changes within a day, both
 * candidates are equal.
 */
function expressInstant(wall: MongoExpression, zone: string): MongoExpression {
  const offsetAt = (instant: MongoExpression): MongoExpression => ({
    $subtract: [expressWall(instant, zone), instant],
  });
  const vars = {
    before: { $subtract: ["$$wall", offsetAt({ $subtract: ["$$wall", dayMs] })] },
    after: { $subtract: ["$$wall", offsetAt({ $add: ["$$wall", dayMs] })] },
  };
  const isBefore = {
    $or: [
      { $eq: ["$$before", "$$after"] },
      { $eq: [expressWall("$$before", zone), "$$wall"] },
      { $ne: [expressWall("$$after", zone), "$$wall"] },
    ],
  };
  return {
    $let: { vars: { wall }, in: { $let: { vars, in: { $cond: [isBefore, "$$before", "$$after"] } } } },
  };
}

/** Reads the stored value of a field; of one without a path in the document, the computed value. */
export type ReadField = (field: Field) => (customer: CustomerFacts, later?: number) => unknown;

/** The same in this process. */
export function compareHolds({ left, relation, right }: Compare, readField: ReadField): Predicate {
  const one = sideReader(left, readField);
  const other = sideReader(right, readField);
  const holds = relations[relation];
  return (facts, later = 0, around = { customer: facts }) => {
    const [first, second] = [one(around, later), other(around, later)];
    return first !== undefined && second !== undefined && holds(first, second);
  };
}

type Comparable = string | number | boolean;
/** The value of a side, in the form in which it compares; of a set, its elements. */
export type SideValue = Comparable | readonly Comparable[];

const relations: Readonly<Record<Relation, (one: SideValue, other: SideValue) => boolean>> = {
  same: (one, other) => one === other,
  less: (one, other) => one < other,
  atMost: (one, other) => one <= other,
  startsWith: (one, other) => String(one).startsWith(String(other)),
  endsWith: (one, other) => String(one).endsWith(String(other)),
  contains: (one, other) => String(one).includes(String(other)),
  has: (one, other) => (one as readonly Comparable[]).includes(other as Comparable),
  shares: (one, other) =>
    (one as readonly Comparable[]).some((value) => (other as readonly Comparable[]).includes(value)),
};

/** Reads what a side compares; undefined if it is unknown. */
export function sideReader(
  side: Side,
  readField: ReadField,
): (around: Around, later: number) => SideValue | undefined {
  const { field, as, shift } = side;
  const read = isGiven(as) ? givenReader(as, readField(field)) : readField(field);
  const { scope } = field;
  const place =
    scope === "record" || scope === "line" || scope === "previous" || scope === "previousLine"
      ? scope
      : "customer";
  const convert = (stored: unknown): Comparable | undefined => {
    const value = (as?.kind === "exact" ? trimmedText(stored) : comparable(stored)) ?? undefined;
    if (value === undefined) return undefined;
    const converted = convertAs(value as Comparable, as);
    return shift === undefined ? converted : shifted(converted, shift);
  };
  return (around, later) => {
    const facts = around[place];
    if (facts === undefined)
      throw new RangeError(`A comparison was asked without the ${place} that it is about.`);
    const stored = read(facts, later);
    if (Array.isArray(stored)) return stored.map(convert).filter((value) => value !== undefined);
    return convert(stored);
  };
}

function convertAs(value: Comparable, as: Side["as"]): Comparable {
  switch (as?.kind) {
    case undefined:
    case "exact":
    case "imported":
      return value;
    case "day":
      return dayOf(Number(value), as.zone);
    case "major":
      return Number(value) / as.scale;
    case "country":
      return countryCodes().get(String(value)) ?? value;
    case "source":
      return String(value).replace(/[ _-]/g, "");
    default:
      return as satisfies never;
  }
}

/** An instant (in milliseconds since the epoch) or a day moved. */
function shifted(value: Comparable, { amount, unit, zone }: Distance): Comparable {
  if (typeof value === "number") return move(value, zone, amount, unit);
  if (unit === "minute" || unit === "hour") throw new RangeError("A day can't be moved by less than a day.");
  return moveDate(String(value), amount, unit);
}
