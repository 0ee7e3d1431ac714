// Finds the customers whose value a moving bound crosses, and the instants of the crossings: one range read of an index for each
// distinct movement, between the bound's values at the two ends of the interval.
import type { Engine } from "../../engine.js";
import { comparable } from "../../operators/encodings/encoding.js";
import type { Crossed, CrossedValues, CrossingSource } from "../../store/reads/dirty-marks.js";
import { yielding } from "../yielding.js";
import { elapsed, type Jump, type Movement, type Slide } from "./schedule.js";

/** A movement, and the segments in whose conditions the bound is. */
export interface SharedMovement {
  readonly movement: Movement;
  readonly segments: readonly string[];
}

/** Merges equal movements of several segments into one. */
export function shareMovements(
  all: readonly { readonly segment: string; readonly movements: readonly Movement[] }[],
): readonly SharedMovement[] {
  const shared = new Map<string, { readonly movement: Movement; readonly segments: string[] }>();
  for (const { segment, movements } of all) {
    for (const movement of movements) {
      const key = JSON.stringify(movement);
      const known = shared.get(key);
      if (known === undefined) shared.set(key, { movement, segments: [segment] });
      else if (!known.segments.includes(segment)) known.segments.push(segment);
    }
  }
  return [...shared.values()];
}

/** Receives each customer (by `_id`) whose membership may change, with the instants at which it may. */
export type OnCrossing = (customer: string, instants: readonly number[], segments: readonly string[]) => void;

/** Receives segments whose customers could not be found, and why; it throws if the others can't be found either. */
export type OnFailure = (segments: readonly string[], error: unknown) => Promise<void>;

const rethrown: OnFailure = async (_segments, error) => {
  throw error;
};

/** A customer's values at a path that a bound may have crossed and that are no longer stored; milliseconds since the epoch. */
export type FormerValues = (path: string) => readonly number[];

/** True of a movement of a bound on customers' summaries, which change as the time of dated records is reached. */
export function isOfSummaries({ movement }: SharedMovement): boolean {
  return (
    movement.kind !== "turn" &&
    movement.source.collection === "customers" &&
    movement.source.path.startsWith("activity.")
  );
}

/** Reports when, after `from` and up to `to`, bounds crossed values of one customer that are no longer stored. */
export function findTransientCrossings(
  customer: string,
  formerValues: FormerValues,
  shared: readonly SharedMovement[],
  from: number,
  to: number,
  onCrossing: OnCrossing,
): void {
  for (const { movement, segments } of shared) {
    if (movement.kind === "turn") continue;
    const instants = formerValues(movement.source.path)
      .flatMap((value) => instantsOfPassing(movement, value))
      .filter((at) => at > from && at <= to);
    if (instants.length > 0) onCrossing(customer, instants, segments);
  }
}

/** The longest that one read of crossings may take, in milliseconds. */
const findingMs = 120_000;

/**
 * Finds the customers whose values are crossed after `from` and up to `to` (milliseconds since the epoch).
 * @returns the segments whose meaning changes at an instant in more than a range of values: they are evaluated for all customers.
 */
export async function findDue(
  engine: Engine,
  project: string,
  shared: readonly SharedMovement[],
  from: number,
  to: number,
  onCrossing: OnCrossing,
  onFailure: OnFailure = rethrown,
): Promise<readonly { readonly segment: string; readonly at: number }[]> {
  const turned: { segment: string; at: number }[] = [];
  const findOf = async (movement: Movement, segments: readonly string[]): Promise<void> => {
    if (movement.kind === "slide") {
      const [begin, end] = [Math.max(from, movement.from), Math.min(to, movement.to)];
      if (begin < end) await findPassed(engine, project, movement, begin, end, segments, onCrossing);
    } else if (movement.at > from && movement.at <= to) {
      if (movement.kind === "turn" || unlike(movement)) {
        turned.push(...segments.map((segment) => ({ segment, at: movement.at })));
      } else await findJumped(engine, project, movement, segments, onCrossing);
    }
  };
  const pausing = yielding();
  for (const { movement, segments } of shared) {
    await pausing();
    try {
      await findOf(movement, segments);
    } catch (error) {
      await onFailure(segments, error);
    }
  }
  return turned;
}

async function findPassed(
  engine: Engine,
  project: string,
  slide: Slide,
  begin: number,
  end: number,
  segments: readonly string[],
  onCrossing: OnCrossing,
): Promise<void> {
  const { source, from, start, step } = slide;
  const between = {
    from: new Date(start + elapsed(step, from, begin)),
    to: new Date(start + elapsed(step, from, end)),
  };
  for (const { customer, value } of await find(engine, project, source, between)) {
    const instants = (Array.isArray(value) ? value : [value])
      .map(comparable)
      .filter((each) => typeof each === "number")
      .flatMap((each) => instantsOfPassing(slide, each))
      .filter((at) => at > begin && at <= end);
    if (instants.length > 0) onCrossing(customer, instants, segments);
  }
}

/** The instants at which a movement crosses a value. */
function instantsOfPassing(movement: Slide | Jump, value: number): readonly number[] {
  if (movement.kind === "slide") {
    const { from, to, start, step } = movement;
    // An exclusive bound crosses a value when it reaches it, an inclusive one when it has left it.
    const [comes, leaves] = [Math.ceil((value - start) / step), Math.floor((value - start) / step) + 1];
    return [...new Set([comes, leaves])]
      .map((steps) => (Math.floor(from / step) + steps) * step)
      .filter((at) => at > from && at <= to);
  }
  const { before, after, at } = movement;
  const [one, other] = [before, after].map((bound) =>
    typeof bound === "object" && "instant" in bound ? bound.instant : Number.NaN,
  );
  return value >= Math.min(one!, other!) && value <= Math.max(one!, other!) ? [at] : [];
}

/** True if a jump is from one kind of value to another, so that no range lies between them. */
function unlike({ before, after }: Jump): boolean {
  return Array.isArray(before) !== Array.isArray(after) || typeof before !== typeof after;
}

async function findJumped(
  engine: Engine,
  project: string,
  { source, at, before, after }: Jump,
  segments: readonly string[],
  onCrossing: OnCrossing,
): Promise<void> {
  const rows = await find(engine, project, source, betweenOf(before, after));
  for (const { customer } of rows) onCrossing(customer, [at], segments);
}

function betweenOf(before: Jump["before"], after: Jump["after"]): CrossedValues {
  if (isDays(before) && isDays(after)) {
    const others = [
      ...before.filter((day) => !after.includes(day)),
      ...after.filter((day) => !before.includes(day)),
    ];
    return { anyOf: others };
  }
  const [one, other] = [boundaryOf(before), boundaryOf(after)];
  return one <= other ? { from: one, to: other } : { from: other, to: one };
}

function boundaryOf(value: Jump["before"]): string | number | boolean | Date {
  if (isDays(value)) throw new RangeError("Days of a year have no order.");
  return typeof value === "object" ? new Date(value.instant) : value;
}

function isDays(value: Jump["before"]): value is readonly string[] {
  return Array.isArray(value);
}

function find(
  { store }: Engine,
  project: string,
  source: CrossingSource,
  values: CrossedValues,
): Promise<readonly Crossed[]> {
  return store.reads.crossings.crossed(project, source, values, { maxTimeMs: findingMs });
}
