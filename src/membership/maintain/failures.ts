// Failing segments are put aside with the reason, so that they hold up nothing else, and are retried less and less often.

import type { LiveSegmentDocument } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { partitionCount } from "../../ingest/dirty-marks.js";
import { segmentKey } from "../../segments/identity.js";
import { StoreError, type StoreErrorCode, type Transaction } from "../../store/port.js";
import { ContendedError, coordinatorId, LostLeaseError, touchPartitions, writeBriefly } from "./lease.js";

/** How long a segment waits after its first failure, doubled after each further one, and the longest wait, in milliseconds. */
const [firstWaitMs, maxWaitMs] = [5_000, 3_600_000];
const maxProblemLength = 500;

/** Errors of the store that do not depend on the request: any other request would fail as well. */
const codesOfStore: ReadonlySet<StoreErrorCode> = new Set([
  "LOCKED",
  "UNAVAILABLE",
  "DAMAGED",
  "READ_ONLY",
  "NO_SPACE",
  "BUSY",
]);

/**
 * True of an error that is no fault of the segment, customer or project at hand: the store does not work, the lease is lost, or
 * another transaction is in the way.
 */
export function isOfStore(error: unknown): boolean {
  return (
    error instanceof LostLeaseError ||
    error instanceof ContendedError ||
    (error instanceof StoreError && codesOfStore.has(error.code))
  );
}

/** How long to wait after a number of failures in a row, in milliseconds. */
function waitAfterFailures(attempts: number): number {
  return Math.min(firstWaitMs * 2 ** Math.min(attempts - 1, 30), maxWaitMs);
}

/** The evaluation of one segment failed for every customer. */
export class SegmentFailure extends Error {
  override readonly name = "SegmentFailure";
  constructor(
    readonly segment: string,
    cause: unknown,
  ) {
    super(`Segment ${segment} could not be evaluated.`, { cause });
  }
}

/**
 * Puts a live segment aside: no customer enters or leaves it until it is tried again, and it is then populated from scratch.
 * @param now by the clock of leases, in milliseconds since the epoch.
 */
export async function putAside(
  { store }: Engine,
  project: string,
  segment: string,
  error: unknown,
  now: number,
): Promise<void> {
  await writeBriefly({ store }, async (transaction) => {
    const [known] = await transaction.getMany("live_segments", [segmentKey(project, segment)]);
    if (known === undefined) return;
    await transaction.put("live_segments", [failed(known, problemOf(error), now)]);
    if (known.status !== "failed") await raiseEpoch(transaction, project);
  });
}

/** Has a segment that failed evaluated and populated again, from the next epoch on. @returns false if it is gone. */
export async function revive({ store }: Engine, project: string, segment: string): Promise<boolean> {
  return writeBriefly({ store }, async (transaction) => {
    const [known] = await transaction.getMany("live_segments", [segmentKey(project, segment)]);
    if (known?.status !== "failed") return false;
    await transaction.put("live_segments", [{ ...known, status: "populating" }]);
    await raiseEpoch(transaction, project);
    return true;
  });
}

/** Begins an epoch, inside a transaction: from then on, no customer is evaluated by the segments as they were before it. */
export async function raiseEpoch(transaction: Transaction, project: string): Promise<void> {
  const [coordinator] = await transaction.getMany("maintenance", [coordinatorId(project)]);
  if (coordinator?.kind !== "coordinator") return;
  const { epoch = 0 } = coordinator;
  await touchPartitions(transaction, project, partitionCount, epoch + 1);
  await transaction.put("maintenance", [{ ...coordinator, epoch: epoch + 1 }]);
}

function failed(
  { total: _total, populated: _populated, ...known }: LiveSegmentDocument,
  problem: string,
  now: number,
): LiveSegmentDocument {
  const attempts = (known.failing?.attempts ?? 0) + 1;
  const failing = { attempts, retry_at: new Date(now + waitAfterFailures(attempts)) };
  // A segment that is being removed remains so, and its removal is retried.
  if (known.status === "removing") return { ...known, problem, failing };
  const cause = known.status === "live" ? "REBUILT" : known.cause;
  return { ...known, status: "failed", cause, problem, failing };
}

function problemOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text === "" ? "Its query could not be evaluated." : text).slice(0, maxProblemLength);
}
