// The work of a partition's owner: evaluates the marked customers, and in one transaction writes their memberships and
// transitions and removes the marks.

import type { ChangeKind, CustomerDocument } from "../../documents/documents.js";
import type { Cause, ChangeDocument, WorkDocument } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { inSlices } from "../../store/slices.js";
import { isNoted, noteGap } from "../gaps.js";
import { concerns, undatedChangesAfter } from "../live/concerns.js";
import { type Case, lastDueOf } from "../live/customer-snapshots.js";
import { evaluate } from "../live/evaluate.js";
import type { Evaluation } from "../live/evaluation.js";
import { coordinatorOf, type LiveSet } from "../live/live-set.js";
import { forgetTraces, noteAudiences } from "../reads/erasure.js";
import { transitionsWritten } from "../wakeups.js";
import { coordinatorId, type Holder, type Lease, withLease, writeBriefly } from "./lease.js";
import { writeOutgoing } from "./outgoing.js";
import { type Transition, writeTransitions } from "./transitions.js";

export interface PartitionWork {
  readonly engine: Engine;
  readonly holder: Holder;
  readonly lease: Lease;
  readonly partition: number;
}

/**
 * `stale`: the live segments are no longer those of `set`; nothing was written. `waiting`: time is not scanned far enough yet.
 */
export type BatchResult = "done" | "stale" | "waiting";

/** A batch ends with the mark by which it has more outgoing events than this: they are written in one transaction. */
const maxNumbered = 2_000;

/**
 * Evaluates marked customers of the partition; if they have too many outgoing events, only the first of them.
 * @throws LostLeaseError if the lease is lost; then nothing was written.
 */
export async function evaluateBatch(
  work: PartitionWork,
  set: LiveSet,
  marked: readonly ChangeDocument[],
): Promise<BatchResult> {
  const { engine, lease, partition } = work;
  const { project } = lease;
  // Everything read from here on is at least as new as the marks: while a mark's version is unchanged, it is current.
  const coordinator = await coordinatorOf(engine, project);
  if ((coordinator?.epoch ?? 0) !== set.epoch) return "stale";
  const scanned = coordinator?.cursor?.getTime() ?? Number.POSITIVE_INFINITY;
  const scanning = coordinator?.scanning_to?.getTime() ?? 0;
  const now = Math.max(engine.clock(), scanning);
  const changes: ChangeDocument[] = [];
  let numbered = 0;
  await inSlices(marked, (change) => {
    if (numbered > maxNumbered) return;
    if (set.segments.size > 0 && !isReady(change, scanned, scanning, now)) return;
    changes.push(change);
    numbered += change.outgoing?.length ?? 0;
  });
  if (changes.length === 0) return "waiting";
  const ids = changes.map(({ _id }) => _id);
  // Without live segments there are no members, and no customer needs to be read.
  const asked = set.segments.size === 0 ? [] : ids;
  const customers = await engine.store.getMany("customers", asked);
  const cases = changes.flatMap((change, index): Case[] => {
    const customer = customers[index];
    return customer === undefined
      ? []
      : [{ change, customer, asOf: asOfCase(change, customer, scanned, now) }];
  });
  const evaluations = await evaluate(engine, set, cases, scanned);
  const gaps = await newGapsOf(engine, set, cases, scanned);
  const erased = changes.filter((change) => change.erased !== undefined);
  const noted = await noteAudiences(engine, lease, erased, (id) => set.segments.has(id));
  const audiences = new Map(noted.map((change) => [change._id, change.audiences ?? []]));
  await forgetTraces(
    engine,
    lease,
    erased.map(({ _id }) => _id),
  );
  let written = 0;
  const result = await writeBriefly(engine, async (transaction): Promise<BatchResult> => {
    written = 0;
    const [found] = await transaction.getMany("maintenance", [coordinatorId(project)]);
    if (!isStill(found, set, now)) return "stale";
    const still = await transaction.getMany("changes", ids);
    const seen = changes.filter((change, index) => still[index]?.version === change.version);
    const present = new Map<string, CustomerDocument>();
    for (const customer of await transaction.getMany("customers", asked)) {
      if (customer !== undefined) present.set(customer._id, customer);
    }
    const transitions: Transition[] = [];
    const moved: CustomerDocument[] = [];
    await inSlices(seen, (change) => {
      transitions.push(...erasureTransitions(set, change, audiences.get(change._id) ?? []));
      const customer = present.get(change._id);
      const evaluated = evaluations.get(change._id);
      if (customer === undefined || evaluated === undefined) return;
      const made = transitionsOf(set, change, customer, evaluated);
      const last = evaluated.at(-1)!;
      if (made.transitions.length === 0) {
        const undated_changes = undatedChangesAfter(set, change, customer, last, scanned);
        if (undated_changes !== undefined) moved.push({ ...customer, undated_changes });
        return;
      }
      transitions.push(...made.transitions);
      moved.push({ ...customer, segments: made.segments, moved_at: new Date(last.at) });
    });
    for (const { segments, from, to } of gaps) await noteGap(transaction, project, segments, from, to);
    const done = seen.map(({ _id }) => _id);
    // Numbered before the transitions that they may have caused.
    const outgoing = seen.flatMap(({ _id: customer, outgoing = [] }) =>
      outgoing.map((event) => ({ customer, event })),
    );
    const lastErasure = transitions.findLastIndex(({ audience }) => audience !== undefined) + 1;
    const { sequence = 0 } = await withLease(transaction, lease, ({ sequence = 0 }) => ({
      sequence: sequence + outgoing.length + transitions.length,
      ...(lastErasure === 0 ? {} : { erasure_sequence: sequence + outgoing.length + lastErasure }),
    }));
    await writeOutgoing(transaction, project, partition, sequence, outgoing);
    await writeTransitions(transaction, project, partition, sequence + outgoing.length, transitions);
    await transaction.put("customers", moved);
    await transaction.remove("changes", done);
    written = outgoing.length + transitions.length;
    return "done";
  });
  if (written > 0) transitionsWritten(engine.store, project);
  return result;
}

/**
 * The instant as of which a customer is evaluated: now; for a customer that only time may have moved, the instant up to which
 * time is scanned. A later change of the customer may have been evaluated before that scan was done: then that evaluation's
 * instant, so that what happened between the two is not undone.
 */
function asOfCase(
  change: ChangeDocument,
  { moved_at, undated_changes = [] }: CustomerDocument,
  scanned: number,
  now: number,
): number {
  if (!isOfTime(change)) return now;
  const evaluated = [moved_at, ...undated_changes.map(({ at }) => at)].map((at) => at?.getTime() ?? scanned);
  return Math.min(now, Math.max(scanned, ...evaluated));
}

/** True of a mark that says nothing but that time may have moved the customer. */
function isOfTime({ since, effective_at, erased, reasons }: ChangeDocument): boolean {
  const isWritten = since !== undefined || effective_at !== undefined || erased !== undefined;
  return !isWritten && reasons.every(({ kind }) => kind === "TIME");
}

/**
 * Whether a mark can be evaluated: its instants are scanned, and if it has reasons besides time, the whole scan under way is
 * done, so that earlier effects of time are known. A change that was written while time was not followed also waits for the scan;
 * one that is written now does not.
 */
function isReady(change: ChangeDocument, scanned: number, scanning: number, now: number): boolean {
  const last = lastDueOf(change);
  const isBehind = now - scanned > maxBehind;
  if (isBehind && change.since !== undefined && change.since.getTime() < now - maxBehind) return false;
  if (last === undefined) return true;
  return last <= scanned && (isOfTime(change) || scanned >= scanning);
}

const minute = 60_000;
/** If the scan is further behind than this, in milliseconds, effects of time before a change are not found instant by instant. */
const maxBehind = minute;

interface Gap {
  readonly segments: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** The gaps that this batch makes in the history: instants were dropped, or a change is evaluated before time is scanned. */
function gapsOf(set: LiveSet, cases: readonly Case[], scanned: number): readonly Gap[] {
  const timed = [...set.segments.values()].flatMap(({ id, timedLately }) => (timedLately ? [id] : []));
  // Up to the next instant that is evaluated, which for some segment may be the last.
  const gaps = cases.flatMap(({ change: { dropped, reasons }, asOf }): Gap[] => {
    const segments = [...new Set([...timed, ...reasons.map(({ segment }) => segment)])];
    return dropped === undefined ? [] : [{ segments, from: dropped.from.getTime(), to: asOf }];
  });
  const last = Math.max(...cases.map(({ asOf }) => asOf));
  if (last - scanned <= maxBehind) return gaps;
  // To the end of the minute, so that not every batch notes another gap.
  return [...gaps, { segments: timed, from: scanned, to: Math.ceil(last / minute) * minute }];
}

/** The gaps that are not noted yet. */
async function newGapsOf(
  engine: Engine,
  set: LiveSet,
  cases: readonly Case[],
  scanned: number,
): Promise<readonly Gap[]> {
  const found: Gap[] = [];
  for (const gap of gapsOf(set, cases, scanned))
    if (!(await isNoted(engine, set.project, gap.segments, gap.from, gap.to))) found.push(gap);
  return found;
}

type Stored = Awaited<ReturnType<typeof coordinatorOf>> | { readonly kind: string } | undefined;

/** True if the live segments are still those of the set, and no scan of time after `asOf` has begun. */
function isStill(found: Stored, set: LiveSet, asOf: number): boolean {
  const coordinator = found?.kind === "coordinator" ? (found as WorkDocument) : undefined;
  return (coordinator?.epoch ?? 0) === set.epoch && (coordinator?.scanning_to?.getTime() ?? 0) <= asOf;
}

/**
 * The exits of an erased person, from every segment whose entry some reader may have received. Most of these memberships had
 * already ended; readers that have not received that exit receive this one.
 */
function erasureTransitions(
  set: LiveSet,
  { _id: customer, erased = [], kinds }: ChangeDocument,
  audiences: NonNullable<ChangeDocument["audiences"]>,
): readonly Transition[] {
  const at = kinds.find(({ kind }) => kind === "ERASED")?.at ?? new Date(0);
  const bySegment = new Map(audiences.map(({ segment, audience }) => [segment, audience]));
  const held = erased.filter((segment) => set.segments.has(segment));
  return [...new Set([...held, ...bySegment.keys()])].map(
    (segment): Transition => ({
      ...{ customer, segment, kind: "left", at, cause: { kind: "ERASED", at } },
      audience: bySegment.get(segment) ?? [{ entered: 0 }],
    }),
  );
}

/** The transitions that a customer's evaluations cause, and the segments that the customer is in after them. */
function transitionsOf(
  set: LiveSet,
  change: ChangeDocument,
  customer: CustomerDocument,
  evaluations: readonly Evaluation[],
): { readonly transitions: readonly Transition[]; readonly segments: readonly string[] } {
  const held = new Set(customer.segments ?? []);
  const transitions: Transition[] = [];
  for (const [index, evaluation] of evaluations.entries()) {
    const isLast = index === evaluations.length - 1;
    for (const [segment, isMember] of evaluation.members) {
      if (isMember === held.has(segment)) continue;
      if (isMember) held.add(segment);
      else held.delete(segment);
      const byTime = evaluation.movedAt.get(segment);
      const at = new Date(byTime ?? evaluation.at);
      transitions.push({
        customer: customer._id,
        segment,
        kind: isMember ? "entered" : "left",
        at,
        cause:
          byTime === undefined ? causeOf(set, change, segment, evaluation, isLast) : { kind: "TIME", at },
      });
    }
  }
  transitions.sort((one, other) => one.at.getTime() - other.at.getTime());
  return { transitions, segments: [...held].sort() };
}

/** Why a customer entered or left a segment. */
function causeOf(
  set: LiveSet,
  { reasons, kinds }: ChangeDocument,
  segment: string,
  { at, effectiveKinds }: Evaluation,
  isLast: boolean,
): Cause {
  const reason = reasons.find((each) => each.segment === segment);
  if (reason !== undefined && reason.kind !== "TIME") return { kind: reason.kind, at: new Date(at) };
  const read = set.segments.get(segment);
  const isConcerned = (kind: ChangeKind) => read !== undefined && concerns(read, kind);
  const arrived = effectiveKinds.find(isConcerned);
  if (arrived !== undefined) return { kind: arrived, at: new Date(at) };
  const written = kinds.filter((each) => each.at.getTime() <= at && each.kind !== "ERASED");
  if (written.length === 0 || !isLast) return { kind: "TIME", at: new Date(at) };
  const concerned = written.filter(({ kind }) => isConcerned(kind));
  return latest(concerned) ?? latest(written)!;
}

function latest(kinds: readonly Cause[]): Cause | undefined {
  const [last] = kinds.toSorted((one, other) => other.at.getTime() - one.at.getTime());
  // Of a mark's kind, which also names what was written, a cause is only these.
  return last === undefined ? undefined : { kind: last.kind, at: last.at };
}
