// Asks every live segment's query anew, and tells where the stored membership says otherwise.

import type { Engine } from "../../engine.js";
import { sourceIdOf } from "../../facts/identity.js";
import { recentProject } from "../../projects/projects.js";
import { slicesOf } from "../../store/slices.js";
import { type LiveSet, readLiveSet } from "../live/live-set.js";
import { isOfStore } from "../maintain/failures.js";
import { findingMs, holdersOf, membersByQuery } from "../maintain/populate.js";

/** Customers' source ids, of one segment. */
export interface Difference {
  readonly segment: string;
  /** In the segment by its query, and not by what is stored. */
  readonly missing: readonly string[];
  /** In the segment by what is stored, and not by its query. */
  readonly surplus: readonly string[];
  /** Where the stored membership and the history's lasting stays disagree. */
  readonly untold: readonly string[];
}

export interface Verification {
  /** The instant that was asked of, in milliseconds since the epoch. */
  readonly asOf: number;
  readonly segments: number;
  /** Segments that could not be verified: their query is not valid now, or asking it failed. */
  readonly unanswerable: readonly string[];
  /** Customers who are marked to be looked at, and so left out. */
  readonly pending: number;
  readonly differences: readonly Difference[];
}

/**
 * Compares what is stored with what the queries say now. Who is about to be looked at is left out: of them, what is stored
 * need not be true yet.
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

/** The same of some of a project's live segments. */
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
  const told: { segment: string; found: Set<string>; held: Set<string>; stays: Set<string> }[] = [];
  for (const segment of segments) {
    const document = set.segments.get(segment)?.document;
    if (document === undefined) continue;
    try {
      const found = await membersIn(engine, set, segment, asOf);
      const held = new Set(await holdersOf(engine, project, segment));
      const stays = new Set(await engine.store.reads.intervals.lasting(project, segment));
      if (found === undefined) unanswerable.push(segment);
      told.push({ segment, found: new Set(found ?? held), held, stays });
    } catch (error) {
      // A segment that can't be verified keeps none of the others from it.
      if (isOfStore(error)) throw error;
      unanswerable.push(segment);
    }
  }
  // Who changed while this was asked may have been read before and after.
  await notePending();
  const slices = slicesOf({ maxTimeMs: findingMs });
  for (const { segment, found, held, stays } of told) {
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
    const untold = [...(await sourceIds(held, stays)), ...(await sourceIds(stays, held))];
    if (missing.length + surplus.length + untold.length > 0)
      differences.push({ segment, missing, surplus, untold });
  }
  return { asOf, segments: told.length, unanswerable, pending: pending.size, differences };
}
