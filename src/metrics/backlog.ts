// How far the maintenance of a project's membership is behind, by a few bounded reads.

import type { Engine } from "../engine.js";
import { coordinatorOf, readUnsettledSegments } from "../membership/live/live-set.js";
import { unownedPartitions } from "../membership/maintain/ownership.js";
import { presentPosition } from "../membership/reads/feed.js";

/** Marks are counted up to this many. */
const maxCounted = 100_000;

export interface Backlog {
  /** Customers who are marked for evaluation, up to `maxCounted`. */
  readonly waiting: number;
  /** For how long the first change among those counted has waited; 0 if none waits. */
  readonly oldestSeconds: number;
  /** How far time-driven membership is behind; undefined if no maintainer has ever run. */
  readonly tickLagSeconds: number | undefined;
  /** The number of transitions that were ever written. */
  readonly transitions: number;
  /** Partitions whose lease no maintainer holds; 0 while no segment is live, as none is needed. */
  readonly unowned: number;
  /** Segments that are in quarantine. */
  readonly failed: number;
}

export async function backlogOf(engine: Engine, project: string): Promise<Backlog> {
  const [{ waiting, oldest }, coordinator, position, unowned, failed] = await Promise.all([
    engine.store.reads.dirtyMarks.backlog(project, maxCounted),
    coordinatorOf(engine, project),
    presentPosition(engine, project),
    unownedPartitions(engine, project),
    failedSegments(engine, project),
  ]);
  const now = engine.clock();
  const secondsSince = (instant: Date): number => Math.max(0, now - instant.getTime()) / 1_000;
  return {
    waiting,
    oldestSeconds: oldest === undefined ? 0 : secondsSince(oldest),
    tickLagSeconds: coordinator?.cursor === undefined ? undefined : secondsSince(coordinator.cursor),
    transitions: position.reduce((sum, sequence) => sum + sequence, 0),
    unowned,
    failed,
  };
}

async function failedSegments(engine: Engine, project: string): Promise<number> {
  const unsettled = await readUnsettledSegments(engine, project);
  return unsettled.filter(({ failing }) => failing !== undefined).length;
}
