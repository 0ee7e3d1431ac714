// What a segment means at instants close to one another, without checking its query anew at each: where its bounds stand still or
// slide with the clock, it means what it meant, moved on. Told by the same look at four instants as in schedule.ts.
import type { Plan, PlanNode } from "../plan/plan.js";
import { boundsOf, moveInstants } from "./bounds.js";
import { endOfStretch, slidesAmong } from "./schedule.js";

/** A stretch of time and what a segment means in it. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  /** At its start. */
  readonly node: PlanNode;
  /** Which of its bounds slide. */
  readonly slides: ReadonlySet<number>;
}

const minute = 60_000;

/**
 * Tells what a plan is at an instant (milliseconds since the epoch), fast where that is soon after the last one that was asked.
 * @param zone the project's: at its midnights and offset changes, everything may move.
 */
export function meaningOf(
  planAt: (asOf: number) => Plan | undefined,
  zone: string,
): (asOf: number) => PlanNode | undefined {
  let known: Stretch | undefined;
  return (asOf) => {
    if (known !== undefined && asOf >= known.from && asOf <= known.to) {
      return moveInstants(known.node, known.slides, asOf - known.from);
    }
    const node = planAt(asOf)?.where;
    if (node === undefined) return undefined;
    known = stretchFrom(asOf, node, planAt, zone);
    return node;
  };
}

/** As far as the calendar goes, else to the end of the minute, which is where clock hours and minutes begin. */
function stretchFrom(
  from: number,
  node: PlanNode,
  planAt: (asOf: number) => Plan | undefined,
  zone: string,
): Stretch | undefined {
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
    if (slides !== undefined) return { from, to, node, slides: new Set(slides) };
  }
  return undefined;
}
