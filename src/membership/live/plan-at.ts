// What a segment means at instants close to one another, without checking its query anew at each: where its bounds stand still or
// slide with the clock, it means what it meant, asked as of so much later. Told by the same look at four instants as in schedule.ts.
import type { Plan, PlanNode } from "../../plan/plan.js";
import { boundsOf, withSliding } from "./bounds.js";
import { endOfStretch, slidesAmong } from "./schedule.js";

/** What a segment means at an instant. Those of one stretch of time share their node, so that it is compiled once. */
export interface Meaning {
  /** As of the stretch's start; bounds that slide are marked. */
  readonly node: PlanNode;
  /** How many milliseconds later the instant is. */
  readonly later: number;
}

/** A stretch of time and what a segment means in it. */
interface PlanInterval {
  readonly from: number;
  readonly to: number;
  readonly node: PlanNode;
}

const minute = 60_000;

/**
 * Tells what a plan is at an instant (milliseconds since the epoch), fast where that is soon after the last one that was asked.
 * @param zone the project's: at its midnights and offset changes, everything may move.
 */
export function meaningOf(
  planAt: (asOf: number) => Plan | undefined,
  zone: string,
): (asOf: number) => Meaning | undefined {
  let known: PlanInterval | undefined;
  return (asOf) => {
    if (known !== undefined && asOf >= known.from && asOf <= known.to) {
      return { node: known.node, later: asOf - known.from };
    }
    const node = planAt(asOf)?.where;
    if (node === undefined) return undefined;
    known = stretchFrom(asOf, node, planAt, zone);
    return { node: known?.node ?? node, later: 0 };
  };
}

/** As far as the calendar goes, else to the end of the minute, which is where clock hours and minutes begin. */
function stretchFrom(
  from: number,
  node: PlanNode,
  planAt: (asOf: number) => Plan | undefined,
  zone: string,
): PlanInterval | undefined {
  const first = boundsOf(node);
  const at = (asOf: number) => {
    const plan = planAt(asOf);
    return plan === undefined ? undefined : boundsOf(plan.where);
  };
  const far = endOfStretch(from, from, zone);
  const near = Math.floor(from / minute) * minute + minute - 1;
  for (const to of [far, Math.min(near, far)]) {
    if (to - from < 2) continue;
    const slides = slidesAmong(first, at, from, to);
    // A bound that goes on with the clock's minutes stands still within one.
    if (slides === undefined || [...slides.values()].some((step) => step !== 1)) continue;
    return { from, to, node: withSliding(node, new Set(slides.keys())) };
  }
  return undefined;
}
