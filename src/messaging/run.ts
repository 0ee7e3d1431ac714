// Works on the distributions of all projects in the background until it is stopped. Several processes share them: each distribution is
// worked on by one process at a time, and none waits for another.
import { type BackgroundWork, runInBackground } from "../background.js";
import type { DistributionDocument } from "../documents/message-documents.js";
import type { Engine } from "../engine.js";
import { onMessagesPlanned } from "../ingest/event-triggers.js";
import { onTransitions } from "../membership/wakeups.js";
import { listedProjects } from "../projects/directory.js";
import { defaultProject } from "../projects/projects.js";
import { closeChannels, openChannels } from "./channels.js";
import { newWorker } from "./lease.js";
import { onDistributionsChanged } from "./wakeups.js";
import { takeTurn, timeUntilWork } from "./work.js";

/** How many distributions one process works on at once. */
const maxAtOnce = 8;
/** How often the store is polled, in milliseconds. */
const defaultPollMs = 500;
/** The wait after a failure, in milliseconds. */
const afterErrorMs = 5_000;
/** The pause between two passes because something was written that may lead to messages: at least so many milliseconds … */
const minPauseMs = 50;
/** … and so many times the duration of the first one, so that passes that take long do not keep the store reading. */
const pauseFactor = 2;
/** How long stopping waits for messages under way, in milliseconds. */
const defaultGraceMs = 3_000;

export interface MessagingOptions {
  /** Receives unexpected failures; the work continues. */
  readonly report: (error: unknown) => void;
  readonly pollMs?: number;
  /** How long a distribution without work is not looked at, unless it changes; ten times `pollMs` if it is omitted. */
  readonly idleMs?: number;
  readonly graceMs?: number;
}

/** Stopping waits a few seconds for messages under way. Webhooks that are cut off then are in doubt. */
export function runMessaging(
  engine: Engine,
  { report, pollMs = defaultPollMs, idleMs = 10 * pollMs, graceMs = defaultGraceMs }: MessagingOptions,
): Pick<BackgroundWork, "stop"> {
  const worker = newWorker();
  const channels = openChannels(engine);
  const [stopping, breaking] = [new AbortController(), new AbortController()];
  const tools = { engine, worker, channels, report, stopping: stopping.signal, breaking: breaking.signal };
  const inFlight = new Map<string, Promise<unknown>>();
  const lastServed = new Map<string, number>();
  /** Until when distributions have no work, as they were when that was found out. */
  const idle = new Map<string, { readonly until: number; readonly version: string }>();
  /** The projects with open distributions. */
  let projects: ReadonlySet<string> = new Set();
  let turns = 0;
  /** The projects in which something was written that may lead to messages since work was last looked for there. */
  const triggered = new Set<string>();
  let isPassing = false;
  /** True if something was written during the pass. */
  let isDue = false;
  /** When the pause after the last pass ends. */
  let pauseEnd = Number.NEGATIVE_INFINITY;
  let waking: NodeJS.Timeout | undefined;

  const begin = (distribution: DistributionDocument): void => {
    const { _id } = distribution;
    turns += 1;
    lastServed.set(_id, turns);
    inFlight.set(
      _id,
      takeTurn(tools, distribution).finally(() => inFlight.delete(_id)),
    );
  };

  /** The open distributions of all projects; those that were served longest ago come first. */
  const openDistributions = async (): Promise<readonly DistributionDocument[]> => {
    const open: DistributionDocument[] = [];
    let isWhole = true;
    for (const project of new Set([defaultProject, ...(await listedProjects(engine))])) {
      try {
        open.push(...(await engine.store.reads.messaging.openDistributions(project)));
      } catch (error) {
        isWhole = false;
        report(new Error(`The distributions of project ${project} could not be read.`, { cause: error }));
      }
    }
    projects = new Set(open.map(({ project }) => project));
    const present = new Set(open.map(({ _id }) => _id));
    if (isWhole)
      for (const known of [lastServed, idle])
        for (const id of known.keys()) if (!present.has(id)) known.delete(id);
    return open.sort((one, other) => (lastServed.get(one._id) ?? 0) - (lastServed.get(other._id) ?? 0));
  };

  const hasWork = async (distribution: DistributionDocument): Promise<boolean> => {
    const { _id, project, state, updated_at } = distribution;
    const version = `${state} ${updated_at.getTime()}`;
    const known = idle.get(_id);
    if (known?.version === version && known.until > worker.clock()) return false;
    triggered.delete(project);
    const waitMs = await timeUntilWork(engine, worker, distribution);
    // What was written meanwhile may not have been seen.
    if (waitMs === 0 || triggered.has(project)) idle.delete(_id);
    else idle.set(_id, { until: worker.clock() + Math.min(waitMs, idleMs), version });
    return waitMs === 0;
  };

  const pass = async (): Promise<void> => {
    for (const distribution of await openDistributions()) {
      if (inFlight.size >= maxAtOnce || stopping.signal.aborted) return;
      if (inFlight.has(distribution._id)) continue;
      try {
        if (await hasWork(distribution)) begin(distribution);
      } catch (error) {
        const { name, project } = distribution;
        report(
          new Error(`The distribution "${name}" of project ${project} could not be read.`, { cause: error }),
        );
      }
    }
  };

  const work = runInBackground(
    async () => {
      const began = performance.now();
      [isPassing, isDue] = [true, false];
      clearTimeout(waking);
      waking = undefined;
      try {
        await pass();
      } finally {
        const ended = performance.now();
        isPassing = false;
        pauseEnd = ended + Math.max(minPauseMs, pauseFactor * (ended - began));
      }
      return isDue ? Math.min(pollMs, pauseEnd - performance.now()) : pollMs;
    },
    { report, afterErrorMs },
  );
  /** Begins a pass after the pause. */
  const wakeSoon = (): void => {
    isDue = true;
    if (isPassing) return;
    waking ??= setTimeout(() => work.wake(), Math.max(0, pauseEnd - performance.now()));
  };
  /** Has the distributions of a project looked at again, if it has any. */
  const onTrigger = (project: string): void => {
    if (!projects.has(project)) return;
    triggered.add(project);
    for (const id of idle.keys()) if (id.startsWith(`${project}/`)) idle.delete(id);
    wakeSoon();
  };
  const subscriptions = [
    onTransitions(engine.store, onTrigger),
    onMessagesPlanned(engine.store, onTrigger),
    onDistributionsChanged(engine.store, () => {
      idle.clear();
      work.wake();
    }),
  ];
  return {
    stop: async () => {
      for (const unsubscribe of subscriptions) unsubscribe();
      clearTimeout(waking);
      stopping.abort(new Error("The process stops."));
      await work.stop();
      const patience = setTimeout(() => breaking.abort(), graceMs);
      await Promise.all(inFlight.values());
      clearTimeout(patience);
      closeChannels(channels);
    },
  };
}
