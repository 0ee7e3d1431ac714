// Works on the distributions of all projects in the background until it is stopped. Several processes share them: each distribution is
// worked on by one process at a time, and none waits for another.
import { type BackgroundWork, runInBackground } from "../background.js";
import type { DistributionDocument } from "../documents/message-documents.js";
import type { Engine } from "../engine.js";
import { listedProjects } from "../projects/directory.js";
import { defaultProject } from "../projects/projects.js";
import { closeChannels, openChannels } from "./channels.js";
import { newWorker } from "./lease.js";
import { onDistributionsChanged } from "./wakeups.js";
import { hasWork, takeTurn } from "./work.js";

/** How many distributions one process works on at once. */
const maxAtOnce = 8;
/** How often the store is polled, in milliseconds. */
const defaultPollMs = 500;
/** The wait after a failure, in milliseconds. */
const afterErrorMs = 5_000;
/** How long stopping waits for messages under way, in milliseconds. */
const defaultGraceMs = 3_000;

export interface MessagingOptions {
  /** Receives unexpected failures; the work continues. */
  readonly report: (error: unknown) => void;
  readonly pollMs?: number;
  readonly graceMs?: number;
}

/** Stopping waits a few seconds for messages under way. Webhooks that are cut off then are in doubt. */
export function runMessaging(
  engine: Engine,
  { report, pollMs = defaultPollMs, graceMs = defaultGraceMs }: MessagingOptions,
): Pick<BackgroundWork, "stop"> {
  const worker = newWorker();
  const channels = openChannels(engine);
  const [stopping, breaking] = [new AbortController(), new AbortController()];
  const tools = { engine, worker, channels, report, stopping: stopping.signal, breaking: breaking.signal };
  const inFlight = new Map<string, Promise<unknown>>();
  const lastServed = new Map<string, number>();
  let turns = 0;

  const begin = (distribution: DistributionDocument): void => {
    const { _id } = distribution;
    turns += 1;
    lastServed.set(_id, turns);
    inFlight.set(
      _id,
      takeTurn(tools, distribution).finally(() => inFlight.delete(_id)),
    );
  };

  const pass = async (): Promise<void> => {
    const waiting: DistributionDocument[] = [];
    for (const project of new Set([defaultProject, ...(await listedProjects(engine))])) {
      try {
        for (const distribution of await engine.store.reads.messaging.openDistributions(project))
          if (!inFlight.has(distribution._id) && (await hasWork(engine, worker, distribution)))
            waiting.push(distribution);
      } catch (error) {
        report(new Error(`The distributions of project ${project} could not be read.`, { cause: error }));
      }
    }
    waiting.sort((one, other) => (lastServed.get(one._id) ?? 0) - (lastServed.get(other._id) ?? 0));
    for (const distribution of waiting.slice(0, Math.max(0, maxAtOnce - inFlight.size))) begin(distribution);
  };

  const work = runInBackground(
    async () => {
      await pass();
      return pollMs;
    },
    { report, afterErrorMs },
  );
  const unsubscribe = onDistributionsChanged(engine.store, work.wake);
  return {
    stop: async () => {
      unsubscribe();
      stopping.abort(new Error("The process stops."));
      await work.stop();
      const patience = setTimeout(() => breaking.abort(), graceMs);
      await Promise.all(inFlight.values());
      clearTimeout(patience);
      closeChannels(channels);
    },
  };
}
