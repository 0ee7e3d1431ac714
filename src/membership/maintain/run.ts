// Runs maintainers, one for each project of a store, until they are stopped.
import { runInBackground } from "../../background.js";
import { systemClock } from "../../clock.js";
import type { Engine } from "../../engine.js";
import { listedProjects } from "../../projects/directory.js";
import { recentProject, UnknownProjectError } from "../../projects/projects.js";
import type { HeldPartition } from "./held-leases.js";
import { leaseMs } from "./lease.js";
import { maintainProject, type ProjectMaintainer } from "./maintainer.js";

export interface RunOptions {
  /** A project that is maintained even if it is not defined yet. */
  readonly project: string;
  /**
   * The longest wait between rounds without work, and how often segments and time are checked, in milliseconds. After a round
   * with work the wait is short, and then grows.
   */
  readonly idleMs?: number;
  /** Receives failures; the work continues with the next round. */
  readonly report: (error: unknown) => void;
}

export interface RunningMaintainers {
  /** Finishes the work under way and gives the leases back. */
  readonly stop: () => Promise<void>;
  /** The partitions that are held at this moment, in all projects. */
  readonly partitions: () => readonly HeldPartition[];
}

const defaultIdleMs = 500;
/** How long to wait after a round with work, in milliseconds. */
const minIdleMs = 20;
/** How long to wait after a failure, in milliseconds. */
const afterErrorMs = 5_000;

/** The next round of a project. */
interface MaintenanceRound {
  readonly maintainer: ProjectMaintainer;
  /** When the round is due, by the machine's running time, and how long was waited for it, in milliseconds. */
  readonly at: number;
  readonly waited: number;
}

/** Maintains the membership of live segments in the background of this process. */
export function runMaintainers(engine: Engine, options: RunOptions): RunningMaintainers {
  const { idleMs = defaultIdleMs, report } = options;
  const turns = new Map<string, MaintenanceRound>();

  const takeTurn = async (project: string): Promise<void> => {
    const { at, waited, maintainer } = turns.get(project) ?? {
      at: 0,
      waited: idleMs,
      maintainer: maintainProject(engine, project, systemClock, idleMs, report),
    };
    if (performance.now() < at) return;
    const next = (ms: number): void => {
      turns.set(project, { maintainer, waited: ms, at: performance.now() + ms });
    };
    try {
      const isDone = (await isDefined(engine, project)) && (await maintainer.round());
      next(isDone ? 0 : Math.min(idleMs, Math.max(minIdleMs, waited * 2)));
    } catch (error) {
      // A failure in one project does not stop the others.
      report(error);
      next(afterErrorMs);
    }
  };

  let listed: readonly string[] = [];
  let listAt = 0;
  const readList = async (): Promise<void> => {
    if (performance.now() < listAt) return;
    listAt = performance.now() + idleMs;
    try {
      listed = await listedProjects(engine);
    } catch (error) {
      report(error);
      listAt = performance.now() + afterErrorMs;
    }
  };

  const work = runInBackground(
    async (stopping) => {
      await readList();
      for (const project of new Set([options.project, ...listed])) {
        if (!stopping.aborted) await takeTurn(project);
      }
      const soonest = Math.min(...[...turns.values()].map(({ at }) => at));
      return Math.min(idleMs, Math.max(0, soonest - performance.now()));
    },
    { report, afterErrorMs },
  );

  // A round may take longer than a lease lasts.
  const renewing = setInterval(() => {
    for (const { maintainer } of turns.values()) maintainer.renewHeld().catch(report);
  }, leaseMs / 3);
  return {
    partitions: () => [...turns.values()].flatMap(({ maintainer }) => maintainer.partitions()),
    stop: async () => {
      await work.stop();
      clearInterval(renewing);
      for (const { maintainer } of turns.values()) await maintainer.release().catch(report);
    },
  };
}

async function isDefined(engine: Engine, project: string): Promise<boolean> {
  try {
    await recentProject(engine, project);
    return true;
  } catch (error) {
    if (error instanceof UnknownProjectError) return false;
    throw error;
  }
}

/** More rounds than this are needed only if others keep writing. */
const maxRounds = 1_000;

/**
 * Does all work that is due in a project now, and gives the leases back.
 * @returns false if another maintainer holds a part of the work, which may not be done yet.
 */
export async function settleProject(engine: Engine, project: string): Promise<boolean> {
  const maintainer = maintainProject(engine, project);
  // A failure to renew shows in the next round, too.
  const renewing = setInterval(() => maintainer.renewHeld().catch(() => undefined), leaseMs / 3);
  try {
    for (let rounds = 0; rounds < maxRounds && (await maintainer.round()); rounds += 1);
    return maintainer.holdsAll();
  } finally {
    clearInterval(renewing);
    await maintainer.release();
  }
}
