// Deletes static segments: first the segment disappears for all readers at once, then its id is removed from the customers in
// batches. If a process dies in between, a later one finishes the deletion.
import { randomUUID } from "node:crypto";
import type { SegmentDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { readSegments } from "../query/catalog.js";
import { holdersQuestion } from "../query/holders.js";
import { inBatches } from "../store/batches.js";
import { segmentKey } from "./identity.js";
import { giveBack, keysOf } from "./keys.js";

/** How many customers change in one transaction. */
export const membersBatch = 1_000;

/** A builder without a sign of life for this long, in milliseconds, is presumed dead. */
const deadAfterMs = 60_000;

/** Identifies this process among those that build segments. */
export const thisProcess = randomUUID();

/** The segments that this process is building, by id. */
export const building = new Set<string>();

/** Deletes a static segment in any state. Does nothing if it does not exist. */
export async function removeStatic(engine: Engine, project: string, segmentId: string): Promise<void> {
  const id = segmentKey(project, segmentId);
  const found = await engine.store.write(async (transaction) => {
    const [segment] = await transaction.getMany("segments", [id]);
    if (segment === undefined || segment.state === "removing") return segment;
    // From here on, its name and its members are free, and a process that is still building it fails.
    await giveBack(transaction, keysOf(segment), segmentId);
    await transaction.put("segments", [{ ...segment, state: "removing" }]);
    return segment;
  });
  if (found === undefined) return;
  await removeMembers(engine, project, segmentId);
  await engine.store.write((transaction) => transaction.remove("segments", [id]));
}

async function removeMembers({ store }: Engine, project: string, segmentId: string): Promise<void> {
  const holders = holdersQuestion(project, segmentId);
  await inBatches(
    () => store.customers.ids(holders, { limit: membersBatch }),
    (ids) =>
      store.write(async (transaction) => {
        const customers = await transaction.getMany("customers", ids);
        const changed = customers.flatMap((customer) =>
          customer?.segments?.includes(segmentId) === true
            ? [{ ...customer, segments: customer.segments.filter((held) => held !== segmentId) }]
            : [],
        );
        await transaction.put("customers", changed);
      }),
  );
}

/**
 * Deletes the segments whose building or deletion was interrupted by the end of a process.
 * @returns how many segments were deleted.
 */
export async function clearLeftovers(engine: Engine, project: string): Promise<number> {
  const left = (await readSegments(engine, project)).filter((segment) => isLeftover(engine, segment));
  for (const { segment_id } of left) await removeStatic(engine, project, segment_id);
  return left.length;
}

function isLeftover({ clock }: Engine, { state, members, segment_id }: SegmentDocument): boolean {
  if (state === "removing") return true;
  if (state !== "building") return false;
  const builder = members?.builder;
  if (builder?.process === thisProcess) return !building.has(segment_id);
  if (builder === undefined) return true;
  return clock() - builder.seen_at.getTime() > deadAfterMs;
}
