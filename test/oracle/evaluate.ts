// Who belongs, by reading language.md as literally as can be and going over every record for every customer and every
// condition. Slow on purpose: nothing here is precomputed, so that there is nothing to get out of step.
import { createHash } from "node:crypto";
import { type AttributeType, isSet, typeOf } from "./attributes.js";
import { dayAt, startOf, type Unit } from "./calendar.js";
import {
  dayOf,
  elements,
  type Happening,
  instantOf,
  linesOf,
  numberOf,
  type Sight,
  seenHappenings,
  stored,
} from "./facts.js";
import type { Project, World } from "./folder.js";
import {
  dateHolds,
  datetimeHolds,
  numberHolds,
  onlyKnown,
  productsHold,
  scaleOf,
  setHolds,
  textHolds,
} from "./meaning.js";
import { averageOf, compareFractions, decimal, type Fraction, fractionOf, sumOf } from "./number.js";
import { comparableCountry } from "./text.js";
import type {
  Clause,
  Condition,
  CountComparison,
  EventCondition,
  Measure,
  Occurrence,
  Query,
  Sample,
  Subject,
} from "./tree.js";

/** The sorted source_ids of the customers of `world` that belong at `asOf` (milliseconds since the epoch). */
export function evaluate(world: World, query: Query, asOf: number): string[] {
  const zone = world.project.timezone;
  return world.customers
    .filter((customer) => holds(query, { world, customer, asOf, zone }))
    .map((customer) => customer.source_id)
    .sort();
}

function holds(query: Query, sight: Sight): boolean {
  switch (query.kind) {
    case "and":
      return query.operands.every((operand) => holds(operand, sight));
    case "or":
      return query.operands.some((operand) => holds(operand, sight));
    case "not":
      return !holds(query.operand, sight);
    case "parenthesis":
      return holds(query.operand, sight);
    case "group": {
      if (query.of === "all") return query.operands.every((operand) => holds(operand, sight));
      const some = query.operands.some((operand) => holds(operand, sight));
      return query.of === "any" ? some : !some;
    }
    case "condition":
      return conditionHolds(query, sight);
    case "event":
      return eventHolds(query, sight);
    case "occurrence":
      return occurrenceHolds(query, sight);
    case "measure":
      return measureHolds(query, sight);
    case "sample":
      return isInSample(query, sight.customer.source_id);
    case "reading":
      return query.holds(sight);
  }
}

function conditionHolds(condition: Condition, sight: Sight): boolean {
  const { subject, comparison } = condition;
  const type = typeOf(subject, sight.world.project);
  const plain =
    type === "products"
      ? productsHold(comparison, linesOf(subject, sight))
      : isSet(type)
        ? setHolds(comparison, type, elements(subject, sight), sight)
        : valueHolds(condition, type, sight);
  return condition.negated ? !plain : plain;
}

function valueHolds(condition: Condition, type: AttributeType, sight: Sight): boolean {
  const { subject, comparison } = condition;
  switch (type) {
    case "text":
    case "exact text": {
      const value = stored(subject, sight);
      return typeof value === "string" && textHolds(comparison, value, type === "exact text");
    }
    case "country":
    case "source":
    case "intercom type": {
      const value = stored(subject, sight);
      if (typeof value !== "string") return false;
      if (comparison.kind === "country") {
        return comparison.texts.some((text) => comparableCountry(text) === comparableCountry(value));
      }
      return comparison.kind === "choice" ? comparison.values.includes(value) : onlyKnown(comparison);
    }
    case "number":
    case "money": {
      const value = numberOf(subject, sight);
      return value !== undefined && numberHolds(comparison, value, scaleOf(type, sight.world.project));
    }
    case "boolean": {
      const value = stored(subject, sight);
      if (typeof value !== "boolean") return false;
      return comparison.kind === "truth" ? value === comparison.value : onlyKnown(comparison);
    }
    case "datetime": {
      const value = instantOf(subject, sight);
      return value !== undefined && datetimeHolds(comparison, value, sight);
    }
    case "date": {
      const value = stored(subject, sight);
      return typeof value === "string" && dateHolds(comparison, dayOf(value), sight);
    }
    default:
      throw new RangeError(`The oracle can't compare ${type} as one value`);
  }
}

// Events.

/** The events of a type that every clause but the count is true of. */
export function countedHappenings(event: string, clauses: readonly Clause[], sight: Sight): Happening[] {
  return seenHappenings(event, sight).filter((happening) =>
    clauses.every((clause) => {
      switch (clause.kind) {
        case "window":
          return datetimeHolds(clause.comparison, happening.at, sight);
        case "time":
          return clause.passes(happening.at, sight);
        case "where":
          return holds(clause.query, { ...sight, happening });
        default:
          return true;
      }
    }),
  );
}

function eventHolds({ event, clauses, negated }: EventCondition, sight: Sight): boolean {
  const counted = countedHappenings(event, clauses, sight);
  if (negated) return counted.length === 0;
  const counts = clauses.filter((clause) => clause.kind === "count" || clause.kind === "days");
  if (counts.length === 0) return counted.length >= 1;
  return counts.every((count) =>
    countHolds(
      count.how,
      count.kind === "count" ? counted.length : differentUnits(counted, count.unit, sight.zone),
      count.times,
    ),
  );
}

function countHolds(how: CountComparison, times: number, asked: number): boolean {
  switch (how) {
    case "at least":
      return times >= asked;
    case "at most":
      return times <= asked;
    case "exactly":
      return times === asked;
    case "more":
      return times > asked;
    case "less":
      return times < asked;
  }
}

/** On how many different days, weeks, … something happened. */
function differentUnits(
  happenings: readonly Happening[],
  unit: Exclude<Unit, "minute" | "hour">,
  zone: string,
): number {
  const starts = happenings.map(({ at }) => dayAt(unit === "day" ? at : startOf(at, unit, zone), zone));
  return new Set(starts).size;
}

function occurrenceHolds({ which, event, comparison, negated }: Occurrence, sight: Sight): boolean {
  const times = seenHappenings(event, sight).map(({ at }) => at);
  const plain =
    times.length > 0 &&
    datetimeHolds(comparison, which === "first" ? Math.min(...times) : Math.max(...times), sight);
  return negated ? !plain : plain;
}

function measureHolds(measure: Measure, sight: Sight): boolean {
  const { comparison, negated } = measure;
  const type = measuredType(measure, sight.world.project);
  const value = measured(measure, sight);
  const plain =
    value !== undefined &&
    (typeof value !== "number"
      ? numberHolds(comparison, value, scaleOf(type, sight.world.project))
      : type === "date"
        ? dateHolds(comparison, value, sight)
        : datetimeHolds(comparison, value, sight));
  return negated ? !plain : plain;
}

/** What a measure is compared as. */
export function measuredType(
  { aggregate, property }: Pick<Measure, "aggregate" | "property">,
  project: Project,
): AttributeType {
  return aggregate === "count" || property === undefined ? "number" : typeOf(property, project);
}

/**
 * The value of a measure: a fraction (of minor units where it is money), the number of a day, or milliseconds since the epoch.
 * Undefined if there is nothing to take it of.
 */
export function measured(
  { aggregate, property, event, clauses }: Pick<Measure, "aggregate" | "property" | "event" | "clauses">,
  sight: Sight,
): Fraction | number | undefined {
  const sights = countedHappenings(event, clauses, sight).map((happening) => ({ ...sight, happening }));
  if (property === undefined) return fractionOf(sights.length);
  const known = sights.filter((one) => isKnown(property, one));
  if (aggregate === "count") return fractionOf(known.length);
  const type = typeOf(property, sight.world.project);
  if (type === "date" || type === "datetime") {
    const times = known.map((one) =>
      type === "date" ? dayOf(String(stored(property, one))) : (instantOf(property, one) ?? Number.NaN),
    );
    if (times.length === 0) return undefined;
    return aggregate === "min" ? Math.min(...times) : Math.max(...times);
  }
  const values = known.map((one) => numberOf(property, one) ?? fractionOf(0)).sort(compareFractions);
  switch (aggregate) {
    case "sum":
      return sumOf(values);
    case "average":
      return averageOf(values);
    case "min":
      return values[0];
    case "max":
      return values[values.length - 1];
  }
}

export function isKnown(subject: Subject, sight: Sight): boolean {
  const type = typeOf(subject, sight.world.project);
  if (type === "products") return linesOf(subject, sight).length > 0;
  if (isSet(type)) return elements(subject, sight).length > 0;
  if (type === "number" || type === "money") return numberOf(subject, sight) !== undefined;
  return stored(subject, sight) !== undefined;
}

/** The first 32 bits of SHA-256 of `NAME/source_id`, over 2^32, are less than the share. */
function isInSample({ percent, name }: Sample, sourceId: string): boolean {
  const hash = createHash("sha256").update(`${name}/${sourceId}`, "utf8").digest("hex");
  const part = { top: BigInt(`0x${hash.slice(0, 8)}`), over: 2n ** 32n };
  const { top, over } = decimal(percent);
  return compareFractions(part, { top, over: over * 100n }) < 0;
}
