// Verifies the stored membership of live segments in the background, a few segments at a time, over and over. It waits while
// there is much other work.
import { setTimeout as pause } from "node:timers/promises";
import { type BackgroundWork, runInBackground } from "../../background.js";
import type { Engine } from "../../engine.js";
import { listedProjects } from "../../projects/directory.js";
import { coordinatorOf, type LiveSet, readLiveSet } from "../live/live-set.js";
import { type Difference, verifySegments } from "../reads/verify.js";
import { isOfStore } from "./failures.js";
import { coordinatorId, isOfThisProcess, leasesOn } from "./lease.js";

/** The result of one turn in a project. */
export interface VerifiedTurn {
  readonly project: string;
  /** When it ended, in milliseconds since the epoch. */
  readonly at: number;
  /** How many segments this turn verified. */
  readonly segments: number;
  /** How many customers differ in all segments, by the last verification of each. */
  readonly differing: number;
  /** The differences of this turn. */
  readonly differences: readonly Difference[];
}

export interface VerifyScheduleOptions {
  readonly project: string;
  /** The time between two turns, in milliseconds. */
  readonly everyMs: number;
  /** How many segments of a project are verified in a turn. */
  readonly segmentsATurn?: number;
  /** A difference is reported if it still exists after this time, in milliseconds. */
  readonly confirmMs?: number;
  readonly noted: (turn: VerifiedTurn) => void;
  readonly report: (error: unknown) => void;
}

/** With more marked customers than this, verification waits. */
const busyFrom = 1_000;
const defaultTurn = 5;
const defaultConfirmMs = 5_000;

export interface VerifySchedule {
  /** One turn of every project whose coordinator this process is. @param signal ends it early, with nothing noted. */
  readonly turn: (signal?: AbortSignal) => Promise<void>;
}

/** The turns themselves; `runVerification` takes them at their times. */
export function verifySchedule(engine: Engine, options: VerifyScheduleOptions): VerifySchedule {
  const { segmentsATurn = defaultTurn, confirmMs = defaultConfirmMs, noted } = options;
  const states = new Map<string, { set: LiveSet; last: string; readonly differing: Map<string, number> }>();

  const turnOf = async (project: string, signal: AbortSignal | undefined): Promise<void> => {
    const coordinator = await coordinatorOf(engine, project);
    const [lease] = await leasesOn(engine.store, [coordinatorId(project)]);
    if (lease?.owner === undefined || !isOfThisProcess(lease.owner)) return;
    if (await isBusy(engine, project)) return;
    const known = states.get(project);
    const set =
      known?.set.epoch === (coordinator?.epoch ?? 0) ? known!.set : await readLiveSet(engine, project);
    const state = { set, last: known?.last ?? "", differing: known?.differing ?? new Map<string, number>() };
    states.set(project, state);
    for (const segment of state.differing.keys())
      if (!set.segments.has(segment)) state.differing.delete(segment);
    const chosen = nextOf([...set.segments.keys()], state.last, segmentsATurn);
    state.last = chosen.at(-1) ?? "";
    const first = await verifySegments(engine, set, chosen);
    let differences = first.differences;
    if (differences.length > 0) {
      // Changes that were about to be evaluated are evaluated by then; a real difference remains.
      await pause(confirmMs, undefined, { signal }).catch(() => undefined);
      if (signal?.aborted) return;
      const again = await verifySegments(
        engine,
        await readLiveSet(engine, project),
        differences.map(({ segment }) => segment),
      );
      differences = inBoth(differences, again.differences);
    }
    for (const segment of chosen) state.differing.delete(segment);
    for (const { segment, missing, surplus, inconsistent } of differences)
      state.differing.set(segment, new Set([...missing, ...surplus, ...inconsistent]).size);
    const differing = [...state.differing.values()].reduce((sum, each) => sum + each, 0);
    noted({ project, at: engine.clock(), segments: chosen.length, differing, differences });
  };

  return {
    turn: async (signal) => {
      for (const project of new Set([options.project, ...(await listedProjects(engine))])) {
        if (signal?.aborted) return;
        await turnOf(project, signal).catch((error: unknown) => {
          if (isOfStore(error)) throw error;
          options.report(new Error(`Project ${project} could not be verified.`, { cause: error }));
        });
      }
    },
  };
}

/** Verifies until it is stopped. */
export function runVerification(
  engine: Engine,
  options: VerifyScheduleOptions,
): Pick<BackgroundWork, "stop"> {
  const { report, everyMs } = options;
  const { turn } = verifySchedule(engine, options);
  return runInBackground(
    async (stopping) => {
      await turn(stopping);
      return everyMs;
    },
    { report, afterErrorMs: everyMs, firstAfterMs: everyMs },
  );
}

async function isBusy(engine: Engine, project: string): Promise<boolean> {
  return (await engine.store.reads.dirtyMarks.countUpTo(project, busyFrom + 1)) > busyFrom;
}

/** The next ids after the last one, starting again at the first when there are no more. */
function nextOf(ids: readonly string[], last: string, count: number): readonly string[] {
  const ordered = ids.toSorted();
  const behind = ordered.filter((id) => id > last);
  return [...behind, ...ordered.filter((id) => id <= last)].slice(0, count);
}

function inBoth(first: readonly Difference[], second: readonly Difference[]): readonly Difference[] {
  return first.flatMap((one) => {
    const other = second.find(({ segment }) => segment === one.segment);
    if (other === undefined) return [];
    const both = (part: "missing" | "surplus" | "inconsistent") => {
      const others = new Set(other[part]);
      return one[part].filter((id) => others.has(id));
    };
    const found = {
      segment: one.segment,
      missing: both("missing"),
      surplus: both("surplus"),
      inconsistent: both("inconsistent"),
    };
    return found.missing.length + found.surplus.length + found.inconsistent.length === 0 ? [] : [found];
  });
}
