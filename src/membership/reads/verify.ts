// Runs the query of every live segment again, and reports where the stored membership differs.

import type { Engine } from "../../engine.js";
import { sourceIdOf } from "../../facts/identity.js";
import { recentProject } from "../../projects/projects.js";
import { slicesOf } from "../../store/slices.js";
import { type LiveSet, readLiveSet } from "../live/live-set.js";
import { isOfStore } from "../maintain/failures.js";
import { findingMs, holdersOf, membersByQuery } from "../maintain/populate.js";

/** The differences of one segment, as customers' source ids. */
export interface Difference {
  readonly segment: string;
  /** In the segment by its query, but not by its stored membership. */
  readonly missing: readonly string[];
  /** In the segment by its stored membership, but not by its query. */
  readonly surplus: readonly string[];
  /** Customers for whom the stored membership and the open intervals of the history disagree. */
  readonly inconsistent: readonly string[];
}

export interface Verification {
  /** The instant of the comparison, in milliseconds since the epoch. */
  readonly asOf: number;
  readonly segments: number;
  /** Segments that could not be verified: their query is not valid now, or running it failed. */
  readonly unanswerable: readonly string[];
  /** How many customers are marked for evaluation, and so left out. */
  readonly pending: number;
  readonly differences: readonly Difference[];
}

/**
 * Compares the stored membership with what the queries find now. Customers that are marked for evaluation are left out: their
 * stored membership may not be up to date.
 * @throws UnknownProjectError.
 */
export async function verifyMembership(engine: Engine, project: string): Promise<Verification> {
  await recentProject(engine, project);
  const set = await readLiveSet(engine, project);
  return verifySegments(engine, set, [...set.segments.keys()]);
}

/** Members by the query; undefined if they can't be known now. */
async function membersIn(
  engine: Engine,
  set: LiveSet,
  segment: string,
  asOf: number,
): Promise<readonly string[] | undefined> {
  const status = set.segments.get(segment)?.document.status;
  if (status === "removing") return [];
  return status === "failed" ? undefined : membersByQuery(engine, set, segment, asOf);
}

/** Verifies some of a project's live segments. */
export async function verifySegments(
  engine: Engine,
  set: LiveSet,
  segments: readonly string[],
): Promise<Verification> {
  const { project } = set;
  const asOf = engine.clock();
  const differences: Difference[] = [];
  const unanswerable: string[] = [];
  const pending = new Set<string>();
  const notePending = async (): Promise<void> => {
    for (const id of await engine.store.reads.dirtyMarks.ids(project)) pending.add(id);
  };
  await notePending();
  const compared: { segment: string; found: Set<string>; held: Set<string>; intervals: Set<string> }[] = [];
  for (const segment of segments) {
    const document = set.segments.get(segment)?.document;
    if (document === undefined) continue;
    try {
      const found = await membersIn(engine, set, segment, asOf);
      const held = new Set(await holdersOf(engine, project, segment));
      const intervals = new Set(await engine.store.reads.intervals.lasting(project, segment));
      if (found === undefined) unanswerable.push(segment);
      compared.push({ segment, found: new Set(found ?? held), held, intervals });
    } catch (error) {
      // A segment that can't be verified does not stop the verification of the others.
      if (isOfStore(error)) throw error;
      unanswerable.push(segment);
    }
  }
  // Customers that changed meanwhile may have been read both before and after the change.
  await notePending();
  const slices = slicesOf({ maxTimeMs: findingMs });
  for (const { segment, found, held, intervals } of compared) {
    const sourceIds = async (ids: Iterable<string>, others: ReadonlySet<string>) => {
      const differing: string[] = [];
      for (const id of ids) {
        if (!others.has(id) && !pending.has(id)) differing.push(sourceIdOf(project, id));
        if (slices.isOver()) await slices.next();
      }
      return differing.sort();
    };
    const missing = await sourceIds(found, held);
    const surplus = await sourceIds(held, found);
    const inconsistent = [...(await sourceIds(held, intervals)), ...(await sourceIds(intervals, held))];
    if (missing.length + surplus.length + inconsistent.length > 0)
      differences.push({ segment, missing, surplus, inconsistent });
  }
  return { asOf, segments: compared.length, unanswerable, pending: pending.size, differences };
}
