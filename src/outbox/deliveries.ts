// The deliveries of all webhooks, concurrent with the work on membership: each webhook and partition is a lane, whose batches are
// sent one after the other by the process that holds the partition. No lane waits for another.
import type { Engine } from "../engine.js";
import type { HeldPartition } from "../membership/maintain/held-leases.js";
import { LostLeaseError } from "../membership/maintain/lease.js";
import { presentPosition } from "../membership/reads/feed.js";
import { cursorsOf, type Lane } from "./cursors.js";
import { type DeliveryTools, deliverNext } from "./deliver.js";
import { webhooksOf } from "./webhooks.js";

/** How many lanes are served at once. */
const maxAtOnce = 64;
/** How many batches a lane sends before the others have their turn. */
const batchesInTurn = 20;

export interface Deliveries {
  /** Starts every lane of these partitions that has something to send and is not running. */
  readonly pass: (partitions: readonly HeldPartition[]) => Promise<void>;
  /** Resolves when no lane is running. */
  readonly settled: () => Promise<void>;
}

interface Work extends Lane {
  readonly held: HeldPartition;
}

export interface DeliveriesOptions {
  readonly tools: DeliveryTools;
  /** Receives failures of this process and of the store; failures of receivers are on the cursors. */
  readonly report: (error: unknown) => void;
  /** Called when a lane's turn is over and it may have more to send. */
  readonly more?: () => void;
}

export function deliveries({ tools, report, more }: DeliveriesOptions): Deliveries {
  const { engine, signal } = tools;
  const inFlight = new Map<string, Promise<unknown>>();
  const lastServed = new Map<string, number>();
  let turns = 0;

  /** Serves a lane until there is nothing more to send, or its turn is over. @returns whether there may be more. */
  const serve = async ({ webhook: { _id }, partition, held }: Work): Promise<boolean> => {
    for (let batch = 0; batch < batchesInTurn && !signal?.aborted; batch += 1) {
      // Read for each batch, so that nothing more is sent to the former target after a change.
      const [webhook] = await engine.store.getMany("webhooks", [_id]);
      if (webhook?.enabled !== true) return false;
      const end = (await presentPosition(engine, webhook.project))[partition] ?? 0;
      const [cursor] = await cursorsOf(engine, [{ webhook, partition }]);
      const result = await deliverNext(tools, webhook, held.lease, cursor!, end);
      if (result !== "delivered") return false;
    }
    return true;
  };

  const begin = async (work: Work, key: string): Promise<void> => {
    let unfinished = false;
    try {
      unfinished = await serve(work);
    } catch (error) {
      // After a lost lease, the new holder of the partition serves the lane.
      if (!(error instanceof LostLeaseError)) report(error);
    } finally {
      inFlight.delete(key);
    }
    if (unfinished) more?.();
  };

  return {
    pass: async (partitions) => {
      const waiting: Work[] = [];
      for (const project of new Set(partitions.map(({ lease }) => lease.project))) {
        const own = partitions.filter(({ lease }) => lease.project === project);
        try {
          waiting.push(...(await waitingLanes(engine, project, own, tools.clock())));
        } catch (error) {
          report(new Error(`The webhooks of project ${project} could not be read.`, { cause: error }));
        }
      }
      const keyed = waiting
        .map((work) => ({ work, key: `${work.webhook._id}/${work.partition}` }))
        .filter(({ key }) => !inFlight.has(key))
        .sort((one, other) => (lastServed.get(one.key) ?? 0) - (lastServed.get(other.key) ?? 0));
      for (const { work, key } of keyed.slice(0, Math.max(0, maxAtOnce - inFlight.size))) {
        turns += 1;
        lastServed.set(key, turns);
        inFlight.set(key, begin(work, key));
      }
    },
    settled: async () => {
      await Promise.all(inFlight.values());
    },
  };
}

/** The lanes of a project's partitions that have something to send now. */
async function waitingLanes(
  engine: Engine,
  project: string,
  partitions: readonly HeldPartition[],
  now: number,
): Promise<readonly Work[]> {
  const webhooks = (await webhooksOf(engine, project)).filter(({ enabled }) => enabled);
  if (webhooks.length === 0) return [];
  const end = await presentPosition(engine, project);
  const lanes = webhooks.flatMap((webhook) =>
    partitions.map((held): Work => ({ webhook, partition: held.partition, held })),
  );
  const cursors = await cursorsOf(engine, lanes);
  return lanes.filter((_, index) => {
    const { sequence, partition, failing } = cursors[index]!;
    return (end[partition] ?? 0) > sequence && (failing?.retry_at.getTime() ?? 0) <= now;
  });
}
