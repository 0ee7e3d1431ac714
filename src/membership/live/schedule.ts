// When time alone may flip members: the bounds of live segments' conditions, as they move. Within a stretch of time a bound
// stands still, or goes on as fast as time does, with every millisecond or with every minute of the clock, or jumps at one instant;
// stretches are halved until that is so. It holds for every condition of the language, whatever it says, because nothing is asked of one but what it comes to at an instant.
//
// A stretch never holds a midnight of the project's zone nor a change of its offset: between two of these, what calendar
// arithmetic comes to has at most one jump of its own (where the day that it leads to changes its offset), and one jump can't
// hide among the four instants that are looked at. Over a month's end, two can: the day stands still and runs back.
import { LRUCache } from "lru-cache";
import type { Plan } from "../../plan/plan.js";
import type { CrossingSource } from "../../store/reads/dirty-marks.js";
import { Temporal } from "../../temporal.js";
import { type Bounds, boundsOf, type MovingBound } from "./bounds.js";

/** A bound that goes on as fast as time: at `from` it stands at `start`, and up to `to` it moves as `elapsed` says. */
export interface Slide {
  readonly kind: "slide";
  readonly source: CrossingSource;
  readonly from: number;
  readonly to: number;
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly step: Step;
}

/** How far a bound goes at once, in milliseconds: a millisecond, or a minute as the clock's minutes begin. */
export type Step = 1 | 60_000;

const steps: readonly Step[] = [1, 60_000];

/** By how much a bound that goes on in such steps is further at an instant than it was at another. */
export function elapsed(step: Step, from: number, at: number): number {
  return (Math.floor(at / step) - Math.floor(from / step)) * step;
}

/** At one instant a bound is elsewhere than the millisecond before. */
export interface Jump {
  readonly kind: "jump";
  readonly source: CrossingSource;
  readonly at: number;
  readonly before: MovingBound["value"];
  readonly after: MovingBound["value"];
}

/** At one instant a query means something else than the millisecond before, in more than its bounds. */
interface ShapeChange {
  readonly kind: "turn";
  readonly at: number;
}

export type Movement = Slide | Jump | ShapeChange;

const hour = 3_600_000;
/** Clocks change, and clock hours and minutes begin, at these: a stretch is cut there first. */
const grid = [hour, hour / 4, 60_000, 1_000] as const;

/**
 * The end of the stretch that begins behind `from`: an hour on, or as far as `wanted` where that is further, but not past the
 * next midnight or offset change of the zone. The millisecond that ends in one of these is a stretch by itself.
 */
export function endOfStretch(from: number, wanted: number, zone: string): number {
  const edge = nextEdge(from, zone);
  return Math.min(edge - 1 > from ? edge - 1 : edge, Math.max(wanted, from + hour));
}

const day = 24 * hour;

/** The edges of a zone within each UTC day, by zone and number of the day: finding one takes long. */
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

/** How a segment's bounds move after `from` up to `to`, which are the ends of one stretch. */
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

/** Where to cut a stretch: at the coarsest step of the grid within, else in the middle. */
function cutBetween(from: number, to: number): number {
  const middle = Math.ceil((from + to) / 2);
  for (const step of grid) {
    const near = Math.round(middle / step) * step;
    for (const cut of [near, near - step, near + step]) if (cut > from && cut <= to) return cut;
  }
  return middle;
}

/**
 * Which bounds slide between two instants of a stretch, and in which steps, by their place, where at four instants every bound is
 * where it was, or as much further as time is; undefined where it is otherwise. That one goes on with the minutes is looked at as
 * one begins, too.
 */
export function slidesAmong(
  first: Bounds | undefined,
  at: At,
  from: number,
  to: number,
): ReadonlyMap<number, Step> | undefined {
  const middle = Math.floor((from + to) / 2);
  const later = [middle, to - 1, to].map((instant) => ({ instant, bounds: at(instant) }));
  if (first === undefined) return later.every(({ bounds }) => bounds === undefined) ? new Map() : undefined;
  if (!later.every(({ bounds }) => bounds?.shape === first.shape)) return undefined;
  const valueAt = (bounds: Bounds | undefined, place: number) => bounds!.bounds[place]!.value;
  const slides = new Map<number, Step>();
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
