// Maintainers at work, one for each project of a store, until they are told to stop.
import { setTimeout as pause } from "node:timers/promises";
import type { Engine } from "../engine.js";
import { listedProjects } from "../projects/directory.js";
import { recentProject, UnknownProjectError } from "../projects/projects.js";
import { type HeldPartition, maintainProject, type ProjectMaintainer } from "./maintainer.js";

export interface RunOptions {
  /** A project that is maintained whether it was defined or not. */
  readonly project: string;
  /** How long to wait where there was nothing to do, in milliseconds. */
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

const usualIdleMs = 500;
/** How long to wait after something went wrong, in milliseconds. */
const failedMs = 5_000;

/** Keeps the membership of live segments true, in this process, in the background. */
export function runMaintainers(engine: Engine, options: RunOptions): RunningMaintainers {
  const { idleMs = usualIdleMs, report } = options;
  const stopping = new AbortController();
  const maintainers = new Map<string, ProjectMaintainer>();
  /** When projects in which something went wrong are tried again. */
  const retryAt = new Map<string, number>();

  const wait = (ms: number): Promise<unknown> =>
    pause(ms, undefined, { signal: stopping.signal }).catch(() => undefined);

  const round = async (): Promise<boolean> => {
    let done = false;
    for (const project of new Set([options.project, ...(await listedProjects(engine))])) {
      if (stopping.signal.aborted) return false;
      if (performance.now() < (retryAt.get(project) ?? 0)) continue;
      try {
        if (!(await isDefined(engine, project))) continue;
        const maintainer = maintainers.get(project) ?? maintainProject(engine, project);
        maintainers.set(project, maintainer);
        done = (await maintainer.round()) || done;
      } catch (error) {
        // What is wrong in one project keeps nobody from the others.
        report(error);
        retryAt.set(project, performance.now() + failedMs);
      }
    }
    return done;
  };

  const work = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        if (!(await round())) await wait(idleMs);
      } catch (error) {
        report(error);
        await wait(failedMs);
      }
    }
  };

  const working = work();
  return {
    partitions: () => [...maintainers.values()].flatMap((maintainer) => maintainer.partitions()),
    stop: async () => {
      stopping.abort();
      await working;
      for (const maintainer of maintainers.values()) await maintainer.release().catch(report);
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
const mostRounds = 1_000;

/**
 * Does all there is to do in a project at this moment, and gives the leases back.
 * @returns false where another maintainer has a part of the work, which may not be done yet.
 */
export async function settleProject(engine: Engine, project: string): Promise<boolean> {
  const maintainer = maintainProject(engine, project);
  try {
    for (let rounds = 0; rounds < mostRounds && (await maintainer.round()); rounds += 1);
    return maintainer.holdsAll();
  } finally {
    await maintainer.release();
  }
}
