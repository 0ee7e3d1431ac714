// Figures of a customer's records in their encodings: over a list of the records in one document, over the documents of a group,
// and in this process. All three agree to the last digit.
import { calendarKey } from "../../plan/calendar.js";
import { canceledStatus, succeededResult } from "../../plan/counted.js";
import type { Field, Figure } from "../../plan/plan.js";
import {
  type CustomerFacts,
  comparable,
  type Filter,
  hasValue,
  isSliding,
  literal,
  type MongoExpression,
  type Predicate,
  type Read,
  reader,
  stored,
} from "./encoding.js";

/** One record of a customer, as documents hold it. */
export type RecordFacts = CustomerFacts & { readonly at: Date };

/** A figure's conditions on a record, except its `where`, in the query language, for the documents of its collection. */
export function matchRecords(figure: RecordConditions): Filter {
  return {
    ...(figure.type === undefined ? {} : { type: figure.type }),
    at: timeBounds(figure),
    ...(figure.records === "orders" ? { status: { $ne: canceledStatus } } : {}),
    ...(figure.records === "redemptions" ? { result: succeededResult } : {}),
    ...(figure.campaign === undefined ? {} : { campaign: { $eq: figure.campaign } }),
  };
}

/** The part of a figure or a step of a sequence that decides which records count. */
export type RecordConditions = Pick<Figure, "records" | "type" | "campaign" | "from" | "to">;

function timeBounds({ from, to }: Pick<Figure, "from" | "to">): Filter {
  return {
    ...(from === undefined ? {} : { [from.inclusive ? "$gte" : "$gt"]: stored(from.value) }),
    [to.inclusive ? "$lte" : "$lt"]: stored(to.value),
  };
}

/** The same as expressions, all of which are true of a record that counts. */
export function expressRecords(figure: RecordConditions, read: Read): readonly MongoExpression[] {
  const { type, from, to, records, campaign } = figure;
  return [
    ...(type === undefined ? [] : [{ $eq: [read("type"), literal(type)] }]),
    ...(from === undefined
      ? []
      : [{ [from.inclusive ? "$gte" : "$gt"]: [read("at"), literal(stored(from.value))] }]),
    { [to.inclusive ? "$lte" : "$lt"]: [read("at"), literal(stored(to.value))] },
    ...(records === "orders" ? [{ $ne: [read("status"), canceledStatus] }] : []),
    ...(records === "redemptions" ? [{ $eq: [read("result"), succeededResult] }] : []),
    ...(campaign === undefined ? [] : [{ $eq: [read("campaign"), literal(campaign)] }]),
  ];
}

/** The field that must be known for a record to count; sums and extremes skip unknown values anyway. */
export function mustBeKnown({ of, aggregate }: Figure): Field | undefined {
  return aggregate === "count" || aggregate === "average" || aggregate === "different" ? of : undefined;
}

/** True if the field is known: a set is known if it is not empty. */
export function expressKnown({ path, set }: Field, read: Read): MongoExpression {
  return set === true ? { $gt: [{ $size: { $ifNull: [read(path), []] } }, 0] } : hasValue(read(path));
}

/** A figure over a list: `condition` is true of the records that count, each of which is `$$record`. */
export function figureOfList(figure: Figure, list: string, condition: MongoExpression): MongoExpression {
  const seen = { $filter: { input: list, as: "record", cond: condition } };
  const { of, aggregate } = figure;
  if (aggregate === "different")
    return sizeOfUnion(figure, {
      $map: { input: seen, as: "record", in: differentKey(figure, "$$record.") },
    });
  if (of === undefined || aggregate === "count") return { $size: seen };
  const values = { $map: { input: seen, as: "record", in: `$$record.${of.path}` } };
  switch (aggregate) {
    case "sum":
      return exactly(of, { $sum: values });
    case "average":
      return { $let: { vars: { values }, in: averageOf(of, { $sum: "$$values" }, { $size: "$$values" }) } };
    case "min":
      return { $min: values };
    case "max":
      return { $max: values };
    default:
      return aggregate satisfies never;
  }
}

/** What a record contributes to a count of different ones: a value, a set of values, or a unit of the calendar. */
function differentKey({ of, calendar }: Figure, record: string): MongoExpression {
  if (calendar === undefined) return `${record}${of?.path ?? "_id"}`;
  const { unit, zone } = calendar;
  const written = (format: string): MongoExpression => ({
    $dateToString: { date: `${record}at`, format, timezone: zone },
  });
  if (unit !== "quarter") return written(calendarFormats[unit]);
  const quarter = { $arrayElemAt: [quartersOfMonths, { $toInt: { $substrCP: ["$$month", 5, 2] } }] };
  return {
    $let: {
      vars: { month: written("%Y-%m") },
      in: { $concat: [{ $substrCP: ["$$month", 0, 4] }, "-", quarter] },
    },
  };
}

const calendarFormats = { day: "%Y-%m-%d", week: "%G-%V", month: "%Y-%m", year: "%Y" } as const;
const quartersOfMonths: MongoExpression = literal(["", ..."111222333444"]);

/** How many different values a list has or, if they are sets, how many different elements; records that don't count are null. */
function sizeOfUnion({ of }: Figure, list: MongoExpression): MongoExpression {
  const union =
    of?.set === true
      ? {
          $reduce: {
            input: list,
            initialValue: [],
            in: { $setUnion: ["$$value", { $ifNull: ["$$this", []] }] },
          },
        }
      : { $setUnion: [list, []] };
  return { $size: { $setDifference: [union, [null]] } };
}

export interface GroupedFigure {
  /** The accumulators of `$group`, by field. */
  readonly accumulators: Readonly<Record<string, MongoExpression>>;
  /** Computes the figure from the accumulated fields; undefined if the field of that name is the figure already. */
  readonly finish?: MongoExpression;
}

/** A figure over a group, under a name; `condition` decides which records count, all of them if it is undefined. */
export function figureOfGroup(
  figure: Figure,
  name: string,
  condition: MongoExpression | undefined,
): GroupedFigure {
  const where = (value: MongoExpression, otherwise: MongoExpression): MongoExpression =>
    condition === undefined ? value : { $cond: [condition, value, otherwise] };
  const { of, aggregate } = figure;
  if (aggregate === "different") {
    const accumulators = { [name]: { $addToSet: where(differentKey(figure, "$"), null) } };
    return { accumulators, finish: sizeOfUnion(figure, `$${name}`) };
  }
  if (of === undefined || aggregate === "count") return { accumulators: { [name]: { $sum: where(1, 0) } } };
  const value = `$${of.path}`;
  switch (aggregate) {
    case "sum": {
      const accumulators = { [name]: { $sum: where(value, 0) } };
      return of.fractional === true ? { accumulators, finish: exactly(of, `$${name}`) } : { accumulators };
    }
    case "average": {
      const count = `${name}_count`;
      return {
        accumulators: { [name]: { $sum: where(value, 0) }, [count]: { $sum: where(1, 0) } },
        finish: averageOf(of, `$${name}`, `$${count}`),
      };
    }
    case "min":
      return { accumulators: { [name]: { $min: where(value, null) } } };
    case "max":
      return { accumulators: { [name]: { $max: where(value, null) } } };
    default:
      return aggregate satisfies never;
  }
}

function averageOf(of: Field, sum: MongoExpression, count: MongoExpression): MongoExpression {
  return { $cond: [{ $gt: [count, 0] }, exactly(of, sum, count), null] };
}

// A sum of binary fractions depends on their order in its last digits; rounded, it is the decimal that was meant. Nine places
// while a sum is small, and one fewer for each further digit: each addition may be off by a part in 9e15, so that a
// thousand of them leave twelve digits. Three places at least, which are right up to 4e9.
export const exactScales: readonly (readonly [below: number, scale: number])[] = [
  [4e3, 1e9],
  [4e4, 1e8],
  [4e5, 1e7],
  [4e6, 1e6],
  [4e7, 1e5],
  [4e8, 1e4],
];
export const minExactScale = 1e3;

/**
 * The sum as the decimal that was meant, divided by `count` if there is one; the same arithmetic as `exactSum`. There is
 * one division, of whole numbers: dividing a rounded sum would be off in the last digit, and 0.3
 * divided by three would be less than 0.1.
 */
function exactly(of: Field, sum: MongoExpression, count?: MongoExpression): MongoExpression {
  const shared = (value: MongoExpression): MongoExpression =>
    count === undefined ? value : { $divide: [value, count] };
  if (of.fractional !== true) return shared(sum);
  const scale = exactScales.reduceRight<MongoExpression>(
    (otherwise, [below, scale]) => ({ $cond: [{ $lt: [{ $abs: "$$sum" }, below] }, scale, otherwise] }),
    minExactScale,
  );
  const units = { $floor: { $add: [{ $multiply: ["$$sum", "$$scale"] }, 0.5] } };
  const rounded = {
    $divide: [units, count === undefined ? "$$scale" : { $multiply: ["$$scale", count] }],
  };
  return {
    $let: {
      vars: { sum },
      in: {
        $cond: [
          { $eq: ["$$sum", { $floor: "$$sum" }] },
          shared("$$sum"),
          { $let: { vars: { scale }, in: rounded } },
        ],
      },
    },
  };
}

function exactSum(sum: number, count = 1): number {
  if (Number.isInteger(sum)) return sum / count;
  const scale = exactScales.find(([below]) => Math.abs(sum) < below)?.[1] ?? minExactScale;
  return Math.floor(sum * scale + 0.5) / (scale * count);
}

/**
 * The figure of a list of records, in this process, at `later` milliseconds after as-of for a sliding window; undefined if there
 * is nothing to aggregate.
 */
export function figureOfRecords(
  figure: Figure,
  where: Predicate,
): (
  records: readonly RecordFacts[],
  later?: number,
  customer?: CustomerFacts,
) => number | Date | string | undefined {
  const { aggregate, of, calendar } = figure;
  const counts = recordTest(figure, where);
  const read = of === undefined ? undefined : reader(of.path);
  if (aggregate === "different") {
    const keysOf = (record: RecordFacts): readonly unknown[] => {
      if (calendar !== undefined) return [calendarKey(record.at.getTime(), calendar.zone, calendar.unit)];
      const value = read?.(record);
      return (Array.isArray(value) ? value : [value]).map(comparable);
    };
    return (records, later = 0, customer) => {
      const seen = records.filter((record) => counts(record, later, customer)).flatMap(keysOf);
      return new Set(seen.filter((key) => key !== undefined && key !== null)).size;
    };
  }
  return (records, later = 0, customer) => {
    let count = 0;
    let sum = 0;
    let extreme: number | Date | string | undefined;
    for (const record of records) {
      if (!counts(record, later, customer)) continue;
      const value = read?.(record);
      if (read !== undefined && (value === undefined || value === null || isEmptySet(value))) continue;
      count += 1;
      if (aggregate === "sum" || aggregate === "average") sum += value as number;
      else if (aggregate !== "count")
        extreme = moreExtreme(aggregate, extreme, value as number | Date | string);
    }
    if (aggregate === "count") return count;
    const total = (among: number): number => (of?.fractional === true ? exactSum(sum, among) : sum / among);
    if (aggregate === "sum") return total(1);
    if (aggregate === "average") return count === 0 ? undefined : total(count);
    return extreme;
  };
}

/** Whether a record counts, at `later` milliseconds after as-of for a sliding window. */
export function recordTest(
  conditions: RecordConditions,
  where: Predicate,
): (record: RecordFacts, later: number, customer: CustomerFacts | undefined) => boolean {
  const { type, records, campaign } = conditions;
  const time = timeTest(conditions);
  const isOfKind = (record: Readonly<Record<string, unknown>>): boolean => {
    switch (records) {
      case "events":
        return record.type === type;
      case "orders":
        return record.status !== canceledStatus;
      case "redemptions":
        return record.result === succeededResult;
      case "referrals":
        return campaign === undefined || record.campaign === campaign;
      default:
        return records satisfies never;
    }
  };
  return (record, later, customer) =>
    isOfKind(record as unknown as Readonly<Record<string, unknown>>) &&
    time(record.at.getTime(), later) &&
    where(record, later, customer === undefined ? { record } : { customer, record });
}

function isEmptySet(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function moreExtreme<Value extends number | Date | string>(
  aggregate: "min" | "max",
  known: Value | undefined,
  value: Value,
): Value {
  if (known === undefined) return value;
  return (aggregate === "min") === value < known ? value : known;
}

function timeTest({ from, to }: Pick<Figure, "from" | "to">): (at: number, later: number) => boolean {
  const low = from === undefined ? () => Number.NEGATIVE_INFINITY : instantOf(from.value);
  const high = instantOf(to.value);
  return (at, later) => {
    const [begin, end] = [low(later), high(later)];
    return (
      (at > begin || (at === begin && from?.inclusive === true)) && (at < end || (at === end && to.inclusive))
    );
  };
}

function instantOf(value: NonNullable<Figure["from"]>["value"]): (later: number) => number {
  if (typeof value === "object") {
    const { instant } = value;
    return isSliding(value) ? (later) => instant + later : () => instant;
  }
  throw new RangeError(`A window begins or ends at ${String(comparable(value))}, which is no instant.`);
}
