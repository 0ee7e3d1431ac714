// Values that fulfil several tests at once: found by trying the values that the tests name, and their neighbours.

import type { ElementType } from "../../catalog/model.js";
import { dayMs } from "../../clock.js";
import { holdsTest } from "../../operators/encodings/index.js";
import type { ValueType } from "../../plan/literals.js";
import type { Scalar, Test, ValueSpan } from "../../plan/plan.js";
import { normaliseText } from "../../plan/text.js";

/** A test and whether it should hold. */
export interface Constraint {
  readonly test: Test;
  readonly wanted: boolean;
}

/** A value in the form in which it compares; null if it is unknown. */
export type Comparable = string | number | boolean | Date | null;

const maxFound = 6;

/**
 * Values that fulfil every constraint, the nearest to the present one first; at most six. Null is among them if it fulfils them.
 */
export function solveValue(
  type: ValueType,
  constraints: readonly Constraint[],
  current: Comparable,
  vocabulary: readonly string[] = [],
): readonly Comparable[] {
  const fulfils = fulfilling(constraints);
  const found: Comparable[] = [];
  const seen = new Set<unknown>();
  for (const candidate of candidates(type, constraints, current, vocabulary)) {
    const key = candidate instanceof Date ? candidate.getTime() : candidate;
    if (seen.has(key) || !fulfils(candidate)) continue;
    seen.add(key);
    found.push(candidate);
    if (found.length === maxFound) break;
  }
  return found;
}

/** Whether a value fulfils every constraint. */
function fulfilling(constraints: readonly Constraint[]): (value: Comparable) => boolean {
  const field = { attribute: "", scope: "record", path: "value", yearlyPath: "yearly" } as const;
  const tests = constraints.map(({ test, wanted }) => ({ holds: holdsTest(field, test), wanted }));
  return (value) => {
    const yearly = typeof value === "string" ? value.slice(5) : undefined;
    const document = value === null ? {} : { value, yearly };
    return tests.every(({ holds, wanted }) => holds(document) === wanted);
  };
}

function* candidates(
  type: ValueType,
  constraints: readonly Constraint[],
  current: Comparable,
  vocabulary: readonly string[],
): Generator<Comparable> {
  switch (type) {
    case "number":
    case "money":
      yield* numbers(constraints, typeof current === "number" ? current : 0, type === "money");
      break;
    case "boolean":
      yield* [true, false];
      break;
    case "date":
    case "yearly":
    case "month":
      yield* days(constraints, typeof current === "string" ? current : undefined);
      break;
    case "datetime":
      yield* instants(constraints, current instanceof Date ? current.getTime() : undefined);
      break;
    case "country":
    case "text":
    case "exact":
    case "enumeration":
    case "product":
    case "set":
      yield* texts(constraints, typeof current === "string" ? current : undefined, type, vocabulary);
      break;
    default:
      return type satisfies never;
  }
  yield null;
}

/** The scalars that the tests name. */
function named(constraints: readonly Constraint[]): readonly Scalar[] {
  return constraints.flatMap(({ test }) => {
    if (test.kind === "oneOf") return test.values;
    if (test.kind === "range")
      return [test.from?.value, test.to?.value].filter((value) => value !== undefined);
    return [];
  });
}

function numbers(constraints: readonly Constraint[], current: number, whole: boolean): readonly number[] {
  const points = named(constraints).filter((value) => typeof value === "number");
  const sorted = [...new Set(points)].sort((one, other) => one - other);
  const between = sorted.slice(1).map((value, index) => (value + (sorted[index] ?? value)) / 2);
  const near = [...points, ...between, current, 1].flatMap((value) => [
    Math.floor(value) - 1,
    Math.floor(value),
    Math.ceil(value),
    Math.ceil(value) + 1,
  ]);
  const distance = (value: number): number => Math.abs(value - current);
  const closest = (values: readonly number[]): number[] =>
    values.toSorted((one, other) => distance(one) - distance(other));
  // A whole number reads better than a nearer fraction.
  return whole
    ? closest(near)
    : [
        ...closest(near),
        ...closest([...points, ...between, ...points.flatMap((value) => [value + 0.001, value - 0.001])]),
      ];
}

function dayAfter(day: string, days: number): string {
  const at = Date.parse(`${day}T00:00:00Z`) + days * dayMs;
  return Number.isNaN(at) ? day : new Date(at).toISOString().slice(0, 10);
}

function* days(constraints: readonly Constraint[], current: string | undefined): Generator<string> {
  const points = named(constraints).filter((value) => typeof value === "string");
  const yearly = constraints.flatMap(({ test, wanted }) =>
    test.kind === "yearly" && wanted ? test.days : [],
  );
  for (const point of points) for (const by of [0, 1, -1]) yield dayAfter(point, by);
  const years = [
    ...new Set([current, ...points, "2000"].flatMap((day) => (day === undefined ? [] : [day.slice(0, 4)]))),
  ];
  // 2000 had a 29 February; the other years are tried for days that have to be between two others.
  for (const day of yearly) for (const year of years) if (isDay(`${year}-${day}`)) yield `${year}-${day}`;
  const first = years.reduce((least, year) => Math.min(least, Number(year)), 2_000);
  for (const day of yearly.slice(0, 31))
    for (let year = first - 5; year <= first + 60; year += 1)
      if (isDay(`${year}-${day}`)) yield `${year}-${day}`;
  yield* ["2000-06-15", "2000-01-31"];
}

function isDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

function instants(constraints: readonly Constraint[], current: number | undefined): readonly Date[] {
  const points = named(constraints).flatMap((value) => (typeof value === "object" ? [value.instant] : []));
  const sorted = points.toSorted((one, other) => one - other);
  const between = sorted.slice(1).map((value, index) => Math.floor((value + (sorted[index] ?? value)) / 2));
  const near = [...between, ...points.flatMap((at) => [at, at + dayMs, at - dayMs, at + 1, at - 1])];
  return [...near, current ?? Date.UTC(2000, 0, 1)].map((at) => new Date(at));
}

function texts(
  constraints: readonly Constraint[],
  current: string | undefined,
  type: ValueType,
  vocabulary: readonly string[],
): readonly string[] {
  const wanted = constraints.flatMap(({ test, wanted: hold }) => (hold ? [test] : []));
  const whole = wanted.flatMap((test) => (test.kind === "oneOf" ? test.values.map(String) : []));
  if (vocabulary.length > 0) return [...whole, ...vocabulary];
  if (type === "country") return [...whole, "US", "PL", "DE"];
  const starts = wanted.flatMap((test) => (test.kind === "startsWith" ? [test.text] : []));
  const ends = wanted.flatMap((test) => (test.kind === "endsWith" ? [test.text] : []));
  const inside = wanted.flatMap((test) => (test.kind === "contains" ? [test.text] : []));
  const longest = (parts: readonly string[]): string =>
    parts.reduce((kept, part) => (part.length > kept.length ? part : kept), "");
  const [start, end, middle] = [longest(starts), longest(ends), inside.join(" ")];
  const plain = ["other", "another", "x"];
  if (start === "" && end === "" && middle === "") return [...whole, ...plain];
  const made = [
    ...(current === undefined ? [] : [`${current}${end}`, `${start}${current}`, `${current} ${middle}`]),
    start,
    end,
    middle,
    `${start}${end}`,
    `${start}${middle}${end}`,
    `${start} ${middle} ${end}`,
    `${start}x${middle}x${end}`,
    ...plain,
  ];
  // Stored text is normalised; concatenated parts may compose.
  return [...whole, ...made.map((text) => (type === "exact" ? text : normaliseText(text)))].filter(
    (text) => text !== "",
  );
}

/**
 * The elements of a set that fulfils every constraint, as near to the present ones as is easily found; undefined if there is
 * none.
 */
export function solveSet(
  type: ElementType,
  constraints: readonly Constraint[],
  current: readonly Exclude<Comparable, null>[],
  vocabulary: readonly string[] | undefined,
): readonly Exclude<Comparable, null>[] | undefined {
  const spans = (kind: "hasAny" | "hasAll", wanted: boolean): readonly (readonly ValueSpan[])[] =>
    constraints.flatMap(({ test, wanted: hold }) =>
      test.kind === kind && hold === wanted ? [test.values] : [],
    );
  const banned = spans("hasAny", false).flat();
  const allowed = (value: unknown): boolean => !banned.some((span) => isIn(value, span));
  let elements = current.filter(allowed);
  const include = (choice: readonly ValueSpan[]): void => {
    if (elements.some((value) => choice.some((span) => isIn(value, span)))) return;
    const value = choice.map(({ from }) => elementOf(from)).find(allowed);
    if (value !== undefined) elements = [...elements, value];
  };
  for (const choice of spans("hasAny", true)) include(choice);
  for (const all of spans("hasAll", true)) for (const span of all) include([span]);
  for (const all of spans("hasAll", false)) {
    if (all.every((span) => elements.some((value) => isIn(value, span))))
      elements = elements.filter((value) => all[0] === undefined || !isIn(value, all[0]));
  }
  for (const filler of fillers(type, vocabulary)) {
    if (fulfilsAsSet(constraints, elements)) return elements;
    if (tooSmall(constraints, elements.length) && allowed(filler) && !elements.includes(filler))
      elements = [...elements, filler];
  }
  while (!fulfilsAsSet(constraints, elements)) {
    const fewer = elements.findIndex(
      (_, index) => !tooSmall(constraints, elements.length - 1) && keepsOthers(constraints, elements, index),
    );
    if (fewer < 0) return undefined;
    elements = elements.filter((_, index) => index !== fewer);
  }
  return elements;
}

function elementOf(from: Scalar): Exclude<Comparable, null> {
  return typeof from === "object" ? new Date(from.instant) : from;
}

function isIn(value: unknown, { from, to }: ValueSpan): boolean {
  const field = { attribute: "", scope: "record", path: "value", set: true } as const;
  return holdsTest(field, { kind: "hasAny", values: [{ from, to }] })({ value: [value] });
}

function fulfilsAsSet(constraints: readonly Constraint[], elements: readonly unknown[]): boolean {
  const field = { attribute: "", scope: "record", path: "value", set: true } as const;
  return constraints.every(({ test, wanted }) => holdsTest(field, test)({ value: elements }) === wanted);
}

/** True if removing the element leaves every constraint unchanged, except those on the size. */
function keepsOthers(
  constraints: readonly Constraint[],
  elements: readonly unknown[],
  index: number,
): boolean {
  const others = constraints.filter(({ test }) => test.kind !== "hasAtLeast" && test.kind !== "hasAtMost");
  return fulfilsAsSet(
    others,
    elements.filter((_, place) => place !== index),
  );
}

function tooSmall(constraints: readonly Constraint[], size: number): boolean {
  return constraints.some(
    ({ test, wanted }) =>
      (test.kind === "hasAtLeast" && wanted && size < test.size) ||
      (test.kind === "hasAtMost" && !wanted && size <= test.size),
  );
}

/** Elements to add to a set. */
function fillers(
  type: ElementType,
  vocabulary: readonly string[] | undefined,
): readonly Exclude<Comparable, null>[] {
  if (vocabulary !== undefined) return vocabulary.map(normaliseText);
  const count = Array.from({ length: 40 }, (_, index) => index + 1);
  switch (type) {
    case "number":
    case "money":
      return count;
    case "boolean":
      return [true, false];
    case "date":
      return count.map((each) => dayAfter("2000-01-01", each));
    case "datetime":
      return count.map((each) => new Date(Date.UTC(2000, 0, each)));
    case "month":
    case "yearly":
    case "country":
    case "text":
    case "exact":
    case "enumeration":
    case "product":
    case "set":
      return count.map((each) => `another ${each}`);
    default:
      return type satisfies never;
  }
}
