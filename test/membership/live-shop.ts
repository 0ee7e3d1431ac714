// A shop with live segments, for tests: its clock is moved, and its members and their history are checked.

import type { TransitionDocument } from "../../src/documents/membership-documents.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { maintainProject } from "../../src/membership/maintain/maintainer.js";
import { defaultPace, type Pace } from "../../src/membership/maintain/pace.js";
import { verifyMembership } from "../../src/membership/reads/verify.js";
import type { Store } from "../../src/store/port.js";
import { documentsIn, holdersIn } from "../store/watched.js";
import { type MovableClock, movableClock } from "../support/movable-clock.js";

export interface MovableEngine extends Engine, MovableClock {}

/** An engine whose clock is moved by the test. */
export function movableEngine(store: Store, start: string): MovableEngine {
  return { store, ...movableClock(start) };
}

/** Writes customers of a country: of the numbers 1 and 2, c-1 and c-2. */
export async function upsertFrom(
  engine: Engine,
  project: string,
  country: string,
  numbers: readonly number[],
): Promise<void> {
  const profiles = numbers.map((number) => ({ source_id: `c-${number}`, address: { country } }));
  await upsertCustomers(engine, project, profiles);
}

export interface TestMaintainer {
  /** Does all the work that is due at the clock's instant, and holds every lease afterwards. */
  readonly keep: () => Promise<void>;
  readonly release: () => Promise<void>;
}

export function testMaintainer(engine: Engine, project: string, pace: Pace = defaultPace): TestMaintainer {
  let machine = 0;
  const maintainer = maintainProject(engine, project, () => machine, 0, undefined, pace);
  return {
    keep: async () => {
      for (let round = 0; (await maintainer.round()) || !maintainer.holdsAll(); round += 1) {
        if (round > 100) throw new Error("There is always more to do.");
        // On a server that is slow for a moment, a lease may seem to be another's; then it is taken in the next round.
        if (!maintainer.holdsAll()) machine += 5_000;
      }
    },
    release: () => maintainer.release(),
  };
}

/** Does all the work that is due at the clock's instant, as a new maintainer. */
export async function settle(engine: Engine, project: string): Promise<void> {
  const { keep, release } = testMaintainer(engine, project);
  await keep();
  await release();
}

/** The digits of the source ids of the segment's stored members, as `13` for c-1 and c-3. */
export async function stored(engine: Engine, project: string, segment: string): Promise<string> {
  const rows = await holdersIn(engine.store, project, segment);
  return rows
    .map(({ source_id }) => source_id.slice(2))
    .sort()
    .join("");
}

/** Every transition of a segment, in its order, as `c-1 entered 2026-01-01T00:00:00.000Z ORDER`. */
export async function reportedChanges(
  engine: Engine,
  project: string,
  segment: string,
): Promise<readonly string[]> {
  const rows = await transitionsOf(engine, project);
  return rows
    .filter((row) => row.segment === segment)
    .map(
      ({ customer, kind, at, cause }) =>
        `${customer.slice(project.length + 1)} ${kind} ${at.toISOString()} ${cause.kind}`,
    );
}

async function transitionsOf(engine: Engine, project: string): Promise<readonly TransitionDocument[]> {
  return documentsIn(engine.store, "transitions", project);
}

/**
 * What is wrong with the stored membership: with the queries' answers, the intervals, or the list of transitions; `` for nothing.
 */
export async function faults(engine: Engine, project: string): Promise<string> {
  const { differences, pending, unanswerable } = await verifyMembership(engine, project);
  const problems = differences.map((difference) => JSON.stringify(difference));
  if (pending > 0) problems.push(`${pending} pending`);
  if (unanswerable.length > 0) problems.push(`${unanswerable.join()} unanswerable`);
  const intervals = await documentsIn(engine.store, "memberships", project);
  const kept = new Map<string, number>();
  for (const { segment, customer, left_at, entered_at } of intervals) {
    const key = `${segment} ${customer}`;
    if (left_at === undefined) kept.set(key, (kept.get(key) ?? 0) + 1);
    else if (left_at < entered_at) problems.push(`${key} left before entering`);
  }
  const open = new Map<string, boolean>();
  const numbers = new Map<number, number>();
  for (const { segment, customer, kind, cause, partition, sequence } of await transitionsOf(
    engine,
    project,
  )) {
    const key = `${segment} ${customer}`;
    if (sequence !== (numbers.get(partition) ?? 0) + 1)
      problems.push(`${partition} lacks before ${sequence}`);
    numbers.set(partition, sequence);
    if (customer.includes("/erased-")) continue;
    // By then, the person's entry is not reported to anyone.
    const isErasure = cause.kind === "ERASED";
    if (!isErasure && (kind === "entered") === (open.get(key) ?? false))
      problems.push(`${key} ${kind} twice`);
    open.set(key, kind === "entered");
  }
  for (const [key, isOpen] of open) {
    if (isOpen !== (kept.get(key) ?? 0) > 0) problems.push(`${key} differs from its last transition`);
  }
  for (const [key, count] of kept) if (count !== 1) problems.push(`${key} lasts ${count} times`);
  return problems.join("\n");
}
