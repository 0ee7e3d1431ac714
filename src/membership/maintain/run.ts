// Maintainers at work, one for each project of a store, until they are stopped.
import { runInBackground } from "../../background.js";
import { systemClock } from "../../clock.js";
import type { Engine } from "../../engine.js";
import { listedProjects } from "../../projects/directory.js";
import { recentProject, UnknownProjectError } from "../../projects/projects.js";
import type { HeldPartition } from "./held-leases.js";
import { leaseMs } from "./lease.js";
import { maintainProject, type ProjectMaintainer } from "./maintainer.js";

export interface RunOptions {
  /** A project that is maintained whether it was defined or not. */
  readonly project: string;
  /**
   * How long to wait at most where there was nothing to do, and how often segments and the clock are seen to, in milliseconds. Soon
   * after something was done it is looked for again, and then ever more rarely.
   */
  readonly idleMs?: number;
  /** Told of what went wrong; the work goes on with the next round. */
  readonly report: (error: unknown) => void;
}

export interface RunningMaintainers {
  /** Finishes what is under way and gives the leases back. */
  readonly stop: () => Promise<void>;
  /** The partitions that are held at this moment, in all projects. */
  readonly partitions: () => readonly HeldPartition[];
}

const defaultIdleMs = 500;
/** How long to wait where something was done the time before, in milliseconds. */
const minIdleMs = 20;
/** How long to wait after something went wrong, in milliseconds. */
const afterErrorMs = 5_000;

/** A project that is seen to in turn. */
interface MaintenanceRound {
  readonly maintainer: ProjectMaintainer;
  /** When it is its turn, by the machine's running time, and how long was waited for that, in milliseconds. */
  readonly at: number;
  readonly waited: number;
}

/** Keeps the membership of live segments true, in this process, in the background. */
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
      // What is wrong in one project keeps nobody from the others.
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

/** More rounds than this are needed only where others go on writing. */
const maxRounds = 1_000;

/**
 * Does all there is to do in a project at this moment, and gives the leases back.
 * @returns false where another maintainer has a part of the work, which may not be done yet.
 */
export async function settleProject(engine: Engine, project: string): Promise<boolean> {
  const maintainer = maintainProject(engine, project);
  // What fails here fails in the next round, too.
  const renewing = setInterval(() => maintainer.renewHeld().catch(() => undefined), leaseMs / 3);
  try {
    for (let rounds = 0; rounds < maxRounds && (await maintainer.round()); rounds += 1);
    return maintainer.holdsAll();
  } finally {
    clearInterval(renewing);
    await maintainer.release();
  }
}
