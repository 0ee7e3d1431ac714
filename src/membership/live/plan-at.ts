// What a segment means at instants close to one another, without checking its query again at each: while its bounds are constant
// or slide with the clock, the plan of the interval's start is reused, evaluated later. Intervals are found as in schedule.ts,
// from four instants.

import { LRUCache } from "lru-cache";
import type { Plan, PlanNode } from "../../plan/plan.js";
import { boundsOf, withSliding } from "./bounds.js";
import { nextEdge, slidesAmong } from "./schedule.js";

/** What a segment means at an instant. Instants of one interval share their node, so that it is compiled once. */
export interface Meaning {
  /** The node at the interval's start; bounds that slide are marked. */
  readonly node: PlanNode;
  /** How many milliseconds the instant is after the interval's start. */
  readonly later: number;
}

/** An interval of time, both ends included, and what a segment means in it. */
interface PlanInterval {
  readonly from: number;
  readonly to: number;
  readonly node: PlanNode;
}

/** The known intervals of segments; the least recently used segments are dropped. */
export type PlanIntervals = LRUCache<object, PlanInterval[]>;

const maxIntervals = 20_000;

/** An empty cache of the intervals of one project's segments. */
export function newPlanIntervals(): PlanIntervals {
  return new LRUCache({ maxSize: maxIntervals, sizeCalculation: (intervals) => intervals.length + 1 });
}

/** How many intervals of one segment are kept. */
const maxOfSegment = 256;

const minute = 60_000;

/**
 * Returns the plan at an instant (milliseconds since the epoch), fast if the instant is in a known interval.
 * @param zone the project's time zone: at its midnights and offset changes, any bound may jump.
 */
export function meaningOf(
  planAt: (asOf: number) => Plan | undefined,
  zone: string,
  intervals: PlanIntervals = newPlanIntervals(),
): (asOf: number) => Meaning | undefined {
  const key = {};
  return (asOf) => {
    const known = intervals.get(key) ?? [];
    // The latest interval is the likeliest.
    const found = known.findLast(({ from, to }) => asOf >= from && asOf <= to);
    if (found !== undefined) return { node: found.node, later: asOf - found.from };
    const node = planAt(asOf)?.where;
    if (node === undefined) return undefined;
    const interval = intervalFrom(asOf, node, planAt, zone);
    if (interval !== undefined) intervals.set(key, [...known.slice(1 - maxOfSegment), interval]);
    return { node: interval?.node ?? node, later: 0 };
  };
}

/** Up to the next midnight or offset change, else to the end of the minute, where clock hours and minutes begin. */
function intervalFrom(
  from: number,
  node: PlanNode,
  planAt: (asOf: number) => Plan | undefined,
  zone: string,
): PlanInterval | undefined {
  const first = boundsOf(node);
  const known = new Map<number, ReturnType<typeof boundsOf> | undefined>();
  const at = (asOf: number) => {
    if (!known.has(asOf)) {
      const plan = planAt(asOf);
      known.set(asOf, plan === undefined ? undefined : boundsOf(plan.where));
    }
    return known.get(asOf);
  };
  const last = nextEdge(from, zone) - 1;
  const near = Math.floor(from / minute) * minute + minute - 1;
  for (const to of new Set([last, Math.min(near, last)])) {
    if (to - from < 2) continue;
    const slides = slidesAmong(first, at, from, to);
    // Only bounds that advance every millisecond can be evaluated later; those that advance by minutes are constant within one.
    if (slides === undefined || [...slides.values()].some((step) => step !== 1)) continue;
    return { from, to, node: withSliding(node, new Set(slides.keys())) };
  }
  return undefined;
}
