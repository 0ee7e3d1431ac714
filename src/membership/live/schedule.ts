// When time alone may flip members: how the bounds of live segments' conditions move. Within a stretch of time a bound is
// constant, or advances as fast as time does (every millisecond, or with every minute of the clock), or jumps at one instant;
// stretches are halved until that is so. This holds for every condition of the language, because it uses only the condition's
// plan at an instant.
//
// A stretch never contains a midnight of the project's zone or a change of its offset. Between two of these, the result of
// calendar arithmetic has at most one jump (if the day that it leads to changes its offset), and the four instants that are
// compared can't miss one jump. Over the end of a month they could miss two: the day stays the same and then goes back.
import { LRUCache } from "lru-cache";
import type { Plan } from "../../plan/plan.js";
import type { CrossingSource } from "../../store/reads/dirty-marks.js";
import { Temporal } from "../../temporal.js";
import { type Bounds, boundsOf, type MovingBound } from "./bounds.js";

/** A bound that advances as fast as time: at `from` its value is `start`, and up to `to` it grows by `elapsed`. */
export interface Slide {
  readonly kind: "slide";
  readonly source: CrossingSource;
  readonly from: number;
  readonly to: number;
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly step: BoundStep;
}

/** By how much a bound advances at once, in milliseconds: by 1, or by a minute when a minute of the clock begins. */
export type BoundStep = 1 | 60_000;

const steps: readonly BoundStep[] = [1, 60_000];

/** By how much a bound with this step advances from one instant to another. */
export function elapsed(step: BoundStep, from: number, at: number): number {
  return (Math.floor(at / step) - Math.floor(from / step)) * step;
}

/** A bound whose value at one instant is not that of the millisecond before. */
export interface Jump {
  readonly kind: "jump";
  readonly source: CrossingSource;
  readonly at: number;
  readonly before: MovingBound["value"];
  readonly after: MovingBound["value"];
}

/** A query whose plan changes at one instant in more than its bounds. */
interface ShapeChange {
  readonly kind: "turn";
  readonly at: number;
}

export type Movement = Slide | Jump | ShapeChange;

const hour = 3_600_000;
/** Clock hours and minutes begin, and zones change their offset, at multiples of these: a stretch is cut there first. */
const grid = [hour, hour / 4, 60_000, 1_000] as const;

/**
 * The end of the stretch that begins after `from`: an hour later, or `wanted` if that is later, but not past the next midnight or
 * offset change of the zone. The millisecond that ends in one of these is a stretch by itself.
 */
export function endOfStretch(from: number, wanted: number, zone: string): number {
  const edge = nextEdge(from, zone);
  return Math.min(edge - 1 > from ? edge - 1 : edge, Math.max(wanted, from + hour));
}

const day = 24 * hour;

/** The midnights and offset changes of a zone in each UTC day, by zone and number of the day: computing them is slow. */
const edgesOfDays = new LRUCache<string, readonly number[]>({ max: 5_000 });

/** The first midnight or offset change of a zone after an instant. */
export function nextEdge(from: number, zone: string): number {
  for (let number = Math.floor(from / day); ; number += 1) {
    const edge = edgesOf(number, zone).find((each) => each > from);
    if (edge !== undefined) return edge;
  }
}

function edgesOf(number: number, zone: string): readonly number[] {
  const key = `${zone} ${number}`;
  const known = edgesOfDays.get(key);
  if (known !== undefined) return known;
  const edges: number[] = [];
  const end = (number + 1) * day;
  for (let edge = findEdge(number * day - 1, zone); edge < end; edge = findEdge(edge, zone)) edges.push(edge);
  edgesOfDays.set(key, edges);
  return edges;
}

function findEdge(from: number, zone: string): number {
  const here = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone);
  const midnight = here.toPlainDate().add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
  const change = here.getTimeZoneTransition("next")?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
  return Math.min(midnight, change);
}

/** The movements of a segment's bounds after `from` and up to `to`, the ends of one stretch. */
export function movementsOf(
  segment: { readonly planAt: (asOf: number) => Plan | undefined },
  from: number,
  to: number,
): readonly Movement[] {
  const known = new Map<number, Bounds | undefined>();
  const at = (instant: number): Bounds | undefined => {
    if (!known.has(instant)) {
      const plan = segment.planAt(instant);
      known.set(instant, plan === undefined ? undefined : boundsOf(plan.where));
    }
    return known.get(instant);
  };
  const movements: Movement[] = [];
  collect(at, from, to, movements);
  return movements;
}

export type At = (instant: number) => Bounds | undefined;

function collect(at: At, from: number, to: number, movements: Movement[]): void {
  const [first, last] = [at(from), at(to)];
  if (to - from === 1) {
    movements.push(...jumps(first, last, to));
    return;
  }
  const slides = slidesAmong(first, at, from, to);
  if (slides !== undefined) {
    for (const [place, step] of slides) {
      const { source, value } = first!.bounds[place]!;
      movements.push({ kind: "slide", source, from, to, start: instantOf(value), step });
    }
    return;
  }
  const cut = cutBetween(from, to);
  if (cut - 1 > from) collect(at, from, cut - 1, movements);
  collect(at, Math.max(from, cut - 1), cut, movements);
  if (cut < to) collect(at, cut, to, movements);
}

/** Where to cut a stretch: near its middle at the coarsest grid step that lies in it, otherwise in the middle. */
function cutBetween(from: number, to: number): number {
  const middle = Math.ceil((from + to) / 2);
  for (const step of grid) {
    const near = Math.round(middle / step) * step;
    for (const cut of [near, near - step, near + step]) if (cut > from && cut <= to) return cut;
  }
  return middle;
}

/**
 * The bounds that slide between two instants of a stretch, with their steps, by index; undefined if at one of four instants a
 * bound is neither constant nor advanced by the elapsed time. A bound that advances by minutes is also checked where a minute
 * begins.
 */
export function slidesAmong(
  first: Bounds | undefined,
  at: At,
  from: number,
  to: number,
): ReadonlyMap<number, BoundStep> | undefined {
  const middle = Math.floor((from + to) / 2);
  const later = [middle, to - 1, to].map((instant) => ({ instant, bounds: at(instant) }));
  if (first === undefined) return later.every(({ bounds }) => bounds === undefined) ? new Map() : undefined;
  if (!later.every(({ bounds }) => bounds?.shape === first.shape)) return undefined;
  const valueAt = (bounds: Bounds | undefined, place: number) => bounds!.bounds[place]!.value;
  const slides = new Map<number, BoundStep>();
  for (const [place, { value: start }] of first.bounds.entries()) {
    if (later.every(({ bounds }) => same(valueAt(bounds, place), start))) continue;
    const step = steps.find((each) =>
      later.every(({ bounds, instant }) =>
        isFurther(valueAt(bounds, place), start, elapsed(each, from, instant)),
      ),
    );
    if (step === undefined) return undefined;
    slides.set(place, step);
  }
  const byMinutes = [...slides].filter(([, step]) => step === 60_000);
  const begins = Math.floor(middle / 60_000) * 60_000;
  for (const instant of byMinutes.length === 0 || begins - 1 < from ? [] : [begins - 1, begins]) {
    const bounds = at(instant);
    if (bounds?.shape !== first.shape) return undefined;
    for (const [place, step] of byMinutes) {
      const by = elapsed(step, from, instant);
      if (!isFurther(valueAt(bounds, place), valueAt(first, place), by)) return undefined;
    }
  }
  return slides;
}

function isFurther(value: Value, start: Value, by: number): boolean {
  return isInstant(value) && isInstant(start) && value.instant - start.instant === by;
}

function jumps(first: Bounds | undefined, last: Bounds | undefined, at: number): readonly Movement[] {
  if (first === undefined || last === undefined) return first === last ? [] : [{ kind: "turn", at }];
  if (first.shape !== last.shape) return [{ kind: "turn", at }];
  return first.bounds.flatMap(({ source, value: before }, index): Movement[] => {
    const after = last.bounds[index]!.value;
    return same(before, after) ? [] : [{ kind: "jump", source, at, before, after }];
  });
}

type Value = MovingBound["value"];

function isInstant(value: Value): value is { readonly instant: number } {
  return typeof value === "object" && "instant" in value;
}

function instantOf(value: Value): number {
  if (isInstant(value)) return value.instant;
  throw new RangeError("A bound that slides is no instant.");
}

function same(one: Value, other: Value): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
