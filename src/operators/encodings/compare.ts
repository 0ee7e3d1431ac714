// Two fields compared: in an aggregation expression, and in this process. Both are false if either is unknown.
import { dayOf, move, moveDate } from "../../plan/calendar.js";
import { countryCodes } from "../../plan/country-codes.js";
import type { Distance, Field, PlanNode, Relation, Side } from "../../plan/plan.js";
import {
  type Around,
  comparable,
  type Expression,
  type Facts,
  literal,
  type Predicate,
  type Reads,
  readOfScope,
} from "./encoding.js";
import { expressImported, expressKey, expressTrimmed, givenReader, isGiven, trimmedText } from "./given.js";

type Compare = Extract<PlanNode, { kind: "compare" }>;

const setRelations: ReadonlySet<Relation> = new Set(["has", "shares"]);
const hourMs = 3_600_000;
const minuteMs = 60_000;

/** True if a side's field is a customer's, not a record's. */
function isOfCustomer({ scope }: Field): boolean {
  return scope !== "record" && scope !== "line" && scope !== "previous" && scope !== "previousLine";
}

/** A comparison as an expression that is true or false, never null. */
export function expressCompare({ left, relation, right }: Compare, reads: Reads): Expression {
  const isSet = setRelations.has(relation);
  const one = expressSide(left, reads, isSet);
  const other = expressSide(right, reads, relation === "shares");
  return { $let: { vars: { one, other }, in: expressRelation(relation) } };
}

function expressRelation(relation: Relation): Expression {
  const known = [{ $ne: ["$$one", null] }, { $ne: ["$$other", null] }];
  switch (relation) {
    case "same":
      return { $and: [...known, { $eq: ["$$one", "$$other"] }] };
    case "less":
      return { $and: [...known, { $lt: ["$$one", "$$other"] }] };
    case "atMost":
      return { $and: [...known, { $lte: ["$$one", "$$other"] }] };
    case "startsWith":
      return { $and: [...known, { $eq: [expressIndex, 0] }] };
    case "contains":
      return { $and: [...known, { $gte: [expressIndex, 0] }] };
    case "endsWith":
      return {
        $and: [...known, { $eq: [{ $substrCP: ["$$one", expressEnd, expressLength("other")] }, "$$other"] }],
      };
    case "has":
      return { $and: [known[1], { $in: ["$$other", "$$one"] }] };
    case "shares":
      return { $gt: [{ $size: { $setIntersection: ["$$one", "$$other"] } }, 0] };
    default:
      return relation satisfies never;
  }
}

// Every operand of an $and may be evaluated, so a value that is not text must not break them.
const expressText = (name: string): Expression => ({ $ifNull: [`$$${name}`, ""] });
const expressIndex: Expression = { $indexOfCP: [expressText("one"), expressText("other")] };
const expressLength = (name: string): Expression => ({ $strLenCP: expressText(name) });
const expressEnd: Expression = { $max: [0, { $subtract: [expressLength("one"), expressLength("other")] }] };

/** The value of a side, null if it is unknown; for a set, its elements. */
function expressSide({ field, as, shift }: Side, reads: Reads, isSet: boolean): Expression {
  const read = isOfCustomer(field) ? reads.customer(field) : readOfScope(field, reads)(field.path);
  const stored = as?.kind === "exact" && as.key !== undefined ? expressKey(read, as.key) : read;
  const convert = (value: Expression): Expression => {
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

function expressAs(value: Expression, as: Exclude<Side["as"], { kind: "imported" }>): Expression {
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
      return [" ", "_", "-"].reduce<Expression>(
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

/** An instant, or a day, moved. */
export function expressShift(value: Expression, { amount, unit, zone }: Distance, ofDay = false): Expression {
  if (ofDay) {
    const moved = { $dateAdd: { startDate: { $dateFromString: { dateString: value } }, unit, amount } };
    return { $dateToString: { date: moved, format: "%Y-%m-%d" } };
  }
  if (unit === "minute" || unit === "hour")
    return { $add: [value, amount * (unit === "hour" ? hourMs : minuteMs)] };
  return { $dateAdd: { startDate: value, unit, amount, timezone: zone } };
}

/** Reads the stored value of a field; of one without a path in the document, the computed value. */
export type ReadField = (field: Field) => (customer: Facts, later?: number) => unknown;

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
