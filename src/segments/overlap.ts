// The overlap of segments: for each combination, how many customers are in exactly these segments.
import type { Engine } from "../engine.js";
import { answerPlan, type PreviewAnswer } from "../query/preview.js";
import type { ReadOptions } from "../store/read-options.js";
import { everySegment, planOf } from "./read.js";
import { SegmentError } from "./segment-error.js";

/** The most segments that are compared at once. */
export const maxCompared = 6;

interface OverlapRegion {
  /** The segments that its customers are in; they are in none of the others compared. */
  readonly segmentIds: readonly string[];
  readonly count: number;
}

export interface Overlap {
  /** The instant of all counts, in milliseconds since the epoch. */
  readonly asOf: number;
  /** The regions that are not empty, those of the most segments first. */
  readonly regions: readonly OverlapRegion[];
}

/**
 * Counts the regions of 2 to 6 segments, at one instant (by default now).
 * @throws SegmentError.
 */
export async function overlapOf(
  engine: Engine,
  project: string,
  ids: readonly string[],
  given?: number,
  options?: ReadOptions,
): Promise<Overlap> {
  const distinct = [...new Set(ids)];
  if (distinct.length < 2 || distinct.length > maxCompared) {
    throw new SegmentError(
      "INVALID_INPUT",
      "ids",
      `Compare 2 to ${maxCompared} different segments; these are ${distinct.length}.`,
    );
  }
  const now = engine.clock();
  const asOf = given ?? now;
  const names = await everySegment(engine, project);
  const answers: PreviewAnswer[] = [];
  for (const id of distinct) {
    const { plan, canonical } = await planOf(engine, project, names, id, asOf);
    answers.push(answerPlan(engine, plan, canonical, { now }));
  }
  const rows = await engine.store.customers.regions(
    await Promise.all(answers.map((answer) => answer.question())),
    options,
  );
  const regions = rows.map(({ bits, count }) => ({
    segmentIds: distinct.filter((_, index) => (bits & (2 ** index)) !== 0),
    count,
    bits,
  }));
  return {
    asOf,
    regions: regions
      .toSorted((one, other) => other.segmentIds.length - one.segmentIds.length || one.bits - other.bits)
      .map(({ segmentIds, count }) => ({ segmentIds, count })),
  };
}
